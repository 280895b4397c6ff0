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

}  // namespace gs::git
