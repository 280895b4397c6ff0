#pragma once

#include <string>
#include <vector>

#include "git/repository.h"

namespace gs::workflow {

// What a person should know of a pattern of a plan or scope: that it is read as another, or that it
// matches no file but nearly does (a typing error, another case, another Unicode form, another
// directory).
struct PatternAdvice {
  std::string pattern;
  std::string advice;     // "did you mean 'src/a.c'?"
  bool unmatched = true;  // no file matches it
  bool operator==(const PatternAdvice&) const = default;
};
[[nodiscard]] std::string describe(const PatternAdvice& advice);
[[nodiscard]] std::vector<PatternAdvice> pattern_advice(const git::Repository& repository,
                                                        const std::vector<std::string>& written);

}  // namespace gs::workflow
