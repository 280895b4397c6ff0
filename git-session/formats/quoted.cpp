#include "formats/quoted.h"

#include <algorithm>

#include "base/screen.h"

namespace gs::formats {
namespace {

// "\u001b": the letter, then the code in hexadecimal digits.
void append_code(char letter, int digits, char32_t code, std::string& out) {
  out += '\\';
  out += letter;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
    out += "0123456789abcdef"[(code >> static_cast<unsigned>(shift)) & 15U];
}

void append_escape(char32_t code, Quoting quoting, std::string& out) {
  constexpr std::string_view kCharacters = "\b\f\n\r\t\"\\";
  const std::size_t letter =
      code < 0x80 ? kCharacters.find(static_cast<char>(code)) : std::string_view::npos;
  if (letter != std::string_view::npos) {
    out += '\\';
    out += "bfnrt\"\\"[letter];
  } else if (code <= 0xFFFF) {
    append_code('u', 4, code, out);
  } else if (quoting == Quoting::Yaml) {
    append_code('U', 8, code, out);
  } else {
    append_code('u', 4, 0xD800U + ((code - 0x10000U) >> 10U), out);
    append_code('u', 4, 0xDC00U + ((code - 0x10000U) & 0x3FFU), out);
  }
}

bool is_plain(char c) {
  return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

}  // namespace

std::string quoted(std::string_view text, Quoting quoting) {
  std::string out = "\"";
  if (std::all_of(text.begin(), text.end(), is_plain)) return out.append(text) + "\"";
  for (ScreenReader reader(text); reader.next();) {
    if (!reader.is_valid()) {
      append_escape(U'\uFFFD', quoting, out);
    } else if (reader.is_hidden() || reader.code() == U'"' || reader.code() == U'\\') {
      append_escape(reader.code(), quoting, out);
    } else {
      out += reader.bytes();
    }
  }
  return out + "\"";
}

}  // namespace gs::formats
