#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "close/context.h"
#include "close/phase.h"

namespace gs::close {

[[nodiscard]] std::string step_id(const FileWrite& file);  // in the journal
[[nodiscard]] std::string step_of_line(
    std::size_t number);  // of WritePlan::lines; the record's is "record"
// Whether this close began to write it; a file that it found changed was left alone.
[[nodiscard]] bool has_written(const Journal& journal, const FileWrite& file);
// A content of the plan.
[[nodiscard]] std::optional<std::string> kept(const Journal& journal,
                                              const std::optional<std::string>& key);
// Absent: the file is removed.
void set_content(const session::Workspace& workspace, const FilePlace& file,
                 const std::optional<std::string>& content);

// Carries out the write plan's files of one phase, each as a journaled step. A file that is neither
// as it was planned from nor as planned has been changed in between: it is left alone and named in
// the answer.
[[nodiscard]] std::vector<FilePlace> write_files(Context& context, std::string_view phase);

// Puts back what was written for a phase that could not be completed.
void take_back_files(const Context& context, std::string_view phase);

// Appends the record line of the plan to sessions.jsonl, and each of its other lines of that phase
// to its file, once.
void append_record(Context& context);
void append_lines_of(Context& context, std::string_view phase);

// A writing phase whose files and answer are in the write plan.
[[nodiscard]] PhaseResult preview_planned(Context& context, const std::string& phase);
[[nodiscard]] PhaseResult write_planned(Context& context, const std::string& phase);

}  // namespace gs::close
