#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "close/context.h"
#include "close/phase.h"

namespace gs::close {

[[nodiscard]] std::string step_id(const FileWrite& file);  // in the journal

// Carries out the write plan's files of one phase, each as a journaled step. A file that is neither
// as it was planned from nor as planned has been changed in between: it is left alone and named in
// the answer.
[[nodiscard]] std::vector<FilePlace> write_files(Context& context, std::string_view phase);

// Puts back what was written for a phase that could not be completed.
void take_back_files(const Context& context, std::string_view phase);

// Puts back the files and the record line that a close wrote; a file changed since is left alone
// and named.
struct Restored {
  std::vector<FilePlace> restored;
  std::vector<FilePlace> left;
};
[[nodiscard]] Restored put_back_files(const session::Workspace& workspace, Journal& journal,
                                      const WritePlan& plan);

// Appends the record line of the plan to sessions.jsonl, and each of its other lines of that phase
// to its file, once.
void append_record(Context& context);
void append_lines_of(Context& context, std::string_view phase);

// A writing phase whose files and answer are in the write plan.
[[nodiscard]] PhaseResult preview_planned(Context& context, const std::string& phase);
[[nodiscard]] PhaseResult write_planned(Context& context, const std::string& phase);

}  // namespace gs::close
