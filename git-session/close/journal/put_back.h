#pragma once

#include <optional>
#include <string>
#include <vector>

#include "close/journal/journal.h"
#include "close/plan/write_plan.h"

namespace gs::close {

// A file that changes when what a close wrote is put back.
struct PutBack {
  FilePlace path;
  std::optional<std::string> content;  // absent: it is removed
};
struct PutBackPlan {
  std::vector<PutBack> files;   // in the order in which they are written
  std::vector<FilePlace> left;  // changed since the close wrote them: not touched
};
// What others have changed since in a file that the close wrote.
enum class Since {
  Leaves,  // the file is left alone
  Merges,  // stays, where the two changes fit together
};
// Only looks. A line that the close appended is taken out by itself, so that lines of others stay.
[[nodiscard]] PutBackPlan plan_put_back(const session::Workspace& workspace, const Journal& journal,
                                        const WritePlan& plan, Since since);

// Puts back the files and the lines that a close wrote; a file changed since is left alone and
// named. Repeated after a kill, it does the rest.
struct Restored {
  std::vector<FilePlace> restored;
  std::vector<FilePlace> left;
};
[[nodiscard]] Restored put_back_files(const session::Workspace& workspace, const Journal& journal,
                                      const WritePlan& plan, Since since = Since::Leaves);

}  // namespace gs::close
