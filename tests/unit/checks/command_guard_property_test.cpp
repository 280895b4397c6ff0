// Random command lines, made from commands that are known, so that an oracle can judge them without
// reading a line: it sees the words, and the guard only the text.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

#include "checks/shell/command_guard.h"

using namespace gs::checks;

namespace {

using Words = std::vector<std::string>;

const Words kPrograms = {"git", "rm", "ls", "make"};
const Words kArguments = {"push", "reset", "clean",   "-f", "-r",        "-rf", "-fd",
                          "x",    "--",    "--force", ".",  "--force-x", "-C"};
const std::vector<Words> kPatterns = {
    {"git", "push", "--force"},  {"rm", "-rf"},   {"git", "clean", "-f"},
    {"git", "reset", "--", "."}, {"git", "push"}, {"rm", "-r", "x"}};

// What runs, and how it is written.
struct Line {
  std::vector<Words> commands;
  std::string text;
};

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}
  std::size_t roll(std::size_t sides) { return random_() % sides; }
  const std::string& any(const Words& words) { return words[roll(words.size())]; }

  Line line(int depth) {
    Line made;
    for (std::size_t left = 1 + roll(3); left > 0; --left) {
      add(made, depth);
      if (left > 1) made.text += any({"; ", ";", " && ", "&&", "\n", " || ", " & ", " | "});
    }
    return made;
  }

 private:
  void add(Line& made, int depth) {
    switch (depth > 0 ? roll(8) : 0) {
      case 1:
        nest(made, "bash -c ", quoted_hard(inner(made, depth)));
        break;
      case 2:
        nest(made, "ls \"a $(", inner(made, depth) + ")\"");
        break;
      case 3:
        nest(made, "ls $(", inner(made, depth) + ") x");
        break;
      case 4:
        nest(made, "(", inner(made, depth) + ")");
        break;
      case 5: {
        Line inert = line(0);
        nest(made, any({"echo ", "grep -e ", "make V="}), quoted_hard(inert.text));
        break;
      }
      default:
        simple(made);
    }
  }

  std::string inner(Line& made, int depth) {
    Line nested = line(depth - 1);
    made.commands.insert(made.commands.end(), nested.commands.begin(), nested.commands.end());
    return nested.text;
  }

  static void nest(Line& made, const std::string& before, const std::string& after) {
    made.text += before + after;
  }

  void simple(Line& made) {
    Words words = {any(kPrograms)};
    for (std::size_t left = roll(6); left > 0; --left) words.push_back(any(kArguments));
    made.text += any({"", "", "X=1 ", "sudo ", "env A='b c' ", "! ", "nohup "});
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (i > 0) made.text += any({" ", "  ", "\t", " \\\n "});
      if (i > 0 && roll(8) == 0) made.text += any({"2>&1 ", ">out ", "</dev/null "});
      made.text += written(words[i]);
    }
    made.commands.push_back(std::move(words));
  }

  std::string written(const std::string& word) {
    switch (roll(5)) {
      case 0:
        return "'" + word + "'";
      case 1:
        return "\"" + word + "\"";
      case 2:
        return "\\" + word;
      case 3:
        return word.substr(0, 1) + "''" + word.substr(1);
      default:
        return word;
    }
  }

  static std::string quoted_hard(const std::string& text) {
    std::string quoted = "'";
    for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
  }

  std::mt19937 random_;
};

bool has(const Words& words, std::size_t from, const std::string& option) {
  std::set<char> letters;
  for (std::size_t i = from; i < words.size() && words[i] != "--"; ++i) {
    if (words[i] == option) return true;
    if (words[i].size() > 1 && words[i][0] == '-' && words[i][1] != '-') {
      letters.insert(words[i].begin() + 1, words[i].end());
    }
  }
  if (option.rfind("--", 0) == 0) return false;
  return std::all_of(option.begin() + 1, option.end(),
                     [&](char c) { return letters.count(c) != 0; });
}

// Tries every way to lay the pattern's words on the command's.
bool lies_on(const Words& words, std::size_t at, const Words& pattern, std::size_t next,
             bool leading) {
  if (next == pattern.size()) return true;
  const std::string& wanted = pattern[next];
  const bool option = wanted.size() > 1 && wanted[0] == '-';
  if (leading && !option) {
    if (at < words.size() && words[at] == wanted && lies_on(words, at + 1, pattern, next + 1, true))
      return true;
    if (at >= words.size() || words[at].size() < 2 || words[at][0] != '-') return false;
    const bool value = words[0] == "git" && words[at] == "-C";
    return lies_on(words, at + (value ? 2 : 1), pattern, next, true);
  }
  std::size_t behind = at;
  if (option && wanted != "--") {
    return has(words, behind, wanted) && lies_on(words, at, pattern, next + 1, false);
  }
  for (; behind < words.size(); ++behind) {
    if (words[behind] == wanted && lies_on(words, behind + 1, pattern, next + 1, false))
      return true;
  }
  return false;
}

bool runs_pattern(const Line& line, const Words& pattern) {
  for (const Words& words : line.commands) {
    if (words[0] == pattern[0] && lies_on(words, 1, pattern, 1, true)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("the guard sees in random command lines what they run, and nothing else") {
  Maker maker(20261122);
  int blocked = 0;
  for (int round = 0; round < 20000; ++round) {
    const Line line = maker.line(2);
    const CommandLine read = read_command_line(line.text);
    for (const Words& pattern : kPatterns) {
      std::string text;
      for (const std::string& word : pattern) text += (text.empty() ? "" : " ") + word;
      const bool expected = runs_pattern(line, pattern);
      blocked += expected ? 1 : 0;
      REQUIRE_MESSAGE(runs(read, text) == expected, text << " in: " << line.text);
    }
  }
  CHECK(blocked > 5000);
}
