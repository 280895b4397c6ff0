#pragma once

#include <string>

namespace gs::githooks {

// The file's content, through links; "" if it cannot be read.
[[nodiscard]] std::string content_of(const std::string& path);

// Whether both names are one file (links not followed). False if one is missing.
[[nodiscard]] bool same_file(const std::string& a, const std::string& b);

// Puts the script at `path`; what is there is first kept as `previous` (the file itself, with mode,
// times and owner; a symlink stays one), unless `keep` is false. A kill in between leaves the old
// hook under its own name or under `previous`, where the next installation or removal finds it.
void place_script(const std::string& path, const std::string& previous, const std::string& text,
                  bool keep);
// Moves `previous` back to `path`, if it exists; else removes `path`.
void take_out_script(const std::string& path, const std::string& previous);
// Removes what a killed place_script left.
void remove_leftover(const std::string& path);

}  // namespace gs::githooks
