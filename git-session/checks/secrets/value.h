#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

// Distinguishes secrets from placeholders.
namespace gs::checks {

// Bits of information per character, from how often each occurs.
[[nodiscard]] double entropy(std::string_view text);

// How often lower case, upper case, digits and the rest follow another kind: very often in random
// values, rarely in what people write.
[[nodiscard]] std::size_t kind_changes(std::string_view text);

// Such as "xxxxxxxx", "YOUR_TOKEN_HERE", "AKIAIOSFODNN7EXAMPLE", "abcdef123456", "${TOKEN}".
[[nodiscard]] bool is_placeholder(std::string_view value);

// Random rather than written by a person: letters and digits alternate often, and it is not a word,
// path, address, UUID or password hash.
[[nodiscard]] bool looks_random(std::string_view value);

[[nodiscard]] bool is_uuid(std::string_view text);

[[nodiscard]] std::uint32_t crc32(std::string_view bytes);
// GitHub's tokens end in the CRC-32 of the rest, in six digits of base 62.
[[nodiscard]] bool has_base62_checksum(std::string_view value);

// Whether it is in a directory, or is a file, for tests, fixtures or examples.
[[nodiscard]] bool is_test_path(std::string_view path);

}  // namespace gs::checks
