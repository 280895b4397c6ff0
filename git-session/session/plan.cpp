#include "session/plan.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "base/error.h"
#include "base/text.h"
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

// Reads one table of the plan; every problem names the line of its key.
class Table {
 public:
  Table(const formats::Toml& toml, const Json& table, std::string pointer,
        const std::string& source)
      : toml_(toml), table_(table), pointer_(std::move(pointer)), source_(source) {}

  [[nodiscard]] Error error(const std::string& pointer, const std::string& message) const {
    std::size_t line = toml_.line_of(pointer);
    if (line == 0) line = toml_.line_of(pointer_);
    return fatal(source_ + ":" + std::to_string(std::max<std::size_t>(line, 1)) + ": " + message);
  }
  [[nodiscard]] Error key_error(std::string_view key, const std::string& message) const {
    return error(at(key), message);
  }

  void allow_only(std::span<const std::string_view> keys) const {
    for (const auto& [key, value] : table_.items()) {
      if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
      const std::string_view near = nearest(key, keys);
      throw key_error(key, "unknown key '" + key + "'")
          .with_hint(near.empty() ? "the keys here are: " + list(keys)
                                  : "did you mean '" + std::string(near) + "'?");
    }
  }

  [[nodiscard]] std::optional<std::string> text(std::string_view key) const {
    const auto found = table_.find(key);
    if (found == table_.end()) return std::nullopt;
    if (!found->is_string()) throw wrong_type(key, "a text", "\"…\"");
    return found->get<std::string>();
  }

  [[nodiscard]] std::string title() const {
    const std::string title(trim(text("title").value_or("")));
    if (title.empty()) {
      throw key_error("title", pointer_.empty() ? "the plan has no title" : "an item has no title")
          .with_hint("add: title = \"…\"");
    }
    if (title.find_first_of("\r\n") != std::string::npos)
      throw key_error("title", "a title is one line");
    return title;
  }

  [[nodiscard]] std::string one_of(std::string_view key, std::span<const std::string_view> choices,
                                   std::string fallback) const {
    const auto value = text(key);
    if (!value) return fallback;
    if (std::find(choices.begin(), choices.end(), *value) == choices.end()) {
      throw key_error(key, "'" + std::string(key) + "' is '" + *value + "'")
          .with_hint("it is one of: " + list(choices));
    }
    return *value;
  }

  [[nodiscard]] std::optional<long> number(std::string_view key) const {
    const auto found = table_.find(key);
    if (found == table_.end()) return std::nullopt;
    const auto number = found->integer();
    if (number.value_or(0) < 1) throw wrong_type(key, "a positive number", "42");
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
    if (!texts) throw wrong_type(key, "a list of texts", "[\"src/**\"]");
    for (const Json& pattern : *found) {
      const std::string text = pattern.get<std::string>();
      if (const auto bad = bad_pattern(text)) {
        throw key_error(
            key, "'" + ellipsize(text, kMostShown) + "' in '" + std::string(key) + "' " + bad->why)
            .with_hint(bad->hint);
      }
      const std::size_t globs = patterns.emplace_back(text).globs().size();
      if (globs > left) {
        throw key_error(key, "the plan's files are too many patterns")
            .with_hint("name directories rather than each file");
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
      throw key_error(key, "'" + std::string(key) + "' is not a list of tables")
          .with_hint("write '[[" + std::string(key) + "]]' above each one's keys");
    }
    for (std::size_t i = 0; i < found->size(); ++i) {
      tables.emplace_back(toml_, (*found)[i], at(key) + "/" + std::to_string(i), source_);
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

  [[nodiscard]] Error wrong_type(std::string_view key, const std::string& wanted,
                                 const std::string& example) const {
    return key_error(key, "'" + std::string(key) + "' is not " + wanted)
        .with_hint("write it as: " + std::string(key) + " = " + example);
  }

  const formats::Toml& toml_;
  const Json& table_;
  std::string pointer_;
  const std::string& source_;
};

PlanItem read_item(const Table& table, std::size_t& globs_left) {
  table.allow_only(kItemKeys);
  PlanItem item;
  item.title = table.title();
  item.issue = table.number("issue");
  item.priority = table.one_of("priority", kPriorities, "medium");
  item.type = table.text("type").value_or("");
  if (item.type.find_first_of(" \t\n():!") != std::string::npos) {
    throw table.key_error("type", "'type' is '" + item.type + "'")
        .with_hint("it is one word of Conventional Commits: feat, fix, docs, refactor, test, …");
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
  if (task.audience.empty() && task.target.empty()) {
    throw table.key_error("audience", "a docs task has neither audience nor target")
        .with_hint("add: audience = \"user\"");
  }
  return task;
}

}  // namespace

Plan parse_plan(std::string_view text, const std::string& source) {
  const formats::Toml toml = formats::parse_toml(text, source);
  const Table table(toml, toml.value, "", source);
  table.allow_only(kPlanKeys);
  Plan plan;
  plan.title = table.title();
  plan.type = table.one_of("type", kSessionTypes, "");
  std::set<std::string> titles;
  std::size_t globs_left = kMostGlobs;
  for (const Table& item : table.tables("item")) {
    plan.items.push_back(read_item(item, globs_left));
    if (!titles.insert(plan.items.back().title).second)
      throw item.key_error("title", "two items have the title '" + plan.items.back().title + "'");
  }
  for (const Table& task : table.tables("docs")) plan.docs.push_back(read_docs_task(task));
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
