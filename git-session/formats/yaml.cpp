#include "formats/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <sstream>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/error.h"
#include "formats/lines.h"

namespace gs::formats {
namespace {

constexpr std::string_view kDigits = "0123456789";

bool all_of(std::string_view text, std::string_view set) {
  return !text.empty() && text.find_first_not_of(set) == std::string_view::npos;
}

std::optional<long long> to_integer(std::string_view digits, int base) {
  long long value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::optional<long long> parse_integer(std::string_view text) {
  if (text.starts_with("0o") && all_of(text.substr(2), "01234567")) {
    return to_integer(text.substr(2), 8);
  }
  if (text.starts_with("0x") && all_of(text.substr(2), "0123456789abcdefABCDEF")) {
    return to_integer(text.substr(2), 16);
  }
  if (text.starts_with('+')) text.remove_prefix(1);
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (!all_of(digits, kDigits)) return std::nullopt;
  return to_integer(text, 10);
}

// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool is_float(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  const std::size_t e = text.find_first_of("eE");
  if (e != std::string_view::npos) {
    std::string_view exponent = text.substr(e + 1);
    if (exponent.starts_with('+') || exponent.starts_with('-')) exponent.remove_prefix(1);
    if (!all_of(exponent, kDigits)) return false;
    text = text.substr(0, e);
  }
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return all_of(text, kDigits);
  const std::string_view before = text.substr(0, dot);
  const std::string_view after = text.substr(dot + 1);
  return (!before.empty() || !after.empty()) && (before.empty() || all_of(before, kDigits)) &&
         (after.empty() || all_of(after, kDigits));
}

bool is_integer_text(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return all_of(text, kDigits);
}

std::optional<double> parse_float(std::string_view text) {
  if (!is_float(text) || is_integer_text(text)) return std::nullopt;
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

// A plain scalar by the core schema. Anything without an exact JSON value stays a string: integers
// over 64 bits, infinities, NaN, dates and times.
Json parse_plain_scalar(const std::string& text) {
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") {
    return nullptr;
  }
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  if (const auto integer = parse_integer(text)) return *integer;
  if (const auto number = parse_float(text)) return *number;
  return text;
}

constexpr std::size_t kDeepestYaml = 50;
constexpr std::size_t kLargestYaml = 1U << 20U;
constexpr std::string_view kCoreTag = "tag:yaml.org,2002:";

class Place {
 public:
  Place(const std::string& source, std::size_t first_line)
      : source_(source), first_line_(first_line) {}

  [[nodiscard]] Error error(std::size_t lines_before, const std::string& message) const {
    return fatal(source_ + ":" + std::to_string(first_line_ + lines_before) +
                 ": invalid YAML: " + message);
  }
  [[nodiscard]] Error error(const YAML::Mark& mark, const std::string& message) const {
    return error(static_cast<std::size_t>(std::max(mark.line, 0)), message);
  }

 private:
  const std::string& source_;
  std::size_t first_line_;
};

// Builds the value from events, so that nothing is expanded.
class YamlBuilder : public YAML::EventHandler {
 public:
  YamlBuilder(const Place& place, DuplicateKeys duplicates)
      : place_(place), duplicates_(duplicates) {}

  [[nodiscard]] Json take() { return std::move(root_); }
  [[nodiscard]] bool has_document() const { return documents_ > 0; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) throw place_.error(mark, "more than one document");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    if (expects_key()) throw place_.error(mark, "a mapping key is missing");
    add(nullptr);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    throw place_.error(mark, "aliases are not supported");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    if (expects_key()) {
      add_key(mark, value);
    } else {
      add(scalar(mark, tag, value));
    }
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, "seq", anchor, Json::array());
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, "map", anchor, Json::object());
  }
  void OnMapEnd() override { close(); }

 private:
  struct Frame {
    Json container;
    std::optional<std::string> key;  // of the next value
    std::unordered_set<std::string> seen;
    bool again = false;  // `key` was there before
  };

  [[nodiscard]] bool expects_key() const {
    return !stack_.empty() && stack_.back().container.is_object() && !stack_.back().key;
  }

  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) const {
    if (anchor != YAML::NullAnchor) throw place_.error(mark, "anchors are not supported");
  }

  void add_key(const YAML::Mark& mark, const std::string& key) {
    Frame& frame = stack_.back();
    frame.again = !frame.seen.insert(key).second;
    if (frame.again && duplicates_ == DuplicateKeys::Refused)
      throw place_.error(mark, "duplicate key '" + key + "'");
    frame.key = key;
  }

  void add(Json value) {
    if (stack_.empty()) {
      root_ = std::move(value);
      return;
    }
    Frame& frame = stack_.back();
    if (frame.container.is_array()) {
      frame.container.push_back(std::move(value));
      return;
    }
    // Searching for a key that is known to be new would take quadratic time.
    if (frame.again) {
      frame.container[*frame.key] = std::move(value);
    } else {
      frame.container.add(std::move(*frame.key), std::move(value));
    }
    frame.key.reset();
  }

  [[nodiscard]] Json scalar(const YAML::Mark& mark, const std::string& tag,
                            const std::string& value) const {
    if (tag == "?" || tag.empty()) return parse_plain_scalar(value);
    if (tag == "!" || tag == std::string(kCoreTag) + "str") return value;
    for (const std::string_view core : {"null", "bool", "int", "float"}) {
      if (tag == std::string(kCoreTag).append(core)) return parse_plain_scalar(value);
    }
    throw place_.error(mark, "the tag '" + tag + "' is not supported");
  }

  void open(const YAML::Mark& mark, const std::string& tag, const std::string& kind,
            YAML::anchor_t anchor, Json container) {
    refuse_anchor(mark, anchor);
    if (tag != "?" && !tag.empty() && tag != "!" && tag != std::string(kCoreTag) + kind) {
      throw place_.error(mark, "the tag '" + tag + "' is not supported");
    }
    if (expects_key()) throw place_.error(mark, "a mapping key must be a scalar");
    if (stack_.size() >= kDeepestYaml) throw place_.error(mark, "nested deeper than 50");
    stack_.push_back({std::move(container), std::nullopt, {}, false});
  }

  void close() {
    Json value = std::move(stack_.back().container);
    stack_.pop_back();
    add(std::move(value));
  }

  const Place& place_;
  DuplicateKeys duplicates_;
  Json root_;
  std::vector<Frame> stack_;
  int documents_ = 0;
};

// YAML forbids control characters; the library takes one of them for the end of the text.
void refuse_controls(std::string_view text, const Place& place) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool space = byte == '\t' || byte == '\n' || byte == '\r';
    if ((byte < 0x20 && !space) || byte == 0x7F) {
      throw place.error(line_at(text, i) - 1, "a control character");
    }
  }
}

}  // namespace

Json parse_yaml(std::string_view text, const std::string& source, std::size_t first_line,
                DuplicateKeys duplicates) {
  const Place place(source, first_line);
  if (text.size() > kLargestYaml) throw place.error(std::size_t{0}, "larger than 1 MiB");
  refuse_controls(text, place);
  // With an explicit end of the document: the library takes the end of the text for a missing
  // closing quote, and all keys below for part of the string.
  const bool ends_line = text.empty() || text.ends_with('\n');
  std::istringstream stream(std::string(text).append(ends_line ? "...\n" : "\n...\n"));
  YamlBuilder builder(place, duplicates);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    throw place.error(error.mark, error.msg);
  }
  return builder.take();
}

}  // namespace gs::formats
