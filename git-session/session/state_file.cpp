#include "session/state_file.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/names.h"
#include "base/text.h"
#include "formats/frontmatter.h"
#include "formats/markdown.h"
#include "formats/yaml.h"

namespace gs::session {

namespace {

constexpr auto kStatusNames = std::to_array<Name<Status>>({{Status::Active, "active"},
                                                           {Status::Paused, "paused"},
                                                           {Status::Completed, "completed"},
                                                           {Status::Idle, "idle"},
                                                           {Status::Abandoned, "abandoned"}});
static_assert(is_complete(kStatusNames));

// "current-wave" and "current_wave" are the same key: tools write both.
bool same_key(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return (x == '_' ? '-' : x) == (y == '_' ? '-' : y); });
}

std::optional<long> number_in(const Json& value) {
  if (!value.is_string()) return value.integer();
  const std::string text = value.get<std::string>();
  std::string_view digits = trim(text);
  if (digits.starts_with('#')) digits.remove_prefix(1);
  long number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

// The frontmatter of a STATE.md; a bad key is recorded with its line and is not an error.
class Header {
 public:
  Header(std::string_view yaml, const std::string& source, std::vector<std::string>& problems)
      : yaml_(yaml), source_(source), problems_(problems) {
    values_ = formats::parse_yaml(yaml, source, 2, formats::DuplicateKeys::LastWins);
    if (!values_.is_object()) {
      throw fatal(source + ":2: the frontmatter is not a mapping")
          .with_hint("it is 'key: value' lines between two '---' lines");
    }
  }

  void note(std::string_view key, const std::string& problem) const {
    const std::size_t line = line_of(key);
    problems_.push_back(source_ + (line == 0 ? "" : ":" + std::to_string(line)) + ": '" +
                        std::string(key) + "' " + problem);
  }

  // Absent if missing or null.
  [[nodiscard]] const Json* find(std::string_view key) const {
    for (const auto& [name, value] : values_.items()) {
      if (same_key(name, key)) return value.is_null() ? nullptr : &value;
    }
    return nullptr;
  }
  // The same, but a missing key is recorded.
  const Json* require(std::string_view key) const {
    const Json* value = find(key);
    if (value == nullptr) note(key, "is missing");
    return value;
  }

  // A plain scalar as written: a branch "1.10" or an all-digit commit id is text here, whatever its
  // YAML type.
  [[nodiscard]] std::string text(std::string_view key) const {
    const Json* value = find(key);
    if (value == nullptr) return "";
    if (value->is_string()) return value->get<std::string>();
    if (value->is_structured()) {
      note(key, "must be a string");
      return "";
    }
    return written_scalar(key);
  }

  [[nodiscard]] std::optional<long> number(std::string_view key) const {
    const Json* value = require(key);
    if (value == nullptr) return std::nullopt;
    const auto number = number_in(*value);
    if (!number || *number < 0) {
      note(key, "is not a number");
      return std::nullopt;
    }
    return number;
  }

 private:
  [[nodiscard]] static std::optional<std::string_view> value_on_line(std::string_view line,
                                                                     std::string_view key) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || line.starts_with(' ') ||  // a key of a nested mapping
        !same_key(trim(line.substr(0, colon)), key)) {
      return std::nullopt;
    }
    return line.substr(colon + 1);
  }
  [[nodiscard]] std::size_t line_of(std::string_view key) const {
    std::size_t number = 2;  // the first is "---"
    for (const std::string_view line : split_lines(yaml_)) {
      if (value_on_line(line, key)) return number;
      ++number;
    }
    return 0;
  }
  [[nodiscard]] std::string written_scalar(std::string_view key) const {
    for (const std::string_view line : split_lines(yaml_)) {
      if (const auto value = value_on_line(line, key)) {
        return std::string(trim(value->substr(0, value->find(" #"))));
      }
    }
    return "";
  }

  std::string_view yaml_;
  const std::string& source_;
  std::vector<std::string>& problems_;
  Json values_;
};

void check_schema(const Header& header, const std::string& source) {
  const Json* version = header.require("schema-version");
  if (version == nullptr) return;
  const auto number = number_in(*version);
  if (!number) header.note("schema-version", "is not a number; read as 1");
  if (number.value_or(1) > 1) {
    throw fatal(source + ": schema-version " + std::to_string(*number) +
                " is newer than this program knows")
        .with_hint("it reads schema-version 1; update git-session");
  }
}

Status read_status(const Header& header) {
  const Json* value = header.require("status");
  if (value == nullptr) return Status::Active;
  const std::string name = to_lower(header.text("status"));
  if (const auto status = named(kStatusNames, name)) return *status;
  header.note(
      "status",
      "is '" + name + "', none of active, paused, completed, idle, abandoned; read as active");
  return Status::Active;
}

std::vector<long> read_issues(const Header& header) {
  std::vector<long> issues;
  const Json* value = header.require("issues");
  if (value == nullptr) return issues;
  const Json list = value->is_array() ? *value : Json::array({*value});
  for (const Json& entry : list) {
    if (const auto number = number_in(entry)) {
      issues.push_back(*number);
    } else if (entry != "none" && entry != "") {
      header.note("issues", "has an entry that is not a number: " + formats::to_json_line(entry));
    }
  }
  return issues;
}

std::optional<Timestamp> read_time(const Header& header, std::string_view key) {
  if (header.find(key) == nullptr) return std::nullopt;
  const auto time = parse_iso8601(header.text(key));
  if (!time) header.note(key, "is not an ISO 8601 date-time");
  return time;
}

// Texts of a list's bullets; an indented line continues the one above.
std::vector<std::string> bullets(std::string_view content) {
  std::vector<std::string> texts;
  for (const std::string_view line : split_lines(content)) {
    const std::string_view text = trim(line);
    if (text.starts_with("- ") || text.starts_with("* ")) {
      texts.emplace_back(trim(text.substr(2)));
    } else if (!text.empty() && line.starts_with(' ') && !texts.empty()) {
      texts.back() += " " + std::string(text);
    }
  }
  return texts;
}

void read_body(std::string_view body, const std::string& source, StateFile& state) {
  if (const auto history = formats::find_markdown_section(body, 2, "Wave History")) {
    state.waves = parse_wave_history(history->content);
  } else {
    state.problems.push_back(source + ": there is no section '## Wave History'");
  }
  if (const auto deviations = formats::find_markdown_section(body, 2, "Deviations")) {
    state.deviations = bullets(deviations->content);
  }
}

}  // namespace

std::string_view status_name(Status status) {
  return name_of(kStatusNames, status);
}

std::string StateFile::id() const {
  if (!session.empty()) return session;
  const std::string stem = branch.empty() ? "session" : branch;
  if (!started_at) return stem;
  return stem + "-" + format_local_day(*started_at) + "-" + format_local_hhmm(*started_at);
}

StateFile parse_state(std::string_view text, const std::string& source) {
  const auto parts = formats::split_frontmatter(text);
  if (!parts) {
    throw fatal("'" + source + "' has no frontmatter")
        .with_hint("it starts with 'key: value' lines between two '---' lines");
  }
  StateFile state;
  const Header header(parts->yaml, source, state.problems);
  check_schema(header, source);
  header.require("session-type");
  state.session_type = header.text("session-type");
  header.require("branch");
  state.branch = header.text("branch");
  state.issues = read_issues(header);
  header.require("started_at");
  state.started_at = read_time(header, "started_at");
  state.status = read_status(header);
  state.current_wave = header.number("current-wave");
  state.total_waves = header.number("total-waves");
  state.session = header.text("session");
  state.session_start_ref = header.text("session-start-ref");
  state.title = header.text("title");
  state.name = header.text("name");
  state.agent = header.text("agent");
  state.paused_at = read_time(header, "paused_at");
  state.paused_ref = header.text("paused-ref");
  if (const Json* tasks = header.find("docs-tasks")) state.docs_tasks = *tasks;
  read_body(parts->body, source, state);
  return state;
}

}  // namespace gs::session
