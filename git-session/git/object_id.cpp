#include "git/object_id.h"

#include "base/ascii.h"

namespace gs::git {
std::optional<ObjectId> ObjectId::parse(std::string_view hex) {
  if (hex.size() != 2 * kSize) return std::nullopt;
  std::array<std::uint8_t, kSize> bytes{};
  for (std::size_t i = 0; i < kSize; ++i) {
    const int high = hex_value(hex[2 * i]);
    const int low = hex_value(hex[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return ObjectId(bytes);
}

std::string ObjectId::hex() const {
  std::string text;
  text.reserve(2 * kSize);
  for (const std::uint8_t byte : bytes_) {
    text += hex_digit(byte >> 4U);
    text += hex_digit(byte);
  }
  return text;
}

std::string format_mode(FileMode mode) {
  std::string text(6, '0');
  auto value = static_cast<std::uint32_t>(mode);
  for (std::size_t i = text.size(); i-- > 0; value >>= 3U) text[i] = hex_digit(value & 7U);
  return text;
}

std::string to_hex(std::string_view bytes) {
  std::string hex;
  for (const char c : bytes) {
    hex += hex_digit(static_cast<unsigned char>(c) >> 4U);
    hex += hex_digit(static_cast<unsigned char>(c));
  }
  return hex;
}

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(hex_value(hex[i]) * 16 + hex_value(hex[i + 1]));
  }
  return bytes;
}

}  // namespace gs::git
