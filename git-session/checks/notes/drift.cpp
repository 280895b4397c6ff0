#include "checks/notes/drift.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/file/file.h"
#include "base/file/tree_files.h"
#include "base/glob.h"
#include "base/repo_path.h"
#include "base/text.h"

namespace gs::checks {
namespace {

constexpr std::uint64_t kLargestDocument = 8U << 20U;
constexpr std::size_t kMostOfDocument = 100;  // findings per document
constexpr std::size_t kMostIssues = 200;      // to ask a tracker about

// Absent: unknown (a directory without search permission).
std::optional<bool> exists(const FilePlace& place, const TreeFiles& files) {
  try {
    return files.info(place).has_value();
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::optional<long> count_projects(const TreeFiles& files) {
  const TreeFiles projects = files.below(RepoPath("01-projects"));
  if (!projects.exists()) return std::nullopt;
  long count = 0;
  for (const std::string& name : projects.list(RepoPath())) {
    if (name.starts_with('_') || name.starts_with('.')) continue;
    if (projects.is_directory(RepoPath(name))) ++count;
  }
  return count;
}

// The files that a configured path or glob matches.
void find_documents(const TreeFiles& files, const std::string& top, const std::string& pattern,
                    std::set<std::string>& found, DriftCheck& check) {
  const auto path = RepoPath::resolve(pattern, "", top);
  if (!path || path->empty()) {
    check.skipped.push_back("'" + pattern + "' of drift-check.include-paths leaves the work tree");
    return;
  }
  const std::size_t star = pattern.find('*');
  if (star == std::string::npos) {
    if (exists(*path, files).value_or(true) && !files.is_directory(*path))
      found.insert(path->bytes());
    return;
  }
  const std::size_t slash = pattern.rfind('/', star);
  const std::string directory = slash == std::string::npos ? "" : pattern.substr(0, slash);
  const RepoPath start = RepoPath::resolve(directory, "", top).value_or(RepoPath());
  if (!files.info(start)) return;
  const Walk walk = files.walk(start, [](std::string_view name) {
    return !name.starts_with('.') && name != "node_modules";
  });
  const Glob glob(pattern);
  for (const std::string& file : walk.files) {
    std::string name = directory.empty() ? file : join_path(directory, file);
    if (glob.matches(name)) found.insert(std::move(name));
  }
  for (const std::string& problem : walk.problems) check.skipped.push_back(problem);
}

class DriftChecker {
 public:
  DriftChecker(const TreeFiles& files, const DriftOptions& options, DriftCheck& check)
      : files_(files), options_(options), check_(check) {
    if (options.project_counts) {
      projects_ = count_projects(files);
      if (!projects_)
        check.not_applicable.push_back("project counts: there is no directory '01-projects'");
    }
    if (options.issues && !options.issue_state)
      check.not_applicable.push_back("issue references: " + options.no_tracker);
  }

  void check_document(const std::string& document) {
    document_ = document;
    of_document_ = 0;
    // CLAUDE.md may be a link to AGENTS.md.
    const std::optional<RepoPath> real = files_.follow(RepoPath(document));
    const auto info = real ? files_.info(*real) : std::nullopt;
    if (!info || (info->type != FileType::Regular && info->type != FileType::Executable)) return;
    ++check_.documents;
    if (info->size > kLargestDocument) {
      error(0, "larger than 8 MiB: not checked", "split it, or remove it from include-paths");
      return;
    }
    const std::string text = files_.read(*real, FileLimit::Note).value_or("");
    const DocumentClaims claims = scan_document(text);
    if (options_.paths) check_paths(claims);
    if (projects_) check_counts(claims);
    if (options_.issues && options_.issue_state) check_issues(claims);
    if (options_.session_files) check_session_files(claims);
    if (of_document_ > kMostOfDocument) {
      of_document_ = 0;
      error(0, "and more: only the first " + std::to_string(kMostOfDocument) + " are named", "");
    }
  }

  void check_or_report(const std::string& document) {
    try {
      check_document(document);
    } catch (const Error& failure) {
      error(0, failure.message(), "make it readable");
    }
  }

  // What exceeded the limits.
  void finish() {
    if (too_many_issues_)
      check_.skipped.push_back("issue references: only the first " + std::to_string(kMostIssues) +
                               " issues were looked up");
  }

 private:
  void add(std::vector<session::Finding>& findings, session::Severity severity, std::size_t line,
           const std::string& title, const std::string& recommendation) {
    if (++of_document_ > kMostOfDocument) return;
    findings.push_back({.source = "drift",
                        .severity = severity,
                        .file = document_,
                        .line = line,
                        .title = title,
                        .recommendation = recommendation});
  }
  void error(std::size_t line, const std::string& title, const std::string& recommendation) {
    add(check_.errors, session::Severity::Medium, line, title, recommendation);
  }

  void check_paths(const DocumentClaims& claims) {
    for (const DocumentClaims::Text& path : claims.paths) {
      const auto [known, is_new] = paths_.emplace(path.text, true);
      if (is_new) known->second = exists(FilePlace::outside(path.text), files_).value_or(true);
      if (!known->second)
        error(path.line, "there is no '" + path.text + "'", "fix the path, or remove it");
    }
  }

  void check_counts(const DocumentClaims& claims) {
    for (const DocumentClaims::Count& count : claims.counts) {
      if (count.count == *projects_) continue;
      error(count.line,
            "says " + count.text + ", but '01-projects' has " + std::to_string(*projects_),
            "fix the number");
    }
  }

  void check_issues(const DocumentClaims& claims) {
    for (const DocumentClaims::IssueReference& reference : claims.issues) {
      const std::string name = "#" + std::to_string(reference.issue);
      switch (state_of(reference.issue)) {
        case IssueState::Open:
          break;
        case IssueState::Closed:
          error(reference.line, name + " is closed, but listed under '" + reference.heading + "'",
                "remove it, or move it to the done items");
          break;
        case IssueState::Unknown:
          add(check_.warnings, session::Severity::Low, reference.line,
              "the tracker does not know " + name, "fix the number, or remove it");
      }
    }
  }

  IssueState state_of(long issue) {
    const auto known = issues_.find(issue);
    if (known != issues_.end()) return known->second;
    if (issues_.size() >= kMostIssues) {
      too_many_issues_ = true;
      return IssueState::Open;
    }
    return issues_[issue] = options_.issue_state(issue);
  }

  void check_session_files(const DocumentClaims& claims) {
    for (const DocumentClaims::Text& file : claims.session_files) {
      if (exists(RepoPath(file.text), files_).value_or(true)) continue;
      error(file.line, "there is no '" + file.text + "'", "fix the name, or remove it");
    }
  }

  const TreeFiles& files_;
  const DriftOptions& options_;
  DriftCheck& check_;
  std::optional<long> projects_;
  std::map<std::string, bool> paths_;
  std::map<long, IssueState> issues_;
  std::string document_;
  std::size_t of_document_ = 0;
  bool too_many_issues_ = false;
};

}  // namespace

DriftCheck check_drift(const std::string& top, const DriftOptions& options) {
  const TreeFiles files(top);
  DriftCheck check;
  std::set<std::string> documents;
  for (const std::string& pattern : options.documents)
    find_documents(files, top, pattern, documents, check);
  if (documents.empty()) return check;
  DriftChecker checker(files, options, check);
  for (const std::string& document : documents) checker.check_or_report(document);
  checker.finish();
  return check;
}

}  // namespace gs::checks
