#include "checks/secrets/content.h"

#include <algorithm>
#include <optional>
#include <set>

namespace gs::checks {
namespace {

constexpr std::size_t kLooksAt = 8000;  // bytes that tell what content is, as for git
constexpr std::size_t kShortestRun = 14;

enum class ByteOrder { Little, Big };

bool has_nul(std::string_view bytes) {
  return bytes.substr(0, kLooksAt).find('\0') != std::string_view::npos;
}

// Without a mark: Latin text has a zero in every second byte, and none in the others.
std::optional<ByteOrder> order_by_zeros(std::string_view bytes) {
  constexpr std::size_t kFewest = 8;
  const std::string_view start = bytes.substr(0, kLooksAt);
  if (start.size() < kFewest || bytes.size() % 2 != 0) return std::nullopt;
  std::size_t zeros[2] = {0, 0};
  for (std::size_t i = 0; i < start.size(); ++i) {
    if (start[i] == '\0') ++zeros[i % 2];
  }
  const std::size_t most = start.size() / 2 * 9 / 10;
  if (zeros[0] == 0 && zeros[1] >= most) return ByteOrder::Little;
  if (zeros[1] == 0 && zeros[0] >= most) return ByteOrder::Big;
  return std::nullopt;
}

void append_utf8(std::string& text, std::uint32_t point) {
  const auto tail = [&](unsigned shift) {
    text += static_cast<char>(0x80U | ((point >> shift) & 0x3FU));
  };
  if (point < 0x80) {
    text += static_cast<char>(point);
  } else if (point < 0x800) {
    text += static_cast<char>(0xC0U | (point >> 6U));
    tail(0);
  } else if (point < 0x10000) {
    text += static_cast<char>(0xE0U | (point >> 12U));
    tail(6), tail(0);
  } else {
    text += static_cast<char>(0xF0U | (point >> 18U));
    tail(12), tail(6), tail(0);
  }
}

std::string from_utf16(std::string_view bytes, ByteOrder order) {
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return order == ByteOrder::Little ? static_cast<std::uint32_t>(second << 8U | first)
                                      : static_cast<std::uint32_t>(first << 8U | second);
  };
  std::string text;
  text.reserve(bytes.size() / 2);
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    std::uint32_t point = unit(at);
    if (point >= 0xD800 && point < 0xDC00 && at + 3 < bytes.size()) {
      const std::uint32_t low = unit(at + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        point = 0x10000 + ((point - 0xD800) << 10U) + (low - 0xDC00);
        at += 2;
      }
    }
    append_utf8(text, point);
  }
  return text;
}

// Runs of printable ASCII in every `stride`th byte, zeros between them: 2 is UTF-16 in a program.
void add_runs(std::string_view bytes, std::size_t stride, std::vector<std::string>& runs) {
  std::string run;
  const auto end_run = [&] {
    if (run.size() >= kShortestRun) runs.push_back(run);
    run.clear();
  };
  for (std::size_t at = 0; at < bytes.size();) {
    const bool printable = bytes[at] >= ' ' && bytes[at] <= '~';
    if (printable && (stride == 1 || (at + 1 < bytes.size() && bytes[at + 1] == '\0'))) {
      run += bytes[at];
      at += stride;
    } else {
      end_run();
      ++at;
    }
  }
  end_run();
}

std::vector<std::string> strings_of(std::string_view bytes) {
  std::vector<std::string> runs;
  add_runs(bytes, 1, runs);
  add_runs(bytes, 2, runs);
  return runs;
}

}  // namespace

std::string decode_text(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return from_utf16(bytes.substr(2), ByteOrder::Little);
  if (bytes.starts_with("\xFE\xFF")) return from_utf16(bytes.substr(2), ByteOrder::Big);
  if (!has_nul(bytes)) return std::string(bytes);
  const std::optional<ByteOrder> order = order_by_zeros(bytes);
  return order ? from_utf16(bytes, *order) : std::string(bytes);
}

AddedContent added_content(std::string_view before, std::string_view after) {
  AddedContent added;
  if (after.empty()) return added;
  const std::string text = decode_text(after);
  const std::string earlier = decode_text(before);
  if (!has_nul(text)) {
    added.lines = git::added_lines(has_nul(earlier) ? "" : earlier, text);
    return added;
  }
  added.strings = strings_of(text);
  if (before.empty()) return added;
  const std::vector<std::string> there = strings_of(earlier);
  const std::set<std::string_view> known(there.begin(), there.end());
  std::erase_if(added.strings, [&](const std::string& run) { return known.contains(run); });
  return added;
}

}  // namespace gs::checks
