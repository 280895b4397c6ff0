#include "checks/notes/ssot.h"

#include "base/file/file.h"
#include "base/text.h"
#include "close/phases/phases.h"
#include "close/plan/status_file.h"
#include "records/status_stats.h"

namespace gs::close {

namespace {

// Fills in the figures between the markers of STATUS.md; unknown names are reported.
void look_at_markers(const Context& context, checks::SsotCheck& check) {
  const RepoPath path(kStatusFile);
  const TreeFiles files = context.repository().files();
  const auto info = files.info(path);
  if (!info || info->type == FileType::Directory || info->type == FileType::Other) return;
  const auto text = files.read_linked(path, FileLimit::Note);
  const records::StatusStats stats = records::set_status_figures(text.value_or(""), {});
  if (stats.markers == 0) return;
  std::erase_if(check.suggestions,
                [](const session::Finding& finding) { return finding.file == kStatusFile; });
  const auto known = status_stats(report::Report{});
  std::vector<std::string> names;
  for (const auto& figure : known) names.push_back(figure.first);
  for (const std::string& name : stats.unknown) {
    if (known.contains(name)) continue;
    check.suggestions.push_back({.source = "ssot",
                                 .severity = session::Severity::Low,
                                 .file = kStatusFile,
                                 .title = "there is no figure '" + name + "'",
                                 .recommendation = "the stats are " + join(names, ", ")});
  }
}

PhaseResult look_ssot(Context& context) {
  const config::SessionConfig& config = context.workspace.config;
  checks::SsotOptions options;
  options.files = config.list("ssot-files");
  options.freshness_days =
      config.integer("ssot-freshness-days", context.session->state.session_type);
  options.rules = context.workspace.tracked_directory + "/rules";
  std::vector<RepoPath> changed;
  for (const session::Change& change : context.changes) changed.push_back(change.path);
  checks::SsotCheck check =
      checks::check_ssot(context.repository(), options, changed, context.clock.now());
  look_at_markers(context, check);

  PhaseResult result = check.stale.empty() ? ok("") : warn("");
  result.summary = plural(check.files, "file") + ": " + std::to_string(check.stale.size()) +
                   " stale; " + plural(check.suggestions.size(), "suggestion");
  result.findings = check.stale;
  result.findings.insert(result.findings.end(), check.suggestions.begin(), check.suggestions.end());
  return result;
}

}  // namespace

const Phase kSsot{
    .id = "ssot",
    .title = "Sources of truth",
    .look = look_ssot,
    .does = R"(looks for single-source-of-truth files that are too old, and suggests what this
session gives reason to look at: STATUS.md, CLAUDE.md, rule files; changes nothing)",
    .skipped_when = R"(never)",
    .blocks_when = R"(never)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
