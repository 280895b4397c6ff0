#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Strings are bytes: nothing here depends on a locale.
namespace gs {

[[nodiscard]] std::string_view trim(std::string_view text);  // ASCII white space, both ends
// "a,b," split at ',' gives {"a","b",""}; an empty text gives {""}.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
template <std::same_as<std::string> Temporary>
void split(Temporary&& text, char separator) = delete;  // the parts would outlive it
// Lines without their "\n" (a "\r" stays); a last line without "\n" counts, an empty rest does not.
[[nodiscard]] std::vector<std::string_view> split_lines(std::string_view text);
template <std::same_as<std::string> Temporary>
void split_lines(Temporary&& text) = delete;
[[nodiscard]] std::string join(std::span<const std::string> parts, std::string_view separator);
// "a, b and 3 more": at most `most` of them are named.
[[nodiscard]] std::string join_some(std::span<const std::string> parts, std::size_t most);
[[nodiscard]] std::string to_lower(std::string_view text);  // ASCII
// `text` as a decimal number of one to `max_digits` (at most 18) ASCII digits and nothing else.
[[nodiscard]] std::optional<long long> parse_number(std::string_view text, std::size_t max_digits);
// Length in bytes (1 to 4) of the UTF-8 sequence at the start of `bytes`; 0 if that is not valid
// UTF-8 (overlong forms, surrogates and code points above U+10FFFF are not).
[[nodiscard]] std::size_t utf8_length(std::string_view bytes);
[[nodiscard]] bool is_utf8(std::string_view bytes);
// Equal for two texts that are the same but for their Unicode form (composed or decomposed); now
// and then for others, since every character outside of ASCII, with its marks, counts as one and
// the same. For pointing out, never for deciding.
[[nodiscard]] std::string same_in_any_unicode_form(std::string_view text);
// Git's C-style quoting of a path with core.quotePath=false: unchanged if nothing needs quoting
// (valid UTF-8 without control characters, quotes and backslashes), else in double quotes.
[[nodiscard]] std::string quote_path(std::string_view path);
// Quoted so that a POSIX shell reads it back as `word`; unquoted where that is safe.
[[nodiscard]] std::string quote_shell(std::string_view word);
// Cut to at most `limit` characters (UTF-8 code points, never inside one), with "…" for the rest.
[[nodiscard]] std::string ellipsize(std::string_view text, std::size_t limit);
// Without escape sequences and control characters, as programs read output; for a screen there is
// escape_hidden (base/screen.h).
[[nodiscard]] std::string strip_terminal_controls(std::string_view text);
[[nodiscard]] bool is_one_of(std::string_view word, std::span<const std::string_view> words);
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);
// The candidate nearest to `word` (edit distance at most a third of its length, at least 1), or "".
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::span<const std::string_view> candidates);
[[nodiscard]] std::string plural(std::size_t count, std::string_view noun);  // "1 file", "2 files"

}  // namespace gs
