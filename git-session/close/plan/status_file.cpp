#include "close/plan/status_file.h"

#include <algorithm>

#include "base/file/file.h"
#include "records/status_stats.h"

namespace gs::close {

namespace {

// Whether the records' commit may take the file as it is in the work tree: it is clean, or all of
// it goes into a commit of this close anyway.
bool may_be_written(const Context& context, const RepoPath& path) {
  if (!context.repository().files().is_file(path)) return false;
  for (const CommitUnit& unit : context.staging.units) {
    for (const StagedFile& file : unit.files) {
      if (file.change.change.path == path) return file.entry == file.change.change.worktree;
    }
  }
  const bool dirty =
      std::any_of(context.owned.begin(), context.owned.end(),
                  [&](const session::OwnedChange& owned) { return owned.change.path == path; });
  const std::optional<git::ObjectId> head = context.repository().head().commit;
  return !dirty && head &&
         context.repository().tree_entry(context.repository().commit(*head).tree, path).present();
}

std::string tests_figure(const report::Report& report) {
  if (!report.tests_passed) return "n/a";
  return std::to_string(*report.tests_passed) + "/" +
         std::to_string(*report.tests_passed + report.tests_failed.value_or(0));
}

}  // namespace

std::map<std::string, std::string, std::less<>> status_stats(const report::Report& report) {
  const std::string all = std::to_string(report.completed.size() + report.carried_over.size());
  return {{"updated", format_utc_day(report.completed_at)},
          {"session", report.session},
          {"files", std::to_string(report.files_changed)},
          {"tests", tests_figure(report)},
          {"completed", std::to_string(report.completed.size()) + "/" + all}};
}

std::optional<std::string> status_with_figures(const Context& context,
                                               const report::Report& report) {
  const RepoPath path(kStatusFile);
  if (!may_be_written(context, path)) return std::nullopt;
  const std::string text = context.repository().files().read(path, FileLimit::Note).value_or("");
  const records::StatusStats stats = records::set_status_figures(text, status_stats(report));
  if (stats.text == text) return std::nullopt;
  return stats.text;
}

}  // namespace gs::close
