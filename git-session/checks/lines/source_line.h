#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "git/objects/merge.h"

namespace gs::checks {

enum class Language {
  Unknown,
  Prose,  // Markdown, plain text, …: not code
  JavaScript,
  Python,
  Ruby,
  Rust,
  Php,
  Go,
  CSharp,
  Elixir,
  Perl,
  CLike,   // C, C++, Java, Kotlin, Swift, … : // and /* */
  Hash,    // shell, YAML, CMake, …: # to the end of the line
  Dashes,  // SQL, Lua, Haskell, …: -- to the end of the line
  Markup,  // HTML, XML: <!-- -->
  Style,   // CSS: /* */
};
// By extension, or by name (Makefile, Dockerfile).
[[nodiscard]] Language language_of(std::string_view path);

// Of a name in any of the languages.
[[nodiscard]] constexpr bool is_identifier(char c) {
  return is_word(c) || c == '$';
}

// A line of source, split. Contents of strings are blanked out in `code`.
struct SourceLine {
  std::string code;
  std::string comment;
};

// Reads added lines, in order. A comment or string that a line leaves open continues only if the
// next added line follows directly: lines in between are unknown.
class SourceReader {
 public:
  explicit SourceReader(Language language);
  [[nodiscard]] SourceLine read(std::size_t number, std::string_view text);

 private:
  // The language's comments, and its strings that can span lines.
  struct Syntax {
    std::vector<std::string_view> line_comments;
    std::string_view block_open, block_close;
    std::string_view quotes;
    std::vector<std::string_view> long_quotes;
  };
  [[nodiscard]] static Syntax syntax_of(Language language);
  [[nodiscard]] bool starts_line_comment(std::string_view text, std::size_t at) const;
  // Length of the string that starts at `at`, up to the end of the line.
  [[nodiscard]] std::size_t short_string(std::string_view text, std::size_t at) const;

  Language language_;
  Syntax syntax_;
  std::size_t last_number_ = 0;
  std::string_view open_until_;  // the end of the open comment or string; "" if none is open
  bool open_is_comment_ = false;
};

// Generated or third-party: what is left to do there is not for this project.
[[nodiscard]] bool is_foreign(std::string_view path, const std::vector<git::AddedLine>& lines);

}  // namespace gs::checks
