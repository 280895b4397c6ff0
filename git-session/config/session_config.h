#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/keys.h"
#include "config/layer.h"

namespace gs::config {

struct Effective {
  Json value;  // normalized by its type: bool, integer (or {"default":…}), string, array of
               // strings, object; null: unset
  Origin origin;
};

// The effective Session Config.
class SessionConfig {
 public:
  [[nodiscard]] const Effective& at(std::string_view key) const;  // a key of the table

  [[nodiscard]] bool flag(std::string_view key) const;
  // `session_type` selects an override ("deep"), "" the default.
  [[nodiscard]] long integer(std::string_view key, std::string_view session_type = "") const;
  [[nodiscard]] std::uint64_t size(std::string_view key) const;  // bytes
  [[nodiscard]] double ratio(std::string_view key) const;
  [[nodiscard]] std::optional<std::string> text(std::string_view key) const;  // absent: unset
  // For a key that is never unset, because its default is a text.
  [[nodiscard]] std::string required_text(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> list(std::string_view key) const;
  [[nodiscard]] std::chrono::milliseconds duration(std::string_view key) const;
  [[nodiscard]] bool enabled_in(std::string_view object_key,
                                std::string_view name) const;  // BoolObject; true if not named

  // `session.decide.<id>` settings and `session.trust` (git config only, never a tracked file).
  [[nodiscard]] std::optional<std::string> decision(std::string_view id) const;
  [[nodiscard]] bool trusts_always() const;

  [[nodiscard]] const std::map<std::string, Effective, std::less<>>& values() const {
    return values_;
  }
  [[nodiscard]] const std::map<std::string, Effective, std::less<>>& unknown() const {
    return unknown_;
  }
  [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  friend SessionConfig resolve(const std::vector<Layer>& layers);
  std::map<std::string, Effective, std::less<>> values_;   // every key of the table
  std::map<std::string, Effective, std::less<>> unknown_;  // kept and listed
  std::map<std::string, std::string, std::less<>> decisions_;
  std::vector<std::string> warnings_;
  bool trusts_always_ = false;
};

// Pure: the defaults, then the layers, lowest first. "none" restores the default or the stack's
// value. Throws on an invalid value that no later layer overrides, with file, line, key, the value
// and what is allowed. Only warns about an invalid `mode` of a block (treated as "warn"), list
// items that are not allowed (dropped), invalid values of keys that are only shown (kept), and an
// unknown key that resembles a known one.
[[nodiscard]] SessionConfig resolve(const std::vector<Layer>& layers);

// Checks and normalizes one value as typed on a command line; throws a usage error that says what
// is allowed.
[[nodiscard]] Json validate_value(const Key& key, const Json& value, const Origin& origin);

}  // namespace gs::config
