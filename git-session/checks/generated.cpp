// Files that a tool writes: nobody plans them, and a change of them proves nothing.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "checks/grounding.h"

namespace gs::checks {
namespace {

constexpr std::array<std::string_view, 9> kLockFiles{
    "npm-shrinkwrap.json", "bun.lockb",           "go.sum",
    "go.work.sum",         "Package.resolved",    "gradle.lockfile",
    "MODULE.bazel.lock",   ".terraform.lock.hcl", "deno.lock"};
constexpr std::array<std::string_view, 4> kLockEndings{".lock", "-lock.json", "-lock.yaml",
                                                       ".lock.json"};
constexpr std::array<std::string_view, 9> kOutputDirectories{
    "node_modules", "dist",          "__pycache__",   ".next",    ".nuxt",
    "coverage",     "__generated__", "__snapshots__", "generated"};
// Elsewhere than at the top these are ordinary names.
constexpr std::array<std::string_view, 3> kTopOutputDirectories{"build", "target", "out"};
constexpr std::array<std::string_view, 21> kGeneratedEndings{
    ".min.js",      ".min.css", ".js.map",       ".css.map",     ".pb.go",        ".pb.cc",
    ".pb.h",        "_pb2.py",  "_pb2.pyi",      "_pb2_grpc.py", "_generated.go", ".gen.go",
    ".gen.ts",      ".g.dart",  ".freezed.dart", ".designer.cs", ".g.cs",         ".snap",
    ".tsbuildinfo", ".pyc",     ".d.ts.map"};

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

template <std::size_t N>
bool ends_with_any(std::string_view text, const std::array<std::string_view, N>& endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [text](std::string_view ending) { return text.ends_with(ending); });
}

}  // namespace

bool is_generated(std::string_view path) {
  std::vector<std::string_view> segments = split(path, '/');
  const std::string_view name = segments.back();
  segments.pop_back();
  if (!segments.empty() && is_one_of(segments.front(), kTopOutputDirectories)) return true;
  const bool below_output =
      std::any_of(segments.begin(), segments.end(),
                  [](std::string_view segment) { return is_one_of(segment, kOutputDirectories); });
  return below_output || is_one_of(name, kLockFiles) || ends_with_any(name, kLockEndings) ||
         ends_with_any(name, kGeneratedEndings) || name.starts_with("zz_generated.") ||
         name.find(".generated.") != std::string_view::npos;
}

}  // namespace gs::checks
