#include "formats/json.h"

#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "formats/lines.h"
#include "formats/quoted.h"

namespace gs::formats {
namespace {

constexpr int kDeepestJson = 200;

struct Defect {
  std::size_t offset;
  std::string message;
};

// What the parser would accept: nesting too deep for later recursion, and a NUL byte, which it
// takes for the end of the text.
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
      if (++depth > kDeepestJson) return Defect{i, "nested deeper than 200"};
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
  return fatal(source + ":" + std::to_string(line_at(text, offset)) + ": invalid JSON: " + message);
}

// The library's input, observed: it gives the position of a value.
class Cursor {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  explicit Cursor(const char*& at) : at_(&at) {}
  const char& operator*() const { return **at_; }
  Cursor& operator++() {
    ++*at_;
    return *this;
  }
  friend bool operator==(const Cursor& a, const Cursor& b) { return *a.at_ == *b.at_; }

 private:
  const char** at_;
};

// Builds the value from the library's events.
class JsonBuilder {
 public:
  explicit JsonBuilder(std::string_view text) : text_(text), at_(text.data()) {}

  [[nodiscard]] bool parse() {
    const char* end = text_.data() + text_.size();
    return nlohmann::json::sax_parse(Cursor(at_), Cursor(end), this);
  }
  // Records the positions of the outermost object's members.
  void note_members(std::vector<JsonMember>& members) { members_ = &members; }

  Json root;
  std::string message;                // why it is not JSON
  std::optional<std::size_t> offset;  // absent for a number out of range

  bool null() { return scalar(nullptr); }
  bool boolean(bool value) { return scalar(value); }
  bool number_integer(std::int64_t value) { return number(value); }
  bool number_unsigned(std::uint64_t value) { return number(value); }
  bool number_float(double value, const std::string& /*written*/) { return number(value); }
  bool string(std::string& value) { return scalar(std::move(value)); }
  static bool binary(nlohmann::json::binary_t& /*value*/) { return false; }  // never in text

  bool start_object(std::size_t /*size*/) { return open(Json::object()); }
  bool start_array(std::size_t /*size*/) { return open(Json::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    if (notes()) {
      members_->push_back({name, Json(), {}});
      behind_key_ = at_;
    }
    key_ = std::move(name);
    return true;
  }

  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const nlohmann::json::exception& error) {
    message = plain_message(error.what());
    if (const auto* placed = dynamic_cast<const nlohmann::json::parse_error*>(&error)) {
      offset = placed->byte == 0 ? 0 : placed->byte - 1;
    }
    return false;
  }

 private:
  [[nodiscard]] bool notes() const { return members_ != nullptr && open_.size() == 1; }

  // An array or object whose end is still to come.
  struct Open {
    Json* container;
    std::unordered_map<std::string, std::size_t> places;  // of the keys of a large object
  };

  Json& add(Json value) {
    if (open_.empty()) return root = std::move(value);
    Json& container = *open_.back().container;
    if (container.is_array()) return container.push_back(std::move(value));
    constexpr std::size_t kFew = 16;
    if (container.size() < kFew) return container[key_] = std::move(value);
    std::unordered_map<std::string, std::size_t>& places = open_.back().places;
    if (places.empty()) {
      for (const auto& [key, member] : container.items()) places.emplace(key, places.size());
    }
    const auto [place, is_new] = places.emplace(key_, container.size());
    if (is_new) return container.add(key_, std::move(value));
    return container.begin()[place->second] = std::move(value);
  }

  bool scalar(Json value) {
    ends(add(std::move(value)), at_);
    return true;
  }
  bool number(Json value) {
    ends(add(std::move(value)), at_ - 1);  // only the next character ends it
    return true;
  }
  bool open(Json container) {
    open_.push_back({&add(std::move(container)), {}});
    return true;
  }
  bool close() {
    const Json& closed = *open_.back().container;
    open_.pop_back();
    ends(closed, at_);
    return true;
  }

  void ends(const Json& value, const char* end) {
    if (!notes() || members_->empty()) return;
    JsonMember& member = members_->back();
    const std::string_view behind(behind_key_, static_cast<std::size_t>(end - behind_key_));
    const std::size_t start = behind.find_first_not_of(": \t\r\n");
    if (start == std::string_view::npos) return;  // end of the text, without a value
    member.written = behind.substr(start);
    member.value = value;
  }

  std::string_view text_;
  const char* at_;
  std::vector<Open> open_;  // outermost first; only the last grows
  std::string key_;
  std::vector<JsonMember>* members_ = nullptr;
  const char* behind_key_ = nullptr;
};

void write_string(const std::string& value, std::string& text) {
  if (is_utf8(value)) {
    text += quoted(value, Quoting::Json);
    return;
  }
  // The library knows how many bytes one U+FFFD replaces.
  const auto handler = nlohmann::json::error_handler_t::replace;
  const auto replaced = nlohmann::json::parse(nlohmann::json(value).dump(-1, ' ', false, handler));
  text += quoted(replaced.get_ref<const std::string&>(), Quoting::Json);
}

class Writer {
 public:
  explicit Writer(bool indented) : indented_(indented) {}

  void write(const Json& value) {
    if (value.is_object()) {
      begin('{');
      for (const auto& [key, below] : value.items()) {
        next();
        write_string(key, text);
        text += indented_ ? ": " : ":";
        write(below);
      }
      end('}');
    } else if (value.is_array()) {
      begin('[');
      for (const Json& below : value) {
        next();
        write(below);
      }
      end(']');
    } else {
      write_scalar(value);
    }
    empty_ = false;
  }

  std::string text;

 private:
  void write_scalar(const Json& value) {
    if (value.is_string()) {
      write_string(value.get_ref<const std::string&>(), text);
    } else if (value.is_null()) {
      text += "null";
    } else if (value.is_boolean()) {
      text += value.get<bool>() ? "true" : "false";
    } else if (value.is_number_unsigned()) {
      text += std::to_string(value.get<std::uint64_t>());
    } else if (value.is_number_integer()) {
      text += std::to_string(value.get<std::int64_t>());
    } else {
      text += nlohmann::json(value.get<double>()).dump();
    }
  }

  void begin(char bracket) {
    text += bracket;
    ++depth_;
    empty_ = true;
  }
  void next() {
    if (!empty_) text += ',';
    new_line();
  }
  void end(char bracket) {
    --depth_;
    if (!empty_) new_line();
    text += bracket;
  }
  void new_line() {
    if (indented_) text.append(1, '\n').append(2 * depth_, ' ');
  }

  bool indented_;
  bool empty_ = true;  // the innermost open one
  std::size_t depth_ = 0;
};

std::string written(const Json& value, bool indented) {
  Writer writer(indented);
  writer.write(value);
  return std::move(writer.text);
}

}  // namespace

Json parse_json(std::string_view text, const std::string& source) {
  if (const auto defect = find_defect(text)) {
    throw malformed(text, source, defect->offset, defect->message);
  }
  JsonBuilder builder(text);
  if (builder.parse()) return std::move(builder.root);
  if (builder.offset) throw malformed(text, source, *builder.offset, builder.message);
  throw fatal(source + ": invalid JSON: " + builder.message);
}

std::string to_json_line(const Json& value) {
  return written(value, false);
}

std::string to_json_text(const Json& value) {
  return written(value, true);
}

JsonLines parse_json_lines(std::string_view text) {
  JsonLines result;
  std::size_t number = 0;
  for (const std::string_view line : split_lines(text)) {
    ++number;
    if (trim(line).empty()) continue;
    JsonBuilder builder(line);
    if (!find_defect(line) && builder.parse() && builder.root.is_object()) {
      result.records.push_back({number, std::move(builder.root)});
    } else {
      result.broken.push_back(number);
    }
  }
  return result;
}

std::optional<std::vector<JsonMember>> json_members(std::string_view text) {
  if (find_defect(text)) return std::nullopt;
  std::vector<JsonMember> members;
  JsonBuilder builder(text);
  builder.note_members(members);
  if (!builder.parse() || !builder.root.is_object()) return std::nullopt;
  members.shrink_to_fit();  // some callers keep those of many lines
  return members;
}

}  // namespace gs::formats
