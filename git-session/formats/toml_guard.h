#pragma once

#include <string>
#include <string_view>

namespace gs::formats {

// The TOML library builds dotted keys of any depth, and the stack overflows when it takes such a
// table down again. Refuses texts over 1 MiB, keys of more than 50 parts and values nested deeper
// than 50 with a fatal Error "<source>:<line>: …".
void refuse_deep_toml(std::string_view text, const std::string& source);

}  // namespace gs::formats
