// Whether a shell command's exit status is 0 whatever happens: a small reader of POSIX shell lists.
// What it does not know for certain can fail.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "checks/gates/command_run.h"

namespace gs::checks {
namespace {

enum class Kind { Word, Redirect, And, Or, Pipe, Separator, Background, Open, Close };
struct Token {
  Kind kind;
  std::string text;  // of a word, quotes taken off; of a redirection, its target
};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  for (const std::string_view candidate : words) {
    if (word == candidate) return true;
  }
  return false;
}

// Splits a command into tokens; absent where it holds a construct that is not judged here
// (substitutions, here-documents, an open quote).
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::optional<std::vector<Token>> tokens() {
    while (skip_blanks()) {
      if (!operator_token() && !redirection() && !word_token()) return std::nullopt;
    }
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] bool at(std::string_view prefix) const {
    return text_.substr(position_).starts_with(prefix);
  }

  bool skip_blanks() {
    while (position_ < text_.size()) {
      const char c = text_[position_];
      if (c == ' ' || c == '\t' || c == '\r') {
        ++position_;
      } else if (at("\\\n")) {
        position_ += 2;
      } else if (c == '#') {
        position_ = std::min(text_.find('\n', position_), text_.size());
      } else {
        return true;
      }
    }
    return false;
  }

  bool operator_token() {
    struct Operator {
      std::string_view text;
      Kind kind;
    };
    constexpr std::array<Operator, 9> kOperators{{{"&&", Kind::And},
                                                  {"||", Kind::Or},
                                                  {"|&", Kind::Pipe},
                                                  {"|", Kind::Pipe},
                                                  {";", Kind::Separator},
                                                  {"\n", Kind::Separator},
                                                  {"&", Kind::Background},
                                                  {"(", Kind::Open},
                                                  {")", Kind::Close}}};
    if (at("&>") || at(";;")) return false;
    for (const Operator& candidate : kOperators) {
      if (at(candidate.text)) {
        position_ += candidate.text.size();
        tokens_.push_back({candidate.kind, ""});
        return true;
      }
    }
    return false;
  }

  bool redirection() {
    std::size_t i = position_;
    while (i < text_.size() && text_[i] >= '0' && text_[i] <= '9') ++i;
    if (i < text_.size() && text_[i] == '&' && i == position_) ++i;
    if (i >= text_.size() || (text_[i] != '>' && text_[i] != '<')) return false;
    if (text_.substr(i).starts_with("<<") || text_.substr(i).starts_with("<(") ||
        text_.substr(i).starts_with(">(")) {
      return false;
    }
    ++i;
    while (i < text_.size() && (text_[i] == '>' || text_[i] == '&' || text_[i] == '|')) ++i;
    position_ = i;
    skip_blanks();
    const std::optional<std::string> target = word();
    if (!target) return false;
    tokens_.push_back({Kind::Redirect, *target});
    return true;
  }

  bool word_token() {
    const std::optional<std::string> text = word();
    if (!text) return false;
    tokens_.push_back({Kind::Word, *text});
    return true;
  }

  // An expansion that runs a command or can end the shell ("${X:?}").
  [[nodiscard]] bool at_substitution() const { return at("`") || at("$(") || at("${"); }

  std::optional<std::string> word() {
    constexpr std::string_view kEnds = " \t\r\n;&|()<>";
    const std::size_t start = position_;
    std::string text;
    while (position_ < text_.size() && kEnds.find(text_[position_]) == std::string_view::npos) {
      if (at_substitution()) return std::nullopt;
      const char c = text_[position_];
      if (c == '\'' || c == '"') {
        if (!quoted(c, text)) return std::nullopt;
        continue;
      }
      if (c == '\\' && position_ + 1 < text_.size()) ++position_;
      text += text_[position_++];
    }
    if (position_ == start) return std::nullopt;
    return text;
  }

  bool quoted(char quote, std::string& text) {
    for (++position_; position_ < text_.size(); ++position_) {
      const char c = text_[position_];
      if (c == quote) {
        ++position_;
        return true;
      }
      if (quote == '"' && at_substitution()) return false;
      if (quote == '"' && c == '\\' && position_ + 1 < text_.size()) ++position_;
      text += text_[position_];
    }
    return false;
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::vector<Token> tokens_;
};

struct Verdict {
  bool always_zero = false;
  bool may_leave = false;  // can end the shell, or change how it goes on
};

class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  // The whole command; absent where it is no plain list.
  std::optional<Verdict> parse() {
    std::optional<Verdict> verdict = list(0);
    return position_ == tokens_.size() ? verdict : std::nullopt;
  }

 private:
  static constexpr int kDeepest = 50;

  [[nodiscard]] bool at(Kind kind) const {
    return position_ < tokens_.size() && tokens_[position_].kind == kind;
  }
  [[nodiscard]] bool at_word(std::string_view text) const {
    return at(Kind::Word) && tokens_[position_].text == text;
  }
  bool take(Kind kind) {
    const bool there = at(kind);
    if (there) ++position_;
    return there;
  }

  // The status of a list is that of its last command; an empty one has 0.
  std::optional<Verdict> list(int depth) {
    if (depth > kDeepest) return std::nullopt;
    Verdict verdict{true, false};
    for (;;) {
      while (take(Kind::Separator)) {
      }
      if (position_ == tokens_.size() || at(Kind::Close) || at_word("}")) return verdict;
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
      // What leaves a subshell ends no more than that.
      verdict = Verdict{verdict->always_zero && !verdict->may_leave, false};
    } else if (at_word("{")) {
      ++position_;
      verdict = list(depth + 1);
      if (!verdict || !at_word("}")) return std::nullopt;
      ++position_;
    } else {
      return simple();
    }
    while (at(Kind::Redirect)) verdict->always_zero = redirect_is_safe() && verdict->always_zero;
    return verdict;
  }

  // A redirection to anything but /dev/null or a descriptor can fail to open.
  bool redirect_is_safe() {
    const std::string& target = tokens_[position_++].text;
    return target == "/dev/null" || (target.size() == 1 && target >= "0" && target <= "9");
  }

  std::optional<Verdict> simple() {
    constexpr std::array<std::string_view, 19> kReserved{
        "!", "if",   "then", "elif",   "else",     "fi",   "for", "while", "until", "do",
        "}", "done", "case", "select", "function", "time", "[[",  "esac",  "coproc"};
    std::vector<std::string> words;
    bool safe = true;
    while (at(Kind::Word) || at(Kind::Redirect)) {
      if (at(Kind::Redirect)) {
        safe = redirect_is_safe() && safe;
        continue;
      }
      std::string word = tokens_[position_++].text;
      const bool assignment = words.empty() && word.find('=') != std::string::npos;
      if (words.empty() && is_one_of(word, kReserved)) return std::nullopt;
      if (!assignment) words.push_back(std::move(word));
    }
    if (words.empty() || at(Kind::Open)) return std::nullopt;  // "name() …"
    Verdict verdict = judge(words);
    verdict.always_zero = verdict.always_zero && safe;
    return verdict;
  }

  static Verdict judge(const std::vector<std::string>& words) {
    constexpr std::array<std::string_view, 6> kAlwaysZero{
        "true", ":", "echo", "/bin/true", "/usr/bin/true", "/bin/echo"};
    // Leaves the shell, or changes what follows in a way that is not looked into.
    constexpr std::array<std::string_view, 15> kLeaves{
        "exit", "exec",  "return",   "set",     "trap",  "eval",  ".",       "source",
        "kill", "shopt", "readonly", "builtin", "alias", "break", "continue"};
    const std::string& name = words.front();
    if (name == "exit" && words.size() == 2 && words[1] == "0") return {true, false};
    return {is_one_of(name, kAlwaysZero), is_one_of(name, kLeaves)};
  }

  std::vector<Token> tokens_;
  std::size_t position_ = 0;
};

}  // namespace

bool cannot_fail(std::string_view command) {
  std::optional<std::vector<Token>> tokens = Lexer(command).tokens();
  if (!tokens) return false;
  const std::optional<Verdict> verdict = Parser(std::move(*tokens)).parse();
  return verdict && verdict->always_zero && !verdict->may_leave;
}

}  // namespace gs::checks
