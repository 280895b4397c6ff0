#include "base/uuid.h"

#include <cstdint>
#include <optional>
#include <random>
#include <string_view>

#include "base/ascii.h"
#include "base/process/process.h"
#include "base/text.h"

namespace gs {
namespace {

std::optional<std::mt19937> seeded_engine() {
  const std::optional<std::string> seed = environment_variable("GIT_TEST_UUID_SEED");
  const auto number = seed ? parse_number(*seed, 9) : std::nullopt;
  if (!number) return std::nullopt;
  return std::mt19937(static_cast<std::mt19937::result_type>(*number));
}

std::uint32_t random_word() {
  static std::optional<std::mt19937> engine = seeded_engine();
  if (engine) return static_cast<std::uint32_t>((*engine)());
  static std::random_device device;
  return device();
}

}  // namespace

std::string random_uuid() {
  constexpr std::string_view kShape = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
  std::string uuid(kShape);
  std::uint32_t word = 0;
  int left = 0;
  for (char& c : uuid) {
    if (c != 'x' && c != 'y') continue;
    if (left == 0) {
      word = random_word();
      left = 8;
    }
    const std::uint32_t nibble = word & 0xFU;
    word >>= 4U;
    --left;
    c = hex_digit(c == 'x' ? nibble : (nibble & 0x3U) | 0x8U);  // the variant of RFC 4122
  }
  return uuid;
}

}  // namespace gs
