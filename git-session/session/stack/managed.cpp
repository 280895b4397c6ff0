// Projects of virtual machines and interpreters with a build tool of their own.
#include "base/error.h"
#include "formats/json.h"
#include "session/project_files.h"

namespace gs::session {

std::optional<Stack> detect_maven(const ProjectFiles& files) {
  if (!files.has("pom.xml")) return std::nullopt;
  const std::string maven = files.has("mvnw") ? "./mvnw " : "mvn ";
  Stack stack{"maven", "pom.xml", maven + "test", maven + "test-compile", {}};
  if (files.contains("pom.xml", "spotless-maven-plugin")) {
    stack.lint = maven + "spotless:check";
  } else if (files.contains("pom.xml", "maven-checkstyle-plugin")) {
    stack.lint = maven + "checkstyle:check";
  }
  return stack;
}

std::optional<Stack> detect_gradle(const ProjectFiles& files) {
  const std::string evidence = files.first_of(
      {"build.gradle.kts", "build.gradle", "settings.gradle.kts", "settings.gradle"});
  if (evidence.empty()) return std::nullopt;
  const std::string gradle = files.has("gradlew") ? "./gradlew " : "gradle ";
  const std::string build = files.text("build.gradle.kts") + files.text("build.gradle");
  Stack stack{"gradle", evidence, gradle + "test", {}, {}};
  // The Android plugin has no such task.
  if (build.find("com.android") == std::string::npos) stack.typecheck = gradle + "testClasses";
  for (const auto& [plugin, task] :
       {std::pair{"detekt", "detekt"}, std::pair{"ktlint", "ktlintCheck"},
        std::pair{"spotless", "spotlessCheck"}, std::pair{"checkstyle", "checkstyleMain"}}) {
    if (!stack.lint && build.find(plugin) != std::string::npos) stack.lint = gradle + task;
  }
  return stack;
}

std::optional<Stack> detect_dotnet(const ProjectFiles& files) {
  for (const char* ending : {".sln", ".slnx", ".csproj", ".fsproj", ".vbproj"}) {
    const std::string evidence = files.with_ending(ending);
    if (evidence.empty()) continue;
    Stack stack{"dotnet", evidence, "dotnet test", "dotnet build", {}};
    if (files.has(".editorconfig")) stack.lint = "dotnet format --verify-no-changes";
    return stack;
  }
  return std::nullopt;
}

std::optional<Stack> detect_mix(const ProjectFiles& files) {
  if (!files.has("mix.exs")) return std::nullopt;
  Stack stack{"mix", "mix.exs", {}, "mix compile --warnings-as-errors", {}};
  if (files.has("test")) stack.test = "mix test";
  if (files.contains("mix.exs", ":dialyxir")) stack.typecheck = "mix dialyzer";
  if (files.contains("mix.exs", ":credo")) {
    stack.lint = "mix credo";
  } else if (files.has(".formatter.exs")) {
    stack.lint = "mix format --check-formatted";
  }
  return stack;
}

std::optional<Stack> detect_composer(const ProjectFiles& files) {
  if (!files.has("composer.json")) return std::nullopt;
  Json composer;
  try {
    composer = formats::parse_json(files.text("composer.json"), "composer.json");
  } catch (const Error&) {
    composer = nullptr;  // then detected from the other files
  }
  const auto script = [&composer](const char* name) -> std::optional<std::string> {
    const bool has = composer.is_object() && composer.contains("scripts") &&
                     composer["scripts"].is_object() && composer["scripts"].contains(name);
    if (!has) return std::nullopt;
    return "composer " + std::string(name);
  };
  Stack stack{"composer", "composer.json", script("test"), script("phpstan"), script("lint")};
  if (!stack.test && !files.first_of({"phpunit.xml", "phpunit.xml.dist"}).empty()) {
    stack.test = "vendor/bin/phpunit";
  }
  if (!stack.typecheck && !files.first_of({"phpstan.neon", "phpstan.neon.dist"}).empty()) {
    stack.typecheck = "vendor/bin/phpstan analyse";
  }
  return stack;
}

}  // namespace gs::session
