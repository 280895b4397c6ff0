#pragma once

#include <string>

namespace gs {

// A random UUID (version 4) in lower case. Tests make them reproducible with GIT_TEST_UUID_SEED (a
// number).
[[nodiscard]] std::string random_uuid();

}  // namespace gs
