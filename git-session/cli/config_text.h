#pragma once

#include <string>
#include <vector>

#include "cli/terminal.h"
#include "config/session_config.h"
#include "formats/json.h"

// Configuration values as text and as JSON.
namespace gs::cli {

// On one line: "[a, b]", "{ a: 1 }", "6 (deep: 18)", "none" if unset.
[[nodiscard]] std::string value_text(const Json& value);
// As `git config` would print it: one list item per line.
[[nodiscard]] std::vector<std::string> value_lines(const Json& value);

[[nodiscard]] Json json_value(const config::Effective& effective, bool with_origin);
// Puts a value under its key; "vault-sync.mode" into the object "vault-sync".
void put_json(Json& fields, const std::string& key, Json value);

// Every key, in the order of the table, then unknown ones.
[[nodiscard]] Json all_json(const config::SessionConfig& config, bool with_origin);
// What is set first, then the defaults; keys for other tools only if asked for.
struct Listing {
  bool with_origin = false;
  bool with_foreign = false;
};
[[nodiscard]] std::string all_text(const config::SessionConfig& config, const Listing& listing,
                                   const Style& style);

}  // namespace gs::cli
