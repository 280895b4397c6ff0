#include "checks/notes/vault.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "formats/frontmatter.h"
#include "formats/lines.h"
#include "formats/yaml.h"

namespace gs::checks {
namespace {

constexpr std::size_t kLongestFrontmatter = 64U << 10U;

using Names = std::vector<std::string_view>;

const Names& types() {
  static const Names names = {"note",      "daily", "project",  "person",
                              "reference", "idea",  "learning", "session"};
  return names;
}
const Names& statuses() {
  static const Names names = {"draft",      "active", "verified", "archived",
                              "production", "mvp",    "idea"};
  return names;
}

// "a-b-c": lower-case letters and digits in segments joined by '-'.
bool is_slug(std::string_view text) {
  bool after_letter = false;
  for (const char c : text) {
    const bool letter = is_lower(c) || is_digit(c);
    if (!letter && (c != '-' || !after_letter)) return false;
    after_letter = letter;
  }
  return after_letter;
}

bool is_tag(std::string_view text) {
  const std::vector<std::string_view> segments = split(text, '/');
  return std::all_of(segments.begin(), segments.end(), is_slug);
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string shown(const Json& value) {
  return "'" +
         ellipsize(value.is_string() ? value.get<std::string>() : formats::to_json_line(value),
                   60) +
         "'";
}

std::string listed(const Names& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += names[i];
  }
  return text;
}

// What is wrong with a value; "" if nothing.
using Check = std::string (*)(const Json& value);

std::string check_text(const Json& value) {
  return value.is_string() ? "" : "must be a string: " + shown(value);
}
std::string check_length(const Json& value, std::size_t least, std::size_t most) {
  if (!value.is_string()) return check_text(value);
  const std::size_t length = characters(value.get_ref<const std::string&>());
  if (length >= least && length <= most) return "";
  return "has " + plural(length, "character") + ", allowed: " + std::to_string(least) + " to " +
         std::to_string(most);
}
std::string check_id(const Json& value) {
  if (!value.is_string()) return check_text(value);
  if (!is_slug(value.get_ref<const std::string&>())) {
    return "is " + shown(value) + ", not a slug such as 'retry-uploads'";
  }
  return check_length(value, 2, 128);
}
std::string check_choice(const Json& value, const Names& names) {
  if (!value.is_string()) return check_text(value);
  const bool known =
      std::find(names.begin(), names.end(), value.get_ref<const std::string&>()) != names.end();
  return known ? "" : "is " + shown(value) + ", allowed: " + listed(names);
}
std::string check_type(const Json& value) {
  return check_choice(value, types());
}
std::string check_status(const Json& value) {
  return check_choice(value, statuses());
}
std::string check_date(const Json& value) {
  const bool date = value.is_string() && parse_iso8601(value.get_ref<const std::string&>());
  return date ? ""
              : "is " + shown(value) + ", not a date such as 2026-11-22 or 2026-11-22T14:05:00Z";
}
std::string check_title(const Json& value) {
  return check_length(value, 1, 200);
}
std::string check_tag(const Json& value) {
  if (!value.is_string()) return check_text(value);
  if (!is_tag(value.get_ref<const std::string&>())) {
    return "is " + shown(value) + ", not slugs joined by '/' such as 'area/uploads'";
  }
  return check_length(value, 1, 64);
}

std::string check_each(const Json& value, Check check) {
  if (!value.is_array()) return "is not a list: " + shown(value);
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string wrong = check(value[i]);
    if (!wrong.empty()) return "entry " + std::to_string(i + 1) + " " + wrong;
  }
  return "";
}
std::string check_tags(const Json& value) {
  return check_each(value, check_tag);
}
std::string check_sources(const Json& value) {
  return check_each(value, check_text);
}
std::string check_aliases(const Json& value) {
  return check_each(value, check_title);
}

struct Rule {
  const char* key;
  bool required;
  Check check;
};
constexpr std::array<Rule, 11> kSchema = {{{"id", true, check_id},
                                           {"type", true, check_type},
                                           {"created", true, check_date},
                                           {"updated", true, check_date},
                                           {"title", false, check_title},
                                           {"tags", false, check_tags},
                                           {"status", false, check_status},
                                           {"expires", false, check_date},
                                           {"source", false, check_text},
                                           {"sources", false, check_sources},
                                           {"aliases", false, check_aliases}}};

// The file's line with a top-level key of the frontmatter; 1 if unknown.
std::size_t line_of_key(std::string_view yaml, std::string_view key) {
  std::size_t number = 2;
  for (const std::string_view line : split_lines(yaml)) {
    if (line.starts_with(key) && line.substr(key.size()).starts_with(':')) return number;
    ++number;
  }
  return 1;
}

// "NAME:12: invalid YAML: …" without the name.
NoteProblem yaml_problem(const std::string& message) {
  const std::size_t colon = message.find(':', 1);
  NoteProblem problem{1, message};
  if (!message.starts_with(':') || colon == std::string::npos) return problem;
  std::size_t line = 0;
  for (const char c : std::string_view(message).substr(1, colon - 1)) {
    if (c < '0' || c > '9') return problem;
    line = line * 10 + static_cast<std::size_t>(c - '0');
  }
  return {line, std::string(trim(std::string_view(message).substr(colon + 1)))};
}

void check_frontmatter(std::string_view yaml, NoteScan& scan) {
  if (yaml.size() > kLongestFrontmatter) {
    scan.errors.push_back({1, "the frontmatter is larger than 64 KiB"});
    return;
  }
  if (!is_utf8(yaml)) {
    scan.errors.push_back({1, "the frontmatter is not UTF-8"});
    return;
  }
  Json values;
  try {
    values = formats::parse_yaml(yaml, "", 2);
  } catch (const Error& error) {
    scan.errors.push_back(yaml_problem(error.message()));
    return;
  }
  if (values.is_null()) values = Json::object();
  if (!values.is_object()) {
    scan.errors.push_back({1, "the frontmatter is not a mapping"});
    return;
  }
  for (const auto& [key, wrong] : check_note_values(values)) {
    scan.errors.push_back({line_of_key(yaml, key), "'" + key + "' " + wrong});
  }
}

// "---" and a line "key: …", but no second "---".
bool is_open_frontmatter(std::string_view text) {
  if (text.starts_with(formats::kByteOrderMark)) text.remove_prefix(formats::kByteOrderMark.size());
  const std::size_t newline = text.find('\n');
  if (!text.starts_with("---") || newline == std::string_view::npos) return false;
  if (!formats::is_blank(trim(text.substr(3, newline - 3)))) return false;
  const std::string_view next = text.substr(newline + 1, 200);
  const std::size_t end = next.find_first_not_of("abcdefghijklmnopqrstuvwxyz_-");
  return end != 0 && end != std::string_view::npos && next[end] == ':';
}

}  // namespace

std::vector<std::pair<std::string, std::string>> check_note_values(const Json& frontmatter) {
  std::vector<std::pair<std::string, std::string>> wrong;
  for (const Rule& rule : kSchema) {
    const auto found = frontmatter.find(rule.key);
    if (found == frontmatter.end()) {
      if (rule.required) wrong.emplace_back(rule.key, "is missing");
    } else if (found->is_null()) {
      wrong.emplace_back(rule.key, "has no value");
    } else if (std::string problem = rule.check(*found); !problem.empty()) {
      wrong.emplace_back(rule.key, std::move(problem));
    }
  }
  return wrong;
}

NoteScan scan_note(std::string_view text) {
  NoteScan scan;
  const auto parts = formats::split_frontmatter(text);
  if (!parts) {
    if (is_open_frontmatter(text))
      scan.warnings.push_back({1, "the frontmatter is never closed by a line '---'"});
    return scan;
  }
  scan.has_frontmatter = true;
  check_frontmatter(parts->yaml, scan);
  const std::size_t body = text.size() - parts->body.size();
  const auto lines_before = static_cast<std::size_t>(
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(body), '\n'));
  scan.links = formats::wiki_links(parts->body, lines_before + 1);
  return scan;
}

}  // namespace gs::checks
