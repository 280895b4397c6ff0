#pragma once

#include "close/look/isolation.h"

namespace gs::close {

// Checks the tree out, shares the directories of dependencies with the work tree, and notes what
// leads from there back into it. Throws if git cannot check it out.
void check_out(const Context& context, Isolation& isolation);

}  // namespace gs::close
