#include "close/look/configured_check.h"

#include <filesystem>

#include "base/file/file.h"
#include "base/process/process.h"

namespace gs::close {

namespace {

constexpr std::size_t kMostListed = 50;

}  // namespace

std::optional<std::string> switched_off(const Context& context, const std::string& block) {
  const config::SessionConfig& config = context.workspace.config;
  if (!config.flag(block + ".enabled")) return block + " is not enabled";
  if (config.text(block + ".mode") == "off") return block + "'s mode is off";
  return std::nullopt;
}

bool is_strict(const Context& context, const std::string& block) {
  return context.workspace.config.text(block + ".mode") == "strict";
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
  const std::string joined = path.starts_with('/') ? path : join_path(top, path);
  const std::string absolute = std::filesystem::path(joined).lexically_normal().string();
  return {absolute, absolute + "/"};
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

std::string ask_about_findings(Context& context, session::Decision decision, PhaseResult& result) {
  result.detail = decision.detail;
  const std::optional<std::string> chosen = context.decisions.take(std::move(decision));
  result.outcome = Outcome::Block;
  if (!chosen) {
    result.open_decision = true;
  } else if (*chosen == "fix" || *chosen == "retry") {
    context.stop = Stop::KeepJournal;
    result.hint = "mend it, then 'git session close --continue'";
  } else if (*chosen == "abort") {
    context.stop = Stop::Abort;
  } else {
    result.outcome = Outcome::Warn;
    result.detail.clear();
  }
  return chosen.value_or("");
}

}  // namespace gs::close
