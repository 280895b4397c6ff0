
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/screen.h"
#include "base/text.h"
#include "checks/lines/probes.h"
#include "checks/lines/source_line.h"
#include "checks/secrets/mask.h"
#include "checks/secrets/value.h"

namespace gs::checks {
namespace {

// Words that do not say what is to be removed.
constexpr auto kFillers = std::to_array<std::string_view>(
    {"me",  "this", "it",     "that", "these", "those", "them",  "all",
     "the", "line", "lines",  "code", "block", "again", "later", "asap",
     "now", "soon", "please", "here", "below", "above"});
// "before …": the work is not done while this is there.
constexpr auto kEndOfWork = std::to_array<std::string_view>(
    {"merge", "merging", "commit", "committing", "release", "releasing", "push", "pushing",
     "landing", "ship", "shipping", "deploy", "deploying", "review", "pr", "production", "prod",
     "submitting", "closing"});
constexpr auto kTemporary = std::to_array<std::string_view>(
    {"debug", "debugging", "debugger", "temporary", "hack", "print", "prints", "printf"});
constexpr auto kConditions = std::to_array<std::string_view>(
    {"once", "when", "until", "after", "if", "as", "in", "on", "by", "with", "for", "from"});

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    while (at < text.size() && (is_identifier(text[at]) || (text[at] & '\x80') != 0)) ++at;
    if (at > start) words.push_back(text.substr(start, at - start));
    if (at < text.size()) ++at;
  }
  return words;
}

// `rest`: what follows "remove", in lower case.
bool is_leftover(std::string_view rest) {
  const std::vector<std::string_view> words = split_words(rest);
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

// "todo remove", "todo: remove"; in quotes it is only a mention.
std::string_view behind_remove(std::string_view text, std::size_t todo) {
  constexpr std::string_view kRemove = "remove";
  const char before = todo > 0 ? text[todo - 1] : ' ';
  if (is_identifier(before) || before == '"' || before == '\'' || before == '`') return {};
  std::string_view rest = text.substr(todo + 4);
  const bool colon = rest.starts_with(':');
  if (colon) rest.remove_prefix(1);
  const std::size_t word = rest.find_first_not_of(" \t");
  if (word == std::string_view::npos || (word == 0 && !colon)) return {};
  rest.remove_prefix(word);
  if (!rest.starts_with(kRemove)) return {};
  rest.remove_prefix(kRemove.size() - 1);
  return rest.size() > 1 && is_identifier(rest[1]) ? std::string_view{} : rest;
}

// A comment that marks what must not stay: "TODO: remove", "TODO remove this", "TODO: remove before
// merging", "TODO: remove the debug output". If it says when that goes ("once OTP 24 is required",
// "in v2.0"), what goes, or names an issue, it is a plan: an annotation, not a leftover.
bool marks_leftover(std::string_view comment) {
  const std::string text = to_lower(comment);
  for (std::size_t at = text.find("todo"); at != std::string::npos;
       at = text.find("todo", at + 1)) {
    const std::string_view rest = behind_remove(text, at);
    if (!rest.empty() && is_leftover(rest.substr(1))) return !names_an_issue(comment);
  }
  return false;
}

using session::Finding;
using session::Severity;

enum class Shape {
  Call,       // the token itself: "dbg!("
  Statement,  // the token is a whole statement: "debugger;"
};
struct Pattern {
  Language language;
  std::string_view token;
  Shape shape;
};
// Stops or dumps a program while debugging, and has no other use.
constexpr auto kDebuggers = std::to_array<Pattern>({
    {Language::JavaScript, "debugger", Shape::Statement},
    {Language::Python, "breakpoint()", Shape::Call},
    {Language::Python, "pdb.set_trace(", Shape::Call},
    {Language::Python, "ipdb.set_trace(", Shape::Call},
    {Language::Python, "pudb.set_trace(", Shape::Call},
    {Language::Python, "rpdb.set_trace(", Shape::Call},
    {Language::Python, "rdb.set_trace(", Shape::Call},
    {Language::Python, "pytest.set_trace(", Shape::Call},
    {Language::Python, "set_trace()", Shape::Statement},
    {Language::Ruby, "binding.pry", Shape::Call},
    {Language::Ruby, "binding.irb", Shape::Call},
    {Language::Ruby, "byebug", Shape::Statement},
    {Language::Ruby, "debugger", Shape::Statement},
    {Language::Rust, "dbg!(", Shape::Call},
    {Language::Php, "dd(", Shape::Call},
    {Language::Php, "var_dump(", Shape::Call},
    {Language::Php, "xdebug_break(", Shape::Call},
    {Language::Go, "runtime.Breakpoint()", Shape::Call},
    {Language::CSharp, "Debugger.Break()", Shape::Call},
    {Language::CSharp, "Debugger.Launch()", Shape::Call},
    {Language::Elixir, "IEx.pry", Shape::Statement},
    {Language::Elixir, "IEx.pry()", Shape::Statement},
    {Language::Elixir, "dbg()", Shape::Statement},
    {Language::Perl, "$DB::single = 1", Shape::Call},
});
constexpr std::array<Pattern, 5> kConsoleOutput{
    {{Language::JavaScript, "console.log(", Shape::Call},
     {Language::JavaScript, "console.debug(", Shape::Call},
     {Language::JavaScript, "console.trace(", Shape::Call},
     {Language::JavaScript, "console.table(", Shape::Call},
     {Language::JavaScript, "console.dir(", Shape::Call}}};
constexpr std::array<std::string_view, 3> kGoDebugPrints{"fmt.Println(\"DEBUG",
                                                         "fmt.Printf(\"DEBUG", "fmt.Print(\"DEBUG"};

// A member ("x.debugger", "$this->dd("), or part of a longer name. A module's path is not a member:
// "System.Diagnostics.Debugger.Break()".
bool is_part_of_name(std::string_view code, std::size_t at, bool has_path) {
  if (at == 0) return false;
  const char previous = code[at - 1];
  if (is_identifier(previous)) return true;
  if (has_path) return false;
  return previous == '.' || previous == '>' || previous == ':' || previous == '-' ||
         previous == '@';
}

// "function dd(" defines one.
bool is_definition(std::string_view code, std::size_t at) {
  const std::string_view head = trim(code.substr(0, at));
  return head.ends_with("function") || head.ends_with("def") || head.ends_with("fn");
}

bool is_whole_statement(std::string_view code, std::size_t at, std::string_view token) {
  const std::string_view head = trim(code.substr(0, at));
  const std::string_view tail = trim(code.substr(at + token.size()));
  const bool starts = head.empty() || head.ends_with(';') || head.ends_with('{') ||
                      head.ends_with('}') || head.ends_with(')') || head.ends_with(':') ||
                      head.ends_with("|>");
  const bool ends = tail.empty() || tail.starts_with(';') || tail.starts_with('}') ||
                    tail.starts_with("if ") || tail.starts_with("unless ");
  return starts && ends;
}

bool occurs(const Pattern& pattern, std::string_view code) {
  const bool has_path = pattern.token.find('.') != std::string_view::npos;
  for (std::size_t at = code.find(pattern.token); at != std::string_view::npos;
       at = code.find(pattern.token, at + 1)) {
    if (is_part_of_name(code, at, has_path)) continue;
    const std::size_t end = at + pattern.token.size();
    if (is_identifier(pattern.token.back()) && end < code.size() && is_identifier(code[end])) {
      continue;
    }
    const bool fits = pattern.shape == Shape::Statement
                          ? is_whole_statement(code, at, pattern.token)
                          : !is_definition(code, at);
    if (fits) return true;
  }
  return false;
}

template <std::size_t N>
const Pattern* find_pattern(const std::array<Pattern, N>& patterns, Language language,
                            std::string_view code) {
  for (const Pattern& pattern : patterns) {
    if (pattern.language == language && occurs(pattern, code)) return &pattern;
  }
  return nullptr;
}

// "<<<<<<<" and the like: exactly seven characters at the start of a line, then a blank or nothing.
std::string_view conflict_marker(std::string_view line) {
  if (line.size() < 7 || (line.size() > 7 && line[7] != ' ' && line[7] != '\r')) return {};
  const std::string_view mark = line.substr(0, 7);
  const bool known = mark == "<<<<<<<" || mark == ">>>>>>>" || mark == "|||||||" ||
                     (mark == "=======" && trim(line) == mark);
  return known ? mark : std::string_view{};
}

Artifact artifact(std::string_view path, const git::AddedLine& line, Finding finding, bool fails) {
  finding.file = path;
  finding.line = line.number;
  finding.detail = detail_of(mask_secrets(line.text));
  return {std::move(finding), fails};
}

Artifact conflict_artifact(std::string_view path, const git::AddedLine& line,
                           std::string_view marker) {
  Finding finding;
  finding.source = "conflict-marker";
  finding.severity = Severity::Critical;
  finding.title = "conflict marker '" + std::string(marker) + "'";
  finding.recommendation = "resolve the conflict and remove the markers";
  return artifact(path, line, std::move(finding), true);
}

void find_conflict_markers(std::string_view path, Language language,
                           const std::vector<git::AddedLine>& lines,
                           std::vector<Artifact>& artifacts) {
  const bool certain = std::any_of(lines.begin(), lines.end(), [](const git::AddedLine& line) {
    const std::string_view marker = conflict_marker(line.text);
    return !marker.empty() && marker != "=======";
  });
  if (!certain) return;  // seven "=" may underline a heading
  for (const git::AddedLine& line : lines) {
    const std::string_view marker = conflict_marker(line.text);
    if (marker.empty() || (marker == "=======" && language == Language::Prose)) continue;
    artifacts.push_back(conflict_artifact(path, line, marker));
  }
}

// Where printing is the purpose or does not matter: tests, examples, third-party code, commands and
// scripts.
bool prints_on_purpose(std::string_view path, const std::vector<git::AddedLine>& lines) {
  constexpr auto kDirectories = std::to_array<std::string_view>(
      {"bin", "cli", "scripts", "tools", "benchmark", "benchmarks", "docs", "doc"});
  if (is_test_path(path) || is_foreign(path, lines)) return true;
  std::vector<std::string_view> segments = split(path, '/');
  const std::string name = to_lower(segments.back().substr(0, segments.back().rfind('.')));
  segments.pop_back();
  if (name == "cli" || name == "log" || name == "logging" || name.ends_with("logger")) return true;
  if (!lines.empty() && lines.front().number == 1 && lines.front().text.starts_with("#!")) {
    return true;
  }
  return std::any_of(segments.begin(), segments.end(), [&](std::string_view segment) {
    return std::find(kDirectories.begin(), kDirectories.end(), segment) != kDirectories.end();
  });
}

// var_dump() right after ob_start() prints nothing: its output is captured.
bool is_captured(const std::vector<git::AddedLine>& lines, std::size_t at) {
  const std::size_t first = at > 2 ? at - 2 : 0;
  return std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(first),
                     lines.begin() + static_cast<std::ptrdiff_t>(at),
                     [&](const git::AddedLine& line) {
                       return line.number + 2 >= lines[at].number &&
                              line.text.find("ob_start(") != std::string::npos;
                     });
}

std::optional<Artifact> leftover(std::string_view path, Language language,
                                 const git::AddedLine& line, const SourceLine& source,
                                 bool captured) {
  Finding finding;
  finding.severity = Severity::High;
  const Pattern* found = find_pattern(kDebuggers, language, source.code);
  if (found != nullptr && !(captured && found->token == "var_dump(")) {
    finding.source = "debug-artifact";
    finding.title = "'" + std::string(found->token) + "' left in the code";
    finding.recommendation = "remove it before closing";
    return artifact(path, line, std::move(finding), true);
  }
  if (!marks_leftover(source.comment)) return std::nullopt;
  finding.source = "todo-remove";
  finding.title = "a comment says 'TODO: remove'";
  finding.recommendation = "remove what it marks, or file an issue and name it in the comment";
  return artifact(path, line, std::move(finding), true);
}

std::optional<Artifact> console_output(std::string_view path, Language language,
                                       const git::AddedLine& line, const SourceLine& source) {
  std::string_view print;
  if (const Pattern* found = find_pattern(kConsoleOutput, language, source.code)) {
    print = found->token;
  } else if (language == Language::Go) {
    const auto* const go =
        std::find_if(kGoDebugPrints.begin(), kGoDebugPrints.end(),
                     [&line](std::string_view call) { return trim(line.text).starts_with(call); });
    if (go != kGoDebugPrints.end()) print = go->substr(0, go->find('(') + 1);
  }
  if (print.empty() || source.comment.find("eslint-disable") != std::string::npos) {
    return std::nullopt;
  }
  Finding finding;
  finding.source = "console-output";
  finding.severity = Severity::Low;
  finding.confidence = 50;  // intended output looks the same
  finding.title = "'" + std::string(print) + "…)' in added code";
  finding.recommendation = "use the project's logging, or remove it";
  return artifact(path, line, std::move(finding), false);
}

}  // namespace

std::vector<Artifact> find_artifacts(std::string_view path,
                                     const std::vector<git::AddedLine>& lines) {
  const Language language = language_of(path);
  std::vector<Artifact> artifacts;
  find_conflict_markers(path, language, lines, artifacts);
  if (language == Language::Unknown || language == Language::Prose) return artifacts;
  const bool prints = prints_on_purpose(path, lines);
  SourceReader reader(language);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const SourceLine source = reader.read(lines[i].number, lines[i].text);
    auto found = leftover(path, language, lines[i], source,
                          language == Language::Php && is_captured(lines, i));
    if (!found && !prints) found = console_output(path, language, lines[i], source);
    if (found) artifacts.push_back(std::move(*found));
  }
  std::stable_sort(artifacts.begin(), artifacts.end(), [](const Artifact& a, const Artifact& b) {
    return a.finding.line < b.finding.line;
  });
  return artifacts;
}

}  // namespace gs::checks
