#include "close/look/configured_check.h"

#include "base/file/file.h"
#include "base/process/process.h"

namespace gs::close {

namespace {

constexpr std::size_t kMostListed = 50;

// `fix` stops the close and keeps its journal, `abort` ends it, and with any other choice
// it continues: true. `result` becomes a block, or a warning if the close continues.
bool goes_on(Context& context, const session::Decision& question, PhaseResult& result) {
  const std::optional<std::string> chosen = context.decisions.take(question);
  result.outcome = Outcome::Block;
  result.detail = question.detail;
  if (!chosen) {
    result.open_decision = true;
  } else if (*chosen == "fix") {
    context.stop = Stop::KeepJournal;
    result.hint = "fix it, then 'git session close --continue'";
  } else if (*chosen == "abort") {
    context.stop = Stop::Abort;
  } else {
    result.outcome = Outcome::Warn;
    result.detail.clear();
    return true;
  }
  return false;
}

}  // namespace

PhaseResult run_check(Context& context, const std::string& block,
                      const std::function<CheckAnswer(Context&)>& check) {
  if (const auto reason = switched_off(context, block)) return skip(*reason);
  CheckAnswer answer = check(context);
  const bool asks = answer.question && is_strict(context, block);
  if (asks && goes_on(context, *answer.question, answer.result)) answer.go_on();
  return std::move(answer.result);
}

std::optional<std::string> switched_off(const Context& context, const std::string& block) {
  const config::SessionConfig& config = context.workspace.config;
  if (!config.flag(block + ".enabled")) return block + " is not enabled";
  if (config.text(block + ".mode") == "off") return block + "'s mode is off";
  return std::nullopt;
}

bool is_strict(const Context& context, const std::string& block) {
  return context.workspace.config.text(block + ".mode") == "strict";
}

PhaseResult with_findings(std::string summary, std::vector<session::Finding> errors,
                          const std::vector<session::Finding>& warnings) {
  errors.insert(errors.end(), warnings.begin(), warnings.end());
  PhaseResult result = errors.empty() ? ok(std::move(summary)) : warn(std::move(summary));
  result.findings = std::move(errors);
  return result;
}

Place place_of(const Context& context, const std::string& configured) {
  std::string path = configured;
  if (path == "~" || path.starts_with("~/")) {
    path = environment_variable("HOME").value_or("") + path.substr(1);
  }
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  const std::string& top = context.repository().work_tree();
  if (const auto inside = RepoPath::resolve(path, "", top)) {
    return {inside->empty() ? top : context.repository().absolute(*inside),
            inside->empty() ? "" : inside->bytes() + "/"};
  }
  const std::string absolute = normalize_path(path_from(top, path));
  return {absolute, absolute + "/"};
}

TreeFiles files_of(const Context& context, const Place& place) {
  const auto inside = RepoPath::resolve(place.directory, "", context.repository().work_tree());
  return inside ? context.repository().files().below(*inside) : TreeFiles(place.directory);
}

FilePlace place_in(const Place& place, const std::string& name) {
  if (place.shown_as.starts_with('/')) return FilePlace::in_vault(place.directory, RepoPath(name));
  return RepoPath(place.shown_as + name);
}

std::optional<Place> integration_vault(const Context& context) {
  const auto configured = context.workspace.config.text("vault-integration.vault-dir");
  if (configured) return place_of(context, *configured);
  const std::string variable = environment_variable("VAULT_DIR").value_or("");
  return variable.empty() ? std::nullopt : std::optional(place_of(context, variable));
}

std::string list_findings(const std::vector<session::Finding>& findings) {
  std::string text;
  std::size_t listed = 0;
  for (const session::Finding& finding : findings) {
    if (++listed > kMostListed) break;
    if (!finding.file.empty()) text += RepoPath(finding.file).quoted();
    if (finding.line > 0) text += ":" + std::to_string(finding.line);
    text += (finding.file.empty() ? "" : ": ") + finding.title + "\n";
  }
  if (findings.size() > kMostListed)
    text += "and " + std::to_string(findings.size() - kMostListed) + " more\n";
  return text;
}

}  // namespace gs::close
