#include "checks/lines/probes.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/screen.h"
#include "base/text.h"
#include "checks/lines/source_line.h"

namespace gs::checks {
namespace {

enum class Verb { None, Adds, Removes };

constexpr std::array<std::string_view, 9> kAdds{"add",       "adds",       "added",
                                                "create",    "creates",    "created",
                                                "introduce", "introduces", "introduced"};
constexpr std::array<std::string_view, 6> kRemoves{"remove", "removes", "removed",
                                                   "delete", "deletes", "deleted"};
// Words between the verb and the file.
constexpr std::array<std::string_view, 14> kBetween{
    "a",      "an",  "the",    "new", "missing", "file",  "files",
    "module", "and", "unused", "old", "script",  "empty", "obsolete"};
// Words after the file that leave the statement about the file itself.
constexpr std::array<std::string_view, 7> kFollowers{"and",   "with", "for",  "that",
                                                     "which", "as",   "since"};
constexpr std::array<std::string_view, 14> kDataEndings{".json", ".csv", ".tsv",  ".png",  ".svg",
                                                        ".jpg",  ".gif", ".lock", ".ini",  ".jsonl",
                                                        ".env",  ".cfg", ".pdf",  ".jsonc"};
// Names of programs that look like file names.
constexpr std::array<std::string_view, 14> kProducts{
    "node.js",  "vue.js",    "next.js",    "nuxt.js",     "three.js", "d3.js",  "express.js",
    "react.js", "socket.io", "angular.js", "backbone.js", "chart.js", "day.js", "moment.js"};

Verb verb_of(std::string_view word) {
  const std::string lower = to_lower(word);
  if (is_one_of(lower, kAdds)) return Verb::Adds;
  return is_one_of(lower, kRemoves) ? Verb::Removes : Verb::None;
}

std::string_view without_quotes(std::string_view word) {
  const std::size_t first = word.find_first_not_of("`'\"(");
  if (first == std::string_view::npos) return {};
  const std::size_t last = word.find_last_not_of("`'\",.;:)");
  return last < first ? std::string_view{} : word.substr(first, last + 1 - first);
}

bool is_file_name(std::string_view name) {
  if (name.size() < 3 || name.front() == '-' || name.find("://") != std::string_view::npos ||
      name.find("..") != std::string_view::npos || name.ends_with('/')) {
    return false;
  }
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return is_alnum(c) || std::string_view("._-/+@").find(c) != std::string_view::npos;
  });
  if (!plain || is_one_of(to_lower(name), kProducts)) return false;
  if (language_of(name) != Language::Unknown) return name.find('.') != std::string_view::npos;
  return std::any_of(kDataEndings.begin(), kDataEndings.end(), [name](std::string_view ending) {
    return name.size() > ending.size() && name.ends_with(ending);
  });
}

bool names(const std::string& path, std::string_view claim) {
  if (claim.starts_with("./")) claim.remove_prefix(2);
  if (claim.starts_with('/')) claim.remove_prefix(1);
  return path == claim || (path.size() > claim.size() && path.ends_with(claim) &&
                           path[path.size() - claim.size() - 1] == '/');
}

bool is_borne_out(const CommitFacts& commit, Verb verb, std::string_view claim) {
  const bool touched = std::any_of(commit.touched.begin(), commit.touched.end(),
                                   [claim](const std::string& path) { return names(path, claim); });
  return touched || (verb == Verb::Removes && !commit.is_in_tree(std::string(claim)));
}

session::Finding finding_of(const CommitFacts& commit, Verb verb, std::string_view claim) {
  session::Finding finding;
  finding.source = "commit-claim";
  finding.severity = session::Severity::Medium;
  finding.confidence = 80;
  finding.file = claim;
  finding.title = "commit " + commit.oid + " says that it " +
                  (verb == Verb::Adds ? "adds" : "removes") + " '" + std::string(claim) +
                  "', but does not touch it";
  finding.detail = ellipsize(escape_hidden(split_lines(commit.message).front()), 120);
  finding.recommendation = "add the file, or correct the message";
  return finding;
}

// "feat(scope)!: add x" without its type.
std::string_view without_type(std::string_view subject) {
  const std::size_t colon = subject.find(": ");
  const std::size_t blank = subject.find(' ');
  return colon != std::string_view::npos && blank == colon + 1 ? subject.substr(colon + 2)
                                                               : subject;
}

void check_statement(const CommitFacts& commit, std::string_view statement,
                     std::vector<session::Finding>& findings) {
  const std::vector<std::string_view> words = split(trim(statement), ' ');
  const Verb verb = verb_of(words.front());
  if (verb == Verb::None) return;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].empty() || is_one_of(to_lower(words[i]), kBetween)) continue;
    const std::string_view name = without_quotes(words[i]);
    if (!is_file_name(name)) return;
    const bool closed = words[i].find_last_of(",;:.)") == words[i].size() - 1;
    const bool about_it = closed || i + 1 == words.size() ||
                          is_one_of(to_lower(words[i + 1]), kFollowers) ||
                          words[i + 1].starts_with('(');
    if (!about_it) return;
    if (!is_borne_out(commit, verb, name)) findings.push_back(finding_of(commit, verb, name));
    if (words[i].ends_with('.') || words[i].ends_with(':') || words[i].ends_with(';')) return;
  }
}

}  // namespace

std::vector<session::Finding> check_claims(const CommitFacts& commit) {
  std::vector<session::Finding> findings;
  bool first = true;
  for (const std::string_view line : split_lines(commit.message)) {
    std::string_view statement = trim(line);
    if (first) statement = without_type(statement);
    if (!first && (statement.starts_with("- ") || statement.starts_with("* "))) {
      check_statement(commit, statement.substr(2), findings);
    } else if (first) {
      check_statement(commit, statement, findings);
    }
    first = false;
  }
  return findings;
}

}  // namespace gs::checks
