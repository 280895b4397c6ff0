#include "session/stack/stack.h"

#include <doctest/doctest.h>

#include <map>

#include "session/session_fixture.h"

using namespace gs;
using namespace gs::session;
using gs::test::TempRepo;

namespace {

using Files = std::map<std::string, std::string>;

std::optional<Stack> stack_of(const Files& files) {
  const TempRepo repo;
  for (const auto& [name, text] : files) repo.write(name, text);
  return detect_stack(repo.path());
}

// "name (evidence): test | typecheck | lint"
std::string shown(const Files& files) {
  const auto stack = stack_of(files);
  if (!stack) return "none";
  return stack->name + " (" + stack->evidence + "): " + stack->test.value_or("-") + " | " +
         stack->typecheck.value_or("-") + " | " + stack->lint.value_or("-");
}

std::string package(const std::string& scripts, const std::string& dependencies = "") {
  return "{\"scripts\":{" + scripts + "},\"devDependencies\":{" + dependencies + "}}";
}

}  // namespace

TEST_CASE("a project without build files has no stack") {
  CHECK(shown({}) == "none");
  CHECK(shown({{"README.md", "x"}, {"src/a.c", ""}}) == "none");
  CHECK_FALSE(detect_stack("/nonexistent/tree"));
}

TEST_CASE("pnpm's commands are those of its scripts") {
  CHECK(shown({{"pnpm-lock.yaml", ""},
               {"package.json", package(R"("test":"vitest","lint":"eslint .")",
                                        R"("@typescript/native-preview":"7")")}}) ==
        "pnpm (pnpm-lock.yaml): pnpm test --run | tsgo --noEmit | pnpm lint");
  CHECK(shown({{"pnpm-lock.yaml", ""}, {"package.json", package(R"("test":"jest")")}}) ==
        "pnpm (pnpm-lock.yaml): pnpm test | - | -");
  CHECK(shown({{"pnpm-lock.yaml", ""},
               {"package.json", package(R"("test":"node check-vitest.js")")}}) ==
        "pnpm (pnpm-lock.yaml): pnpm test | - | -");
}

TEST_CASE("npm, yarn and bun run the scripts that are there") {
  const std::string all =
      package(R"("test":"jest","typecheck":"tsc -p .","lint":"eslint")", R"("typescript":"5")");
  CHECK(shown({{"package.json", all}}) ==
        "npm (package.json): npm test | npm run typecheck | npm run lint");
  CHECK(shown({{"package.json", all}, {"package-lock.json", ""}}).starts_with("npm (package-lock"));
  CHECK(shown({{"package.json", all}, {"yarn.lock", ""}}) ==
        "yarn (yarn.lock): yarn test | yarn typecheck | yarn lint");
  CHECK(shown({{"package.json", all}, {"bun.lock", ""}}) ==
        "bun (bun.lock): bun run test | bun run typecheck | bun run lint");
  CHECK(shown({{"package.json", package(R"("test":"vitest run")")}}) ==
        "npm (package.json): npm test -- --run | - | -");
}

TEST_CASE("tsc runs through the package manager where TypeScript is a dependency with a config") {
  const std::string typescript = package("", R"("typescript":"5")");
  CHECK(shown({{"package.json", typescript}, {"tsconfig.json", "{}"}}) ==
        "npm (package.json): - | npx tsc --noEmit | -");
  CHECK(shown({{"package.json", typescript}, {"tsconfig.json", "{}"}, {"pnpm-lock.yaml", ""}}) ==
        "pnpm (pnpm-lock.yaml): - | pnpm exec tsc --noEmit | -");
  CHECK(shown({{"package.json", typescript}}) == "npm (package.json): - | - | -");
}

TEST_CASE("npm's placeholder is not a test") {
  CHECK(shown({{"package.json",
                package(R"("test":"echo \"Error: no test specified\" && exit 1")")}}) ==
        "npm (package.json): - | - | -");
}

TEST_CASE("the packageManager field outranks lock files") {
  CHECK(shown({{"package.json", R"({"packageManager":"pnpm@9.1.0","scripts":{"test":"jest"}})"},
               {"package-lock.json", ""}}) == "pnpm (package.json): pnpm test | - | -");
}

TEST_CASE("a package.json that cannot be read has no commands") {
  for (const char* text : {"", "{", "[]", "null", R"({"scripts":[]})", R"({"scripts":{"test":1}})",
                           R"({"packageManager":7})"}) {
    CHECK_MESSAGE(shown({{"package.json", text}}) == "npm (package.json): - | - | -", text);
  }
}

TEST_CASE("a package.json of tools does not hide the tests beside it") {
  CHECK(shown({{"package.json", package(R"("lint":"prettier -c .")")}, {"Cargo.toml", ""}})
            .starts_with("cargo (Cargo.toml): cargo test"));
  CHECK(shown({{"package.json", package(R"("test":"jest")")}, {"Makefile", "test:\n\tjest\n"}})
            .starts_with("npm"));
}

TEST_CASE("deno's commands are its tasks, else its own") {
  CHECK(shown({{"deno.json", R"({"tasks":{"test":"x","lint":"y"}})"}}) ==
        "deno (deno.json): deno task test | deno check . | deno task lint");
  CHECK(shown({{"deno.jsonc", "// comment\n{}"}, {"src/a_test.ts", ""}}) ==
        "deno (deno.jsonc): deno test | deno check . | deno lint");
  CHECK(shown({{"deno.json", "{}"}, {"node_modules/x/a.test.ts", ""}}) ==
        "deno (deno.json): - | deno check . | deno lint");
}

TEST_CASE("cargo lints only where the project configures a linter") {
  CHECK(shown({{"Cargo.toml", "[package]\n"}}) ==
        "cargo (Cargo.toml): cargo test | cargo check --all-targets | -");
  CHECK(shown({{"Cargo.toml", "[workspace]\n[workspace.lints.clippy]\n"}}) ==
        "cargo (Cargo.toml): cargo test --workspace | cargo check --workspace --all-targets | "
        "cargo clippy --workspace --all-targets");
  CHECK(shown({{"Cargo.toml", ""}, {"rustfmt.toml", ""}}).ends_with("| cargo fmt --check"));
}

TEST_CASE("go builds without leaving a binary behind") {
  CHECK(shown({{"go.mod", "module x\n"}}) ==
        "go (go.mod): go test ./... | go build -o /dev/null ./... | go vet ./...");
  CHECK(shown({{"go.mod", ""}, {".golangci.yml", ""}}).ends_with("| golangci-lint run"));
}

TEST_CASE("CMake tests where ctest is enabled, in a fresh clone too") {
  CHECK(shown({{"CMakeLists.txt", "project(x)\nEnable_Testing()\n"}}) ==
        "cmake (CMakeLists.txt): cmake -B build && cmake --build build && ctest --test-dir build "
        "--output-on-failure | - | -");
  // What a build has left says that there are tests, and is not relied on: a fresh clone has none.
  CHECK(shown({{"CMakeLists.txt", "project(x)\n"}, {"build/CTestTestfile.cmake", ""}}) ==
        "cmake (CMakeLists.txt): cmake -B build && cmake --build build && ctest --test-dir build "
        "--output-on-failure | - | -");
  CHECK(shown({{"CMakeLists.txt", "include(CTest)\n"}}).find("ctest") != std::string::npos);
  CHECK(shown({{"CMakeLists.txt", "project(x)\n"}}) == "cmake (CMakeLists.txt): - | - | -");
}

TEST_CASE("meson tests in the build directory that is there, and makes it in a fresh clone") {
  CHECK(shown({{"meson.build", ""}}) ==
        "meson (meson.build): meson setup build && meson test -C build | - | -");
  CHECK(shown({{"meson.build", ""}, {"builddir/meson-info/x", ""}}) ==
        "meson (meson.build): meson setup builddir && meson test -C builddir | - | -");
}

TEST_CASE("what else the project could be tested with is named") {
  const auto stack = stack_of({{"CMakeLists.txt", "enable_testing()\n"},
                               {"Makefile", "check:\n\t./run\n"},
                               {"meson.build", ""}});
  REQUIRE(stack);
  CHECK(stack->name == "cmake");
  REQUIRE(stack->alternatives.size() == 2);
  CHECK(stack->alternatives[1].test == "make check");
  CHECK(stack->alternatives[1].evidence == "Makefile");
  CHECK(stack_of({{"Makefile", "check:\n"}})->alternatives.empty());
}

TEST_CASE("tests that import pytest are pytest's, without a configuration") {
  const Files project = {{"setup.py", ""}, {"setup.cfg", "[metadata]\n"}};
  const auto with = [&](const std::string& name, const std::string& text) {
    Files files = project;
    files[name] = text;
    return shown(files);
  };
  CHECK(with("test_inflection.py", "#!/usr/bin/env python\nimport pytest\n") ==
        "pytest (test_inflection.py): pytest | - | -");
  CHECK(
      with("tests/a_test.py", "from pytest import mark\n").starts_with("pytest (tests/a_test.py)"));
  CHECK(with("test_a.py", "import unittest\n").starts_with("python (setup.cfg): -"));
  CHECK(with("src/test_a.py", "import pytest\n").starts_with("python (setup.cfg): -"));
  CHECK(with("a.py", "import pytest\n").starts_with("python (setup.cfg): -"));
}

TEST_CASE("make runs only targets that exist") {
  CHECK(shown({{"Makefile", "CC := gcc\ntest := x\nURL = a:b\nall lint: x\n\tcheck: y\n"}}) ==
        "make (Makefile): - | - | make lint");
  CHECK(shown({{"Makefile", "check:\n"}}) == "make (Makefile): make check | - | -");
  CHECK(shown({{"Makefile", "check:\ntest:: x\ntypecheck :\n"}}) ==
        "make (Makefile): make test | make typecheck | -");
  CHECK(shown({{"GNUmakefile", "test:\n"}, {"Makefile", ""}}).starts_with("make (GNUmakefile)"));
}

TEST_CASE("maven and gradle run through the project's wrapper where there is one") {
  CHECK(shown({{"pom.xml", ""}}) == "maven (pom.xml): mvn test | mvn test-compile | -");
  CHECK(shown({{"pom.xml", "<artifactId>maven-checkstyle-plugin"}, {"mvnw", ""}}) ==
        "maven (pom.xml): ./mvnw test | ./mvnw test-compile | ./mvnw checkstyle:check");
  CHECK(shown({{"build.gradle", ""}}) ==
        "gradle (build.gradle): gradle test | gradle testClasses | -");
  CHECK(shown({{"build.gradle.kts", "id(\"com.android.application\") detekt"}, {"gradlew", ""}}) ==
        "gradle (build.gradle.kts): ./gradlew test | - | ./gradlew detekt");
}

TEST_CASE("python is told from what configures pytest, tox, linters and type checkers") {
  CHECK(shown({{"pytest.ini", ""}}) == "pytest (pytest.ini): pytest | - | -");
  CHECK(shown({{"pyproject.toml", "[tool.pytest.ini_options]\n[tool.ruff]\n[tool.mypy]\n"}}) ==
        "pytest (pyproject.toml): pytest | mypy . | ruff check");
  CHECK(shown({{"setup.cfg", "[tool:pytest]\n[flake8]\n[mypy]\nfiles = src\n"}}) ==
        "pytest (setup.cfg): pytest | mypy | flake8");
  CHECK(shown({{"conftest.py", ""}, {"uv.lock", ""}}) ==
        "pytest (conftest.py): uv run pytest | - | -");
  CHECK(shown({{"tests/conftest.py", ""}, {"poetry.lock", ""}}) ==
        "pytest (tests/conftest.py): poetry run pytest | - | -");
  CHECK(shown({{"tox.ini", "[pytest]\n"}}) == "pytest (tox.ini): pytest | - | -");
  CHECK(shown({{"tox.ini", "[tox]\n[testenv]\n[flake8]\n"}}) == "tox (tox.ini): tox | - | flake8");
  CHECK(shown({{"pyproject.toml", "[project]\n"}}) == "python (pyproject.toml): - | - | -");
}

TEST_CASE("dotnet, mix and composer are known") {
  CHECK(shown({{"App.sln", ""}, {".editorconfig", ""}}) ==
        "dotnet (App.sln): dotnet test | dotnet build | dotnet format --verify-no-changes");
  CHECK(shown({{"mix.exs", ":credo"}, {"test/x_test.exs", ""}}) ==
        "mix (mix.exs): mix test | mix compile --warnings-as-errors | mix credo");
  CHECK(shown({{"composer.json", R"({"scripts":{"test":"phpunit","lint":"x"}})"}}) ==
        "composer (composer.json): composer test | - | composer lint");
  CHECK(shown({{"composer.json", "{"}, {"phpunit.xml.dist", ""}, {"phpstan.neon", ""}}) ==
        "composer (composer.json): vendor/bin/phpunit | vendor/bin/phpstan analyse | -");
}

TEST_CASE("the commands of a stack are a layer with their evidence as the origin") {
  const config::Layer layer = stack_layer(Stack{"x", "x.lock", "x test", std::nullopt, "x lint"});
  REQUIRE(layer.settings.size() == 2);
  CHECK(layer.settings[0].key == "test-command");
  CHECK(layer.settings[0].value == "x test");
  CHECK(layer.settings[0].origin.scope == "stack");
  CHECK(layer.settings[0].origin.file == "x.lock");
  CHECK(layer.settings[1].key == "lint-command");
  CHECK(stack_layer(std::nullopt).settings.empty());
}

TEST_CASE("what depends on others is found for every stack of the tree, and no build directory") {
  const auto dependencies = [](const Files& files) {
    const TempRepo repo;
    for (const auto& [name, text] : files) repo.write(name, text);
    return dependency_directories(repo.path());
  };
  using Names = std::vector<std::string>;
  CHECK(dependencies({}).empty());
  CHECK(dependencies({{"CMakeLists.txt", ""}, {"Cargo.toml", ""}, {"build.gradle", ""}}).empty());
  CHECK(dependencies({{"package.json", "{}"}, {"go.mod", ""}}) == Names{"node_modules", "vendor"});
  CHECK(dependencies({{"pytest.ini", ""}}) == Names{".venv", "venv"});
  CHECK(dependencies({{"mix.exs", ""}}) == Names{"deps"});
}
