#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace gs {

// The one dynamic value: what YAML, TOML and JSON files hold, with keys in the order of the file.
using Json = nlohmann::ordered_json;

}  // namespace gs

namespace gs::formats {

// Throws a fatal Error "<source>:<line>: …" on malformed input, on nesting deeper than 200 and on
// trailing text.
[[nodiscard]] Json parse_json(std::string_view text, const std::string& source);
// One line, or indented by two, without a line end; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string to_json_line(const Json& value);
[[nodiscard]] std::string to_json_text(const Json& value);

// A file of one JSON object a line.
struct JsonLines {
  struct Record {
    std::size_t line;  // from 1
    Json value;        // an object
  };
  std::vector<Record> records;
  std::vector<std::size_t> broken;  // lines that are no JSON object (empty lines do not count)
};
[[nodiscard]] JsonLines parse_json_lines(std::string_view text);

}  // namespace gs::formats
