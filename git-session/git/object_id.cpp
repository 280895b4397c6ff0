#include "git/object_id.h"

namespace gs::git {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<ObjectId> ObjectId::parse(std::string_view hex) {
  if (hex.size() != 2 * kSize) return std::nullopt;
  std::array<std::uint8_t, kSize> bytes{};
  for (std::size_t i = 0; i < kSize; ++i) {
    const int high = digit_value(hex[2 * i]);
    const int low = digit_value(hex[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return ObjectId(bytes);
}

std::string ObjectId::hex() const {
  std::string text;
  text.reserve(2 * kSize);
  for (const std::uint8_t byte : bytes_) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

std::string format_mode(FileMode mode) {
  std::string text(6, '0');
  auto value = static_cast<std::uint32_t>(mode);
  for (std::size_t i = text.size(); i-- > 0; value >>= 3U) text[i] = kDigits[value & 7U];
  return text;
}

}  // namespace gs::git
