#pragma once

#include <span>
#include <string_view>

namespace gs::checks {

// What a value must satisfy besides its shape. A placeholder never counts.
enum class Proof {
  Shape,    // nothing else
  Chance,   // its characters are spread as in a random value
  Mixed,    // also has a digit and a letter
  Jumbled,  // also alternates between digits and cases of letters: the shape alone is weak
  Base62,   // as Mixed, with GitHub's checksum at its end
  OpenAi,   // as Mixed, with OpenAI's mark in it
};

struct TokenFormat {
  std::string_view name;  // "GitHub personal access token"
  // Literal text, with "{set:count}", "{set:least-most}" and "{set:least+}" for runs of characters,
  // each as long as possible. Sets: d digits, h and H hexadecimal digits (lower case, either case),
  // l lower-case letters and digits, U capitals and digits, u AWS's base 32, a letters and digits,
  // w a with "-" and "_", x w with "." and "=", v w with "." and "~", b base 64 in both alphabets
  // with its padding, q b with "%" (in a URL).
  std::string_view format;
  Proof proof = Proof::Mixed;
};

// In the order in which they are tried: of two with the same prefix, the longer one first. The
// shapes are facts that providers publish for scanners.
[[nodiscard]] std::span<const TokenFormat> token_formats();

}  // namespace gs::checks
