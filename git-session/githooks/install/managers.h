#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git/repository.h"
#include "githooks/install/hooks_directory.h"

namespace gs::githooks {

// Programs that write hook files themselves, and overwrite or move existing ones.
enum class Manager { None, Husky, Lefthook, PreCommit, Overcommit, SimpleGitHooks };
[[nodiscard]] std::string_view manager_name(Manager manager);  // "husky", …, "" for None

// Detected from its files in the hooks directory: husky owns its whole directory.
[[nodiscard]] Manager manager_of_directory(const HooksDirectory& directory);
// Detected from the hook file that it wrote.
[[nodiscard]] Manager manager_of_hook(std::string_view content);

// A manager's own settings file for `hook`, relative to the top: an existing one, else the one to
// create. `directory`: for husky.
[[nodiscard]] std::string settings_file(const git::Repository& repository, Manager manager,
                                        const HooksDirectory& directory, std::string_view hook);

// The shell lines that hand over to us. With `shared_input`, other commands of the same script can
// still read standard input (pre-push).
[[nodiscard]] std::vector<std::string> shell_lines(std::string_view hook, bool shared_input);
// Advice to users of `manager`: a sentence, then the lines to add, indented.
[[nodiscard]] std::vector<std::string> manager_advice(const git::Repository& repository,
                                                      Manager manager,
                                                      const HooksDirectory& directory,
                                                      std::string_view hook);

}  // namespace gs::githooks
