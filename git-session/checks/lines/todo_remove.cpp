#include "checks/lines/todo_remove.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/text.h"
#include "checks/lines/annotations.h"

namespace gs::checks {
namespace {

// Words that do not say what is to be removed.
constexpr auto kFillers = std::to_array<std::string_view>(
    {"me",  "this", "it",     "that", "these", "those", "them",  "all",
     "the", "line", "lines",  "code", "block", "again", "later", "asap",
     "now", "soon", "please", "here", "below", "above"});
// "before …": the work is not done as long as it stands there.
constexpr auto kEndOfWork = std::to_array<std::string_view>(
    {"merge", "merging", "commit", "committing", "release", "releasing", "push", "pushing",
     "landing", "ship", "shipping", "deploy", "deploying", "review", "pr", "production", "prod",
     "submitting", "closing"});
constexpr auto kTemporary = std::to_array<std::string_view>(
    {"debug", "debugging", "debugger", "temporary", "hack", "print", "prints", "printf"});
constexpr auto kConditions = std::to_array<std::string_view>(
    {"once", "when", "until", "after", "if", "as", "in", "on", "by", "with", "for", "from"});

bool is_name_character(char c) {
  return is_lower(c) || is_digit(c) || c == '_' || c == '$';
}

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    while (at < text.size() && (is_name_character(text[at]) || (text[at] & '\x80') != 0)) ++at;
    if (at > start) words.push_back(text.substr(start, at - start));
    if (at < text.size()) ++at;
  }
  return words;
}

// What follows "remove", in lower case.
bool is_leftover(std::string_view rest) {
  const std::vector<std::string_view> words = words_of(rest);
  if (std::all_of(words.begin(), words.end(),
                  [](std::string_view word) { return is_one_of(word, kFillers); })) {
    return true;
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "before") {
      std::size_t next = i + 1;
      while (next < words.size() &&
             (words[next] == "the" || words[next] == "we" || words[next] == "a")) {
        ++next;
      }
      return next < words.size() && is_one_of(words[next], kEndOfWork) && next + 1 == words.size();
    }
    if (is_one_of(words[i], kConditions)) return false;
    if (is_one_of(words[i], kTemporary)) return true;
  }
  return false;
}

// "todo remove", "todo: remove"; in quotes it is only spoken of.
std::string_view behind_remove(std::string_view text, std::size_t todo) {
  constexpr std::string_view kRemove = "remove";
  const char before = todo > 0 ? text[todo - 1] : ' ';
  if (is_name_character(before) || before == '"' || before == '\'' || before == '`') return {};
  std::string_view rest = text.substr(todo + 4);
  const bool colon = rest.starts_with(':');
  if (colon) rest.remove_prefix(1);
  const std::size_t word = rest.find_first_not_of(" \t");
  if (word == std::string_view::npos || (word == 0 && !colon)) return {};
  rest.remove_prefix(word);
  if (!rest.starts_with(kRemove)) return {};
  rest.remove_prefix(kRemove.size() - 1);
  return rest.size() > 1 && is_name_character(rest[1]) ? std::string_view{} : rest;
}

}  // namespace

bool marks_leftover(std::string_view comment) {
  const std::string text = to_lower(comment);
  for (std::size_t at = text.find("todo"); at != std::string::npos;
       at = text.find("todo", at + 1)) {
    const std::string_view rest = behind_remove(text, at);
    if (!rest.empty() && is_leftover(rest.substr(1))) return !names_an_issue(comment);
  }
  return false;
}

}  // namespace gs::checks
