#pragma once

// Character classes of ASCII alone, so that no locale changes what is read or written.
namespace gs {

[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
[[nodiscard]] constexpr bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
[[nodiscard]] constexpr bool is_alpha(char c) {
  return is_lower(c) || is_upper(c);
}
[[nodiscard]] constexpr bool is_alnum(char c) {
  return is_alpha(c) || is_digit(c);
}
// Of an identifier in most languages.
[[nodiscard]] constexpr bool is_word(char c) {
  return is_alnum(c) || c == '_';
}
// Has no special meaning to a shell, a file system, a URL or git.
[[nodiscard]] constexpr bool is_plain(char c) {
  return is_word(c) || c == '.' || c == '-';
}
[[nodiscard]] constexpr bool is_space_or_tab(char c) {
  return c == ' ' || c == '\t';
}
[[nodiscard]] constexpr bool is_space(char c) {
  return is_space_or_tab(c) || (c >= '\n' && c <= '\r');
}
// Part of a character that is not ASCII.
[[nodiscard]] constexpr bool is_high(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}
[[nodiscard]] constexpr char to_lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] constexpr char to_upper(char c) {
  return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

// 0 to 15; -1 if it is not a hex digit.
[[nodiscard]] constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  c = to_lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}
[[nodiscard]] constexpr bool is_hex_digit(char c) {
  return hex_value(c) >= 0;
}
// Of the lowest four bits.
[[nodiscard]] constexpr char hex_digit(unsigned value) {
  return "0123456789abcdef"[value & 15U];
}

}  // namespace gs
