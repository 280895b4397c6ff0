#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gs::workflow {

// Files that belong together: written one by one, and put back as they were unless `keep` is
// reached; when the process is killed before, by the next one that calls `put_back`. What was there
// before is written down in `record`, a file in a directory of this program's in the git directory
// that one process uses at a time, together with `name`.
class PlacedFiles {
 public:
  PlacedFiles(std::string record, std::string name)
      : record_(std::move(record)), name_(std::move(name)) {}
  PlacedFiles(const PlacedFiles&) = delete;
  PlacedFiles& operator=(const PlacedFiles&) = delete;
  ~PlacedFiles();

  // Puts back what a killed process had placed, and answers with its name; absent where there is
  // nothing to put back. Call `forget` when what else belonged to it is gone, too.
  [[nodiscard]] static std::optional<std::string> put_back(const std::string& record);
  static void forget(const std::string& record);

  // Makes the directories that are missing.
  void place(const std::string& path, std::string_view content);
  // The last one, which makes the others count: once it is written, nothing is put back.
  void place_last(const std::string& path, std::string_view content);
  // A file that somebody else writes now: it is removed, too, if it was not there before.
  void watch(const std::string& path);
  void keep();

 private:
  struct Placed {
    std::string path;
    std::optional<std::string> before;  // absent: there was none
    std::optional<std::string> after;   // absent: whatever is there
  };
  void add(const std::string& path, std::optional<std::string> after, bool last);
  static void put_back(const std::vector<Placed>& placed, const std::string& record);

  std::string record_;
  std::string name_;
  std::string last_;  // the path of the last one
  std::vector<Placed> placed_;
};

}  // namespace gs::workflow
