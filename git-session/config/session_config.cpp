#include "config/session_config.h"

#include "base/clock.h"
#include "base/error.h"
#include "config/value_text.h"

namespace gs::config {

const Effective& SessionConfig::at(std::string_view key) const {
  const auto found = values_.find(key);
  if (found == values_.end()) throw fatal("there is no key '" + std::string(key) + "'");
  return found->second;
}

bool SessionConfig::flag(std::string_view key) const {
  const Json& value = at(key).value;
  return value.is_boolean() && value.get<bool>();
}

long SessionConfig::integer(std::string_view key, std::string_view session_type) const {
  const Json& value = at(key).value;
  if (const auto number = value.integer()) return *number;
  if (!value.is_object()) return 0;
  const auto override_of_type = value.find(std::string(session_type));
  return (override_of_type != value.end() ? *override_of_type : value.at("default")).get<long>();
}

std::uint64_t SessionConfig::size(std::string_view key) const {
  const auto value = text(key);
  return value ? parse_size(*value).value_or(0) : 0;
}

double SessionConfig::ratio(std::string_view key) const {
  const Json& value = at(key).value;
  return value.is_number() ? value.get<double>() : 0.0;
}

std::optional<std::string> SessionConfig::text(std::string_view key) const {
  const Json& value = at(key).value;
  if (!value.is_string()) return std::nullopt;
  return value.get<std::string>();
}

std::string SessionConfig::required_text(std::string_view key) const {
  auto value = text(key);
  if (!value) throw fatal("key '" + std::string(key) + "' has no default");
  return *std::move(value);
}

std::vector<std::string> SessionConfig::list(std::string_view key) const {
  const Json& value = at(key).value;
  if (!value.is_array()) return {};
  return value.get<std::vector<std::string>>();
}

std::chrono::milliseconds SessionConfig::duration(std::string_view key) const {
  const auto value = text(key);
  if (!value) return {};
  return parse_duration(*value).value_or(std::chrono::milliseconds{});
}

bool SessionConfig::enabled_in(std::string_view object_key, std::string_view name) const {
  const Json& value = at(object_key).value;
  if (!value.is_object()) return true;
  const auto found = value.find(std::string(name));
  return found == value.end() || !found->is_boolean() || found->get<bool>();
}

std::optional<std::string> SessionConfig::decision(std::string_view id) const {
  const auto found = decisions_.find(id);
  if (found == decisions_.end()) return std::nullopt;
  return found->second;
}

bool SessionConfig::trusts_always() const {
  return trusts_always_;
}

}  // namespace gs::config
