#include "checks/notes/vault.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/error.h"
#include "base/file/file.h"
#include "base/file/walk.h"
#include "base/glob.h"
#include "base/text.h"

namespace gs::checks {
namespace {

constexpr std::size_t kMostLinks = 20;  // dangling links reported per note

bool is_visited(std::string_view name) {
  return !name.starts_with('.') && name != "node_modules" && name != "90-archive";
}

std::string_view base_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}
std::string_view without_md(std::string_view path) {
  return path.ends_with(".md") ? path.substr(0, path.size() - 3) : path;
}

// `target` as written in `directory` (both relative to the top) without "." and ".."; absent if it
// leaves the vault.
std::optional<std::string> normalized(std::string_view directory, std::string_view target) {
  std::vector<std::string> parts;
  for (const std::string_view text : {directory, target}) {
    for (const std::string_view part : split(text, '/')) {
      if (part.empty() || part == ".") continue;
      if (part != "..") {
        parts.emplace_back(part);
      } else if (parts.empty()) {
        return std::nullopt;
      } else {
        parts.pop_back();
      }
    }
  }
  return join(parts, "/");
}

// Possible targets of wiki links.
class Targets {
 public:
  Targets(const TreeFiles& files, const Walk& walk) : files_(files) {
    for (const std::vector<std::string>* paths : {&walk.files, &walk.links}) {
      for (const std::string& path : *paths) {
        paths_.insert(path);
        names_.insert(without_md(base_name(path)));
      }
    }
  }

  [[nodiscard]] bool has(const std::string& target, std::string_view note) const {
    if (names_.contains(without_md(base_name(target)))) return true;
    const std::size_t slash = note.rfind('/');
    const std::string_view beside =
        slash == std::string_view::npos ? std::string_view() : note.substr(0, slash);
    return has_path(normalized("", target)) || has_path(normalized(beside, target));
  }

 private:
  // The target may be in a directory that is not visited.
  [[nodiscard]] bool has_path(const std::optional<std::string>& path) const {
    if (!path || path->empty()) return false;
    for (const std::string& candidate : {*path + ".md", *path}) {
      if (paths_.contains(candidate)) return true;
      if (candidate.find('\0') == std::string::npos && candidate.size() < 4000 && exists(candidate))
        return true;
    }
    return false;
  }
  [[nodiscard]] bool exists(const std::string& path) const {
    try {
      return files_.info(RepoPath(path)).has_value();
    } catch (const Error&) {  // name too long, no search permission, a link
      return false;
    }
  }

  const TreeFiles& files_;
  std::unordered_set<std::string_view> paths_;
  std::unordered_set<std::string_view> names_;
};

class VaultChecker {
 public:
  VaultChecker(const TreeFiles& files, const Walk& walk, const std::string& shown_as)
      : files_(files), targets_(files, walk), shown_as_(shown_as) {}

  void check(const std::string& note) {
    const RepoPath path(note);
    const std::optional<FileInfo> info = files_.info(path);
    if (!info) return;  // gone since the walk
    if (info->size > static_cast<std::uint64_t>(FileLimit::Note)) {
      add(result_.errors, note, 0, "larger than 8 MiB: not checked",
          "split it, or name it under vault-sync.exclude");
      return;
    }
    const std::string text = files_.read(path, FileLimit::Note).value_or("");
    const NoteScan scan = scan_note(text);
    for (const NoteProblem& problem : scan.warnings)
      add(result_.warnings, note, problem.line, problem.message, "close it");
    if (!scan.has_frontmatter) {
      ++result_.without_frontmatter;
      return;
    }
    ++result_.notes;
    for (const NoteProblem& problem : scan.errors)
      add(result_.errors, note, problem.line, problem.message, "fix the note's frontmatter");
    check_links(note, scan.links);
  }

  void check_or_report(const std::string& note) {
    try {
      check(note);
    } catch (const Error& error) {
      add(result_.errors, note, 0, error.message(), "make it readable");
    }
  }

  [[nodiscard]] VaultCheck& result() { return result_; }

 private:
  void check_links(const std::string& note, const std::vector<formats::WikiLink>& links) {
    std::size_t dangling = 0;
    for (const formats::WikiLink& link : links) {
      if (targets_.has(link.target, note) || ++dangling > kMostLinks) continue;
      add(result_.warnings, note, link.line, "no note for the link [[" + link.target + "]]",
          "write the note, or fix the link");
    }
    if (dangling > kMostLinks) {
      add(result_.warnings, note, 0,
          std::to_string(dangling - kMostLinks) + " more links without a note", "");
    }
  }

  void add(std::vector<session::Finding>& findings, const std::string& note, std::size_t line,
           const std::string& title, const std::string& recommendation) const {
    const bool error = &findings == &result_.errors;
    findings.push_back({.source = "vault",
                        .severity = error ? session::Severity::High : session::Severity::Low,
                        .file = shown_as_ + note,
                        .line = line,
                        .title = title,
                        .recommendation = recommendation});
  }

  const TreeFiles& files_;
  Targets targets_;
  const std::string& shown_as_;
  VaultCheck result_;
};

}  // namespace

VaultCheck check_vault(const TreeFiles& files, const std::vector<std::string>& exclude,
                       const std::string& shown_as) {
  Walk walk = files.walk(RepoPath(), is_visited);
  std::sort(walk.files.begin(), walk.files.end());
  std::vector<Glob> excluded;
  for (const std::string& pattern : exclude)
    excluded.emplace_back(pattern, Glob::Question::OneCharacter);

  VaultChecker checker(files, walk, shown_as);
  for (const std::string& problem : walk.problems) {
    checker.result().errors.push_back(
        {.source = "vault",
         .severity = session::Severity::High,
         .title = problem,
         .recommendation = "make it readable, or remove it from the vault"});
  }
  for (const std::string& path : walk.files) {
    if (!path.ends_with(".md")) continue;
    if (matches_any(excluded, path)) {
      ++checker.result().excluded;
    } else {
      checker.check_or_report(path);
    }
  }
  return std::move(checker.result());
}

}  // namespace gs::checks
