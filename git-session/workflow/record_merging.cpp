#include "workflow/record_merging.h"

#include "base/file/file.h"
#include "base/text.h"
#include "git/command.h"

namespace gs::workflow {

const std::vector<std::string>& record_attributes() {
  static const std::vector<std::string> lines = {".orchestrator/metrics/*.jsonl merge=union",
                                                 ".*/STATE.md merge=union"};
  return lines;
}

void let_records_merge(const session::Workspace& workspace) {
  const git::Repository& repository = workspace.repository;
  const ProcessResult said = repository.git().run(
      {"check-attr", "-z", "merge", "--", workspace.home.record(session::kSessionsRecord).bytes(),
       join_path(workspace.tracked_directory, "STATE.md")});
  // <path> NUL <attribute> NUL <value> NUL
  const std::string_view unset{"\0merge\0unspecified\0", 19};
  if (!said.ok() || said.out.find(unset) == std::string::npos) return;
  const std::string directory = join_path(repository.common_dir(), "info");
  const std::string file = join_path(directory, "attributes");
  const std::string text = read_file_if_exists(file).value_or("");
  make_directories(directory);
  append_lines(file, (text.empty() || text.ends_with('\n') ? "" : "\n") +
                         join(record_attributes(), "\n") + "\n");
}

}  // namespace gs::workflow
