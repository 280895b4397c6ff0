#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git/repository.h"
#include "githooks/install/hooks_directory.h"

namespace gs::githooks {

// Programs that write hook files themselves, and overwrite or move what they find there.
enum class Manager { None, Husky, Lefthook, PreCommit, Overcommit, SimpleGitHooks };
[[nodiscard]] std::string_view manager_name(Manager manager);  // "husky", …, "" for None

// By what it left in the hooks directory: husky's whole directory is its own.
[[nodiscard]] Manager manager_of_directory(const HooksDirectory& directory);
// By the hook file that it wrote.
[[nodiscard]] Manager manager_of_hook(std::string_view content);

// Where a manager's own settings for `hook` are, relative to the top: the file that is there, else
// the one to make. `directory`: for husky.
[[nodiscard]] std::string settings_file(const git::Repository& repository, Manager manager,
                                        const HooksDirectory& directory, std::string_view hook);

// The shell lines that hand over to us. With `shared_input` other commands of the same script may
// read standard input too (pre-push).
[[nodiscard]] std::vector<std::string> shell_lines(std::string_view hook, bool shared_input);
// What to tell a person who uses `manager`: a sentence, then the lines to add, indented.
[[nodiscard]] std::vector<std::string> manager_advice(const git::Repository& repository,
                                                      Manager manager,
                                                      const HooksDirectory& directory,
                                                      std::string_view hook);

}  // namespace gs::githooks
