#include "checks/grounding.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "session/state_directory.h"

namespace gs::checks {
namespace {

using Segments = std::vector<std::string_view>;

constexpr std::array<std::string_view, 9> kTestDirectories{
    "test", "tests", "spec", "specs", "__tests__", "unit", "integration", "e2e", "testing"};

bool is_test_directory(std::string_view segment) {
  return std::find(kTestDirectories.begin(), kTestDirectories.end(), segment) !=
         kTestDirectories.end();
}

Segments directories_of(const RepoPath& path) {
  return path.parent().empty() ? Segments{} : split(path.parent(), '/');
}

// "retry" of "src/retry.cpp", ".env" of ".env".
std::string_view stem(const RepoPath& path) {
  const std::string_view name = path.name();
  const std::size_t dot = name.rfind('.');
  return dot == 0 ? name : name.substr(0, dot);
}

struct TestName {
  std::string subject;  // lower case: what it tests
  bool says_test = false;
};
// "retry" of retry_test.cpp, test_retry.py, retry.spec.ts, RetryTests.cs, TestRetry.java.
TestName test_name(const RepoPath& path) {
  constexpr std::array<std::string_view, 8> kEndings{"_test", ".test", "-test", "_tests",
                                                     "_spec", ".spec", "-spec", "_unittest"};
  constexpr std::array<std::string_view, 4> kCapitalEndings{"Tests", "Test", "Spec", "IT"};
  std::string_view name = stem(path);
  for (const std::string_view ending : kEndings) {
    if (name.size() > ending.size() && to_lower(name).ends_with(ending)) {
      return {to_lower(name.substr(0, name.size() - ending.size())), true};
    }
  }
  for (const std::string_view ending : kCapitalEndings) {
    if (name.size() > ending.size() && name.ends_with(ending)) {
      return {to_lower(name.substr(0, name.size() - ending.size())), true};
    }
  }
  if (name.size() > 5 && (name.starts_with("test_") || name.starts_with("test-"))) {
    return {to_lower(name.substr(5)), true};
  }
  if (name.size() > 4 && name.starts_with("Test")) return {to_lower(name.substr(4)), true};
  return {to_lower(name), false};
}

bool is_suffix(const Segments& suffix, const Segments& of) {
  return suffix.size() <= of.size() && std::equal(suffix.rbegin(), suffix.rend(), of.rbegin());
}

// The directories below the innermost test directory; absent if there is none.
std::optional<Segments> below_tests(const Segments& directories) {
  const auto innermost = std::find_if(directories.rbegin(), directories.rend(), is_test_directory);
  if (innermost == directories.rend()) return std::nullopt;
  return Segments(innermost.base(), directories.end());
}

// Beside the source (or in a test directory there), or in a test tree that mirrors it.
bool is_test_of(const RepoPath& test, const RepoPath& source) {
  const TestName name = test_name(test);
  if (name.subject != to_lower(stem(source))) return false;
  const Segments test_directories = directories_of(test);
  const Segments source_directories = directories_of(source);
  if (name.says_test && test_directories == source_directories) return true;
  const std::optional<Segments> mirrored = below_tests(test_directories);
  return mirrored && is_suffix(*mirrored, source_directories);
}

bool in_state_directory(const RepoPath& path) {
  const std::string_view first = split(path.bytes(), '/').front();
  const std::vector<std::string>& names = session::state_directory_names();
  return std::find(names.begin(), names.end(), first) != names.end();
}

// Targets of docs tasks are expected; whether they were written is for the docs phase.
bool is_expected(const session::Plan& plan, const RepoPath& path,
                 const std::vector<RepoPath>& touched) {
  return is_generated(path.bytes()) || in_state_directory(path) ||
         plan.by_hand.contains(path.bytes()) ||
         std::any_of(touched.begin(), touched.end(),
                     [&](const RepoPath& source) { return is_test_of(path, source); }) ||
         std::any_of(plan.docs.begin(), plan.docs.end(), [&](const session::DocsTask& task) {
           return Glob(task.target).matches(path.bytes());
         });
}

std::vector<session::PathPattern> planned_patterns(const session::Plan& plan) {
  std::vector<session::PathPattern> patterns;
  std::set<std::string> seen;
  for (const session::PlanItem& item : plan.items) {
    if (item.dropped) continue;
    for (const session::PathPattern& pattern : item.files) {
      if (seen.insert(pattern.pattern()).second) patterns.push_back(pattern);
    }
  }
  return patterns;
}

// Files that tools write: unplanned, and a change to them proves nothing.
constexpr std::array<std::string_view, 9> kLockFiles{
    "npm-shrinkwrap.json", "bun.lockb",           "go.sum",
    "go.work.sum",         "Package.resolved",    "gradle.lockfile",
    "MODULE.bazel.lock",   ".terraform.lock.hcl", "deno.lock"};
constexpr std::array<std::string_view, 4> kLockEndings{".lock", "-lock.json", "-lock.yaml",
                                                       ".lock.json"};
constexpr std::array<std::string_view, 9> kOutputDirectories{
    "node_modules", "dist",          "__pycache__",   ".next",    ".nuxt",
    "coverage",     "__generated__", "__snapshots__", "generated"};
// Only at the top: below, these are ordinary names.
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

Grounding check_grounding(const session::Plan& plan, const std::vector<RepoPath>& changed) {
  const std::vector<session::PathPattern> patterns = planned_patterns(plan);
  Grounding grounding;
  grounding.planned = patterns.size();
  std::vector<RepoPath> rest;
  for (const RepoPath& path : changed) {
    (matches_any(patterns, path.bytes()) ? grounding.touched : rest).push_back(path);
  }
  for (const RepoPath& path : rest) {
    if (!is_expected(plan, path, grounding.touched)) grounding.unplanned.push_back(path);
  }
  for (const session::PathPattern& pattern : patterns) {
    const bool matched =
        std::any_of(grounding.touched.begin(), grounding.touched.end(),
                    [&](const RepoPath& path) { return pattern.matches(path.bytes()); });
    if (!matched) grounding.untouched.push_back(pattern.pattern());
  }
  if (!patterns.empty()) {
    grounding.coverage = static_cast<double>(patterns.size() - grounding.untouched.size()) /
                         static_cast<double>(patterns.size());
  }
  return grounding;
}

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
