#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "git/objects/merge.h"

namespace gs::checks {

// Larger content is not searched, and a finding says so.
inline constexpr std::uint64_t kMostSearched = 64U << 20U;

// What a change adds to a file.
struct AddedContent {
  std::vector<git::AddedLine> lines;  // of text, in UTF-8
  std::vector<std::string> strings;   // of binary content: what is printable in it, in runs
};
// UTF-16 counts as text: with a byte order mark, or where every second byte is zero.
[[nodiscard]] AddedContent added_content(std::string_view before, std::string_view after);

// UTF-16 as UTF-8; any other content as it is.
[[nodiscard]] std::string decode_text(std::string_view bytes);

}  // namespace gs::checks
