#include "session/plan.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "base/error.h"
#include "base/text.h"
#include "formats/quoted.h"
#include "formats/toml.h"

namespace gs::session {

namespace {

constexpr std::array<std::string_view, 4> kPlanKeys = {"title", "type", "item", "docs"};
constexpr std::array<std::string_view, 8> kItemKeys = {"title", "issue",  "priority", "type",
                                                       "files", "verify", "dropped",  "why"};
constexpr std::array<std::string_view, 2> kDocsKeys = {"audience", "target"};
constexpr std::array<std::string_view, 3> kSessionTypes = {"feature", "deep", "housekeeping"};
constexpr std::array<std::string_view, 3> kAudiences = {"user", "dev", "vault"};
constexpr std::array<std::string_view, 4> kPriorities = {"critical", "high", "medium", "low"};
constexpr std::size_t kMostShown = 200;  // characters of a bad pattern
// Of a plan, with every alternative of braces: a MiB of them may stand for many more than it holds.
constexpr std::size_t kMostGlobs = 100'000;

std::string list(std::span<const std::string_view> names) {
  std::vector<std::string> texts(names.begin(), names.end());
  return join(texts, ", ");
}

// All of a plan, so that whoever wrote it can correct them in one go.
class Mistakes {
 public:
  explicit Mistakes(const std::string& source) : source_(source) {}

  void add(std::size_t line, const std::string& what, const std::string& hint) {
    found_.push_back({line, what, hint});
  }
  void throw_any() {
    if (found_.empty()) return;
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Mistake& a, const Mistake& b) { return a.line < b.line; });
    if (found_.size() == 1) {
      const Error error = fatal(placed(found_.front()));
      throw found_.front().hint.empty() ? error : error.with_hint(found_.front().hint);
    }
    std::vector<std::string> lines;
    for (const Mistake& mistake : found_) {
      if (lines.size() == kMostMistakes) break;
      lines.push_back(placed(mistake) + (mistake.hint.empty() ? "" : "; " + mistake.hint));
    }
    const Error error = fatal(join(lines, "\n"));
    const std::size_t more = found_.size() - lines.size();
    throw more == 0 ? error : error.with_hint("there are " + std::to_string(more) + " more");
  }

 private:
  struct Mistake {
    std::size_t line;
    std::string what;
    std::string hint;  // "" for none
  };
  static constexpr std::size_t kMostMistakes = 20;

  [[nodiscard]] std::string placed(const Mistake& mistake) const {
    return source_ + ":" + std::to_string(mistake.line) + ": " + mistake.what;
  }

  const std::string& source_;
  std::vector<Mistake> found_;
};

// A word of another list, and the one that is meant: no spelling mistake.
struct Synonym {
  std::string_view word, means;
};
constexpr auto kItemTypes = std::to_array<Synonym>({{"feature", "feat"},
                                                    {"features", "feat"},
                                                    {"enhancement", "feat"},
                                                    {"bug", "fix"},
                                                    {"bugfix", "fix"},
                                                    {"hotfix", "fix"},
                                                    {"fixes", "fix"},
                                                    {"doc", "docs"},
                                                    {"documentation", "docs"},
                                                    {"tests", "test"},
                                                    {"testing", "test"},
                                                    {"performance", "perf"},
                                                    {"refactoring", "refactor"},
                                                    {"chores", "chore"},
                                                    {"housekeeping", "chore"},
                                                    {"builds", "build"},
                                                    {"styles", "style"}});

std::string_view synonym_of(std::string_view word) {
  for (const Synonym& synonym : kItemTypes) {
    if (synonym.word == word) return synonym.means;
  }
  return "";
}

std::string meant(std::string_view word, std::span<const std::string_view> words,
                  const std::string& otherwise) {
  constexpr std::size_t kShortest = 3;  // of a beginning that says something
  std::string_view near = nearest(word, words);
  for (const std::string_view each : words) {
    const bool is_same = synonym_of(each) == word && !word.empty();
    if (near.empty() && (is_same || (word.size() >= kShortest && each.starts_with(word))))
      near = each;
  }
  return near.empty() ? otherwise + list(words) : "did you mean '" + std::string(near) + "'?";
}

// Reads one table of the plan; every mistake is noted with the line of its key, and what it is
// about counts as missing.
class Table {
 public:
  Table(const formats::Toml& toml, const Json& table, std::string pointer, Mistakes& mistakes,
        std::string_view top)
      : toml_(toml), table_(table), pointer_(std::move(pointer)), mistakes_(mistakes), top_(top) {}

  void mistake(std::string_view key, const std::string& what, const std::string& hint = "") const {
    std::size_t line = toml_.line_of(at(key));
    if (line == 0) line = toml_.line_of(pointer_);
    mistakes_.add(std::max<std::size_t>(line, 1), what, hint);
  }

  void allow_only(std::span<const std::string_view> keys) const {
    for (const auto& [key, value] : table_.items()) {
      if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
      mistake(key, "unknown key '" + key + "'", meant(key, keys, "the keys here are: "));
    }
  }

  // What `allow_only` names as such.
  [[nodiscard]] bool has_misspelt(std::string_view key) const {
    for (const auto& [name, value] : table_.items()) {
      if (name != key && !nearest(name, {&key, 1}).empty()) return true;
    }
    return false;
  }
  [[nodiscard]] bool has(std::string_view key) const { return table_.find(key) != table_.end(); }

  [[nodiscard]] std::optional<std::string> text(std::string_view key) const {
    const auto found = table_.find(key);
    if (found == table_.end()) return std::nullopt;
    if (!found->is_string()) {
      wrong_type(key, "a string", own_text(*found).value_or("\"…\""));
      return std::nullopt;
    }
    return found->get<std::string>();
  }

  [[nodiscard]] std::string title() const {
    const auto given = text("title");
    const std::string title(trim(given.value_or("")));
    if (title.empty() && (given || !(has("title") || has_misspelt("title")))) {
      mistake("title", pointer_.empty() ? "the plan has no title" : "an item has no title",
              "add: title = \"…\"");
    }
    if (title.find_first_of("\r\n") != std::string::npos) mistake("title", "a title is one line");
    return title;
  }

  [[nodiscard]] std::string one_of(std::string_view key, std::span<const std::string_view> choices,
                                   std::string fallback) const {
    const auto value = text(key);
    if (!value) return fallback;
    if (std::find(choices.begin(), choices.end(), *value) == choices.end()) {
      mistake(key, "'" + std::string(key) + "' is '" + *value + "'",
              meant(*value, choices, "it is one of: "));
      return fallback;
    }
    return *value;
  }

  [[nodiscard]] std::optional<long> number(std::string_view key) const {
    const auto found = table_.find(key);
    if (found == table_.end()) return std::nullopt;
    const auto number = found->integer();
    if (number.value_or(0) < 1) wrong_type(key, "a positive number", digits_of(*found));
    return number;
  }

  // Takes what they stand for from `left`.
  [[nodiscard]] std::vector<PathPattern> patterns(std::string_view key, std::size_t& left) const {
    std::vector<PathPattern> patterns;
    const auto found = table_.find(key);
    if (found == table_.end()) return patterns;
    const bool texts =
        found->is_array() &&
        std::all_of(found->begin(), found->end(), [](const Json& e) { return e.is_string(); });
    if (!texts) {
      const auto own = own_text(*found);
      wrong_type(key, "a list of strings", own ? "[" + *own + "]" : "[\"src/**\"]");
      return patterns;
    }
    for (const Json& pattern : *found) {
      const std::string text = pattern.get<std::string>();
      if (const auto bad = bad_pattern(text, top_)) {
        mistake(key,
                "'" + ellipsize(text, kMostShown) + "' in '" + std::string(key) + "' " + bad->why,
                bad->hint);
        continue;
      }
      const std::size_t globs = patterns.emplace_back(text).globs().size();
      if (globs > left) {
        mistake(key, "the plan's files are too many patterns",
                "name directories rather than each file");
        return patterns;
      }
      left -= globs;
    }
    return patterns;
  }

  // The tables of an array of tables ("[[item]]").
  [[nodiscard]] std::vector<Table> tables(std::string_view key) const {
    std::vector<Table> tables;
    const auto found = table_.find(key);
    if (found == table_.end()) return tables;
    const bool objects =
        found->is_array() &&
        std::all_of(found->begin(), found->end(), [](const Json& e) { return e.is_object(); });
    if (!objects) {
      mistake(key, "'" + std::string(key) + "' is not a list of tables",
              "write '[[" + std::string(key) + "]]' above each one's keys");
      return tables;
    }
    for (std::size_t i = 0; i < found->size(); ++i) {
      tables.emplace_back(toml_, (*found)[i], at(key) + "/" + std::to_string(i), mistakes_, top_);
    }
    return tables;
  }

 private:
  [[nodiscard]] std::string at(std::string_view key) const {
    std::string pointer = pointer_ + "/";
    for (const char c : key) {
      if (c == '~') pointer += "~0";
      if (c == '/') pointer += "~1";
      if (c != '~' && c != '/') pointer += c;
    }
    return pointer;
  }

  void wrong_type(std::string_view key, const std::string& wanted,
                  const std::string& example) const {
    mistake(key, "'" + std::string(key) + "' must be " + wanted,
            "write it as: " + std::string(key) + " = " + example);
  }

  // The person's own value as a string, where it is plain what it would be.
  static std::optional<std::string> own_text(const Json& value) {
    constexpr std::size_t kMost = 100;
    std::string text;
    if (value.is_string()) {
      text = value.get<std::string>();
    } else if (value.is_array() && value.size() == 1 && value[0].is_string()) {
      text = value[0].get<std::string>();
    } else if (const auto number = value.integer()) {
      text = std::to_string(*number);
    }
    if (text.empty() || text.size() > kMost) return std::nullopt;
    return formats::quoted(text, formats::Quoting::Yaml);
  }

  static std::string digits_of(const Json& value) {
    constexpr std::size_t kMost = 9;
    std::string digits = value.is_string() ? value.get<std::string>() : "";
    if (digits.starts_with('#')) digits.erase(0, 1);
    const bool is_number = !digits.empty() && digits.size() <= kMost && digits[0] != '0' &&
                           digits.find_first_not_of("0123456789") == std::string::npos;
    return is_number ? digits : "42";
  }

  const formats::Toml& toml_;
  const Json& table_;
  std::string pointer_;
  Mistakes& mistakes_;
  std::string_view top_;  // of the work tree; "" where that is not known
};

PlanItem read_item(const Table& table, std::size_t& globs_left) {
  table.allow_only(kItemKeys);
  PlanItem item;
  item.title = table.title();
  item.issue = table.number("issue");
  item.priority = table.one_of("priority", kPriorities, "medium");
  item.type = table.text("type").value_or("");
  if (item.type.find_first_of(" \t\n():!") != std::string::npos) {
    table.mistake("type", "'type' is '" + item.type + "'",
                  "it is one word of Conventional Commits: feat, fix, docs, refactor, test, …");
  } else if (const auto means = synonym_of(item.type); !means.empty()) {
    table.mistake("type", "'type' is '" + item.type + "', which Conventional Commits do not know",
                  "did you mean '" + std::string(means) + "'?");
  }
  item.files = table.patterns("files", globs_left);
  item.verify = table.text("verify");
  item.dropped = table.text("dropped");
  item.why = table.text("why");
  return item;
}

DocsTask read_docs_task(const Table& table) {
  table.allow_only(kDocsKeys);
  DocsTask task{table.one_of("audience", kAudiences, ""), table.text("target").value_or("")};
  if (!table.has("audience") && task.target.empty()) {
    table.mistake("audience", "a docs task has neither audience nor target",
                  "add: audience = \"user\"");
  }
  return task;
}

}  // namespace

Plan parse_plan(std::string_view text, const std::string& source, std::string_view top) {
  const formats::Toml toml = formats::parse_toml(text, source);
  Mistakes mistakes(source);
  const Table table(toml, toml.value, "", mistakes, top);
  table.allow_only(kPlanKeys);
  Plan plan;
  plan.title = table.title();
  plan.type = table.one_of("type", kSessionTypes, "");
  std::set<std::string> titles;
  std::size_t globs_left = kMostGlobs;
  for (const Table& item : table.tables("item")) {
    plan.items.push_back(read_item(item, globs_left));
    const std::string& title = plan.items.back().title;
    if (!title.empty() && !titles.insert(title).second)
      item.mistake("title", "two items have the title '" + title + "'");
  }
  for (const Table& task : table.tables("docs")) plan.docs.push_back(read_docs_task(task));
  mistakes.throw_any();
  return plan;
}

std::optional<std::size_t> item_of(const Plan& plan, std::string_view path) {
  if (const auto claimed = plan.by_hand.find(std::string(path)); claimed != plan.by_hand.end())
    return claimed->second;
  for (std::size_t i = 0; i < plan.items.size(); ++i) {
    if (matches_any(plan.items[i].files, path)) return i;
  }
  return std::nullopt;
}

}  // namespace gs::session
