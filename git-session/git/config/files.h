#pragma once

#include <optional>
#include <string>
#include <vector>

#include "git/config/values.h"

namespace gs::git {

// The configuration as `read_all_config` answers it, read from its files in the process, which
// takes a tenth of the time. Absent where only git can tell: the file of the whole machine is not
// where a packaged git has it, settings on the command line or in the environment, includes, files
// that cannot be read, and what `parse_config` leaves to it.
// `local_origin` is how git, run at the top of the work tree, names the common directory.
[[nodiscard]] std::optional<std::vector<ConfigValue>> read_config_files(
    const std::string& git_dir, const std::string& common_dir, const std::string& local_origin);

}  // namespace gs::git
