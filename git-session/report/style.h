#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gs::report {

// As many columns as there are where the reader is no terminal: nothing is cut or broken.
inline constexpr std::size_t kUnlimited = 1'000'000;

// Whether escape sequences may be used.
enum class Colour { Off, On };

enum class Tone { Plain, Good, Warn, Bad, Dim, Bold, Accent };
// `text` in a tone; unchanged when colour is off.
[[nodiscard]] std::string paint(std::string_view text, Tone tone, Colour colour);
// Columns that `text` takes on a terminal (escape sequences none, wide characters two).
[[nodiscard]] std::size_t display_width(std::string_view text);
// `text` padded with spaces to `width` columns.
[[nodiscard]] std::string pad(std::string_view text, std::size_t width);
// Broken at white space into lines that start with `indent` and are at most `width` columns with
// it; a word that is longer stands alone. No "\n" after the last line.
[[nodiscard]] std::string wrap(std::string_view text, std::size_t width, std::string_view indent);
// The rest of a line of which the caller has printed `taken` columns: broken where wrap() would,
// but with the spaces between words as they are, and `taken` spaces before each line after the
// first.
[[nodiscard]] std::string hang(std::string_view text, std::size_t width, std::size_t taken);
// Cut to at most `width` columns, "…" in place of the rest.
[[nodiscard]] std::string fit(std::string_view text, std::size_t width);

}  // namespace gs::report
