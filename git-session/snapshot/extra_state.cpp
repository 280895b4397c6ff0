#include "snapshot/extra_state.h"

#include "base/text.h"

namespace gs::snapshot {
namespace {

constexpr std::string_view kUnborn = "Unborn: ";
constexpr std::string_view kIntentToAdd = "Intent-to-add: ";

bool is_state_line(std::string_view line) {
  return line.starts_with(kUnborn) || line.starts_with(kIntentToAdd);
}

bool is_octal(char c) {
  return c >= '0' && c <= '7';
}

// The byte that a backslash sequence at `at` (behind the backslash) stands for; moves `at` past it.
char unescape(std::string_view text, std::size_t& at) {
  constexpr std::string_view letters = "abtnvfr";
  constexpr std::string_view bytes = "\a\b\t\n\v\f\r";
  if (at + 2 < text.size() && is_octal(text[at]) && is_octal(text[at + 1]) &&
      is_octal(text[at + 2])) {
    const int value = (text[at] - '0') * 64 + (text[at + 1] - '0') * 8 + (text[at + 2] - '0');
    at += 3;
    return static_cast<char>(static_cast<unsigned char>(value));
  }
  const char c = text[at++];
  const auto letter = letters.find(c);
  return letter == std::string_view::npos ? c : bytes[letter];
}

// The reverse of RepoPath::quoted().
RepoPath unquote(std::string_view text) {
  if (text.size() < 2 || !text.starts_with('"') || !text.ends_with('"')) {
    return RepoPath(std::string(text));
  }
  text = text.substr(1, text.size() - 2);
  std::string bytes;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at++];
    bytes += c == '\\' && at < text.size() ? unescape(text, at) : c;
  }
  return RepoPath(std::move(bytes));
}

}  // namespace

std::string add_extra_state(std::string_view message, const ExtraState& state) {
  std::string text;
  for (const std::string_view line : split_lines(message)) {
    if (is_state_line(line)) text += ' ';
    text += line;
    text += '\n';
  }
  if (state.empty()) return text;
  text += '\n';
  if (state.unborn) text.append(kUnborn).append(*state.unborn).append("\n");
  for (const RepoPath& path : state.intent_to_add) {
    text.append(kIntentToAdd).append(path.quoted()).append("\n");
  }
  return text;
}

ExtraState extra_state_in(std::string_view message) {
  ExtraState state;
  for (const std::string_view line : split_lines(message)) {
    if (line.starts_with(kUnborn)) state.unborn = line.substr(kUnborn.size());
    if (line.starts_with(kIntentToAdd)) {
      state.intent_to_add.push_back(unquote(line.substr(kIntentToAdd.size())));
    }
  }
  return state;
}

}  // namespace gs::snapshot
