#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/secrets/secrets.h"
#include "formats/json.h"

// What leaves the program shows no secret: "ghp_****". Each outlet masks in one place.
namespace gs::checks {

// The line with every secret masked except for what identifies its kind: "ghp_****".
[[nodiscard]] std::string mask_secrets(std::string_view line);
// The same for lines that follow each other: also those of a private key.
class LineMasker {
 public:
  [[nodiscard]] std::string mask(std::string_view line);

 private:
  bool in_key_ = false;
};
// The same for a stream, as it arrives: an unfinished line waits for its end, unless it has no
// letter, digit or dash.
class StreamMasker {
 public:
  [[nodiscard]] std::string add(std::string_view chunk);
  [[nodiscard]] std::string rest();

 private:
  LineMasker lines_;
  std::string pending_;
};
// Every line of a text.
[[nodiscard]] std::string mask_text(std::string_view text);
// Every string in a value.
[[nodiscard]] Json mask_strings(const Json& value);

// `matches` in the line, and everything else that is a secret.
[[nodiscard]] std::string mask_matches(std::string_view line, std::vector<SecretMatch> matches);
// A masked line as the detail of a finding: nothing hidden in it, at most 120 characters.
[[nodiscard]] std::string detail_of(std::string_view masked);

}  // namespace gs::checks
