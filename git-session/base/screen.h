#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Text from elsewhere (a repository, a tracker, a command's output) as it is shown: nothing in it
// drives a terminal, reorders the line, or is there without being seen.
namespace gs {

// The code point of one valid UTF-8 sequence.
[[nodiscard]] char32_t decode_utf8(std::string_view sequence);

// The characters of a text, one after the other, and which of them a screen would not show.
class ScreenReader {
 public:
  explicit ScreenReader(std::string_view text) : rest_(text) {}
  bool next();                                                     // false at the end
  [[nodiscard]] std::string_view bytes() const { return bytes_; }  // one, where it is not UTF-8
  [[nodiscard]] char32_t code() const { return code_; }  // the byte, where it is not UTF-8
  [[nodiscard]] bool is_valid() const { return valid_; }
  // A control (also "\n" and "\t"), a bidirectional control, an invisible character, or no UTF-8.
  // A zero width joiner is not, between two pictographs: it makes one emoji of them.
  [[nodiscard]] bool is_hidden() const;

 private:
  std::string_view rest_, bytes_;
  char32_t code_ = 0;
  bool valid_ = false;
  char32_t before_ = 0;  // the character before this one, variation selectors aside
};

// With "\x1b" for a hidden byte and "<U+202E>" for a hidden character; "\n" and "\t" stay, and
// "\r\n" is "\n". The answer is UTF-8, and escaping it again changes nothing.
[[nodiscard]] std::string escape_hidden(std::string_view text);
// Without colours and other attributes (CSI, digits, "m"), and nothing else: of a command's output.
[[nodiscard]] std::string strip_attributes(std::string_view output);

}  // namespace gs
