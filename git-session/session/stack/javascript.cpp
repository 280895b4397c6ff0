// Projects with a package.json or a deno.json.
#include <array>

#include "base/error.h"
#include "base/text.h"
#include "formats/json.h"
#include "session/project_files.h"

namespace gs::session {

namespace {

struct PackageManager {
  const char* name;
  std::vector<std::string> lock_files;
  std::string run;         // runs a script
  std::string test;        // runs the test script
  std::string extra_args;  // precedes arguments for the script
  std::string execute;     // runs a program of the dependencies
};

const std::array<PackageManager, 4>& package_managers() {
  static const std::array<PackageManager, 4> managers = {{
      {"pnpm", {"pnpm-lock.yaml", "pnpm-workspace.yaml"}, "pnpm ", "pnpm test", " ", "pnpm exec "},
      {"bun", {"bun.lock", "bun.lockb"}, "bun run ", "bun run test", " ", "bunx "},
      {"yarn", {"yarn.lock"}, "yarn ", "yarn test", " ", "yarn "},
      {"npm",
       {"package-lock.json", "npm-shrinkwrap.json", "package.json"},
       "npm run ",
       "npm test",
       " -- ",
       "npx "},
  }};
  return managers;
}

// Parsed JSON; null if it cannot be parsed (comments, for example).
Json read_json(const ProjectFiles& files, const std::string& name) {
  try {
    return formats::parse_json(files.text(name), name);
  } catch (const Error&) {
    return nullptr;
  }
}

std::string text_at(const Json& object, std::string_view table, std::string_view key) {
  if (!object.is_object()) return "";
  const auto inner = object.find(table);
  if (inner == object.end() || !inner->is_object()) return "";
  const auto found = inner->find(key);
  return found != inner->end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool depends_on(const Json& package, std::string_view name) {
  return !text_at(package, "dependencies", name).empty() ||
         !text_at(package, "devDependencies", name).empty();
}

// Words of a script that name the program vitest, not a file or flag of that name.
bool runs_vitest(std::string_view script) {
  for (const std::string_view word : split(script, ' ')) {
    if (trim(word) == "vitest" || trim(word).ends_with("/vitest")) return true;
  }
  return false;
}

std::pair<const PackageManager*, std::string> package_manager(const ProjectFiles& files,
                                                              const Json& package) {
  // "packageManager": "pnpm@9.1.0" is what corepack obeys, whatever lock files exist.
  if (package.is_object() && package.contains("packageManager") &&
      package["packageManager"].is_string()) {
    const std::string named = package["packageManager"].get<std::string>();
    for (const PackageManager& manager : package_managers()) {
      if (named.starts_with(std::string(manager.name) + "@")) return {&manager, "package.json"};
    }
  }
  for (const PackageManager& manager : package_managers()) {
    std::string evidence = files.first_of(manager.lock_files);
    if (!evidence.empty()) return {&manager, std::move(evidence)};
  }
  return {&package_managers().back(), "package.json"};
}

std::optional<std::string> test_command(const PackageManager& manager, const Json& package) {
  const std::string script = text_at(package, "scripts", "test");
  // The script that `npm init` writes is not a test.
  if (script.empty() || script.find("Error: no test specified") != std::string::npos) {
    return std::nullopt;
  }
  // Without --run vitest watches.
  return runs_vitest(script) ? manager.test + manager.extra_args + "--run" : manager.test;
}

std::optional<std::string> typecheck_command(const PackageManager& manager, const Json& package,
                                             const ProjectFiles& files) {
  if (depends_on(package, "@typescript/native-preview")) return "tsgo --noEmit";
  for (const char* script : {"typecheck", "type-check", "check-types"}) {
    if (!text_at(package, "scripts", script).empty()) return manager.run + script;
  }
  // Without a tsconfig.json tsc only prints its help, and fails.
  if (depends_on(package, "typescript") && files.has("tsconfig.json")) {
    return manager.execute + "tsc --noEmit";
  }
  return std::nullopt;
}

bool is_deno_test(std::string_view name) {
  for (const char* ending : {".ts", ".tsx", ".mts", ".js", ".jsx", ".mjs"}) {
    if (!name.ends_with(ending)) continue;
    const std::string_view stem = name.substr(0, name.rfind('.'));
    return stem == "test" || stem.ends_with("_test") || stem.ends_with(".test");
  }
  return false;
}

}  // namespace

std::optional<Stack> detect_node(const ProjectFiles& files) {
  if (!files.has("package.json")) return std::nullopt;
  const Json package = read_json(files, "package.json");
  const auto [manager, evidence] = package_manager(files, package);
  Stack stack{manager->name, evidence, {}, {}, {}};
  stack.test = test_command(*manager, package);
  stack.typecheck = typecheck_command(*manager, package, files);
  if (!text_at(package, "scripts", "lint").empty()) stack.lint = manager->run + "lint";
  return stack;
}

std::optional<Stack> detect_deno(const ProjectFiles& files) {
  const std::string evidence = files.first_of({"deno.json", "deno.jsonc"});
  if (evidence.empty()) return std::nullopt;
  const Json config = read_json(files, evidence);
  const auto task = [&config](const char* name) -> std::optional<std::string> {
    if (text_at(config, "tasks", name).empty()) return std::nullopt;
    return "deno task " + std::string(name);
  };
  Stack stack{"deno", evidence, task("test"), task("check"), task("lint")};
  if (!stack.test && files.any_below(is_deno_test)) stack.test = "deno test";
  if (!stack.typecheck) stack.typecheck = "deno check .";
  if (!stack.lint) stack.lint = "deno lint";
  return stack;
}

}  // namespace gs::session
