#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gs::workflow {

// Files that belong together: written one by one, and put back as they were unless `keep` is
// reached. A killed process cannot put anything back, so what makes the others count comes last.
class PlacedFiles {
 public:
  PlacedFiles() = default;
  PlacedFiles(const PlacedFiles&) = delete;
  PlacedFiles& operator=(const PlacedFiles&) = delete;
  ~PlacedFiles();

  // Makes the directories that are missing.
  void place(const std::string& path, std::string_view content);
  // A file that somebody else writes now: it is removed, too, if it was not there before.
  void watch(const std::string& path);
  void keep() { placed_.clear(); }

 private:
  struct Placed {
    std::string path;
    std::optional<std::string> before;  // absent: there was none
  };
  std::vector<Placed> placed_;
};

}  // namespace gs::workflow
