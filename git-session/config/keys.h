#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/json.h"

namespace gs::config {

enum class Type {
  Bool,
  Integer,  // 0 or more; may carry overrides by session type: {"default":6,"deep":18}
  Ratio,    // 0.0 <= x < 1.0
  Percent,  // 0 to 100
  Text,
  Remote,      // a remote's name: neither an option nor a URL
  Directory,   // the name of a directory at the top of the work tree
  Host,        // a host name, optionally with a port
  Size,        // git-style size: "50m"; kept as written
  Choice,      // one of `choices`; "hard" is an alias of "strict" if that is a choice
  Command,     // shell command, or "skip"
  Duration,    // "30m"; kept as written
  Expiry,      // git expiry value; kept as written
  List,        // of texts, or of `choices`
  BoolObject,  // {name: bool}; missing names keep their default
  Object,      // anything, kept as is; missing names keep their default
};

enum class Use {
  Here,
  Elsewhere,  // belongs to other tools: shown and kept, even if invalid
};

struct Key {
  std::string_view name;  // "persistence", or "vault-sync.mode" for a key of a block
  Type type;
  // The default as written in a file. "none" means unset; if "none" is one of the choices, "null"
  // means unset.
  std::string_view fallback;
  std::vector<std::string_view> choices;
  std::string_view help;  // one line
  Use use = Use::Here;
};

// Every key of Session Config, in display order. `config --list`, the manual's key section,
// docs/configuration.md and the completions are generated from it.
[[nodiscard]] std::span<const Key> keys();
[[nodiscard]] const Key* find_key(std::string_view name);
// Names of the nested blocks: "vault-sync", …
[[nodiscard]] std::span<const std::string_view> blocks();
[[nodiscard]] std::string_view describe_type(
    const Key& key);  // "strict, warn or off", "an integer", …

}  // namespace gs::config
