// Makes untrusted bytes safe to show: git's quoting of paths, and output without terminal controls.
#include "base/text.h"

#include "base/screen.h"

namespace gs {
namespace {

void append_octal(std::string& out, unsigned char byte) {
  out += '\\';
  out += static_cast<char>('0' + (byte >> 6U));
  out += static_cast<char>('0' + ((byte >> 3U) & 7U));
  out += static_cast<char>('0' + (byte & 7U));
}

// The letter of a C escape ("\n" is 'n'), or NUL if the character has none.
char escape_letter(char c) {
  constexpr std::string_view kCharacters = "\a\b\t\n\v\f\r\"\\";
  constexpr std::string_view kLetters = "abtnvfr\"\\";
  const std::size_t index = kCharacters.find(c);
  return index == std::string_view::npos ? '\0' : kLetters[index];
}

bool is_control(unsigned char byte) {
  return byte < 0x20 || byte == 0x7F;
}

constexpr char kEscape = '\x1B';

// Length of the rest of a control sequence, after its introducer: parameter bytes, intermediate
// bytes, one final byte (ECMA-48, 5.4).
std::size_t control_sequence_length(std::string_view rest) {
  std::size_t i = 0;
  while (i < rest.size() && rest[i] >= 0x20 && rest[i] <= 0x3F) {
    ++i;
  }
  return i < rest.size() && rest[i] >= 0x40 && rest[i] <= 0x7E ? i + 1 : i;
}

// Length of the rest of a control string (a window title, a hyperlink, …): up to BEL or ST. An
// unterminated one ends with its line, so that it cannot swallow the output.
std::size_t control_string_length(std::string_view rest) {
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (rest[i] == '\a') {
      return i + 1;
    }
    if (rest[i] == '\n') {
      return i;
    }
    if (rest[i] == kEscape) {
      return i + 1 < rest.size() && rest[i + 1] == '\\' ? i + 2 : i;
    }
    if (rest.substr(i).starts_with("\xC2\x9C")) {
      return i + 2;
    }
  }
  return rest.size();
}

// Length of what follows a C1 control, given as the byte that follows ESC in its 7-bit form.
std::size_t control_argument_length(char introducer, std::string_view rest) {
  switch (introducer) {
    case '[':
      return control_sequence_length(rest);
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_':
      return control_string_length(rest);
    default:
      return 0;
  }
}

// Length of the escape sequence at the start of `text` (its first byte is ESC).
std::size_t escape_sequence_length(std::string_view text) {
  std::size_t i = 1;
  while (i < text.size() && text[i] >= 0x20 && text[i] <= 0x2F) {
    ++i;
  }
  if (i == text.size() || text[i] < 0x30 || text[i] > 0x7E) {
    return i;
  }
  ++i;
  return i == 2 ? i + control_argument_length(text[1], text.substr(2)) : i;
}

// Length of the control at the start of `text`, 0 if there is none.
std::size_t control_length(std::string_view text, std::size_t character_length) {
  const auto byte = static_cast<unsigned char>(text[0]);
  if (text[0] == kEscape) {
    return escape_sequence_length(text);
  }
  if (character_length == 1) {
    return is_control(byte) && text[0] != '\n' && text[0] != '\t' ? 1 : 0;
  }
  if (character_length == 2 && byte == 0xC2 && static_cast<unsigned char>(text[1]) < 0xA0) {
    const auto introducer = static_cast<char>(static_cast<unsigned char>(text[1]) - 0x40);
    return 2 + control_argument_length(introducer, text.substr(2));
  }
  // A stray byte that an 8-bit terminal would read as a C1 control.
  return character_length == 0 && byte < 0xA0 ? 1 : 0;
}

}  // namespace

std::string quote_path(std::string_view path) {
  const bool utf8 = is_utf8(path);
  std::string quoted = "\"";
  bool needed = !utf8;
  for (ScreenReader reader(path); reader.next();) {
    const std::string_view bytes = reader.bytes();
    if (const char letter = escape_letter(bytes[0]); letter != '\0') {
      quoted += '\\';
      quoted += letter;
      needed = true;
    } else if (reader.is_hidden() || (bytes.size() > 1 && !utf8)) {
      for (const char c : bytes) append_octal(quoted, static_cast<unsigned char>(c));
      needed = true;
    } else {
      quoted += bytes;
    }
  }
  return needed ? quoted + "\"" : std::string(path);
}

std::string strip_terminal_controls(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  while (!text.empty()) {
    const std::size_t character = utf8_length(text);
    const std::size_t control = control_length(text, character);
    if (control > 0) {
      text.remove_prefix(control);
      continue;
    }
    const std::size_t length = character == 0 ? 1 : character;
    plain.append(text.substr(0, length));
    text.remove_prefix(length);
  }
  return plain;
}

}  // namespace gs
