#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "git/objects/merge.h"

namespace gs::checks {

enum class Language {
  Unknown,
  Prose,  // Markdown, plain text, …: no code
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
// By the name's extension, or the name itself where that says it (Makefile, Dockerfile).
[[nodiscard]] Language language_of(std::string_view path);

// A line of source, told apart. What is in a string is blanked out of `code`.
struct SourceLine {
  std::string code;
  std::string comment;
};

// Reads the lines that a change adds, in order. A comment or string that a line leaves open goes on
// in the next one only where that line directly follows; lines of the file in between are not
// known.
class SourceReader {
 public:
  explicit SourceReader(Language language);
  [[nodiscard]] SourceLine read(std::size_t number, std::string_view text);

 private:
  // How this language writes comments and strings that can span lines.
  struct Syntax {
    std::vector<std::string_view> line_comments;
    std::string_view block_open, block_close;
    std::string_view quotes;
    std::vector<std::string_view> long_quotes;
  };
  [[nodiscard]] static Syntax syntax_of(Language language);
  [[nodiscard]] bool starts_line_comment(std::string_view text, std::size_t at) const;
  // The string that starts at `at`, as far as it goes on this line; its length.
  [[nodiscard]] std::size_t short_string(std::string_view text, std::size_t at) const;

  Language language_;
  Syntax syntax_;
  std::size_t last_number_ = 0;
  std::string_view open_until_;  // "" or what ends the open comment or string
  bool open_is_comment_ = false;
};

// Written by a tool or by somebody else: what is left to do there is not for this project.
[[nodiscard]] bool is_foreign(std::string_view path, const std::vector<git::AddedLine>& lines);

}  // namespace gs::checks
