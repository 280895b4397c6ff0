#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "config/layer.h"
#include "config/normalize.h"
#include "config/session_config.h"

namespace gs::config {
namespace {

constexpr std::string_view kDecide = "decide.";

bool is_private(std::string_view key) {
  return key == "trust" || key == "decide" || key.starts_with(kDecide);
}

// Applies settings from the lowest to the highest.
class Resolver {
 public:
  void apply(const Setting& setting) {
    if (is_private(setting.key)) {
      apply_private(setting);
    } else if (const Key* key = find_key(setting.key)) {
      apply_known(*key, setting);
    } else {
      apply_unknown(setting);
    }
  }

  void warn(std::string warning) { warnings.push_back(std::move(warning)); }

  // Throws on the first invalid value that is not overridden; adds defaults to objects.
  void finish() {
    if (!pending_.empty()) throw pending_.begin()->second;
    for (auto& [name, effective] : values) {
      const auto base = base_.find(name);
      if (!effective.value.is_object() || base == base_.end() || !base->second.value.is_object()) {
        continue;
      }
      const Key* key = find_key(name);
      if (key->type == Type::Integer) continue;  // overrides by session type
      for (const auto& [field, fallback] : base->second.value.items()) {
        if (!effective.value.contains(field)) effective.value[field] = fallback;
      }
    }
  }

  std::map<std::string, Effective, std::less<>> values;
  std::map<std::string, Effective, std::less<>> unknown;
  std::map<std::string, std::string, std::less<>> decisions;
  std::vector<std::string> warnings;
  bool trusts_always = false;

 private:
  // Settings that act on the user's behalf: only from git config, which a repository cannot ship.
  void apply_private(const Setting& setting) {
    const std::string where = setting.origin.describe() + ": " + setting.key;
    if (!is_git_scope(setting.origin.scope)) {
      warn(where + " is only valid in git config; ignored here");
      return;
    }
    const std::string value = setting.value.is_string() ? setting.value.get<std::string>() : "";
    if (setting.key == "trust") {
      if (value != "always" && value != "ask" && !value.empty()) {
        throw fatal(where + " is '" + value + "', allowed: always or ask");
      }
      trusts_always = value == "always";
    } else if (setting.key.size() > kDecide.size()) {
      decisions[setting.key.substr(kDecide.size())] = value;
    }
  }

  void apply_unknown(const Setting& setting) {
    unknown[setting.key] = {setting.value, setting.origin};
    const std::string where = setting.origin.describe() + ": ";
    if (is_block(setting.key)) {
      warn(where + setting.key + " is a block: write its keys below it");
      return;
    }
    std::vector<std::string_view> names;
    for (const Key& key : keys()) names.push_back(key.name);
    const std::string_view near = nearest(setting.key, names);
    if (near.empty()) return;
    warn(where + "unknown key '" + setting.key + "', did you mean '" + std::string(near) + "'?");
  }

  void apply_known(const Key& key, const Setting& setting) {
    auto normalized = normalize(key, setting.value, spelling_of(setting.origin));
    if (!normalized && !tolerate(key, setting, normalized)) return;
    const std::string name(key.name);
    if (const auto invalid = pending_.find(name); invalid != pending_.end()) {
      warn(invalid->second.message() + " (overridden)");
      pending_.erase(invalid);
    }
    for (const std::string& item : normalized->dropped) {
      warn(setting.origin.describe() + ": " + refusal(key, item) + "; this item is ignored");
    }
    Effective effective{std::move(normalized->value), setting.origin};
    if (setting.origin.scope == "default") {
      base_[name] = effective;
    } else if (effective.value.is_null() && !base_[name].value.is_null()) {
      effective = base_[name];  // "none": as if unset
    }
    values[name] = std::move(effective);
  }

  // Replaces an invalid value with one to use. False if it is an error, unless a later layer
  // overrides it.
  bool tolerate(const Key& key, const Setting& setting, std::optional<Normalized>& normalized) {
    const std::string message = setting.origin.describe() + ": " + refusal(key, setting.value);
    if (key.name.ends_with(".mode")) {
      warn(message + "; taken for warn");
      normalized = Normalized{"warn", {}};
    } else if (key.use == Use::Elsewhere) {
      warn(message);
      normalized = Normalized{setting.value, {}};
    } else {
      const std::string hint = suggestion(key, setting.value);
      const Error error = fatal(message);
      pending_.insert_or_assign(std::string(key.name),
                                hint.empty() ? error : error.with_hint(hint));
      return false;
    }
    return true;
  }

  std::map<std::string, Effective, std::less<>> base_;
  std::map<std::string, Error, std::less<>> pending_;
};

}  // namespace

SessionConfig resolve(const std::vector<Layer>& layers) {
  Resolver resolver;
  for (const Setting& setting : default_layer().settings) resolver.apply(setting);
  for (const Layer& layer : layers) {
    for (const std::string& warning : layer.warnings) resolver.warn(warning);
    for (const Setting& setting : layer.settings) resolver.apply(setting);
  }
  resolver.finish();
  SessionConfig config;
  config.values_ = std::move(resolver.values);
  config.unknown_ = std::move(resolver.unknown);
  config.decisions_ = std::move(resolver.decisions);
  config.warnings_ = std::move(resolver.warnings);
  config.trusts_always_ = resolver.trusts_always;
  return config;
}

Json validate_value(const Key& key, const Json& value, const Origin& origin) {
  auto normalized = normalize(key, value, spelling_of(origin));
  if (normalized && normalized->dropped.empty()) return std::move(normalized->value);
  const Json wrong = normalized ? Json(normalized->dropped.front()) : value;
  const Error error = usage_error(refusal(key, wrong));
  const std::string hint = suggestion(key, wrong);
  throw hint.empty() ? error : error.with_hint(hint);
}

}  // namespace gs::config
