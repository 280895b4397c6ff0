#include "base/screen.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/text.h"

namespace gs {
namespace {

struct Range {
  char32_t first, last;
};

bool is_in(const auto& ranges, char32_t character) {
  return std::any_of(ranges.begin(), ranges.end(), [character](const Range& range) {
    return character >= range.first && character <= range.last;
  });
}

constexpr char32_t kJoiner = 0x200D;
constexpr Range kVariationSelectors{0xFE00, 0xFE0F};

// Controls, bidirectional controls, and what has no glyph. Combining marks and variation selectors
// are no such characters: they change the glyph before them.
constexpr std::array<Range, 15> kHidden{{{0x00, 0x1F},
                                         {0x7F, 0x9F},
                                         {0xAD, 0xAD},
                                         {0x061C, 0x061C},
                                         {0x180E, 0x180E},
                                         {0x200B, 0x200F},
                                         {0x2028, 0x202E},
                                         {0x2060, 0x206F},
                                         {0x3164, 0x3164},
                                         {0xFEFF, 0xFEFF},
                                         {0xFFA0, 0xFFA0},
                                         {0xFFF9, 0xFFFB},
                                         {0x1BCA0, 0x1BCA3},
                                         {0x1D173, 0x1D17A},
                                         {0xE0000, 0xE007F}}};

// What a joiner makes an emoji of: pictographs, skin tones, and the signs for gender and direction.
constexpr std::array<Range, 4> kPictographs{
    {{0x2190, 0x21FF}, {0x2300, 0x27BF}, {0x2B00, 0x2BFF}, {0x1F000, 0x1FAFF}}};

std::string hex(char32_t code, std::size_t least, std::string_view digits) {
  std::string text;
  for (; code > 0 || text.size() < least; code >>= 4U)
    text.insert(text.begin(), digits[code & 15U]);
  return text;
}

std::string visible(char32_t code, bool is_byte) {
  if (is_byte) return "\\x" + hex(code, 2, "0123456789abcdef");
  return "<U+" + hex(code, 4, "0123456789ABCDEF") + ">";
}

bool is_plain_byte(char c) {
  return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t';
}

// Length of the sequence at the start of `text` that sets attributes, 0 if there is none.
std::size_t attributes_length(std::string_view text) {
  if (!text.starts_with("\x1B[")) return 0;
  std::size_t end = 2;
  while (end < text.size() && (is_digit(text[end]) || text[end] == ';')) ++end;
  return end < text.size() && text[end] == 'm' ? end + 1 : 0;
}

}  // namespace

char32_t decode_utf8(std::string_view sequence) {
  const auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(sequence[i]));
  };
  switch (sequence.size()) {
    case 2:
      return ((byte(0) & 0x1FU) << 6U) | (byte(1) & 0x3FU);
    case 3:
      return ((byte(0) & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
    case 4:
      return ((byte(0) & 0x07U) << 18U) | ((byte(1) & 0x3FU) << 12U) | ((byte(2) & 0x3FU) << 6U) |
             (byte(3) & 0x3FU);
    default:
      return byte(0);
  }
}

bool ScreenReader::next() {
  const bool is_selector =
      valid_ && code_ >= kVariationSelectors.first && code_ <= kVariationSelectors.last;
  if (!is_selector) before_ = valid_ ? code_ : 0;
  if (rest_.empty()) return false;
  const std::size_t length = utf8_length(rest_);
  valid_ = length > 0;
  bytes_ = rest_.substr(0, std::max<std::size_t>(length, 1));
  code_ = decode_utf8(bytes_);
  rest_.remove_prefix(bytes_.size());
  return true;
}

bool ScreenReader::is_hidden() const {
  if (!valid_) return true;
  if (code_ != kJoiner) return is_in(kHidden, code_);
  const std::size_t length = utf8_length(rest_);
  return length == 0 || !is_in(kPictographs, before_) ||
         !is_in(kPictographs, decode_utf8(rest_.substr(0, length)));
}

std::string escape_hidden(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  if (std::all_of(text.begin(), text.end(), is_plain_byte)) return shown.append(text);
  bool is_return = false;  // one that waits for what follows it
  for (ScreenReader reader(text); reader.next();) {
    if (is_return && reader.code() != U'\n') shown += visible(U'\r', true);
    is_return = reader.code() == U'\r';
    if (is_return) continue;
    const bool is_space = reader.code() == U'\n' || reader.code() == U'\t';
    if (is_space || !reader.is_hidden()) {
      shown += reader.bytes();
    } else {
      shown += visible(reader.code(), reader.bytes().size() == 1);
    }
  }
  if (is_return) shown += visible(U'\r', true);
  return shown;
}

std::string strip_attributes(std::string_view output) {
  std::string text;
  while (!output.empty()) {
    const std::size_t escape = std::min(output.find('\x1B'), output.size());
    text += output.substr(0, escape);
    output.remove_prefix(escape);
    if (output.empty()) break;
    const std::size_t length = attributes_length(output);
    if (length == 0) text += output.front();
    output.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return text;
}

}  // namespace gs
