#include "checks/shell/command_guard.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/ascii.h"
#include "base/error.h"
#include "base/text.h"
#include "checks/shell/git_call.h"
#include "formats/json.h"

namespace gs::checks {
namespace {

constexpr int kDeepest = 8;                           // scripts within scripts
constexpr std::size_t kMost = std::size_t{4} << 20U;  // bytes read in total

using Words = std::span<const ShellWord>;

bool is_assignment(const ShellWord& word) {
  const std::size_t equals = word.text.find('=');
  return equals != std::string::npos && equals > 0 && word.text[0] != '-' &&
         std::all_of(word.text.begin(), word.text.begin() + static_cast<std::ptrdiff_t>(equals),
                     is_word);
}

constexpr std::array<std::string_view, 12> kKeywords{"{",  "}",    "!",     "if",    "then", "elif",
                                                     "do", "else", "while", "until", "time", "for"};
constexpr std::array<std::string_view, 2> kPrinters{"echo", "printf"};
constexpr std::array<std::string_view, 6> kShells{"sh", "bash", "dash", "zsh", "ksh", "ash"};
// They take a script or a command line as an argument.
constexpr std::array<std::string_view, 11> kTakesScript{"eval",     "ssh",     "su",     "watch",
                                                        "parallel", "trap",    "script", "psql",
                                                        "mysql",    "mariadb", "sqlite3"};

// Index after the last matching word; 0 if none matches. Called once per command, not per word:
// lines can be long.
template <typename Predicate>
std::size_t behind_last(Words words, Predicate predicate) {
  std::size_t at = words.size();
  while (at > 0 && !predicate(words[at - 1])) --at;
  return at;
}

// "-c", "-lc" after a shell's name.
std::size_t behind_script_option(Words words) {
  return behind_last(words, [](const ShellWord& word) {
    return is_cluster(word.text) && word.text.find('c') != std::string::npos;
  });
}

// Of `env`.
std::size_t behind_split_option(Words words) {
  return behind_last(words, [](const ShellWord& word) {
    return word.text.starts_with("-S") || word.text.starts_with("--split-string");
  });
}

bool is_shell(const ShellWord& word) {
  return is_one_of(base_name(word.text), kShells);
}

// A shell that reads commands from stdin.
bool reads_commands(Words words) {
  const std::size_t script = behind_script_option(words);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (is_one_of(base_name(words[i].text), kTakesScript)) return true;
    if (is_shell(words[i]) && script <= i + 1) return true;
  }
  return false;
}

// The scripts that a command runs: arguments of shells and their stdin.
void collect_scripts(const ShellCommand& command, std::vector<std::string>& scripts) {
  const Words words(command.words);
  if (only_prints(words)) return;
  if (reads_commands(words) && !command.input.empty()) scripts.push_back(command.input);
  const std::size_t script = behind_script_option(words);
  const std::size_t split = behind_split_option(words);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Words rest = words.subspan(i + 1);
    const std::string_view name = base_name(words[i].text);
    const bool splits = name == "env" && split > i + 1;
    const bool takes = is_one_of(name, kTakesScript) || (is_shell(words[i]) && script > i + 1);
    if (!splits && !takes) continue;
    for (const ShellWord& word : rest) {
      std::string_view text = word.text;
      if (splits && text.starts_with("-S")) text.remove_prefix(2);
      if (splits && text.starts_with("--split-string=")) text.remove_prefix(15);
      if (text.find_first_of(" \t\n;&|(`$") != std::string_view::npos) scripts.emplace_back(text);
    }
    return;
  }
}

// As printed by printf and `echo -e`.
std::string with_newlines(std::string text) {
  for (std::size_t at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at)) {
    text.replace(at, 2, "\n");
  }
  return text;
}

void read_into(std::string_view text, int depth, std::size_t& left, CommandLine& line) {
  if (depth > kDeepest || text.size() > left) {
    line.too_deep = true;
    return;
  }
  left -= text.size();
  ShellScript script = parse_shell(text);
  line.too_deep = line.too_deep || script.too_deep;
  std::vector<std::string> scripts;
  for (std::size_t i = 0; i < script.commands.size(); ++i) {
    collect_scripts(script.commands[i], scripts);
    if (i == 0 || !script.commands[i - 1].piped || !reads_commands(script.commands[i].words)) {
      continue;
    }
    // Output piped into a shell is a script.
    std::string joined;
    for (const ShellWord& word : script.commands[i - 1].words) {
      const std::string printed = with_newlines(word.text);
      scripts.push_back(printed);
      if (!joined.empty() || !is_one_of(base_name(printed), kPrinters)) joined += printed + " ";
    }
    scripts.push_back(joined);
    scripts.push_back(script.commands[i - 1].input);
  }
  for (ShellCommand& command : script.commands) line.commands.push_back(std::move(command));
  for (const std::string& inner : scripts) {
    if (inner != text) read_into(inner, depth + 1, left, line);
  }
}

// Git's own options that take the next word.
constexpr std::array<std::string_view, 7> kGitValueOptions{
    "-C", "-c", "--git-dir", "--work-tree", "--namespace", "--config-env", "--attr-source"};

// Whether the words' clusters contain all letters of the cluster, or a word equals it.
bool has_option(Words words, std::string_view option) {
  std::string letters;
  for (const ShellWord& word : words) {
    if (word.text == "--") break;
    if (word.text == option) return true;
    const bool with_value = !is_cluster(option) && word.text.starts_with(option) &&
                            word.text.size() > option.size() && word.text[option.size()] == '=';
    if (with_value) return true;
    if (is_cluster(word.text)) letters += word.text.substr(1);
  }
  return is_cluster(option) && std::all_of(option.begin() + 1, option.end(), [&](char letter) {
           return letters.find(letter) != std::string::npos;
         });
}

// Whether the words, starting with the program, match the pattern: consecutively up to the first
// option, its options anywhere after that, the rest in order.
bool is_command(Words words, Words pattern) {
  const bool is_git = pattern[0].text == "git";
  std::size_t at = 1;
  std::size_t next = 1;
  for (; next < pattern.size() && !is_option(pattern[next].text); ++next) {
    at = skip_options(words, at, is_git);
    if (at >= words.size() || words[at].text != pattern[next].text) return false;
    ++at;
  }
  const Words rest = words.subspan(std::min(at, words.size()));
  std::size_t reached = 0;
  for (; next < pattern.size(); ++next) {
    const std::string& wanted = pattern[next].text;
    if (is_option(wanted) && wanted != "--") {
      if (!has_option(rest, wanted)) return false;
      continue;
    }
    while (reached < rest.size() && rest[reached].text != wanted) ++reached;
    if (reached == rest.size()) return false;
    ++reached;
  }
  return true;
}

constexpr std::size_t kLongestReason = 200;

}  // namespace

std::size_t command_position(Words words) {
  std::size_t at = 0;
  while (at < words.size() && ((!words[at].quoted && is_one_of(words[at].text, kKeywords)) ||
                               is_assignment(words[at]))) {
    ++at;
  }
  return at;
}

bool only_prints(Words words) {
  const std::size_t at = command_position(words);
  return at < words.size() && is_one_of(base_name(words[at].text), kPrinters);
}

std::string_view base_name(std::string_view word) {
  return word.substr(word.rfind('/') + 1);
}

std::size_t skip_options(Words words, std::size_t at, bool is_git) {
  while (at < words.size() && is_option(words[at].text)) {
    at += is_git && is_one_of(words[at].text, kGitValueOptions) ? 2 : 1;
  }
  return at;
}

CommandLine read_command_line(std::string_view text) {
  CommandLine line;
  std::size_t left = kMost;
  read_into(text, 0, left, line);
  return line;
}

ShellPlace with_substitution(const CommandLine& line, ShellPlace place) {
  if (runs(line, "git rev-parse --show-toplevel")) {
    place.substituted = place.top;
  } else if (runs(line, "pwd")) {
    place.substituted = place.directory;
  }
  return place;
}

bool runs(const CommandLine& line, std::string_view pattern) {
  const std::vector<ShellCommand> wanted = parse_shell(pattern).commands;
  if (wanted.empty() || wanted.size() > line.commands.size()) return false;
  for (const ShellCommand& command : wanted) {
    if (command.words.empty()) return false;
  }
  for (std::size_t start = 0; start + wanted.size() <= line.commands.size(); ++start) {
    std::size_t same = 0;
    const auto matches = [&](Words words) { return is_command(words, wanted[same].words); };
    while (same < wanted.size() &&
           any_call(line.commands[start + same], wanted[same].words[0].text, matches)) {
      ++same;
    }
    if (same == wanted.size()) return true;
  }
  return false;
}

const CommandRule* find_rule(const CommandLine& line, std::span<const CommandRule> rules) {
  const CommandRule* found = nullptr;
  for (const CommandRule& rule : rules) {
    if (found != nullptr && rule.severity == Severity::Warn) continue;
    if (!runs(line, rule.pattern)) continue;
    if (rule.severity == Severity::Block) return &rule;
    found = &rule;
  }
  return found;
}

CommandPolicy parse_command_policy(std::string_view text, const std::string& source) {
  CommandPolicy policy;
  Json object;
  try {
    object = formats::parse_json(text, source);
  } catch (const Error& error) {
    policy.problems.push_back(error.message());
    return policy;
  }
  const Json* rules = object.is_array() ? &object : nullptr;
  if (object.is_object() && object.contains("rules")) rules = &object["rules"];
  if (rules == nullptr || !rules->is_array()) {
    policy.problems.push_back(source + ": has no list 'rules'");
    return policy;
  }
  const auto text_of = [](const Json& rule, const char* key) {
    const auto found = rule.find(key);
    return found != rule.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  for (const Json& rule : *rules) {
    const std::string pattern = rule.is_object() ? text_of(rule, "pattern") : std::string();
    if (pattern.empty()) {
      policy.problems.push_back(source + ": a rule has no 'pattern'");
      continue;
    }
    if (rule.contains("type")) continue;  // a rule about something other than a command's words
    const bool warns = text_of(rule, "severity") == "warn";
    policy.rules.push_back({pattern, warns ? Severity::Warn : Severity::Block,
                            ellipsize(text_of(rule, "rationale"), kLongestReason)});
  }
  return policy;
}

}  // namespace gs::checks
