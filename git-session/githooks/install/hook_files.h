#pragma once

#include <string>

namespace gs::githooks {

// What a file says, through links; "" where it cannot be read.
[[nodiscard]] std::string content_of(const std::string& path);

// Do both names stand for one file (links not followed)? False where one is missing.
[[nodiscard]] bool same_file(const std::string& a, const std::string& b);

// Two writes, which may be killed between any two lines: a hook that was there is always under its
// own name, or under that of `previous`, from where the next installation or removal takes it up.
//
// Puts the script at `path`; what is there is first kept as `previous` (the file itself, with mode,
// times and owner; a symlink stays one), unless `keep` is false.
void place_script(const std::string& path, const std::string& previous, const std::string& text,
                  bool keep);
// Puts `previous` back to `path`, where there is one; else removes `path`.
void take_out_script(const std::string& path, const std::string& previous);
// What a killed place_script leaves.
void remove_leftover(const std::string& path);

}  // namespace gs::githooks
