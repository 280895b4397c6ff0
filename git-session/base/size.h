#pragma once

#include <cstdint>
#include <string>

namespace gs {

// Of a file, for people: "120 bytes", "1.4 KiB", "16 KiB", "2 GiB".
[[nodiscard]] std::string format_size(std::uint64_t bytes);

}  // namespace gs
