#include "report/style.h"

#include <algorithm>
#include <array>
#include <random>
#include <vector>

#include "base/screen.h"
#include "base/text.h"

namespace gs::report {
namespace {

struct Range {
  char32_t first, last;
};

// Combining marks, joiners and variation selectors have no column of their own.
constexpr std::array<Range, 13> kZeroWidth{{{0x0300, 0x036F},
                                            {0x0483, 0x0489},
                                            {0x0591, 0x05BD},
                                            {0x0610, 0x061A},
                                            {0x064B, 0x065F},
                                            {0x0E31, 0x0E3A},
                                            {0x1AB0, 0x1AFF},
                                            {0x1DC0, 0x1DFF},
                                            {0x200B, 0x200F},
                                            {0x20D0, 0x20FF},
                                            {0xFE00, 0xFE0F},
                                            {0xFE20, 0xFE2F},
                                            {0xFEFF, 0xFEFF}}};

// East Asian Wide and Fullwidth blocks, and emoji with picture presentation.
constexpr std::array<Range, 27> kWide{
    {{0x1100, 0x115F},   {0x231A, 0x231B},  {0x23E9, 0x23EC}, {0x25FD, 0x25FE}, {0x2614, 0x2615},
     {0x2648, 0x2653},   {0x26A1, 0x26A1},  {0x26AA, 0x26AB}, {0x26BD, 0x26BE}, {0x26D4, 0x26D4},
     {0x2705, 0x2705},   {0x270A, 0x270B},  {0x2728, 0x2728}, {0x274C, 0x274C}, {0x2753, 0x2755},
     {0x2757, 0x2757},   {0x2795, 0x2797},  {0x2E80, 0x303E}, {0x3041, 0xA4CF}, {0xA960, 0xA97C},
     {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},  {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6},
     {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}}};

bool is_in(const auto& ranges, char32_t character) {
  return std::any_of(ranges.begin(), ranges.end(), [character](const Range& range) {
    return character >= range.first && character <= range.last;
  });
}

// A stray byte takes one column, as the replacement character on a terminal.
std::size_t character_length(std::string_view text) {
  return std::max<std::size_t>(utf8_length(text), 1);
}

std::size_t character_width(std::string_view sequence) {
  const char32_t character = decode_utf8(sequence);
  if (character == U'\n' || is_in(kZeroWidth, character)) return 0;
  return sequence.size() > 2 && is_in(kWide, character) ? 2 : 1;
}

// "0" ends a tone.
std::string_view tone_attributes(char mark) {
  switch (mark) {
    case 'G':
      return "\x1B[32m";
    case 'W':
      return "\x1B[33m";
    case 'B':
      return "\x1B[31m";
    case 'D':
      return "\x1B[2m";
    case 'b':
      return "\x1B[1m";
    case 'A':
      return "\x1B[36m";
    default:
      return "\x1B[m";
  }
}

char mark_of(Tone tone) {
  constexpr std::string_view kMarks = "0GWBDbA";  // in the order of Tone
  return kMarks[static_cast<std::size_t>(tone)];
}

// What a mark of paint() begins with: an escape and a random number, so that no text from elsewhere
// can hold one.
const std::string& mark_start() {
  static const std::string start = [] {
    std::random_device random;
    return "\x1B" + std::to_string(random()) + "." + std::to_string(random()) + ".";
  }();
  return start;
}

// `text` as a screen shows it, with each mark replaced by what `attributes` makes of its letter.
std::string replace_marks(std::string_view text, std::string_view (*attributes)(char)) {
  if (text.find('\x1B') == std::string_view::npos) return escape_hidden(text);
  const std::string& start = mark_start();
  std::string shown;
  for (;;) {
    const std::size_t mark = text.find(start);
    shown += escape_hidden(text.substr(0, mark));
    if (mark == std::string_view::npos || mark + start.size() >= text.size()) return shown;
    shown += attributes(text[mark + start.size()]);
    text.remove_prefix(mark + start.size() + 1);
  }
}

std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  std::vector<std::string_view> words;
  for (std::size_t start = text.find_first_not_of(kSpace); start != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kSpace, start), text.size());
    words.push_back(text.substr(start, end - start));
    start = text.find_first_not_of(kSpace, end);
  }
  return words;
}

}  // namespace

std::string paint(std::string_view text, Tone tone, Colour colour) {
  if (colour == Colour::Off || tone == Tone::Plain || text.empty()) return std::string(text);
  return mark_start() + mark_of(tone) + std::string(text) + mark_start() + '0';
}

std::string to_screen(std::string_view text) {
  return replace_marks(text, tone_attributes);
}

std::size_t display_width(std::string_view text) {
  const std::string plain = replace_marks(text, [](char) { return std::string_view(); });
  std::size_t width = 0;
  for (std::string_view rest = plain; !rest.empty();) {
    const std::size_t length = character_length(rest);
    width += character_width(rest.substr(0, length));
    rest.remove_prefix(length);
  }
  return width;
}

std::string pad(std::string_view text, std::size_t width) {
  const std::size_t taken = display_width(text);
  return std::string(text) + std::string(taken < width ? width - taken : 0, ' ');
}

std::string wrap(std::string_view text, std::size_t width, std::string_view indent) {
  std::string lines(indent);
  std::size_t column = display_width(indent);
  const std::size_t start = column;
  for (const std::string_view word : words_of(text)) {
    const std::size_t word_width = display_width(word);
    if (column > start && column + 1 + word_width > width) {
      lines += '\n';
      lines += indent;
      column = start;
    }
    if (column > start) {
      lines += ' ';
      ++column;
    }
    lines += word;
    column += word_width;
  }
  return lines;
}

std::string hang(std::string_view text, std::size_t width, std::size_t taken) {
  const std::string indent(taken, ' ');
  std::string lines;
  std::size_t column = taken;
  bool has_words = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = std::min(text.find_first_not_of(' ', at), text.size());
    const std::size_t end = std::min(text.find(' ', start), text.size());
    std::string_view piece = text.substr(at, end - at);
    const std::size_t spaces = start - at;
    if (has_words && column + display_width(piece) > width) {
      lines += "\n" + indent;
      column = taken;
      piece.remove_prefix(spaces);
    }
    lines += piece;
    column += display_width(piece);
    has_words = true;
    at = end;
  }
  return lines;
}

std::string fit(std::string_view given, std::size_t width) {
  if (display_width(given) <= width) return std::string(given);
  const std::string shown = escape_hidden(given);
  std::string_view text = shown;
  std::string cut;
  std::size_t taken = 1;  // the ellipsis
  while (!text.empty()) {
    const std::string_view character = text.substr(0, character_length(text));
    taken += character_width(character);
    if (taken > width) break;
    cut += character;
    text.remove_prefix(character.size());
  }
  return width == 0 ? "" : cut + "…";
}

std::string fit_path(std::string_view path, std::size_t width) {
  if (display_width(path) <= width) return std::string(path);
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return fit(path, width);
  const std::string_view end = path.substr(slash);
  const std::size_t wide = display_width(end) + 1;
  if (wide + 2 > width) return fit(path, width);
  return fit(path.substr(0, slash), width - wide + 1) + std::string(end);
}

}  // namespace gs::report
