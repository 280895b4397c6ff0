#include "config/keys.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

namespace gs::config {
namespace {

using Choices = std::vector<std::string_view>;

const Choices kModes = {"strict", "warn", "off"};

std::vector<Key> closing_keys() {
  return {
      {"persistence", Type::Bool, "true", {}, "keep STATE.md and the session's records"},
      {"enforcement", Type::Choice, "warn", kModes, "how a scope violation is treated"},
      {"enforcement-gates",
       Type::BoolObject,
       "{ path-guard: true, command-guard: true, post-edit-validate: true }",
       {},
       "which scope gates are on"},
      {"records",
       Type::Choice,
       "none",
       {"private", "tracked"},
       "where sessions keep their files (none: tracked where the plugin's are)"},
      {"state-dir", Type::Directory, "none", {}, "state directory (none: found by what is in use)"},
      {"test-command", Type::Command, "none", {}, "tests (unset: found from the stack)"},
      {"typecheck-command", Type::Command, "none", {}, "type check (unset: found from the stack)"},
      {"lint-command", Type::Command, "none", {}, "linter (unset: found from the stack)"},
      {"gate-timeout", Type::Duration, "30m", {}, "longest time that one gate command may take"},
      {"gate-isolation",
       Type::Choice,
       "null",
       {"none", "worktree"},
       "worktree: the gates run in a checkout of what is committed (unset, none: in the work "
       "tree)"},
      {"gate-share",
       Type::List,
       "none",
       {},
       "ignored dependencies that such a checkout shares (unset: found from the stack)"},
      {"commit-trailers", Type::Bool, "false", {}, "name the tested tree in the last commit"},
      {"mirror", Type::Remote, "none", {}, "remote that gets a copy after the push"},
      {"remote",
       Type::Remote,
       "origin",
       {},
       "remote whose branches and URL count, and to push to where it is set (unset: as git push)"},
      {"vcs",
       Type::Choice,
       "null",
       {"github", "gitlab", "local", "none"},
       "issue tracker: gh, glab, files or none (unset: from the remote's URL, else local)"},
      {"gitlab-host", Type::Host, "none", {}, "GitLab's host (unset: from the remote's URL)"},
      {"tracker-timeout",
       Type::Duration,
       "1m",
       {},
       "longest time that one request to gh or glab may take"},
      {"discovery-on-close", Type::Bool, "false", {}, "look for problems in what changed"},
      {"discovery-probes",
       Type::List,
       "[all]",
       {"all", "code", "infra", "ui", "arch", "session", "vault"},
       "what discovery examines"},
      {"discovery-exclude-paths", Type::List, "[]", {}, "globs that discovery leaves out"},
      {"discovery-severity-threshold",
       Type::Choice,
       "low",
       {"critical", "high", "medium", "low"},
       "least severity of a finding that is reported"},
      {"discovery-confidence-threshold",
       Type::Percent,
       "60",
       {},
       "least confidence of a finding that is reported"},
      {"discovery-command", Type::Command, "none", {}, "program that reports additional findings"},
      {"review-command", Type::Command, "none", {}, "program that reviews the session"},
      {"grounding-check", Type::Bool, "true", {}, "compare planned files with touched ones"},
      {"ssot-files", Type::List, "none", {}, "single-source-of-truth files to keep fresh"},
      {"ssot-freshness-days", Type::Integer, "5", {}, "age at which such a file is stale"},
      {"memory-cleanup-threshold",
       Type::Integer,
       "5",
       {},
       "number of notes at which a cleanup is due"},
      {"learning-expiry-days", Type::Integer, "30", {}, "days until a learning expires"},
      {"learning-decay-rate",
       Type::Ratio,
       "0.05",
       {},
       "confidence that an untouched learning loses"},
      {"snapshot-expire", Type::Expiry, "14.days", {}, "age at which gc drops a snapshot"},
      {"snapshot-max-file", Type::Size, "50m", {}, "largest untracked file in a snapshot"},
      {"snapshot-max-total",
       Type::Size,
       "2g",
       {},
       "what all snapshots may hold on disk before the oldest automatic ones go"},
      {"co-author", Type::List, "none", {}, "'Name <mail>' added to every commit"},
  };
}

// Keys of phases that a block enables.
std::vector<Key> block_keys() {
  return {
      {"vault-sync.enabled", Type::Bool, "false", {}, "check the vault's notes"},
      {"vault-sync.mode", Type::Choice, "warn", kModes, "what a finding does"},
      {"vault-sync.vault-dir", Type::Text, "none", {}, "the vault (none: top of the work tree)"},
      {"vault-sync.exclude", Type::List, "[]", {}, "globs of notes that are left out"},
      {"drift-check.enabled", Type::Bool, "false", {}, "check documents against reality"},
      {"drift-check.mode", Type::Choice, "warn", kModes, "what a finding does"},
      {"drift-check.include-paths",
       Type::List,
       "[CLAUDE.md, _meta/**/*.md]",
       {},
       "documents that are checked"},
      {"drift-check.check-path-resolver", Type::Bool, "true", {}, "absolute paths exist"},
      {"drift-check.check-project-count-sync", Type::Bool, "true", {}, "project counts are right"},
      {"drift-check.check-issue-reference-freshness",
       Type::Bool,
       "true",
       {},
       "plans name no closed issue"},
      {"drift-check.check-session-file-existence",
       Type::Bool,
       "true",
       {},
       "session notes that are named exist"},
      {"vault-staleness.enabled", Type::Bool, "false", {}, "look for stale projects and notes"},
      {"vault-staleness.mode", Type::Choice, "warn", kModes, "what a finding does"},
      {"vault-staleness.thresholds",
       Type::Object,
       "{ top: 30, active: 60, archived: 180 }",
       {},
       "days by tier until a narrative is stale"},
      {"vault-integration.enabled", Type::Bool, "false", {}, "mirror sessions into a vault"},
      {"vault-integration.mode", Type::Choice, "warn", kModes, "what a failure does"},
      {"vault-integration.vault-dir", Type::Text, "none", {}, "the vault (none: $VAULT_DIR)"},
      {"docs-orchestrator.enabled", Type::Bool, "false", {}, "check the docs tasks"},
      {"docs-orchestrator.mode", Type::Choice, "warn", kModes, "what an open task does"},
      {"docs-orchestrator.audiences",
       Type::List,
       "[user, dev, vault]",
       {"user", "dev", "vault"},
       "audiences whose tasks count"},
  };
}

// Other tools' keys: read, shown and kept.
std::vector<Key> foreign_keys() {
  return {
      {"agents-per-wave", Type::Integer, "6", {}, "agents of a wave", Use::Elsewhere},
      {"waves", Type::Integer, "5", {}, "waves of a session", Use::Elsewhere},
      {"recent-commits", Type::Integer, "20", {}, "commits that a start shows", Use::Elsewhere},
      {"issue-limit", Type::Integer, "50", {}, "issues that a start shows", Use::Elsewhere},
      {"stale-branch-days", Type::Integer, "7", {}, "age of a stale branch", Use::Elsewhere},
      {"stale-issue-days", Type::Integer, "30", {}, "age of a stale issue", Use::Elsewhere},
      {"plugin-freshness-days", Type::Integer, "30", {}, "age of an old plugin", Use::Elsewhere},
      {"isolation",
       Type::Choice,
       "auto",
       {"auto", "worktree", "none"},
       "where agents work",
       Use::Elsewhere},
      {"max-turns", Type::Text, "auto", {}, "turns of an agent", Use::Elsewhere},
      {"agent-mapping", Type::Object, "none", {}, "agents by role", Use::Elsewhere},
      {"cross-repos", Type::List, "none", {}, "related repositories", Use::Elsewhere},
      {"pencil", Type::Text, "none", {}, "design file", Use::Elsewhere},
      {"ecosystem-health", Type::Bool, "false", {}, "look at the services' health", Use::Elsewhere},
      {"health-endpoints", Type::Object, "none", {}, "the services' addresses", Use::Elsewhere},
      {"special", Type::Text, "none", {}, "instructions of the repository", Use::Elsewhere},
      {"reasoning-output", Type::Bool, "false", {}, "agents explain themselves", Use::Elsewhere},
      {"grounding-injection-max-files",
       Type::Integer,
       "3",
       {},
       "files given to an agent",
       Use::Elsewhere},
      {"allow-destructive-ops", Type::Bool, "false", {}, "agents may destroy", Use::Elsewhere},
      {"baseline-ref", Type::Text, "none", {}, "revision of the baseline project", Use::Elsewhere},
      {"baseline-project-id", Type::Text, "none", {}, "the baseline project", Use::Elsewhere},
      {"plan-baseline-path", Type::Text, "none", {}, "its directory", Use::Elsewhere},
      {"plan-default-visibility", Type::Text, "internal", {}, "of new projects", Use::Elsewhere},
      {"plan-prd-location", Type::Text, "docs/prd/", {}, "where requirements go", Use::Elsewhere},
      {"plan-retro-location",
       Type::Text,
       "docs/retro/",
       {},
       "where retrospectives go",
       Use::Elsewhere},
  };
}

// "a, b or c"
std::string alternatives(const Choices& choices, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (i > 0) text += i + 1 == choices.size() ? last : ", ";
    text += choices[i];
  }
  return text;
}

std::string type_text(const Key& key) {
  switch (key.type) {
    case Type::Bool:
      return "true or false";
    case Type::Integer:
      return "a whole number such as 6, or 6 (deep: 18) with another one for a session type";
    case Type::Ratio:
      return "a number from 0.0 to less than 1.0";
    case Type::Percent:
      return "a whole number from 0 to 100";
    case Type::Text:
      return "a text";
    case Type::Remote:
      return "a remote's name";
    case Type::Directory:
      return "the name of a directory at the top of the work tree, but .git";
    case Type::Host:
      return "a host name";
    case Type::Size:
      return "a size such as 50m or 1g";
    case Type::Choice:
      return alternatives(key.choices, " or ");
    case Type::Command:
      return "a shell command, skip or none";
    case Type::Duration:
      return "a duration such as 45s, 30m or 1h30m; a bare number is seconds";
    case Type::Expiry:
      return "a git expiry value such as 14.days, or never";
    case Type::List:
      if (!key.choices.empty()) return "a list of " + alternatives(key.choices, " and ");
      return key.name == "co-author" ? "a list of 'Name <mail>'" : "a list such as [a, b]";
    case Type::BoolObject:
      return "an object of true and false such as { a: true, b: false }";
    case Type::Object:
      return "an object such as { a: b }";
  }
  return "";
}

}  // namespace

std::span<const Key> keys() {
  static const std::vector<Key> table = [] {
    std::vector<Key> all = closing_keys();
    for (auto&& more : {block_keys(), foreign_keys()}) {
      all.insert(all.end(), more.begin(), more.end());
    }
    return all;
  }();
  return table;
}

const Key* find_key(std::string_view name) {
  static const auto index = [] {
    std::map<std::string_view, const Key*> by_name;
    for (const Key& key : keys()) by_name[key.name] = &key;
    return by_name;
  }();
  const auto found = index.find(name);
  return found == index.end() ? nullptr : found->second;
}

std::span<const std::string_view> blocks() {
  static constexpr std::array<std::string_view, 5> kBlocks = {
      "vault-sync", "drift-check", "vault-staleness", "vault-integration", "docs-orchestrator"};
  return kBlocks;
}

std::string_view describe_type(const Key& key) {
  static const auto texts = [] {
    std::map<std::string_view, std::string> by_name;
    for (const Key& each : keys()) by_name[each.name] = type_text(each);
    return by_name;
  }();
  const auto found = texts.find(key.name);
  return found == texts.end() ? std::string_view{} : found->second;
}

}  // namespace gs::config
