#pragma once

#include <vector>

#include "cli/terminal.h"
#include "formats/json.h"
#include "snapshot/restore/restore_plan.h"

// What commands that change the work tree by a restore's steps say of them.
namespace gs::cli {

[[nodiscard]] char status_of(const snapshot::FileStep& step);  // A, M, D
[[nodiscard]] Json json_paths(const std::vector<RepoPath>& paths);
[[nodiscard]] Json json_reasons(const std::vector<snapshot::Reason>& reasons);
[[nodiscard]] Json json_steps(const std::vector<snapshot::FileStep>& steps);
[[nodiscard]] Json json_steps(const std::vector<snapshot::IndexStep>& steps);

// To stderr: a reason stands once above the files that share it.
void print_reasons(const std::vector<snapshot::Reason>& reasons, const Style& style);
// "a.c, b.c and 3 more"
[[nodiscard]] std::string some_of(const std::vector<RepoPath>& paths);

}  // namespace gs::cli
