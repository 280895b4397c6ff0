#include "githooks/install/managers.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/file/file.h"
#include "base/names.h"
#include "base/text.h"
#include "formats/json.h"
#include "githooks/install/hook_files.h"

namespace gs::githooks {
namespace {

constexpr auto kManagerNames =
    std::to_array<Name<Manager>>({{Manager::None, ""},
                                  {Manager::Husky, "husky"},
                                  {Manager::Lefthook, "lefthook"},
                                  {Manager::PreCommit, "pre-commit"},
                                  {Manager::Overcommit, "overcommit"},
                                  {Manager::SimpleGitHooks, "simple-git-hooks"}});
static_assert(is_complete(kManagerNames));

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool is_file(const std::string& path) {
  const auto info = file_info(path);
  return info && info->type != FileType::Directory;
}

// husky 9 sets git's hooks path to `.husky/_` and runs `.husky/NAME`; husky 8 sets it to `.husky`.
bool is_husky_9(const HooksDirectory& directory) {
  return directory.path.ends_with("/_") && is_file(join_path(directory.path, "h"));
}
bool is_husky_8(const HooksDirectory& directory) {
  return is_file(join_path(directory.path, "_/husky.sh"));
}

// It removes every hook that its settings do not name, so it owns the whole directory, too.
bool has_simple_git_hooks(const HooksDirectory& directory) {
  const auto status = file_info(directory.path);
  if (!status || status->type != FileType::Directory) return false;
  const std::vector<std::string> names = list_directory(directory.path);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    const std::string path = join_path(directory.path, name);
    return !name.ends_with(".sample") &&
           manager_of_hook(content_of(path)) == Manager::SimpleGitHooks;
  });
}

std::string relative_to_top(const git::Repository& repository, const std::string& path) {
  const std::string top = join_path(repository.work_tree(), "");
  return path.starts_with(top) ? path.substr(top.size()) : path;
}

std::string lefthook_file(const git::Repository& repository) {
  for (const std::string prefix :
       {"lefthook-local", ".lefthook-local", "lefthook", ".lefthook", ".config/lefthook"}) {
    for (const char* suffix : {".yml", ".yaml", ".toml", ".json", ".jsonc"}) {
      if (is_file(join_path(repository.work_tree(), prefix + suffix))) return prefix + suffix;
    }
  }
  return "lefthook.yml";
}

constexpr std::string_view kLefthookScript = ".lefthook/pre-push/git-session";

// Which exit codes let git continue. 1 is the "no" of a hook that can stop git. A push is also
// stopped by a check that did not finish; a missing program is 127.
std::string go_on(std::string_view hook) {
  if (hook == "pre-push") return "[ $? -eq 127 ]";
  return hook == "pre-commit" ? "[ $? -ne 1 ]" : "true";
}

// lefthook skips a pre-push command if no file of the branch is pushed, as for a snapshot, but
// never a script.
std::vector<std::string> lefthook_lines(std::string_view hook) {
  const std::string name(hook);
  if (hook == "pre-push") {
    return {"pre-push:", "  scripts:", "    git-session:", "      runner: sh",
            "      use_stdin: true"};
  }
  return {name + ":", "  commands:", "    git-session:",
          "      run: git-session hook " + name + " || " + go_on(hook)};
}

std::vector<std::string> lefthook_advice(const std::string& file, std::string_view hook) {
  const std::string name(hook);
  std::vector<std::string> advice = {"lefthook owns this hook; add to '" + file + "':"};
  if (hook == "pre-push") {
    advice = {"lefthook owns this hook; write " + quote_shell(shell_lines(hook, false).front()) +
              " into '" + std::string(kLefthookScript) + "', and add to '" + file + "':"};
  }
  for (std::string& line : lefthook_lines(hook)) advice.push_back(std::move(line));
  return advice;
}

std::vector<std::string> overcommit_lines(std::string_view hook) {
  std::string section;
  bool upper = true;
  for (const char c : hook) {
    if (c == '-') {
      upper = true;
      continue;
    }
    section += upper ? to_upper(c) : c;
    upper = false;
  }
  return {section + ":", "  GitSession:", "    enabled: true",
          "    command: ['sh', '-c', 'git-session hook " + std::string(hook) + " || " +
              go_on(hook) + "']"};
}

std::vector<std::string> husky_advice(const git::Repository& repository,
                                      const HooksDirectory& directory, std::string_view hook) {
  if (is_husky_9(directory) && !is_file(join_path(directory.path, hook))) {
    return {"husky runs no " + std::string(hook) + " hook"};
  }
  const std::string file = settings_file(repository, Manager::Husky, directory, hook);
  const bool there = is_file(join_path(repository.work_tree(), file));
  std::vector<std::string> advice = {"husky owns the hooks directory; add to '" + file + "':"};
  if (!there) advice = {"husky owns the hooks directory; write a file '" + file + "':"};
  if (!there && is_husky_8(directory)) {
    advice = {"husky owns the hooks directory; write an executable file '" + file + "':",
              "#!/usr/bin/env sh", ". \"$(dirname -- \"$0\")/_/husky.sh\""};
  }
  for (std::string& line : shell_lines(hook, there)) advice.push_back(std::move(line));
  return advice;
}

}  // namespace

std::string_view manager_name(Manager manager) {
  return name_of(kManagerNames, manager);
}

Manager manager_of_directory(const HooksDirectory& directory) {
  if (is_husky_9(directory) || is_husky_8(directory)) return Manager::Husky;
  return has_simple_git_hooks(directory) ? Manager::SimpleGitHooks : Manager::None;
}

Manager manager_of_hook(std::string_view content) {
  if (has(content, "call_lefthook run")) return Manager::Lefthook;
  if (has(content, "File generated by pre-commit:")) return Manager::PreCommit;
  if (has(content, "Entrypoint for Overcommit")) return Manager::Overcommit;
  if (has(content, "SKIP_SIMPLE_GIT_HOOKS")) return Manager::SimpleGitHooks;
  return Manager::None;
}

std::string settings_file(const git::Repository& repository, Manager manager,
                          const HooksDirectory& directory, std::string_view hook) {
  switch (manager) {
    case Manager::Husky: {
      const std::string own =
          is_husky_9(directory) ? parent_directory(directory.path) : directory.path;
      return relative_to_top(repository, join_path(own, hook));
    }
    case Manager::Lefthook:
      return hook == "pre-push" ? std::string(kLefthookScript) : lefthook_file(repository);
    case Manager::PreCommit:
      return ".pre-commit-config.yaml";
    case Manager::Overcommit:
      return ".overcommit.yml";
    case Manager::SimpleGitHooks:
      return "package.json";
    case Manager::None:
      break;
  }
  return relative_to_top(repository, join_path(directory.path, hook));
}

std::vector<std::string> shell_lines(std::string_view hook, bool shared_input) {
  const std::string call = "git-session hook " + std::string(hook) + " \"$@\" || " + go_on(hook);
  if (!hook.starts_with("pre-")) return {call};
  const std::string asked = call + " || exit 1";
  if (hook != "pre-push" || !shared_input) return {asked};
  return {"refs=$(cat)", "printf '%s\\n' \"$refs\" | " + asked, "exec <<REFS", "$refs", "REFS"};
}

std::vector<std::string> manager_advice(const git::Repository& repository, Manager manager,
                                        const HooksDirectory& directory, std::string_view hook) {
  if (manager == Manager::Husky) return husky_advice(repository, directory, hook);
  if (manager == Manager::Lefthook) return lefthook_advice(lefthook_file(repository), hook);
  const std::string name(manager_name(manager));
  std::vector<std::string> advice = {name + " owns this hook; add to '" +
                                     settings_file(repository, manager, directory, hook) + "':"};
  if (manager == Manager::SimpleGitHooks) {
    advice = {
        "simple-git-hooks owns the hooks directory; in 'package.json', put before its command "
        "for " +
        std::string(hook) + " (or as it), and run 'npx simple-git-hooks':"};
    for (const std::string& line : shell_lines(hook, false)) {
      const std::string in_json = formats::to_json_line(Json(line + ";"));
      advice.push_back(in_json.substr(1, in_json.size() - 2));
    }
    return advice;
  }
  const auto lines = manager == Manager::Overcommit ? overcommit_lines(hook) : lefthook_lines(hook);
  advice.insert(advice.end(), lines.begin(), lines.end());
  return advice;
}

}  // namespace gs::githooks
