// Projects compiled to machine code, and those driven by a Makefile.
#include <set>

#include "base/text.h"
#include "session/project_files.h"

namespace gs::session {

namespace {

// Targets with rules in a Makefile.
std::set<std::string> make_targets(std::string_view text) {
  std::set<std::string> targets;
  for (const std::string_view line : split_lines(text)) {
    if (line.empty() || line.front() == '\t' || line.front() == '#') continue;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    // "CC := gcc" and "URL = http://…" are assignments.
    const std::string_view after = line.substr(colon + 1);
    if (after.starts_with('=') || after.starts_with(":=") ||
        line.substr(0, colon).find('=') != std::string_view::npos) {
      continue;
    }
    for (const std::string_view word : split(line.substr(0, colon), ' ')) {
      if (!trim(word).empty()) targets.emplace(trim(word));
    }
  }
  return targets;
}

}  // namespace

std::optional<Stack> detect_cargo(const ProjectFiles& files) {
  if (!files.has("Cargo.toml")) return std::nullopt;
  const std::string all = files.contains("Cargo.toml", "[workspace]") ? " --workspace" : "";
  Stack stack{
      "cargo", "Cargo.toml", "cargo test" + all, "cargo check" + all + " --all-targets", {}};
  // clippy and rustfmt may not be installed: only if the project configures them.
  if (files.has("clippy.toml") || files.has(".clippy.toml") ||
      files.contains("Cargo.toml", "lints.clippy")) {
    stack.lint = "cargo clippy" + all + " --all-targets";
  } else if (files.has("rustfmt.toml") || files.has(".rustfmt.toml")) {
    stack.lint = "cargo fmt --check";
  }
  return stack;
}

std::optional<Stack> detect_go(const ProjectFiles& files) {
  const std::string evidence = files.first_of({"go.mod"});
  if (evidence.empty()) return std::nullopt;
  const bool has_golangci =
      !files.first_of({".golangci.yml", ".golangci.yaml", ".golangci.toml", ".golangci.json"})
           .empty();
  // A plain `go build ./...` leaves a binary behind if there is just one main package.
  return Stack{"go", evidence, "go test ./...", "go build -o /dev/null ./...",
               has_golangci ? "golangci-lint run" : "go vet ./..."};
}

std::optional<Stack> detect_cmake(const ProjectFiles& files) {
  if (!files.has("CMakeLists.txt")) return std::nullopt;
  Stack stack{"cmake", "CMakeLists.txt", {}, {}, {}};
  const std::string text = to_lower(files.text("CMakeLists.txt"));
  // Tests may be enabled by a file that is included: a build that has them tells.
  if (text.find("enable_testing") != std::string::npos ||
      text.find("include(ctest)") != std::string::npos || files.has("build/CTestTestfile.cmake")) {
    // Built first: tests of outdated binaries prove nothing.
    stack.test =
        "cmake -B build && cmake --build build && ctest --test-dir build --output-on-failure";
  }
  return stack;
}

std::optional<Stack> detect_meson(const ProjectFiles& files) {
  if (!files.has("meson.build")) return std::nullopt;
  // One that is set up already stays as it is.
  const std::string directory = files.has("builddir/meson-info") ? "builddir" : "build";
  return Stack{"meson",
               "meson.build",
               "meson setup " + directory + " && meson test -C " + directory,
               {},
               {}};
}

std::optional<Stack> detect_make(const ProjectFiles& files) {
  const std::string evidence = files.first_of({"GNUmakefile", "makefile", "Makefile"});
  if (evidence.empty()) return std::nullopt;
  const std::set<std::string> targets = make_targets(files.text(evidence));
  const auto first =
      [&targets](std::initializer_list<const char*> names) -> std::optional<std::string> {
    for (const char* name : names) {
      if (targets.contains(name)) return "make " + std::string(name);
    }
    return std::nullopt;
  };
  return Stack{"make", evidence, first({"test", "check"}), first({"typecheck"}), first({"lint"})};
}

}  // namespace gs::session
