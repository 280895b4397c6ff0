#include "workflow/session_section.h"

#include <set>

#include "config/layer.h"
#include "formats/lines.h"

namespace gs::workflow {
namespace {

using formats::TextLine;

constexpr std::string_view kHeading = "## Session Config";

// Offset behind the last line of the section that is not blank; absent if there is no section. The
// section is found as the configuration's reader finds it (docs/formats.md).
std::optional<std::size_t> end_of_section(std::string_view text) {
  std::optional<std::size_t> end;
  for (const TextLine& line : formats::text_lines(text)) {
    if (!end) {
      if (line.text == kHeading) end = line.end;
      continue;
    }
    if (line.text.starts_with("## ")) break;
    if (!formats::is_blank(line.text)) end = line.end;
  }
  return end;
}

std::set<std::string> keys_in(std::string_view text, const std::string& file) {
  std::set<std::string> keys;
  for (const config::Setting& setting : config::read_markdown_layer(text, file).settings) {
    keys.insert(setting.key);
  }
  return keys;
}

std::string key_line(std::string_view key, const std::string& command, std::string_view newline) {
  return "- **" + std::string(key) + ":** " + command + std::string(newline);
}

// "<!-- - **test-command:** … (none was found: the gate is skipped) -->"
std::string comment_line(std::string_view key, const std::string& command, const std::string& why,
                         const std::string& newline) {
  return "<!-- - **" + std::string(key) + ":** " + command + " (" + why + ") -->" + newline;
}

std::string comment_lines(const GateCommand& gate, const std::string& newline) {
  std::string text;
  if (gate.missing) {
    text = comment_line(gate.key, gate.missing->command,
                        gate.missing->program + " was not there: the gate is skipped", newline);
  } else if (!gate.command) {
    text = comment_line(gate.key, "…", "none was found: the gate is skipped", newline);
  }
  for (const session::Stack::Alternative& other : gate.alternatives)
    text += comment_line(gate.key, other.test, "the other way, from " + other.evidence, newline);
  return text;
}

// The whole section; a command that was not found is a comment, which readers skip.
SectionEdit append_section(std::string_view text, const std::vector<GateCommand>& gates) {
  const std::string newline(formats::line_ending(text));
  SectionEdit edit;
  edit.new_section = true;
  edit.text = text;
  if (!text.empty() && !text.ends_with('\n')) edit.text += newline;
  if (!text.empty()) edit.text += newline;
  edit.text += std::string(kHeading) + newline + newline;
  for (const GateCommand& gate : gates) {
    if (gate.command) {
      edit.text += key_line(gate.key, *gate.command, newline);
      edit.added.emplace_back(gate.key);
    } else {
      edit.unset.emplace_back(gate.key);
    }
    edit.text += comment_lines(gate, newline);
  }
  return edit;
}

}  // namespace

std::vector<GateCommand> gate_commands(const std::optional<session::Stack>& stack) {
  const session::Stack none;
  const session::Stack& found = stack ? *stack : none;
  std::vector<GateCommand> gates = {{"test-command", found.test},
                                    {"typecheck-command", found.typecheck},
                                    {"lint-command", found.lint}};
  for (GateCommand& gate : gates) {
    for (const session::Stack::Missing& missing : found.missing) {
      if (gate.key == missing.gate + "-command") gate.missing = missing;
    }
  }
  gates.front().alternatives = found.alternatives;
  return gates;
}

SectionEdit complete_session_section(std::string_view text, const std::string& file,
                                     const std::optional<session::Stack>& stack) {
  const std::vector<GateCommand> gates = gate_commands(stack);
  const auto end = end_of_section(text);
  if (!end) return append_section(text, gates);
  const std::set<std::string> present = keys_in(text, file);
  const std::string newline(formats::line_ending(text));
  SectionEdit edit;
  std::string lines;
  for (const GateCommand& gate : gates) {
    if (present.contains(std::string(gate.key))) continue;
    if (!gate.command) {
      edit.unset.emplace_back(gate.key);
      continue;
    }
    lines += key_line(gate.key, *gate.command, newline);
    edit.added.emplace_back(gate.key);
  }
  edit.text = text;
  if (lines.empty()) return edit;
  if (*end > 0 && text[*end - 1] != '\n') lines.insert(0, newline);
  edit.text.insert(*end, lines);
  return edit;
}

}  // namespace gs::workflow
