#include "close/plan/commit_message.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/ascii.h"
#include "base/screen.h"
#include "base/text.h"

namespace gs::close {

namespace {

constexpr std::size_t kMostBullets = 20;
constexpr std::size_t kSubjectLength = 72;

bool is_documentation(std::string_view path) {
  const std::string lower = to_lower(path);
  return lower.starts_with("docs/") || lower.starts_with("doc/") || lower.ends_with(".md") ||
         lower.ends_with(".rst") || lower.ends_with(".adoc");
}

bool is_test(std::string_view path) {
  const std::string lower = to_lower(path);
  return lower.starts_with("test/") || lower.starts_with("tests/") ||
         lower.find("/test/") != std::string::npos || lower.find("/tests/") != std::string::npos ||
         lower.find("__tests__/") != std::string::npos ||
         lower.find("_test.") != std::string::npos || lower.find(".test.") != std::string::npos ||
         lower.find(".spec.") != std::string::npos;
}

bool is_ci(std::string_view path) {
  return path.starts_with(".github/") || path.starts_with(".gitlab") || path.starts_with(".ci/") ||
         path.starts_with(".circleci/");
}

std::vector<RepoPath> paths_of(const CommitUnit& unit) {
  std::vector<RepoPath> paths;
  for (const StagedFile& file : unit.files) paths.push_back(file.change.change.path);
  return paths;
}

// Added and removed paths with the same content are one rename.
std::vector<std::string> bullets(const std::vector<CommitUnit>& units) {
  std::map<git::TreeEntry, RepoPath> removed;
  std::vector<const StagedFile*> files;
  for (const CommitUnit& unit : units) {
    for (const StagedFile& file : unit.files) {
      files.push_back(&file);
      if (!file.entry.present()) removed.emplace(file.change.change.head, file.change.change.path);
    }
  }
  std::map<RepoPath, RepoPath> renamed_to;
  std::vector<std::string> lines;
  for (const StagedFile* file : files) {
    const session::Change& change = file->change.change;
    if (change.head.present() || !file->entry.present()) continue;
    const auto from = removed.find(file->entry);
    if (from != removed.end()) renamed_to.emplace(from->second, change.path);
  }
  for (const StagedFile* file : files) {
    const session::Change& change = file->change.change;
    const auto target = renamed_to.find(change.path);
    const bool is_target = std::any_of(renamed_to.begin(), renamed_to.end(), [&](const auto& pair) {
      return pair.second == change.path;
    });
    if (is_target) continue;
    std::string line;
    if (target != renamed_to.end()) {
      line = "rename " + change.path.quoted() + " to " + target->second.quoted();
    } else if (!file->entry.present()) {
      line = "remove " + change.path.quoted();
    } else if (!change.head.present()) {
      line = "add " + change.path.quoted();
    } else {
      line = "change " + change.path.quoted();
    }
    if (!file->how.empty()) line += " (" + file->how + ")";
    lines.push_back("- " + line);
  }
  if (lines.size() > kMostBullets) {
    const std::size_t more = lines.size() - kMostBullets + 1;
    lines.resize(kMostBullets - 1);
    lines.push_back("- and " + std::to_string(more) + " more");
  }
  return lines;
}

// The subject of work that nothing names: "change README.md", "add 3 files".
std::string describe_changes(const CommitUnit& unit) {
  const auto all = [&](auto is) { return std::all_of(unit.files.begin(), unit.files.end(), is); };
  const bool added = all([](const StagedFile& file) { return !file.change.change.head.present(); });
  const bool removed = all([](const StagedFile& file) { return !file.entry.present(); });
  const std::string verb = added ? "add " : removed ? "remove " : "change ";
  if (unit.files.size() > 2) return verb + plural(unit.files.size(), "file");
  std::vector<std::string> names;
  for (const RepoPath& path : paths_of(unit)) names.push_back(path.quoted());
  return verb + join(names, " and ");
}

// Commit subjects start in lower case, unless the first word is a name or an abbreviation.
std::string lower_first(std::string text) {
  if (text.size() > 1 && is_upper(text[0]) && is_lower(text[1])) {
    text[0] = to_lower(text[0]);
  }
  while (!text.empty() && text.back() == '.') text.pop_back();
  return text;
}

std::string first_line(std::string_view text) {
  const auto lines = split_lines(text);
  return lines.empty() ? std::string() : std::string(trim(lines.front()));
}

std::string assemble(const std::string& subject, const std::vector<std::string>& body,
                     const std::vector<long>& closes, const std::vector<std::string>& co_authors) {
  std::string message = subject + "\n";
  if (!body.empty()) message += "\n" + join(body, "\n") + "\n";
  std::string trailers;
  if (!closes.empty()) {
    trailers += "Closes ";
    for (std::size_t i = 0; i < closes.size(); ++i)
      trailers += (i > 0 ? ", #" : "#") + std::to_string(closes[i]);
    trailers += "\n";
  }
  std::string authors;
  for (const std::string& author : co_authors) authors += "Co-Authored-By: " + author + "\n";
  if (!trailers.empty()) message += "\n" + trailers;
  if (!authors.empty()) message += "\n" + authors;
  return message;
}

constexpr auto kTypes = std::to_array<std::string_view>(
    {"feat", "fix", "docs", "style", "refactor", "perf", "test", "build", "ci", "chore", "revert"});

// Whether the title has a type already, as in "fix: x", "fix(api)!: x" or "deps(api): x". Another
// word before a colon ("upload: retry") is no type.
bool is_conventional(std::string_view title) {
  const std::size_t colon = title.find(": ");
  if (colon == std::string_view::npos) return false;
  std::string_view head = title.substr(0, colon);
  const bool breaks = head.ends_with('!');
  if (breaks) head.remove_suffix(1);
  const std::size_t open = head.find('(');
  const std::string type = to_lower(head.substr(0, open));
  if (type.empty() || !std::all_of(type.begin(), type.end(), is_lower)) return false;
  const bool scoped = open != std::string_view::npos;
  const std::string_view scope = scoped ? head.substr(open + 1) : "";
  if (scoped &&
      (scope.size() < 2 || scope.find_first_of("()") != scope.size() - 1 || scope.back() != ')'))
    return false;
  return breaks || scoped || std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

// The type that a title begins with in words; "" for none.
std::string_view type_in_words(std::string_view title) {
  struct Verb {
    std::string_view word, type;
  };
  static constexpr auto kVerbs = std::to_array<Verb>({{"fix", "fix"},
                                                      {"fixes", "fix"},
                                                      {"fixed", "fix"},
                                                      {"document", "docs"},
                                                      {"documents", "docs"},
                                                      {"documented", "docs"},
                                                      {"refactor", "refactor"},
                                                      {"refactors", "refactor"},
                                                      {"refactored", "refactor"},
                                                      {"test", "test"},
                                                      {"tests", "test"},
                                                      {"tested", "test"}});
  const std::string word = to_lower(title.substr(0, title.find(' ')));
  const auto verb = std::find_if(kVerbs.begin(), kVerbs.end(),
                                 [&](const Verb& known) { return known.word == word; });
  return verb == kVerbs.end() ? "" : verb->type;
}

std::string head_of(const std::string& type, const std::string& scope) {
  return scope.empty() ? type + ": " : type + "(" + scope + "): ";
}

}  // namespace

std::string commit_type(const std::vector<RepoPath>& paths, const std::string& session_type) {
  const auto all = [&](bool (*is)(std::string_view)) {
    return std::all_of(paths.begin(), paths.end(),
                       [&](const RepoPath& path) { return is(path.bytes()); });
  };
  if (all(is_documentation)) return "docs";
  if (all(is_test)) return "test";
  if (all(is_ci)) return "ci";
  return session_type == "housekeeping" ? "chore" : "feat";
}

std::string commit_scope(const std::vector<RepoPath>& paths) {
  if (paths.empty()) return "";
  std::vector<std::string_view> common = split(paths.front().parent(), '/');
  for (const RepoPath& path : paths) {
    const std::vector<std::string_view> other = split(path.parent(), '/');
    const auto end = std::mismatch(common.begin(), common.end(), other.begin(), other.end()).first;
    common.erase(end, common.end());
  }
  static constexpr std::array<std::string_view, 8> kSaysNothing = {
      "src", "lib", "include", "test", "tests", "docs", "doc", "packages"};
  while (!common.empty()) {
    const std::string name = to_lower(common.back());
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
      return is_lower(c) || is_digit(c) || c == '-' || c == '_' || c == '.';
    });
    if (!name.empty() && plain && name.front() != '.' &&
        std::find(kSaysNothing.begin(), kSaysNothing.end(), name) == kSaysNothing.end()) {
      return name;
    }
    common.pop_back();
  }
  return "";
}

std::string unit_message(const MessageSource& source, const CommitUnit& unit,
                         std::optional<long> closes) {
  const std::vector<RepoPath> paths = paths_of(unit);
  std::string type = commit_type(paths, source.session_type);
  const bool paths_say_nothing = type == "feat" || type == "chore";
  std::string title;
  const bool has_plan = source.plan && !source.plan->items.empty();
  if (unit.item) {
    const session::PlanItem& item = source.plan->items[*unit.item];
    title = first_line(item.title);
    if (paths_say_nothing && !type_in_words(title).empty()) type = type_in_words(title);
    if (!item.type.empty()) type = item.type;
  } else if (!has_plan && !source.title.empty()) {
    title = first_line(source.title);
    if (paths_say_nothing && !type_in_words(title).empty()) type = type_in_words(title);
  } else {
    if (has_plan && type == "feat") type = "chore";
    title = describe_changes(unit);
  }
  const bool has_type = is_conventional(title);
  const std::string head = has_type ? "" : head_of(type, commit_scope(paths));
  const std::size_t room = kSubjectLength > head.size() + 20 ? kSubjectLength - head.size() : 20;
  title = escape_hidden(title);
  const std::string description = has_type ? title : lower_first(title);
  return assemble(head + ellipsize(description, room),
                  source.lists_changes ? bullets({unit}) : std::vector<std::string>{},
                  closes ? std::vector<long>{*closes} : std::vector<long>{}, source.co_authors);
}

std::string given_message(const MessageSource& source, const std::string& message,
                          const std::vector<long>& closes) {
  return assemble(std::string(trim(message)), {}, closes, source.co_authors);
}

std::string records_message(const MessageSource& source, const std::vector<long>& closes) {
  return assemble("chore(session): close " + escape_hidden(source.session), {}, closes,
                  source.co_authors);
}

}  // namespace gs::close
