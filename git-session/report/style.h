#pragma once

#include <string>
#include <string_view>

namespace gs::report {

enum class Tone { Plain, Good, Warn, Bad, Dim, Bold, Accent };
// `text` in a tone; unchanged when colour is off.
[[nodiscard]] std::string paint(std::string_view text, Tone tone, bool colour);
// Columns that `text` takes on a terminal (escape sequences none, wide characters two).
[[nodiscard]] std::size_t display_width(std::string_view text);
// `text` padded with spaces to `width` columns.
[[nodiscard]] std::string pad(std::string_view text, std::size_t width);
// Broken at spaces into lines of at most `width` columns; a word that is longer stands alone.
[[nodiscard]] std::string wrap(std::string_view text, std::size_t width, std::string_view indent);

}  // namespace gs::report
