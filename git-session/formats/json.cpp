#include "formats/json.h"

#include "base/error.h"
#include "base/text.h"
#include "formats/lines.h"

namespace gs::formats {
namespace {

constexpr int kDeepest = 200;

struct Defect {
  std::size_t offset;
  std::string message;
};

// What the parser would not refuse: nesting that later recursion cannot take, and a NUL byte, which
// it takes for the end of the text.
std::optional<Defect> find_defect(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\0') return Defect{i, "a NUL byte"};
    if (in_string) {
      if (c == '\\') {
        ++i;
      } else if (c == '"' || c == '\n') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kDeepest) return Defect{i, "nested deeper than 200"};
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return std::nullopt;
}

// The library's message without its name, number and position.
std::string plain_message(std::string_view what) {
  for (const std::string_view marker : {"column ", "] "}) {
    const std::size_t at = what.find(marker);
    if (at == std::string_view::npos) continue;
    const std::size_t colon = what.find(": ", at);
    if (colon != std::string_view::npos) return std::string(what.substr(colon + 2));
  }
  return std::string(what);
}

Error malformed(std::string_view text, const std::string& source, std::size_t offset,
                const std::string& message) {
  return fatal(source + ":" + std::to_string(line_at(text, offset)) +
               ": no valid JSON: " + message);
}

}  // namespace

Json parse_json(std::string_view text, const std::string& source) {
  if (const auto defect = find_defect(text)) {
    throw malformed(text, source, defect->offset, defect->message);
  }
  try {
    return Json::parse(text.begin(), text.end());
  } catch (const Json::parse_error& error) {
    throw malformed(text, source, error.byte == 0 ? 0 : error.byte - 1,
                    plain_message(error.what()));
  } catch (const Json::exception& error) {  // a number out of range: without a position
    throw fatal(source + ": no valid JSON: " + plain_message(error.what()));
  }
}

std::string to_json_line(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string to_json_text(const Json& value) {
  return value.dump(2, ' ', false, Json::error_handler_t::replace);
}

JsonLines parse_json_lines(std::string_view text) {
  JsonLines result;
  std::size_t number = 0;
  for (const std::string_view line : split_lines(text)) {
    ++number;
    if (trim(line).empty()) continue;
    Json value(Json::value_t::discarded);
    if (!find_defect(line)) value = Json::parse(line.begin(), line.end(), nullptr, false);
    if (value.is_object()) {
      result.records.push_back({number, std::move(value)});
    } else {
      result.broken.push_back(number);
    }
  }
  return result;
}

}  // namespace gs::formats
