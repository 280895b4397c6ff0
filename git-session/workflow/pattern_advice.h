#pragma once

#include <string>
#include <vector>

#include "git/repository.h"

namespace gs::workflow {

// What a person should know of the patterns of a plan or scope: those that are read as others, and
// those that match no file but nearly do (another case, another Unicode form, another directory).
// A line for each.
[[nodiscard]] std::vector<std::string> pattern_advice(const git::Repository& repository,
                                                      const std::vector<std::string>& written);

}  // namespace gs::workflow
