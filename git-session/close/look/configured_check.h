#pragma once

#include <optional>
#include <string>
#include <vector>

#include "close/context.h"
#include "close/phase.h"

namespace gs::close {

// For phases that a block of the configuration switches on (`enabled`) and whose findings count as
// its `mode` says.

// Why such a phase is skipped; absent: it runs.
[[nodiscard]] std::optional<std::string> switched_off(const Context& context,
                                                      const std::string& block);
[[nodiscard]] bool is_strict(const Context& context, const std::string& block);

// Where a directory of the configuration is: "~/" and paths from the top of the work tree are
// resolved. `shown_as`: what findings put before a path in it, relative to the top where it lies
// within.
struct Place {
  std::string directory;  // absolute
  std::string shown_as;   // "" or with its '/'
};
[[nodiscard]] Place place_of(const Context& context, const std::string& configured);

// The vault of `vault-integration.vault-dir`, else of $VAULT_DIR; absent where neither is set.
[[nodiscard]] std::optional<Place> integration_vault(const Context& context);

// Findings as the detail of a decision, a line each; the first 50.
[[nodiscard]] std::string list_findings(const std::vector<session::Finding>& findings);

// Asks what to do about findings that block: `fix` and `retry` stop the close and keep its journal,
// `abort` ends it, and with any other choice it goes on. `result` becomes a block, or a warning
// where it goes on. Answers with the choice, "" while it is open.
[[nodiscard]] std::string ask_about_findings(Context& context, session::Decision decision,
                                             PhaseResult& result);

}  // namespace gs::close
