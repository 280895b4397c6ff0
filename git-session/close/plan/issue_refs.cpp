#include "close/plan/issue_refs.h"

#include <charconv>
#include <string_view>

namespace gs::close {

namespace {

constexpr std::string_view kBefore = "\x1Aissue ";
constexpr char kAfter = '\x1A';

std::string filled(const std::string& text,
                   const std::function<std::string(std::size_t action)>& name) {
  std::string result;
  std::size_t done = 0;
  for (std::size_t at = text.find(kBefore); at != std::string::npos; at = text.find(kBefore, at)) {
    const std::size_t digits = at + kBefore.size();
    std::size_t action = 0;
    const auto [end, error] =
        std::from_chars(text.data() + digits, text.data() + text.size(), action);
    const auto after = static_cast<std::size_t>(end - text.data());
    at = digits;
    if (error != std::errc() || after == text.size() || text[after] != kAfter) continue;
    result += text.substr(done, digits - kBefore.size() - done) + name(action);
    done = at = after + 1;
  }
  return result + text.substr(done);
}

}  // namespace

std::string unfiled_reference(std::size_t action) {
  return std::string(kBefore) + std::to_string(action) + kAfter;
}

void fill_references(Json& value, const std::function<std::string(std::size_t action)>& name) {
  if (value.is_string()) {
    value = filled(value.get_ref<const std::string&>(), name);
  } else if (value.is_structured()) {
    for (Json& each : value) fill_references(each, name);
  }
}

}  // namespace gs::close
