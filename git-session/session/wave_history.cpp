#include "session/wave_history.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/ascii.h"
#include "base/text.h"
#include "formats/markdown.h"

namespace gs::session {

namespace {

constexpr std::string_view kEmDash = "\u2014";
constexpr std::string_view kEnDash = "\u2013";

std::optional<long> leading_number(std::string_view text) {
  long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end == text.data() || number < 0) return std::nullopt;
  return number;
}

// The dash that separates the parts of a line: a long one anywhere, a hyphen only between blanks,
// because words and paths contain hyphens.
struct Cut {
  std::string_view before, after;
};
std::optional<Cut> cut_at_dash(std::string_view text) {
  std::optional<Cut> first;
  for (const std::string_view dash : {kEmDash, kEnDash, std::string_view(" - ")}) {
    const std::size_t at = text.find(dash);
    if (at == std::string_view::npos || (first && at > first->before.size())) continue;
    first = Cut{text.substr(0, at), text.substr(at + dash.size())};
  }
  if (first) *first = Cut{trim(first->before), trim(first->after)};
  return first;
}

// "Wave 2 — Impl-Core (planned 4 files → actual 5)".
std::optional<Wave> parse_heading(std::string_view title) {
  if (!to_lower(title).starts_with("wave")) return std::nullopt;
  std::string_view rest = trim(title.substr(4));
  const auto number = leading_number(rest);
  if (!number) return std::nullopt;
  Wave wave;
  wave.number = *number;
  wave.skipped = to_lower(rest).find("(skipped") != std::string::npos;
  rest.remove_prefix(std::min(rest.find_first_not_of("0123456789"), rest.size()));
  rest = trim(rest);
  for (const std::string_view mark :
       {kEmDash, kEnDash, std::string_view("-"), std::string_view(":")}) {
    if (rest.starts_with(mark)) {
      rest = trim(rest.substr(mark.size()));
      break;
    }
  }
  if (const auto cut = cut_at_dash(rest)) rest = cut->before;
  wave.role = std::string(trim(rest.substr(0, rest.find('('))));
  return wave;
}

std::optional<AgentStatus> parse_status(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_alpha);
  const std::string word = to_lower(std::string(text.begin(), end));
  if (word == "done" || word == "complete" || word == "completed") return AgentStatus::Complete;
  if (word == "partial") return AgentStatus::Partial;
  if (word == "failed") return AgentStatus::Failed;
  if (word == "spiral") return AgentStatus::Spiral;
  return std::nullopt;
}

// Removes a final "→ issue #N" from the line.
std::optional<long> take_issue(std::string_view& line) {
  for (const std::string_view arrow : {std::string_view("\u2192"), std::string_view("->")}) {
    const std::size_t at = line.rfind(arrow);
    if (at == std::string_view::npos) continue;
    std::string_view tail = trim(line.substr(at + arrow.size()));
    if (!to_lower(tail).starts_with("issue")) continue;
    tail = trim(tail.substr(5));
    if (tail.starts_with('#')) tail.remove_prefix(1);
    const auto number = leading_number(tail);
    if (!number || tail.find_first_not_of("0123456789") != std::string_view::npos) continue;
    line = trim(line.substr(0, at));
    return number;
  }
  return std::nullopt;
}

// What follows "Agent": the description, and the text after its colon. A description may contain
// colons and quotes, so it is the first colon followed by a status.
std::optional<Cut> cut_at_status(std::string_view text) {
  for (std::size_t at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
    const std::string_view after = trim(text.substr(at + 1));
    if (parse_status(after)) return Cut{trim(text.substr(0, at)), after};
  }
  return std::nullopt;
}

std::string_view strip_any(std::string_view text, std::string_view marks) {
  const std::size_t first = text.find_first_not_of(marks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(marks) - first + 1);
}

std::string description_of(std::string_view text) {
  text = strip_any(text, "*_ \t");
  for (const auto& [open, close] : std::array<std::pair<std::string_view, std::string_view>, 3>{
           {{"\"", "\""}, {"'", "'"}, {"\u201c", "\u201d"}}}) {
    if (text.size() > open.size() && text.starts_with(open) && text.ends_with(close)) {
      return std::string(text.substr(open.size(), text.size() - open.size() - close.size()));
    }
  }
  return std::string(text);
}

std::optional<AgentRun> parse_agent(std::string_view line) {
  line = trim(line);
  if (!line.starts_with("- ") && !line.starts_with("* ")) return std::nullopt;
  line = strip_any(line.substr(2), "*_ \t");
  if (!to_lower(line).starts_with("agent")) return std::nullopt;
  AgentRun agent;
  agent.issue = take_issue(line);
  const auto cut = cut_at_status(line.substr(5));
  if (!cut) return std::nullopt;
  agent.description = description_of(cut->before);
  agent.status = *parse_status(cut->after);
  if (const auto fields = cut_at_dash(cut->after)) {
    const auto note = cut_at_dash(fields->after);
    agent.files = std::string(note ? note->before : fields->after);
    if (note) agent.note = std::string(note->after);
  }
  return agent;
}

void add_word(std::string_view word, std::vector<std::string>& words) {
  constexpr std::string_view kAround = "`'\"()[]{}<>,; \t";
  word = strip_any(word, kAround);
  // A leading dot belongs to the name, a final one to the sentence.
  while (word.ends_with('.') || word.ends_with(':')) {
    word.remove_suffix(1);
    word = strip_any(word, kAround);
  }
  const bool has_name =
      std::any_of(word.begin(), word.end(), [](char c) { return is_alpha(c) || is_high(c); });
  if (has_name) words.emplace_back(word);
}

}  // namespace

std::vector<Wave> parse_wave_history(std::string_view section) {
  std::vector<Wave> waves;
  for (const formats::MarkdownSection& part : formats::markdown_sections(section)) {
    if (part.level != 3) continue;
    auto wave = parse_heading(part.title);
    if (!wave) continue;
    for (const std::string_view line : split_lines(part.content)) {
      if (auto agent = parse_agent(line)) wave->agents.push_back(std::move(*agent));
    }
    waves.push_back(std::move(*wave));
  }
  return waves;
}

std::vector<std::string> files_named(const std::vector<Wave>& waves) {
  std::vector<std::string> words;
  for (const Wave& wave : waves) {
    for (const AgentRun& agent : wave.agents) {
      for (const std::string_view part : split(agent.files, ',')) {
        // A path with blanks is only recognized by the commas around it.
        if (trim(part).find(' ') != std::string_view::npos) add_word(part, words);
        for (const std::string_view word : split(part, ' ')) add_word(word, words);
      }
    }
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

AgentCounts count_agents(const std::vector<Wave>& waves) {
  AgentCounts counts;
  for (const Wave& wave : waves) {
    for (const AgentRun& agent : wave.agents) {
      ++counts.total;
      if (agent.status == AgentStatus::Complete) ++counts.complete;
      if (agent.status == AgentStatus::Partial) ++counts.partial;
      if (agent.status == AgentStatus::Failed) ++counts.failed;
      if (agent.status == AgentStatus::Spiral) ++counts.spiral;
    }
  }
  return counts;
}

}  // namespace gs::session
