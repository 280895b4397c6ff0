#include "githooks/install/configured_hooks.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/ascii.h"
#include "base/text.h"

namespace gs::githooks {
namespace {

struct Configured {
  std::string command;
  std::vector<std::string> events;
  bool enabled = true;
};

std::map<std::string, Configured> read(const std::vector<git::ConfigValue>& config) {
  constexpr std::string_view kSection = "hook.";
  std::map<std::string, Configured> hooks;
  for (const git::ConfigValue& value : config) {
    const auto last = value.key.rfind('.');
    if (!value.key.starts_with(kSection) || last < kSection.size()) continue;
    Configured& hook = hooks[value.key.substr(kSection.size(), last - kSection.size())];
    const std::string name = value.key.substr(last + 1);
    if (name == "command") hook.command = value.value;
    if (name == "enabled") hook.enabled = git::parse_bool(value.value).value_or(true);
    // An empty event takes back those before it.
    if (name == "event" && value.value.empty()) hook.events.clear();
    if (name == "event" && !value.value.empty()) hook.events.push_back(value.value);
  }
  return hooks;
}

bool is_word_end(std::string_view text, std::size_t at) {
  return at >= text.size() || (text[at] != '-' && !is_lower(text[at]));
}

}  // namespace

bool hands_over(std::string_view text, std::string_view hook) {
  for (const std::string_view words : {"git-session hook ", "git session hook "}) {
    const std::string call = std::string(words) + std::string(hook);
    for (auto at = text.find(call); at != std::string_view::npos; at = text.find(call, at + 1)) {
      if (!is_word_end(text, at + call.size())) continue;
      // A line that is commented out calls nobody.
      const auto begin = text.rfind('\n', at);
      const auto line = trim(text.substr(begin == std::string_view::npos ? 0 : begin + 1));
      if (!line.starts_with('#')) return true;
    }
  }
  return false;
}

std::optional<std::string> configured_hook(const std::vector<git::ConfigValue>& config,
                                           std::string_view event) {
  for (const auto& [name, hook] : read(config)) {
    const bool here = std::find(hook.events.begin(), hook.events.end(), event) != hook.events.end();
    if (here && hook.enabled && hands_over(hook.command, event)) return "hook." + name + ".command";
  }
  return std::nullopt;
}

bool runs_configured_hooks(std::string_view version) {
  constexpr std::string_view kPrefix = "git version ";
  if (!version.starts_with(kPrefix)) return false;
  version.remove_prefix(kPrefix.size());
  const auto parts = split(version, '.');
  const auto number = [&](std::size_t i) {
    int value = 0;
    if (i < parts.size()) {
      std::from_chars(parts[i].data(), parts[i].data() + parts[i].size(), value);
    }
    return value;
  };
  return number(0) > 2 || (number(0) == 2 && number(1) >= 54);
}

}  // namespace gs::githooks
