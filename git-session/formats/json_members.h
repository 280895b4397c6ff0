#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gs::formats {

// A member of a JSON object, where it stands in the text.
struct JsonMember {
  std::string key;
  std::string_view value;  // as written: a string with its quotes
};
// The members of the object that `text` is, in order, values unparsed: much cheaper than
// `parse_json` where most of a large file is only looked at, and what is not changed can stay byte
// for byte. Absent for what `parse_json` refuses, and for what is no object.
[[nodiscard]] std::optional<std::vector<JsonMember>> json_members(std::string_view text);

// What a member's value says, where it is a string; where it is a number.
[[nodiscard]] std::optional<std::string> json_string(std::string_view value);
[[nodiscard]] std::optional<double> json_number(std::string_view value);

}  // namespace gs::formats
