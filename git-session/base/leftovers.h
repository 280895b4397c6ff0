#pragma once

#include <string>

namespace gs {

// Removes the temporary files that write_file_atomically left in a directory of ours when its
// process was killed; those of a process that is still there stay. Nothing happens without it.
void remove_leftovers(const std::string& directory);

}  // namespace gs
