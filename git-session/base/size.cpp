#include "base/size.h"

#include <array>
#include <string_view>
#include <utility>

namespace gs {

std::string format_size(std::uint64_t bytes) {
  constexpr std::array<std::pair<unsigned, std::string_view>, 3> units{
      {{30U, " GiB"}, {20U, " MiB"}, {10U, " KiB"}}};
  for (const auto& [shift, name] : units) {
    if (bytes < (std::uint64_t{1} << shift)) continue;
    const std::uint64_t whole = bytes >> shift;
    std::string text = std::to_string(whole);
    const std::uint64_t rest = bytes & ((std::uint64_t{1} << shift) - 1);
    if (whole < 10 && rest > 0) text += "." + std::to_string((rest * 10) >> shift);
    return text.append(name);
  }
  return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
}

}  // namespace gs
