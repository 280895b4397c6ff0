#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "close/context.h"
#include "close/phase.h"

namespace gs::close {

// What a check found, as if its mode were warn; if something blocks, also the question about it and
// what to do when the close continues anyway (file an issue, log a deviation).
struct CheckAnswer {
  PhaseResult result;
  std::optional<session::Decision> question = {};
  std::function<void()> go_on = {};
};
// A phase that is enabled by a block of the configuration (`enabled`) and whose findings count
// according to its `mode`: only in strict mode is the question asked.
[[nodiscard]] PhaseResult run_check(Context& context, const std::string& block,
                                    const std::function<CheckAnswer(Context&)>& check);

// Why such a phase is skipped; absent: it runs.
[[nodiscard]] std::optional<std::string> switched_off(const Context& context,
                                                      const std::string& block);
[[nodiscard]] bool is_strict(const Context& context, const std::string& block);

// A warning if there are any.
[[nodiscard]] PhaseResult with_findings(std::string summary, std::vector<session::Finding> errors,
                                        const std::vector<session::Finding>& warnings = {});

// A configured directory: "~/" and paths relative to the top of the work tree are resolved.
// `shown_as`: prefix of its paths in findings, relative to the top if it is inside the work tree.
struct Place {
  std::string directory;  // absolute
  std::string shown_as;   // "" or with its '/'
};
[[nodiscard]] Place place_of(const Context& context, const std::string& configured);
[[nodiscard]] TreeFiles files_of(const Context& context, const Place& place);
[[nodiscard]] FilePlace place_in(const Place& place, const std::string& name);

// The vault of `vault-integration.vault-dir`, else of $VAULT_DIR; absent if neither is set.
[[nodiscard]] std::optional<Place> integration_vault(const Context& context);

// Findings as the detail of a decision, a line each; the first 50.
[[nodiscard]] std::string list_findings(const std::vector<session::Finding>& findings);

}  // namespace gs::close
