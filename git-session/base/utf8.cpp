#include <algorithm>

#include "base/screen.h"
#include "base/text.h"

namespace gs {
namespace {

bool in_range(char byte, unsigned low, unsigned high) {
  const auto value = static_cast<unsigned char>(byte);
  return value >= low && value <= high;
}

}  // namespace

std::size_t utf8_length(std::string_view bytes) {
  if (bytes.empty()) {
    return 0;
  }
  const unsigned first = static_cast<unsigned char>(bytes[0]);
  if (first < 0x80) {
    return 1;
  }
  if (first < 0xC2 || first > 0xF4) {
    return 0;
  }
  const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (bytes.size() < length) {
    return 0;
  }
  // The second byte's range is what rules out overlong forms, surrogates and too high code points.
  const unsigned low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const unsigned high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  if (!in_range(bytes[1], low, high)) {
    return 0;
  }
  for (std::size_t i = 2; i < length; ++i) {
    if (!in_range(bytes[i], 0x80, 0xBF)) {
      return 0;
    }
  }
  return length;
}

bool is_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t length = utf8_length(bytes);
    if (length == 0) {
      return false;
    }
    bytes.remove_prefix(length);
  }
  return true;
}

std::string ellipsize(std::string_view text, std::size_t limit) {
  if (limit == 0) {
    return "";
  }
  std::size_t characters = 0;
  std::size_t position = 0;
  std::size_t cut = 0;  // where the last character that fits beside the ellipsis ends
  while (position < text.size()) {
    if (characters == limit - 1) {
      cut = position;
    }
    if (characters == limit) {
      return std::string(text.substr(0, cut)) + "…";
    }
    const std::size_t length = utf8_length(text.substr(position));
    position += length == 0 ? 1 : length;
    ++characters;
  }
  return std::string(text);
}

namespace {

// Marks that decomposed text has behind a letter: accents, the kana's voicing, and the later parts
// of a Hangul syllable.
bool is_combining(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || c == 0x3099 || c == 0x309A || (c >= 0x1160 && c <= 0x11FF) ||
         (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF);
}

}  // namespace

std::string same_in_any_unicode_form(std::string_view text) {
  std::string folded;
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(utf8_length(text), 1);
    const std::string_view character = text.substr(0, length);
    text.remove_prefix(length);
    if (length == 1) {
      folded += character;
    } else if (!is_combining(decode_utf8(character))) {
      folded += '\x7F';
    } else if (!folded.empty()) {
      folded.back() = '\x7F';
    }
  }
  return folded;
}

}  // namespace gs
