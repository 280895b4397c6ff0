#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file/tree_files.h"

namespace gs::workflow {

// Files that belong together: written one by one, and put back as they were unless `keep` is
// reached; if the process is killed before that, by the next one that calls `put_back`. Their
// earlier state and `name` are kept in `record`, a file in a directory of this program in the git
// directory, which one process uses at a time.
class PlacedFiles {
 public:
  PlacedFiles(TreeFiles tree, std::string record, std::string name)
      : tree_(std::move(tree)), record_(std::move(record)), name_(std::move(name)) {}
  PlacedFiles(const PlacedFiles&) = delete;
  PlacedFiles& operator=(const PlacedFiles&) = delete;
  ~PlacedFiles();

  // Puts back what a killed process had placed, and answers with its name; absent if there is
  // nothing to put back. Call `forget` once everything else that belonged to it is gone, too.
  [[nodiscard]] static std::optional<std::string> put_back(const TreeFiles& tree,
                                                           const std::string& record);
  static void forget(const std::string& record);

  // Makes the directories that are missing.
  void place(const FilePlace& file, std::string_view content);
  // The last file, which completes the others: once it is written, nothing is put back.
  void place_last(const FilePlace& file, std::string_view content);
  // A file that other code writes now: it is removed, too, if it did not exist before.
  void watch(const FilePlace& file);
  void keep();

 private:
  struct Placed {
    FilePlace file;
    std::optional<std::string> before;  // absent: there was none
    std::optional<std::string> after;   // absent: whatever is there
  };
  void add(const FilePlace& file, std::optional<std::string> after, bool last);
  static void put_back(const TreeFiles& tree, const std::vector<Placed>& placed,
                       const std::string& record);

  TreeFiles tree_;
  std::string record_;
  std::string name_;
  std::optional<FilePlace> last_;
  std::vector<Placed> placed_;
};

}  // namespace gs::workflow
