#pragma once

#include <string>

namespace gs {

// A random UUID (version 4) in lower case. GIT_TEST_UUID_SEED (a number, the seam for tests) makes
// those of a process follow from it.
[[nodiscard]] std::string random_uuid();

}  // namespace gs
