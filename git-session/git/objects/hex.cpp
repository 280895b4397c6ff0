#include "git/objects/hex.h"

#include "base/ascii.h"

namespace gs::git {

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
