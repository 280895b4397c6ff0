#include "checks/shell/command_guard.h"

#include <array>
#include <cstddef>

#include "base/text.h"

namespace gs::checks {
namespace {

constexpr std::size_t kLongest = 200;  // characters shown of a command
constexpr int kMostCandidates = 100;   // per command; each costs a scan of it

using Words = std::span<const ShellWord>;

bool is_everything(std::string_view pathspec) {
  while (pathspec.starts_with("./")) pathspec.remove_prefix(2);
  while (pathspec.size() > 1 && pathspec.ends_with('/') && pathspec != ":/") {
    pathspec.remove_suffix(1);
  }
  constexpr std::array<std::string_view, 10> kEverything{"",  ".",  "..",  "*",      "**",
                                                         ":", ":/", ":/*", ":(top)", ":/."};
  return is_one_of(pathspec, kEverything) || pathspec.starts_with(":!") ||
         pathspec.starts_with(":^") || pathspec.starts_with(":(exclude)");
}

// Letters of `git commit` that take the rest of the cluster or the next word as their value.
constexpr std::string_view kCommitValues = "mFCct";

struct Staging {
  bool all = false;
  bool limited = false;     // to paths
  bool everything = false;  // one of the paths covers it all
  bool harmless = false;    // a dry run, or interactive
};

void read_cluster(std::string_view letters, bool is_commit, bool& takes_next, Staging& staging) {
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const char letter = letters[i];
    if (is_commit && kCommitValues.find(letter) != std::string_view::npos) {
      takes_next = i + 1 == letters.size();
      return;
    }
    if (is_commit && (letter == 'u' || letter == 'S')) return;  // the rest is its value
    if (letter == 'a' && is_commit) staging.all = true;
    if (!is_commit && (letter == 'A' || letter == 'u')) staging.all = true;
    if (letter == 'p' || (!is_commit && (letter == 'n' || letter == 'i' || letter == 'e'))) {
      staging.harmless = true;
    }
  }
}

void read_long_option(std::string_view word, bool is_commit, bool& takes_next, Staging& staging) {
  constexpr std::array<std::string_view, 7> kValues{"--message", "--file",   "--author",  "--date",
                                                    "--fixup",   "--squash", "--template"};
  if (word == "--all" || (!is_commit && (word == "--update" || word == "--no-ignore-removal"))) {
    staging.all = true;
  } else if (word == "--dry-run" || word == "--patch" || word == "--interactive") {
    staging.harmless = true;
  } else if (word.starts_with("--pathspec-from-file")) {
    staging.limited = true;
    takes_next = word.find('=') == std::string_view::npos;
  } else {
    takes_next = is_one_of(word, kValues);
  }
}

bool is_sweeping(Words arguments, bool is_commit) {
  Staging staging;
  bool takes_next = false;
  bool only_paths = false;
  for (const ShellWord& argument : arguments) {
    const std::string_view word = argument.text;
    if (takes_next) {
      takes_next = false;
    } else if (!only_paths && word == "--") {
      only_paths = true;
    } else if (!only_paths && is_cluster(word)) {
      read_cluster(word.substr(1), is_commit, takes_next, staging);
    } else if (!only_paths && is_option(word)) {
      read_long_option(word, is_commit, takes_next, staging);
    } else {
      staging.limited = true;
      staging.everything = staging.everything || is_everything(word);
    }
  }
  if (staging.harmless) return false;
  return staging.everything || (staging.all && (is_commit || !staging.limited));
}

std::string as_text(Words words) {
  std::string text;
  for (const ShellWord& word : words) {
    text += (text.empty() ? "" : " ") + quote_shell(word.text);
    if (text.size() > kLongest) break;
  }
  return ellipsize(text, kLongest);
}

}  // namespace

std::optional<std::string> find_sweeping_add(const CommandLine& line) {
  for (const ShellCommand& command : line.commands) {
    const Words words(command.words);
    if (only_prints(words)) continue;
    int candidates = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (base_name(words[i].text) != "git") continue;
      const std::size_t verb = skip_options(words, i + 1, true);
      if (verb >= words.size()) break;  // only options
      const std::string& name = words[verb].text;
      const bool is_commit = name == "commit";
      if (!is_commit && name != "add" && name != "stage") continue;
      if (++candidates > kMostCandidates || is_sweeping(words.subspan(verb + 1), is_commit))
        return as_text(words.subspan(i));
    }
  }
  return std::nullopt;
}

}  // namespace gs::checks
