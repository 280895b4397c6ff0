#include "checks/notes/ssot.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/file/file.h"
#include "base/file/walk.h"
#include "base/text.h"
#include "formats/frontmatter.h"
#include "formats/yaml.h"

namespace gs::checks {
namespace {

constexpr std::uint64_t kLargestRule = 1U << 20U;
constexpr std::size_t kMostNamed = 5;
constexpr long kMostDays = 1'000'000;  // beyond that, arithmetic on times would overflow

// Files whose changes often affect how people work in the project.
bool sets_conventions(const RepoPath& path) {
  static constexpr std::array<std::string_view, 20> kNames = {
      "package.json",   "tsconfig.json", "Cargo.toml",    "go.mod",         "pyproject.toml",
      "CMakeLists.txt", "meson.build",   "Makefile",      "pom.xml",        "build.gradle",
      "mix.exs",        "composer.json", ".editorconfig", "Dockerfile",     ".clang-format",
      ".clang-tidy",    ".prettierrc",   "biome.json",    ".gitlab-ci.yml", "tox.ini"};
  if (path.bytes().starts_with(".github/workflows/")) return true;
  return path.parent().empty() &&
         std::find(kNames.begin(), kNames.end(), path.name()) != kNames.end();
}

std::string named(const std::vector<RepoPath>& paths) {
  std::vector<std::string> names;
  for (const RepoPath& path : paths) {
    if (names.size() == kMostNamed) {
      names.push_back("and " + std::to_string(paths.size() - kMostNamed) + " more");
      break;
    }
    names.push_back(path.quoted());
  }
  return join(names, ", ");
}

using LastChanges = std::map<RepoPath, Timestamp>;

// The time of the newest commit that touched each path, from one git process; without paths that no
// commit since `since` touched.
LastChanges last_changes(const git::Repository& repository, const std::vector<RepoPath>& paths,
                         std::optional<Timestamp> since) {
  LastChanges changes;
  if (paths.empty()) return changes;
  const bool one = paths.size() == 1;
  std::vector<std::string> args{"--literal-pathspecs", "log", "-z", "-c", "--name-only",
                                "--format=%x01%ct"};
  if (one) args.emplace_back("-1");
  if (since) args.push_back("--since=" + format_utc(*since));
  args.emplace_back("--");
  for (const RepoPath& path : paths) args.push_back(path.bytes());
  if (!repository.head().commit) return changes;
  const std::string log = repository.git().output(args);
  // For each commit, newest first: "\1<seconds>", "\n<path>", "<path>" …, each NUL-terminated.
  std::optional<Timestamp> time;
  bool first = false;
  for (std::string_view field : split(log, '\0')) {
    if (field.starts_with('\1')) {
      const auto seconds = parse_number(field.substr(1), 12);
      time = seconds ? std::optional(Timestamp(std::chrono::seconds(*seconds))) : std::nullopt;
      first = true;
      continue;
    }
    if (first && field.starts_with('\n')) field.remove_prefix(1);
    first = false;
    if (!time || field.empty()) continue;
    const auto [known, is_new] = changes.emplace(RepoPath(std::string(field)), *time);
    if (!is_new) known->second = std::max(known->second, *time);
  }
  return changes;
}

class SsotChecker {
 public:
  SsotChecker(const git::Repository& repository, const SsotOptions& options,
              const std::vector<RepoPath>& changed, Timestamp now)
      : repository_(repository),
        options_(options),
        changed_(changed),
        is_changed_(changed.begin(), changed.end()),
        now_(now) {}

  SsotCheck run() {
    check_freshness();
    suggest_updates();
    suggest_rules();
    return std::move(check_);
  }

 private:
  [[nodiscard]] std::optional<Timestamp> modified_at(const RepoPath& path) const {
    const auto file = repository_.files().follow(path);
    const auto info = file ? repository_.files().info(*file) : std::nullopt;
    return info ? std::optional(info->modified) : std::nullopt;
  }

  [[nodiscard]] bool is_there(const RepoPath& path) const {
    const auto info = repository_.files().info(path);
    return info && info->type != FileType::Directory;
  }

  void check_freshness() {
    std::vector<std::optional<RepoPath>> files;
    std::vector<RepoPath> paths;
    for (const std::string& file : options_.files) {
      files.push_back(RepoPath::resolve(file, "", repository_.work_tree()));
      std::optional<RepoPath>& path = files.back();
      if (path && (path->empty() || !is_there(*path))) path.reset();
      if (path && !is_changed_.contains(*path)) paths.push_back(*path);
    }
    const Timestamp limit =
        now_ - std::chrono::hours(24) * std::min(options_.freshness_days, kMostDays);
    // Git stops searching at the limit; only for older files does it walk the whole history.
    const LastChanges fresh = last_changes(repository_, paths, limit);
    std::erase_if(paths, [&](const RepoPath& path) { return fresh.contains(path); });
    const LastChanges older = last_changes(repository_, paths, std::nullopt);
    check_.files = files.size();
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (!files[i]) {
        add(check_.stale, session::Severity::Medium, options_.files[i], "there is no such file",
            "write it, or remove it from ssot-files");
      } else if (std::find(paths.begin(), paths.end(), *files[i]) != paths.end()) {
        check_age(*files[i], older, limit);
      }
    }
  }

  void check_age(const RepoPath& path, const LastChanges& changes, Timestamp limit) {
    const auto found = changes.find(path);
    const std::optional<Timestamp> last =
        found != changes.end() ? std::optional(found->second) : modified_at(path);
    if (!last || *last >= limit) return;
    add(check_.stale, session::Severity::Low, path.bytes(),
        "last changed on " + format_utc_day(*last) + ", more than " +
            plural(static_cast<std::size_t>(options_.freshness_days), "day") + " ago",
        "check whether it is still true");
  }

  void suggest_updates() {
    if (changed_.empty()) return;
    const RepoPath status("STATUS.md");
    if (is_there(status) && !is_changed_.contains(status)) {
      suggest("STATUS.md",
              "this session changed " + plural(changed_.size(), "file") + ", and not this one",
              "bring its figures, dates and status up to date");
    }
    const RepoPath claude("CLAUDE.md");
    std::vector<RepoPath> conventions;
    std::copy_if(changed_.begin(), changed_.end(), std::back_inserter(conventions),
                 sets_conventions);
    if (!conventions.empty() && is_there(claude) && !is_changed_.contains(claude)) {
      suggest("CLAUDE.md", "conventions may have changed with " + named(conventions),
              "check whether it is still right");
    }
  }

  void suggest_rules() {
    const TreeFiles files = repository_.files();
    const RepoPath directory(options_.rules);
    if (!files.info(directory)) return;
    std::vector<Glob> all;
    for (const std::string& name : files.list(directory)) {
      const RepoPath path(options_.rules + "/" + name);
      const auto info = files.info(path);
      const bool rule = info && info->type != FileType::Directory &&
                        info->type != FileType::Other && info->size <= kLargestRule &&
                        (name.ends_with(".md") || name.ends_with(".mdc"));
      if (!rule) continue;
      const std::vector<Glob> globs = rule_patterns(files.read_linked(path).value_or(""));
      suggest_review(path, globs);
      all.insert(all.end(), globs.begin(), globs.end());
    }
    suggest_new_rules(all);
  }

  void suggest_review(const RepoPath& rule, const std::vector<Glob>& globs) {
    std::vector<RepoPath> covered;
    std::copy_if(changed_.begin(), changed_.end(), std::back_inserter(covered),
                 [&](const RepoPath& path) { return matches_any(globs, path.bytes()); });
    if (covered.empty() || is_changed_.contains(rule)) return;
    suggest(rule.bytes(), "this rule covers what changed: " + named(covered),
            "check whether it is still true");
  }

  void suggest_new_rules(const std::vector<Glob>& rules) {
    std::vector<RepoPath> uncovered;
    std::copy_if(changed_.begin(), changed_.end(), std::back_inserter(uncovered),
                 [&](const RepoPath& path) { return !matches_any(rules, path.bytes()); });
    for (const std::string& pattern : recurring_patterns(uncovered)) {
      suggest("", "no rule covers '" + pattern + "', where this session changed several files",
              "if they have a pattern in common, write a rule for that path");
    }
  }

  void suggest(const std::string& file, const std::string& title,
               const std::string& recommendation) {
    add(check_.suggestions, session::Severity::Low, file, title, recommendation);
  }
  static void add(std::vector<session::Finding>& findings, session::Severity severity,
                  const std::string& file, const std::string& title,
                  const std::string& recommendation) {
    findings.push_back({.source = "ssot",
                        .severity = severity,
                        .file = file,
                        .title = title,
                        .recommendation = recommendation});
  }

  const git::Repository& repository_;
  const SsotOptions& options_;
  const std::vector<RepoPath>& changed_;
  std::set<RepoPath> is_changed_;
  Timestamp now_;
  SsotCheck check_;
};

constexpr std::size_t kRecurs = 5;

void add_patterns(const Json& value, std::vector<Glob>& globs) {
  if (value.is_array()) {
    for (const Json& entry : value) add_patterns(entry, globs);
  } else if (value.is_string()) {
    for (const std::string_view part : split(value.get_ref<const std::string&>(), ',')) {
      if (!trim(part).empty()) globs.emplace_back(std::string(trim(part)));
    }
  }
}

}  // namespace

SsotCheck check_ssot(const git::Repository& repository, const SsotOptions& options,
                     const std::vector<RepoPath>& changed, Timestamp now) {
  return SsotChecker(repository, options, changed, now).run();
}

std::vector<Glob> rule_patterns(std::string_view text) {
  std::vector<Glob> globs;
  const auto parts = formats::split_frontmatter(text);
  if (!parts) return globs;
  try {
    const Json values = formats::parse_yaml(parts->yaml, "rule", 2);
    for (const char* key : {"globs", "paths", "path", "applyTo"}) {
      if (values.is_object() && values.contains(key)) add_patterns(values[key], globs);
    }
  } catch (const Error&) {  // another tool's file with unknown patterns
    return {};
  }
  return globs;
}

std::vector<std::string> recurring_patterns(const std::vector<RepoPath>& paths) {
  std::map<std::string, std::size_t> counts;
  for (const RepoPath& path : paths) {
    const std::string_view name = path.name();
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || path.parent().empty()) continue;
    ++counts[std::string(path.parent()) + "/*" + std::string(name.substr(dot))];
  }
  std::vector<std::string> patterns;
  for (const auto& [pattern, count] : counts) {
    if (count >= kRecurs) patterns.push_back(pattern);
  }
  return patterns;
}

}  // namespace gs::checks
