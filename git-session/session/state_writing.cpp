// What the program writes into a STATE.md.
#include <algorithm>

#include "base/screen.h"
#include "base/text.h"
#include "formats/frontmatter.h"
#include "formats/markdown.h"
#include "formats/quoted.h"
#include "session/state_file.h"

namespace gs::session {

namespace {

// Starts something other than a plain scalar, in YAML or for a simpler reader.
constexpr std::string_view kIndicators = "-?:,[]{}#&*!|>'%@`=~ ";

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// On one line: control characters become blanks, runs of blanks a single one.
std::string flatten(std::string_view text) {
  std::string flat;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const char kept = byte < 0x20 || byte == 0x7f ? ' ' : c;
    if (kept != ' ' || !flat.ends_with(' ')) flat += kept;
  }
  return flat;
}

std::string replace_non_ascii(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) c = '?';
  }
  return text;
}

void trim_end(std::string& text) {
  while (text.ends_with(' ') || text.ends_with(':') || text.ends_with('\'')) text.pop_back();
}

std::string plain_once(std::string_view text) {
  std::string plain = flatten(text);
  std::erase_if(plain, [](char c) { return c == '"' || c == '\\'; });
  if (!is_utf8(plain)) plain = replace_non_ascii(std::move(plain));
  plain = escape_hidden(plain);  // also what else ends a line in YAML
  trim_end(plain);
  replace_all(plain, ": ", " - ");
  replace_all(plain, " #", " ");
  plain.erase(0, std::min(plain.find_first_not_of(kIndicators), plain.size()));
  trim_end(plain);
  return plain;
}

// The text behind "title: "; "" for none.
std::string title_value(std::string_view title, bool tracked) {
  std::string held = title_in_state(title, tracked);
  return held == plain_scalar(held) ? held : formats::quoted(held, formats::Quoting::Yaml);
}

}  // namespace

std::string plain_scalar(std::string_view text) {
  // A removal can join two other characters, so repeat until nothing changes; every round
  // but the last leaves less to change.
  std::string plain = plain_once(text);
  for (std::string again = plain_once(plain); again != plain; again = plain_once(plain)) {
    plain = std::move(again);
  }
  return plain;
}

bool is_branch_of_state(const std::string& written, const std::optional<std::string>& branch) {
  return !branch || written.empty() || written == "HEAD" || written == *branch ||
         written == plain_scalar(*branch);
}

std::string mark_completed(std::string_view text, Timestamp now) {
  return formats::set_frontmatter_values(text,
                                         {{"status", "completed"}, {"updated", format_utc(now)}});
}

std::string mark_abandoned(std::string_view text, bool tracked, Timestamp now) {
  const Status status = tracked ? Status::Idle : Status::Abandoned;
  const std::string marked = formats::set_frontmatter_values(
      text, {{"status", std::string(status_name(status))}, {"updated", format_utc(now)}});
  return append_deviation(marked, "abandoned: ended without a close", now);
}

std::string mark_paused(std::string_view text, const std::string& head, Timestamp now) {
  const std::string time = format_utc(now);
  return formats::set_frontmatter_values(
      text, {{"status", "paused"}, {"updated", time}, {"paused_at", time}, {"paused-ref", head}});
}

std::string mark_resumed(std::string_view text, Timestamp now) {
  return formats::set_frontmatter_values(
      formats::remove_frontmatter_keys(text, {"paused_at", "paused-ref"}),
      {{"status", "active"}, {"updated", format_utc(now)}});
}

std::string title_in_state(std::string_view title, bool tracked) {
  if (tracked || !is_utf8(title)) return plain_scalar(title);
  return escape_hidden(trim(flatten(title)));
}

std::string mark_titled(std::string_view text, std::string_view title, bool tracked) {
  return formats::set_frontmatter_values(text, {{"title", title_value(title, tracked)}});
}

std::string append_deviation(std::string_view text, std::string_view deviation, Timestamp now) {
  return formats::append_to_section(
      text, "Deviations", "- [" + format_utc(now) + "] " + escape_hidden(flatten(deviation)));
}

std::string render_new_state(const NewState& state) {
  std::vector<std::string> issues;
  for (const long issue : state.issues) issues.push_back(std::to_string(issue));
  const std::string branch = plain_scalar(state.branch);
  const std::string title = title_value(state.title, state.tracked);
  const std::string started = format_utc(state.started_at);

  std::string text = "---\nschema-version: 1\n";
  const auto add = [&text](std::string_view key, const std::string& value) {
    text += std::string(key) + ": " + value + "\n";
  };
  add("session-type", state.session_type);
  add("branch", branch.empty() ? "HEAD" : branch);
  add("issues", "[" + join(issues, ", ") + "]");
  add("started_at", started);
  add("status", "active");
  add("current-wave", "0");
  add("total-waves", "0");
  add("updated", started);
  add("session", plain_scalar(state.session));
  if (!state.start_ref.empty()) add("session-start-ref", state.start_ref);
  if (!title.empty()) add("title", title);
  if (!state.name.empty()) add("name", plain_scalar(state.name));
  if (!state.agent.empty()) add("agent", plain_scalar(state.agent));
  text += "---\n\n## Current Wave\n\n(none yet)\n\n";
  text += "## Wave History\n\n(none yet)\n\n## Deviations\n\n(none yet)\n";
  return text;
}

std::string new_session_id(const std::string& branch, Timestamp now,
                           const std::vector<std::string>& taken) {
  std::string name = plain_scalar(branch);
  if (name.empty()) name = "detached";
  const std::string id = name + "-" + format_local_day(now) + "-" + format_local_hhmm(now);
  const auto is_taken = [&taken](const std::string& candidate) {
    return std::find(taken.begin(), taken.end(), candidate) != taken.end();
  };
  std::string unique = id;
  for (int n = 2; is_taken(unique); ++n) unique = id + "-" + std::to_string(n);
  return unique;
}

}  // namespace gs::session
