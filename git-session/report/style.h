#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gs::report {

// Number of columns if the reader is not a terminal: nothing is cut or broken.
inline constexpr std::size_t kUnlimited = 1'000'000;

// Whether escape sequences may be used.
enum class Colour { Off, On };

enum class Tone { Plain, Good, Warn, Bad, Dim, Bold, Accent };
// `text` between marks for a tone, which only to_screen() makes escape sequences of; unchanged
// without colour.
[[nodiscard]] std::string paint(std::string_view text, Tone tone, Colour colour);
// What is written to a terminal or a pipe: of escape sequences only those that paint() asked for;
// every other control, and what is invisible, is escaped (base/screen.h).
[[nodiscard]] std::string to_screen(std::string_view text);
// Columns of `text` as to_screen() shows it (marks take none, wide characters two).
[[nodiscard]] std::size_t display_width(std::string_view text);
// `text` padded with spaces to `width` columns.
[[nodiscard]] std::string pad(std::string_view text, std::size_t width);
// Broken at whitespace into lines that start with `indent` and have at most `width` columns
// including it; a longer word has a line of its own. No "\n" after the last line.
[[nodiscard]] std::string wrap(std::string_view text, std::size_t width, std::string_view indent);
// The rest of a line after `taken` columns printed by the caller: broken like wrap(), but with the
// original spaces between words, and `taken` spaces before each further line.
[[nodiscard]] std::string hang(std::string_view text, std::size_t width, std::size_t taken);
// Cut to at most `width` columns, with "…" in place of the rest.
[[nodiscard]] std::string fit(std::string_view text, std::size_t width);

// The same of a path, whose end tells most: "a/long/directory/file.cpp" as "a/long…/file.cpp".
[[nodiscard]] std::string fit_path(std::string_view path, std::size_t width);

}  // namespace gs::report
