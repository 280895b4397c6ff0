// A small evaluator of POSIX shell lists. Anything uncertain counts as able to fail.
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "checks/shell/command_guard.h"

namespace gs::checks {
namespace {

using Kind = ShellToken::Kind;

struct Verdict {
  bool always_zero = false;
  bool may_leave = false;  // can end the shell, or change how it continues
};

class Parser {
 public:
  explicit Parser(std::vector<ShellToken> tokens) : tokens_(std::move(tokens)) {}

  // The whole command; absent if it is not a plain list.
  std::optional<Verdict> parse() {
    std::optional<Verdict> verdict = list(0);
    return position_ == tokens_.size() ? verdict : std::nullopt;
  }

 private:
  static constexpr int kDeepest = 50;

  [[nodiscard]] bool at(Kind kind) const {
    return position_ < tokens_.size() && tokens_[position_].kind == kind;
  }
  [[nodiscard]] bool at_brace(std::string_view brace) const {
    return at(Kind::Word) && tokens_[position_].word == ShellWord{std::string(brace), false};
  }
  bool take(Kind kind) {
    const bool there = at(kind);
    if (there) ++position_;
    return there;
  }

  // The status of a list is that of its last command; 0 if empty.
  std::optional<Verdict> list(int depth) {
    if (depth > kDeepest) return std::nullopt;
    Verdict verdict{true, false};
    for (;;) {
      while (take(Kind::Separator)) {
      }
      if (position_ == tokens_.size() || at(Kind::Close) || at_brace("}")) return verdict;
      const std::optional<Verdict> next = and_or(depth);
      if (!next) return std::nullopt;
      verdict.always_zero = next->always_zero;
      verdict.may_leave = verdict.may_leave || next->may_leave;
      if (take(Kind::Background)) {
        verdict.always_zero = true;  // starting it succeeded
      } else if (!at(Kind::Separator)) {
        return verdict;
      }
    }
  }

  std::optional<Verdict> and_or(int depth) {
    std::optional<Verdict> verdict = pipeline(depth);
    while (verdict && (at(Kind::And) || at(Kind::Or))) {
      const bool is_or = tokens_[position_++].kind == Kind::Or;
      while (take(Kind::Separator)) {
      }
      const std::optional<Verdict> next = pipeline(depth);
      if (!next) return std::nullopt;
      verdict->always_zero = is_or ? verdict->always_zero || next->always_zero
                                   : verdict->always_zero && next->always_zero;
      verdict->may_leave = verdict->may_leave || next->may_leave;
    }
    return verdict;
  }

  std::optional<Verdict> pipeline(int depth) {
    std::optional<Verdict> verdict = command(depth);
    while (verdict && take(Kind::Pipe)) {
      const bool may_leave = verdict->may_leave;
      verdict = command(depth);
      if (verdict) verdict->may_leave = verdict->may_leave || may_leave;
    }
    return verdict;
  }

  std::optional<Verdict> command(int depth) {
    std::optional<Verdict> verdict;
    if (take(Kind::Open)) {
      verdict = list(depth + 1);
      if (!verdict || !take(Kind::Close)) return std::nullopt;
      // Leaving a subshell ends only the subshell.
      verdict = Verdict{verdict->always_zero && !verdict->may_leave, false};
    } else if (at_brace("{")) {
      ++position_;
      verdict = list(depth + 1);
      if (!verdict || !at_brace("}")) return std::nullopt;
      ++position_;
    } else {
      return simple();
    }
    while (at(Kind::Target)) verdict->always_zero = redirect_is_safe() && verdict->always_zero;
    return verdict;
  }

  // A redirection to anything but /dev/null or a descriptor can fail to open.
  bool redirect_is_safe() {
    const std::string& target = tokens_[position_++].word.text;
    return target == "/dev/null" || (target.size() == 1 && target >= "0" && target <= "9");
  }

  std::optional<Verdict> simple() {
    // Other than those before a command.
    constexpr std::array<std::string_view, 9> kReserved{"fi", "case", "select", "function", "done",
                                                        "[[", "esac", "coproc", "in"};
    std::vector<ShellWord> words;
    bool safe = true;
    while (at(Kind::Word) || at(Kind::Target)) {
      if (at(Kind::Target)) {
        safe = redirect_is_safe() && safe;
      } else {
        words.push_back(std::move(tokens_[position_++].word));
      }
    }
    const std::size_t first = command_position(words);
    for (std::size_t i = 0; i < first; ++i) {
      if (words[i].text.find('=') == std::string::npos) return std::nullopt;  // a keyword
    }
    if (first == words.size() || at(Kind::Open)) return std::nullopt;  // "name() …"
    if (!words[first].quoted && is_one_of(words[first].text, kReserved)) return std::nullopt;
    Verdict verdict = judge(std::span<const ShellWord>(words).subspan(first));
    verdict.always_zero = verdict.always_zero && safe;
    return verdict;
  }

  static Verdict judge(std::span<const ShellWord> words) {
    constexpr std::array<std::string_view, 6> kAlwaysZero{
        "true", ":", "echo", "/bin/true", "/usr/bin/true", "/bin/echo"};
    // Leaves the shell, or changes what follows in a way that is not modelled.
    constexpr std::array<std::string_view, 15> kLeaves{
        "exit", "exec",  "return",   "set",     "trap",  "eval",  ".",       "source",
        "kill", "shopt", "readonly", "builtin", "alias", "break", "continue"};
    const std::string& name = words.front().text;
    if (name == "exit" && words.size() == 2 && words[1].text == "0") return {true, false};
    return {is_one_of(name, kAlwaysZero), is_one_of(name, kLeaves)};
  }

  std::vector<ShellToken> tokens_;
  std::size_t position_ = 0;
};

}  // namespace

bool cannot_fail(std::string_view command) {
  std::optional<std::vector<ShellToken>> tokens = shell_tokens(command);
  if (!tokens) return false;
  const std::optional<Verdict> verdict = Parser(std::move(*tokens)).parse();
  return verdict && verdict->always_zero && !verdict->may_leave;
}

}  // namespace gs::checks
