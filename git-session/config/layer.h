#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/json.h"
#include "git/config/values.h"

namespace gs::config {

struct Origin {
  std::string
      scope;  // default, stack, markdown, toml, policy, system, global, local, worktree, command
  std::string file;      // relative to the top if it is in the tree; "" for defaults
  std::size_t line = 0;  // 0: unknown
  // Set by a file of the work tree, or found from one: written by whoever wrote the repository.
  [[nodiscard]] bool is_of_tree() const;
  [[nodiscard]] std::string describe() const;  // "CLAUDE.md:12", "git config (local)", "default"
};

// One key as a layer sets it, not validated yet.
struct Setting {
  std::string key;  // "persistence", "vault-sync.mode"
  Json value;       // a string as written, or a typed value (TOML, YAML)
  Origin origin;
};

struct Layer {
  std::vector<Setting> settings;      // a later one wins
  std::vector<std::string> warnings;  // what was not understood, with file and line
};

// Each reads one layer from its text (docs/configuration.md). `file` is for origins and messages.
[[nodiscard]] Layer default_layer();
[[nodiscard]] Layer read_markdown_layer(std::string_view text, const std::string& file);
[[nodiscard]] Layer read_toml_layer(std::string_view text, const std::string& file);
[[nodiscard]] Layer read_quality_gates_layer(std::string_view text, const std::string& file);
[[nodiscard]] Layer read_git_layer(
    const std::vector<git::ConfigValue>& values);  // those of section "session"

// Whether a Markdown text has the "## Session Config" heading.
[[nodiscard]] bool has_session_config(std::string_view text);

// Adds `value` under `key` to the layer; a block's mapping becomes one setting per key. `origin_of`
// gets the block's key, or "" for the whole block.
void add_setting(Layer& layer, const std::string& key, Json value,
                 const std::function<Origin(const std::string& block_key)>& origin_of);

[[nodiscard]] bool is_block(std::string_view name);

}  // namespace gs::config
