#include "checks/lines/source_line.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "base/text.h"
#include "checks/grounding.h"

namespace gs::checks {
namespace {

struct Names {
  Language language;
  std::string_view extensions;  // each between blanks
};
constexpr std::array<Names, 15> kExtensions{
    {{Language::Prose, " md markdown mdx txt text rst adoc asciidoc org tex rtf "},
     {Language::JavaScript, " js jsx mjs cjs ts tsx mts cts vue svelte "},
     {Language::Python, " py pyi pyw "},
     {Language::Ruby, " rb rake gemspec ru "},
     {Language::Rust, " rs "},
     {Language::Php, " php phtml "},
     {Language::Go, " go "},
     {Language::CSharp, " cs csx "},
     {Language::Elixir, " ex exs "},
     {Language::Perl, " pl pm t "},
     {Language::CLike,
      " c h cc hh cpp hpp cxx hxx inl m mm java kt kts swift scala dart groovy gradle zig proto "},
     {Language::Hash, " sh bash zsh fish yml yaml toml cmake mk tf hcl nix r jl conf "},
     {Language::Dashes, " sql lua hs elm ada vhdl "},
     {Language::Markup, " html htm xhtml xml svg xsl "},
     {Language::Style, " css scss less sass "}}};

constexpr std::size_t kHeadLines = 12;       // where a generated file says so
constexpr std::size_t kMinifiedLine = 1000;  // bytes
constexpr std::array<std::string_view, 7> kForeignDirectories{
    "vendor", "vendored", "third_party", "third-party", "thirdparty", "3rdparty", "node_modules"};

}  // namespace

Language language_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) {
    if (name == "Makefile" || name == "Dockerfile") return Language::Hash;
    if (name == "Rakefile" || name == "Gemfile") return Language::Ruby;
    return name == "README" || name == "CHANGELOG" || name == "LICENSE" ? Language::Prose
                                                                        : Language::Unknown;
  }
  if (name == "CMakeLists.txt") return Language::Hash;
  const std::string extension = " " + to_lower(name.substr(dot + 1)) + " ";
  for (const Names& names : kExtensions) {
    if (names.extensions.find(extension) != std::string_view::npos) return names.language;
  }
  return Language::Unknown;
}

// First characters of comments and strings in any language: everything else is code.
constexpr std::string_view kOpening = "/#-<'\"`";

SourceReader::SourceReader(Language language) : language_(language), syntax_(syntax_of(language)) {}

SourceReader::Syntax SourceReader::syntax_of(Language language) {
  switch (language) {
    case Language::Unknown:
    case Language::Prose:
      return {};
    case Language::JavaScript:
      return {{"//"}, "/*", "*/", "'\"", {"`"}};
    case Language::Python:
      return {{"#"}, "", "", "'\"", {"\"\"\"", "'''"}};
    case Language::Ruby:
    case Language::Perl:
      return {{"#"}, "", "", "'\"`", {}};
    case Language::Rust:
      return {{"//"}, "/*", "*/", "\"", {}};  // a lone ' is a lifetime
    case Language::Php:
      return {{"//", "#"}, "/*", "*/", "'\"", {}};
    case Language::Go:
      return {{"//"}, "/*", "*/", "'\"", {"`"}};
    case Language::CSharp:
    case Language::CLike:
      return {{"//"}, "/*", "*/", "'\"", {"\"\"\""}};
    case Language::Elixir:
      return {{"#"}, "", "", "'\"", {"\"\"\""}};
    case Language::Hash:
      return {{"#"}, "", "", "'\"", {}};
    case Language::Dashes:
      return {{"--"}, "/*", "*/", "'\"", {}};
    case Language::Markup:
      return {{}, "<!--", "-->", "", {}};
    case Language::Style:
      return {{"//"}, "/*", "*/", "'\"", {}};
  }
  return {};
}

bool SourceReader::starts_line_comment(std::string_view text, std::size_t at) const {
  for (const std::string_view mark : syntax_.line_comments) {
    if (!text.substr(at).starts_with(mark)) continue;
    // Within a word, "#" is an ordinary character in a shell, and part of a colour or an anchor.
    const bool attached = at > 0 && text[at - 1] != ' ' && text[at - 1] != '\t';
    if (mark == "#" && language_ != Language::Python && attached) continue;
    if (mark == "#" && language_ == Language::Php && text.substr(at).starts_with("#[")) continue;
    if (mark == "//" && at > 0 && text[at - 1] == ':') continue;  // a URL in CSS or JSX
    return true;
  }
  return false;
}

std::size_t SourceReader::short_string(std::string_view text, std::size_t at) const {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == text[at]) {
      return i + 1 - at;
    }
  }
  return text.size() - at;
}

SourceLine SourceReader::read(std::size_t number, std::string_view text) {
  if (number != last_number_ + 1) open_until_ = {};
  last_number_ = number;
  SourceLine line;
  // A block comment whose start was not added, by the usual " * " margin.
  const std::string_view trimmed = trim(text);
  if (open_until_.empty() && syntax_.block_open == "/*" &&
      (trimmed == "*" || trimmed.starts_with("* ") || trimmed.starts_with("*/"))) {
    line.comment = trimmed;
    return line;
  }
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    if (!open_until_.empty()) {
      const std::size_t end = rest.find(open_until_);
      const bool closes = end != std::string_view::npos;
      if (open_is_comment_) line.comment += rest.substr(0, end);
      i += closes ? end + open_until_.size() : rest.size();
      line.code += ' ';
      if (closes) open_until_ = {};
      continue;
    }
    if (starts_line_comment(text, i)) {
      line.comment += rest;
      break;
    }
    const auto long_quote =
        std::find_if(syntax_.long_quotes.begin(), syntax_.long_quotes.end(),
                     [rest](std::string_view quote) { return rest.starts_with(quote); });
    if (!syntax_.block_open.empty() && rest.starts_with(syntax_.block_open)) {
      open_until_ = syntax_.block_close;
      open_is_comment_ = true;
      i += syntax_.block_open.size();
    } else if (long_quote != syntax_.long_quotes.end()) {
      open_until_ = *long_quote;
      open_is_comment_ = false;
      i += long_quote->size();
    } else if (language_ == Language::Rust &&
               (rest.starts_with("'\"'") || rest.starts_with("'\\\"'"))) {
      i += rest[1] == '"' ? 3 : 4;
    } else if (syntax_.quotes.find(text[i]) != std::string_view::npos) {
      // An apostrophe in a word of JSX text does not start a string.
      const bool apostrophe =
          language_ == Language::JavaScript && text[i] == '\'' && i > 0 && is_word(text[i - 1]);
      i += apostrophe ? 1 : short_string(text, i);
      line.code += '"';
    } else {
      const std::size_t plain = std::min(text.find_first_of(kOpening, i + 1), text.size());
      line.code += text.substr(i, plain - i);
      i = plain;
    }
  }
  return line;
}

bool is_foreign(std::string_view path, const std::vector<git::AddedLine>& lines) {
  if (is_generated(path)) return true;
  for (const std::string_view segment : split(path, '/')) {
    if (std::find(kForeignDirectories.begin(), kForeignDirectories.end(), segment) !=
        kForeignDirectories.end()) {
      return true;
    }
  }
  return std::any_of(lines.begin(), lines.end(), [](const git::AddedLine& line) {
    if (line.number > kHeadLines) return false;
    const std::string_view text = line.text;
    return text.size() > kMinifiedLine || text.find("@generated") != std::string_view::npos ||
           text.find("DO NOT EDIT") != std::string_view::npos ||
           text.find("Code generated by") != std::string_view::npos;
  });
}

}  // namespace gs::checks
