#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

// What tells a secret from what only stands in its place.
namespace gs::checks {

// Bits of information in each character, by how often each occurs.
[[nodiscard]] double entropy(std::string_view text);

// How often lower case, upper case, digits and the rest follow another kind: by chance all the
// time, in what people write rarely.
[[nodiscard]] std::size_t kind_changes(std::string_view text);

// "xxxxxxxx", "YOUR_TOKEN_HERE", "AKIAIOSFODNN7EXAMPLE", "abcdef123456", "${TOKEN}": written for
// people to replace.
[[nodiscard]] bool is_placeholder(std::string_view value);

// Made by chance rather than written by a person: letters and digits that change places all the
// time, no word, path, address, UUID or password hash.
[[nodiscard]] bool looks_random(std::string_view value);

[[nodiscard]] bool is_uuid(std::string_view text);

[[nodiscard]] std::uint32_t crc32(std::string_view bytes);
// GitHub's tokens end in the CRC-32 of what comes before, in six digits of base 62.
[[nodiscard]] bool has_base62_checksum(std::string_view value);

// Below a directory, or in a file, for tests, fixtures or examples.
[[nodiscard]] bool is_test_path(std::string_view path);

}  // namespace gs::checks
