#include "cli/documentation.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "checks/secrets/token_formats.h"
#include "cli/command.h"
#include "cli/completion.h"
#include "cli/terminal.h"
#include "close/phase.h"
#include "config/keys.h"

namespace gs::cli {

namespace {

std::string escape_scdoc(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '*' || c == '_' || c == '\\' || c == '#' || c == '`') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string option_heading(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_snames())
    names.push_back("*-" + escape_scdoc(name) + "*");
  for (const std::string& name : option.get_lnames())
    names.push_back("*--" + escape_scdoc(name) + "*");
  std::string heading = join(names, ", ");
  if (option.get_items_expected_max() > 0)
    heading += " _" + escape_scdoc(option.get_type_name()) + "_";
  return heading;
}

void append_options(const CLI::App& app, std::string& text) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional() && option->get_snames().empty() && option->get_lnames().empty())
      continue;
    text += option_heading(*option) + "\n\t" + escape_scdoc(option->get_description()) + ".\n\n";
  }
}

// For people: the table's "null" only distinguishes unset from the choice "none".
std::string_view default_of(const config::Key& key) {
  return key.fallback == "null" ? "unset" : key.fallback;
}

std::string_view use_note(config::Use use) {
  return use == config::Use::Elsewhere ? " For other tools: shown, not used here." : "";
}

std::string scdoc_keys() {
  std::string text;
  for (const config::Key& key : config::keys()) {
    text += "*" + escape_scdoc(key.name) + "* (" + escape_scdoc(config::describe_type(key)) +
            "; default: " + escape_scdoc(default_of(key)) + ")\n\t" + escape_scdoc(key.help) + ".";
    text += use_note(key.use);
    text += "\n\n";
  }
  return text;
}

std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c == '\n' ? ' ' : c;
  }
  return escaped;
}

std::string phases_page() {
  std::string text =
      "# The phases of `git session close`\n\n"
      "Made from the program's own table (`git-session-docs phases`); a test compares it.\n\n"
      "| phase | does | skipped when | blocks when |\n| --- | --- | --- | --- |\n";
  for (const close::Phase& phase : close::phases()) {
    text += "| `" + std::string(phase.id) + "` | " + cell(phase.does) + " | " +
            cell(phase.skipped_when) + " | " + cell(phase.blocks_when) + " |\n";
  }
  return text;
}

constexpr std::string_view kConfigurationHead =
    "# Session Config\n\n"
    "Made from the program's own table (`git-session-docs configuration`); a test compares it.\n\n"
    "Each key is looked for in these places; a later one wins, key by key:\n\n"
    "1. the defaults below, and the commands found from the project's build files;\n"
    "2. the `## Session Config` section of CLAUDE.md or AGENTS.md (`- **key:** value` lines, "
    "the value perhaps in one pair of backticks; blocks as indented YAML);\n"
    "3. `.git-session.toml` at the top of the work tree (blocks as tables);\n"
    "4. `.orchestrator/policy/quality-gates.json`, for the three commands;\n"
    "5. git config, section `session` (`git config session.vault-sync.mode strict`), and so `git "
    "-c session.KEY=VALUE`;\n"
    "6. options of the command line.\n\n"
    "`git session config --list --show-origin` shows what counts and where it comes from.\n\n"
    "## Keys\n\n"
    "| key | type | default | meaning |\n| --- | --- | --- | --- |\n";

constexpr std::string_view kConfigurationFoot =
    "\n## In git config only\n\n"
    "| key | meaning |\n| --- | --- |\n"
    "| `session.decide.ID` | the choice that `close` takes for decision ID |\n"
    "| `session.trust` | `always`: what files of the repository want run and used is trusted "
    "without "
    "decision `trust` |\n\n"
    "## Trust\n\n"
    "Whoever wrote a repository wrote its files: the Session Config, what a stack is detected "
    "from, a plan that lies in "
    "the work tree. Their commands (gates, `verify`, discovery, review) run only inside `close`, "
    "and not before this clone "
    "trusts them. The same holds for a destination that only they name: `remote`, `mirror`, a "
    "vault outside the work tree, "
    "and a host of issues that is not github.com, gitlab.com or named in your own "
    "configuration.\n\n"
    "The first time, and again when one has changed, `close` shows each command and each resolved "
    "URL or path as it is and "
    "asks decision `trust`. The answer is the 12 digits that it shows, which stand for exactly "
    "that list; `--yes` does not "
    "give it. What holds a character that does not show is never run. What was trusted is "
    "remembered by digest in the git "
    "directory.\n\n"
    "Your own, and trusted: the command line, the environment, git's configuration, a plan that "
    "`start --plan` or `plan set` "
    "takes from outside the work tree, what you write in `plan edit`, and the commands that `init` "
    "shows on a terminal. "
    "Trust is about a command's text, not about the script that it calls. Commands run as `bash "
    "-c` (`sh -c` without bash) "
    "at the top of the work tree.\n";

std::string configuration_page() {
  std::string text(kConfigurationHead);
  for (const config::Key& key : config::keys()) {
    text += "| `" + std::string(key.name) + "` | " + cell(config::describe_type(key)) + " | " +
            cell(default_of(key)) + " | " + cell(key.help) + "." + std::string(use_note(key.use)) +
            " |\n";
  }
  return text + std::string(kConfigurationFoot);
}

constexpr std::string_view kSecretsHead = R"(# Secrets that are found

Made from the program's own table (`git-session-docs secrets`); a test compares it.

`close` looks for these tokens in everything that it would commit or push, whatever the file is called; in binary content
only for those that begin with four characters of their own. A shape alone is not enough: placeholders, samples from
documentation and hashes do not count, most values must look random, and where a format has a checksum, a
token without a valid one is reported as less certain. `…` stands for the secret part.

[formats.md](formats.md#secrets) says what else is found, and how a line is excepted.

| secret | shape |
| --- | --- |
)";

// "glpat-…", "…-us…": the literal text of a format.
std::string shape_of(std::string_view format) {
  std::string shape;
  while (!format.empty()) {
    const std::size_t run = format.find('{');
    shape += format.substr(0, run);
    if (run == std::string_view::npos) break;
    if (!shape.ends_with("…")) shape += "…";
    format.remove_prefix(format.find('}', run) + 1);
  }
  return shape;
}

std::string secrets_page() {
  std::map<std::string_view, std::vector<std::string>> shapes;
  for (const checks::TokenFormat& token : checks::token_formats()) {
    std::vector<std::string>& of = shapes[token.name];
    const std::string shape = "`" + shape_of(token.format) + "`";
    if (std::find(of.begin(), of.end(), shape) == of.end()) of.push_back(shape);
  }
  std::string text(kSecretsHead);
  for (const auto& [name, of] : shapes) {
    text += "| " + std::string(name) + " | " + cell(join(of, ", ")) + " |\n";
  }
  return text;
}

int usage() {
  print_error(
      "usage: git-session-docs options [COMMAND…] | config-keys | phases | configuration | "
      "secrets | completion SHELL\n");
  return static_cast<int>(ExitCode::Usage);
}

// `words`: the command and its subcommand, if any ("snapshot", "list").
std::string options_of(const CLI::App& app, const std::vector<std::string>& words) {
  const CLI::App* at = &app;
  for (const std::string& word : words) at = at->get_subcommand(word);
  std::string text;
  append_options(*at, text);
  return text;
}

}  // namespace

int run_documentation(const std::vector<std::string>& arguments) {
  CLI::App app("Close working sessions in git");
  Invocation invocation;
  build_tree(app, invocation);
  const std::string what = arguments.empty() ? "" : arguments[0];
  const std::string argument = arguments.size() > 1 ? arguments[1] : "";
  if (what == "options") {
    print(options_of(app, {arguments.begin() + 1, arguments.end()}));
  } else if (what == "config-keys") {
    print(scdoc_keys());
  } else if (what == "phases") {
    print(phases_page());
  } else if (what == "configuration") {
    print(configuration_page());
  } else if (what == "secrets") {
    print(secrets_page());
  } else if (what == "completion" &&
             (argument == "bash" || argument == "zsh" || argument == "fish")) {
    print(completion_script(app, argument));
  } else {
    return usage();
  }
  flush_output();
  return static_cast<int>(ExitCode::Done);
}

}  // namespace gs::cli
