#include "git/version.h"

#include <git2.h>

#include <charconv>
#include <chrono>

#include "base/text.h"
#include "git/command.h"

namespace gs::git {

std::optional<Version> parse_version(std::string_view output) {
  constexpr std::string_view kPrefix = "git version ";
  if (!output.starts_with(kPrefix)) return std::nullopt;
  output.remove_prefix(kPrefix.size());
  const auto parts = split(output, '.');
  const auto number = [&](std::size_t i) -> std::optional<int> {
    if (i >= parts.size()) return std::nullopt;
    int value = 0;
    const auto [end, failure] =
        std::from_chars(parts[i].data(), parts[i].data() + parts[i].size(), value);
    return failure == std::errc() && end != parts[i].data() ? std::optional(value) : std::nullopt;
  };
  const auto major = number(0);
  if (!major) return std::nullopt;
  return Version{*major, number(1).value_or(0)};
}

std::string program_version() {
  ProcessOptions options;
  options.timeout = std::chrono::seconds(10);
  // Anywhere: the working directory may be gone.
  const ProcessResult result = GitCommand("/").run({"version"}, options);
  if (!result.ok()) throw git_failure("version", result);
  return std::string(trim(result.out));
}

std::string libgit2_version() {
  int major = 0;
  int minor = 0;
  int patch = 0;
  git_libgit2_version(&major, &minor, &patch);
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

}  // namespace gs::git
