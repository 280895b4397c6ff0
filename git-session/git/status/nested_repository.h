#pragma once

#include <string>

namespace gs::git {

enum class Nested { No, Repository, GitKnows };

// Whether the directory holds a repository of its own, as git finds one: ".git" is a git directory,
// or a file that names one. GitKnows: there is a ".git", and it is not plainly one.
[[nodiscard]] Nested nested_repository(const std::string& directory);

}  // namespace gs::git
