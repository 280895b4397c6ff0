#pragma once

#include <map>
#include <string>
#include <string_view>

#include "formats/json.h"

namespace gs::formats {

struct Toml {
  Json value;                                // an object; dates and times are ISO 8601 strings
  std::map<std::string, std::size_t> lines;  // JSON pointer ("/item/0/title") → line, from 1
  [[nodiscard]] std::size_t line_of(const std::string& pointer) const;  // 0 if unknown
};
// Throws a fatal Error "<source>:<line>: …".
[[nodiscard]] Toml parse_toml(std::string_view text, const std::string& source);

}  // namespace gs::formats
