#include "git/config/values.h"

#include <cerrno>
#include <cstdlib>
#include <limits>

#include "base/text.h"

namespace gs::git {
namespace {

std::vector<ConfigValue> parse_listing(std::string_view listing) {
  // Each value is scope NUL origin NUL key [LF value] NUL.
  std::vector<ConfigValue> values;
  const auto next = [&listing] {
    const std::size_t end = listing.find('\0');
    const std::string_view field = listing.substr(0, end);
    listing.remove_prefix(end == std::string_view::npos ? listing.size() : end + 1);
    return field;
  };
  while (!listing.empty()) {
    ConfigValue value;
    value.scope = next();
    value.origin = next();
    const std::string_view setting = next();
    const std::size_t newline = setting.find('\n');
    value.key = setting.substr(0, newline);
    value.value = newline == std::string_view::npos ? "true" : setting.substr(newline + 1);
    values.push_back(std::move(value));
  }
  return values;
}

void change_config(const GitCommand& git, const std::vector<std::string>& args) {
  const ProcessResult result = run_until_unlocked(git, args);
  if (!result.ok()) throw git_failure("config", result);
}

}  // namespace

std::vector<ConfigValue> read_all_config(const GitCommand& git) {
  return parse_listing(git.output({"config", "--list", "--show-origin", "--show-scope", "-z"}));
}

std::vector<ConfigValue> read_config(const GitCommand& git, const std::string& prefix) {
  std::vector<ConfigValue> values = read_all_config(git);
  std::erase_if(values, [&](const ConfigValue& value) { return !value.key.starts_with(prefix); });
  return values;
}

std::optional<std::string> last_value(const std::vector<ConfigValue>& values,
                                      const std::string& key) {
  for (auto value = values.rbegin(); value != values.rend(); ++value) {
    if (value->key == key) return value->value;
  }
  return std::nullopt;
}

void set_config(const GitCommand& git, const std::string& key,
                const std::vector<std::string>& values) {
  if (values.empty()) {
    static_cast<void>(unset_config(git, key));
    return;
  }
  change_config(git, {"config", "--local", "--replace-all", key, values.front()});
  for (std::size_t i = 1; i < values.size(); ++i) {
    change_config(git, {"config", "--local", "--add", key, values[i]});
  }
}

bool unset_config(const GitCommand& git, const std::string& key) {
  constexpr int kNotSet = 5;
  const ProcessResult result = run_until_unlocked(git, {"config", "--local", "--unset-all", key});
  if (result.ended_with(kNotSet)) return false;
  if (!result.ok()) throw git_failure("config", result);
  return true;
}

std::optional<bool> parse_bool(std::string_view value) {
  const std::string lower = to_lower(value);
  if (lower == "true" || lower == "yes" || lower == "on") return true;
  if (lower.empty() || lower == "false" || lower == "no" || lower == "off") return false;
  // Like git's own numbers: strtoimax with any base, and one unit.
  errno = 0;
  char* end = nullptr;
  const long long number = std::strtoll(lower.c_str(), &end, 0);
  const std::string_view unit = end;
  const bool known_unit = unit.empty() || unit == "k" || unit == "m" || unit == "g";
  const bool fits = errno == 0 && number >= std::numeric_limits<int>::min() &&
                    number <= std::numeric_limits<int>::max();
  if (end == lower.c_str() || !known_unit || !fits) return std::nullopt;
  return number != 0;
}

}  // namespace gs::git
