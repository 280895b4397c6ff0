#include "checks/shell/words.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/ascii.h"

namespace gs::checks {
namespace {

constexpr int kDeepestWord = 50;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

struct HereDocument {
  std::size_t command;  // the command that reads it
  std::string delimiter;
  bool strips_tabs = false;
  bool literal = false;  // quoted delimiter: no substitutions
};

// One list of commands, up to `closing`. Substitutions have a reader of their own that continues at
// the same place, so that one pass suffices.
class Reader {
 public:
  Reader(std::string_view text, std::size_t& at, int depth, ShellScript& script)
      : text_(text), at_(at), depth_(depth), script_(script) {}

  // `closing`: ')' or '`' ends the list; with '\0' only the end of the text does.
  void read_list(char closing) {
    while (at_ < text_.size() && !read_next(closing)) {
    }
    end_command(false);
    own_.insert(own_.end(), std::make_move_iterator(inner_.begin()),
                std::make_move_iterator(inner_.end()));
  }
  std::vector<ShellCommand> take() { return std::move(own_); }

  // Also records what it reads as tokens.
  void keep_tokens(std::vector<ShellToken>& tokens) { tokens_ = &tokens; }
  [[nodiscard]] bool is_plain() const { return plain_; }

  // The substitutions in text that is otherwise data.
  void read_data(std::string_view data) {
    for (std::size_t i = 0; i < data.size();) {
      if (data[i] == '\\') {
        i += 2;
      } else if (data[i] == '`' || (data[i] == '$' && i + 1 < data.size() && data[i + 1] == '(')) {
        const bool tick = data[i] == '`';
        i += tick ? 1 : 2;
        read_inner(data, i, tick ? '`' : ')');
      } else {
        ++i;
      }
    }
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  // True at the end of the list.
  bool read_next(char closing) {
    const char c = peek();
    if (c == closing && (c != ')' || closes_list())) {
      ++at_;
      return true;
    }
    if (is_blank(c)) {
      end_word();
      ++at_;
    } else if (c == '\n') {
      ++at_;
      end_command(false);
      add_token(ShellToken::Kind::Separator);
      read_here_documents();
    } else if (c == '#' && !in_word_) {
      while (at_ < text_.size() && peek() != '\n') ++at_;
    } else if (c == '<' || c == '>' || (c == '&' && peek(1) == '>')) {
      read_redirection();
    } else if (c == ';' || c == '&' || c == '|' || c == '(' || c == ')') {
      read_operator();
    } else {
      read_word_part(closing);
    }
    return false;
  }

  // A ')' may also end a group, or a pattern of `case`.
  bool closes_list() {
    end_word();
    return groups_ == 0 && cases_ == 0;
  }

  void read_operator() {
    const char c = peek();
    if (c == '(') ++groups_;
    if (c == ')' && groups_ > 0) --groups_;
    ++at_;
    const bool doubled = peek() == c && (c == '|' || c == '&');
    const bool pipe = c == '|' && !doubled;
    if (doubled || (pipe && peek() == '&')) ++at_;
    end_command(pipe);
    if (c == ';' && (peek() == ';' || peek() == '&')) plain_ = false;  // within `case`
    add_token(operator_kind(c, doubled));
  }

  static ShellToken::Kind operator_kind(char c, bool doubled) {
    using enum ShellToken::Kind;
    switch (c) {
      case '(':
        return Open;
      case ')':
        return Close;
      case '|':
        return doubled ? Or : Pipe;
      case '&':
        return doubled ? And : Background;
      default:
        return Separator;
    }
  }

  void add_token(ShellToken::Kind kind, const ShellWord& word = {}) {
    if (tokens_ != nullptr) tokens_->push_back({kind, word});
  }

  void read_redirection() {
    // The number before it is not a word.
    if (in_word_ && !word_.quoted && all_digits(word_.text)) {
      word_ = {};
      in_word_ = false;
    }
    end_word();
    const std::size_t start = at_;
    while (at_ < text_.size() && at_ < start + 3 &&
           (peek() == '<' || peek() == '>' || peek() == '&' || peek() == '|')) {
      if (peek() == '<' && peek(1) == '(') break;  // <( is a command of its own
      if (peek() == '>' && peek(1) == '(') break;
      ++at_;
    }
    if (at_ == start) {
      plain_ = false;
      ++at_;
      return;
    }
    const std::string_view op = text_.substr(start, at_ - start);
    if (op == "<<" && peek() == '-') {
      ++at_;
      target_ = Target::TabbedDocument;
    } else {
      target_ = op == "<<" ? Target::Document : op == "<<<" ? Target::String : Target::File;
    }
  }

  void read_word_part(char closing) {
    in_word_ = true;
    const char c = peek();
    ++at_;
    if (c == '\\') {
      if (peek() == '\n') {
        ++at_;
        in_word_ = !word_.text.empty() || word_.quoted;
        return;
      }
      word_.quoted = true;
      if (at_ < text_.size()) word_.text += text_[at_++];
    } else if (c == '\'') {
      read_single_quotes();
    } else if (c == '"') {
      read_double_quotes(closing);
    } else if (c == '`') {
      read_substitution('`');
    } else if (c == '$') {
      read_dollar(closing);
    } else {
      word_.text += c;
    }
  }

  void read_single_quotes() {
    word_.quoted = true;
    while (at_ < text_.size() && peek() != '\'') word_.text += text_[at_++];
    close_quote();
  }

  // $'…'
  void read_c_quotes() {
    word_.quoted = true;
    while (at_ < text_.size() && peek() != '\'') {
      char c = text_[at_++];
      if (c == '\\' && at_ < text_.size()) c = read_escape();
      word_.text += c;
    }
    close_quote();
  }

  void close_quote() {
    if (at_ >= text_.size()) plain_ = false;
    ++at_;
  }

  char read_escape() {
    const char c = text_[at_++];
    if (c == 'n') return '\n';
    if (c == 't') return '\t';
    const bool hex = c == 'x';
    if (!hex && (c < '0' || c > '7')) return c;
    const int base = hex ? 16 : 8;
    int value = hex ? 0 : c - '0';
    for (int i = 0; i < 2 && at_ < text_.size(); ++i) {
      const int digit = hex_value(text_[at_]);
      if (digit < 0 || digit >= base) break;
      value = value * base + digit;
      ++at_;
    }
    return static_cast<char>(value);
  }

  void read_double_quotes(char closing) {
    word_.quoted = true;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"') return;
      if (c == '\\' && at_ < text_.size()) {
        const char next = text_[at_++];
        if (next == '\n') continue;
        if (next != '"' && next != '\\' && next != '$' && next != '`') word_.text += '\\';
        word_.text += next;
      } else if (c == '`' && closing != '`') {
        read_substitution('`');
      } else if (c == '$') {
        read_dollar(closing, true);
      } else {
        word_.text += c;
      }
    }
    plain_ = false;
  }

  // What follows a '$'; other expansions stay as written.
  void read_dollar(char closing, bool in_double_quotes = false) {
    const char c = peek();
    if (c == '(') {
      ++at_;
      read_substitution(')');
    } else if (c == '\'' && !in_double_quotes) {
      ++at_;
      read_c_quotes();
    } else if (c == '"' && !in_double_quotes) {
      ++at_;
      read_double_quotes(closing);
    } else if (c == '{') {
      read_parameter();
    } else {
      if (c == '[') plain_ = false;  // $[…], bash's old arithmetic
      word_.text += '$';
    }
  }

  // ${…}, which may contain substitutions.
  void read_parameter() {
    plain_ = false;
    word_.text += '$';
    int open = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '`' || (c == '$' && peek() == '(')) {
        if (c == '$') ++at_;
        read_substitution(c == '`' ? '`' : ')');
        continue;
      }
      word_.text += c;
      if (c == '\\' && at_ < text_.size()) word_.text += text_[at_++];
      if (c == '{') ++open;
      if (c == '}' && --open == 0) return;
    }
  }

  void read_substitution(char closing) {
    plain_ = false;
    word_.text += closing == '`' ? "``" : "$()";
    read_inner(text_, at_, closing);
  }

  void read_inner(std::string_view text, std::size_t& at, char closing) {
    if (depth_ >= kDeepestWord) {
      script_.too_deep = true;
      at = text.size();
      return;
    }
    Reader inner(text, at, depth_ + 1, script_);
    inner.read_list(closing);
    for (ShellCommand& command : inner.take()) inner_.push_back(std::move(command));
  }

  void end_word() {
    if (!in_word_) return;
    in_word_ = false;
    ShellWord word = std::exchange(word_, {});
    switch (std::exchange(target_, Target::None)) {
      case Target::None:
        if (command_.words.empty() && !word.quoted) {
          if (word.text == "case") ++cases_;
          if (word.text == "esac" && cases_ > 0) --cases_;
        }
        add_token(ShellToken::Kind::Word, word);
        command_.words.push_back(std::move(word));
        break;
      case Target::File:
        add_token(ShellToken::Kind::Target, word);
        break;
      case Target::String:
        plain_ = false;
        command_.input += word.text + "\n";
        break;
      case Target::TabbedDocument:
        documents_.push_back({own_.size(), std::move(word.text), true, word.quoted});
        waits_ = true;
        break;
      case Target::Document:
        documents_.push_back({own_.size(), std::move(word.text), false, word.quoted});
        waits_ = true;
        break;
    }
  }

  void end_command(bool piped) {
    end_word();
    if (std::exchange(target_, Target::None) != Target::None) plain_ = false;
    const bool waits = std::exchange(waits_, false);
    if (waits) plain_ = false;
    if (command_.words.empty() && command_.input.empty() && !waits) {
      if (piped && !own_.empty()) own_.back().piped = true;  // output of a group
      return;
    }
    command_.piped = piped;
    own_.push_back(std::exchange(command_, {}));
  }

  // Their bodies follow the line that names them.
  void read_here_documents() {
    for (const HereDocument& document : std::exchange(documents_, {})) {
      std::string body;
      while (at_ < text_.size()) {
        const std::size_t end = std::min(text_.find('\n', at_), text_.size());
        std::string_view line = text_.substr(at_, end - at_);
        at_ = std::min(end + 1, text_.size());
        if (document.strips_tabs) {
          line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size()));
        }
        if (line == document.delimiter) break;
        body += line;
        body += '\n';
      }
      if (!document.literal) read_data(body);
      own_[document.command].input += body;
    }
  }

  enum class Target { None, File, String, Document, TabbedDocument };

  std::string_view text_;
  std::size_t& at_;
  int depth_;
  ShellScript& script_;
  std::vector<ShellCommand> own_;
  std::vector<ShellCommand> inner_;
  std::vector<HereDocument> documents_;
  ShellCommand command_;
  ShellWord word_;
  bool in_word_ = false;
  bool waits_ = false;  // the command waits for a here-document
  int groups_ = 0;      // open ones
  int cases_ = 0;
  Target target_ = Target::None;  // role of the next word in a redirection
  std::vector<ShellToken>* tokens_ = nullptr;
  bool plain_ = true;  // the tokens say it all
};

}  // namespace

ShellScript parse_shell(std::string_view text) {
  ShellScript script;
  std::size_t at = 0;
  Reader reader(text, at, 0, script);
  reader.read_list('\0');
  script.commands = reader.take();
  return script;
}

std::optional<std::vector<ShellToken>> shell_tokens(std::string_view text) {
  std::vector<ShellToken> tokens;
  ShellScript script;
  std::size_t at = 0;
  Reader reader(text, at, 0, script);
  reader.keep_tokens(tokens);
  reader.read_list('\0');
  if (!reader.is_plain() || at < text.size()) return std::nullopt;
  return tokens;
}

}  // namespace gs::checks
