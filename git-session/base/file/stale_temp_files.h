#pragma once

#include <string>
#include <string_view>

namespace gs {

// A name that no other process gives to a file: ".git-session-PID-NUMBER.tmp".
[[nodiscard]] std::string new_temp_file_name();
[[nodiscard]] bool is_temp_file_name(std::string_view name);
[[nodiscard]] bool is_of_dead_process(std::string_view temp_file_name);

// Removes the temporary files that write_file_atomically left in a directory when its process was
// killed; those of a process that is still there stay. Nothing happens without the directory.
void remove_stale_temp_files(const std::string& directory);

}  // namespace gs
