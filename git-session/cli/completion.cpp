#include "cli/completion.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "cli/command.h"
#include "config/keys.h"
#include "session/decision.h"

namespace gs::cli {

namespace {

struct Option {
  std::vector<std::string> names;  // with their dashes
  std::string help;
  bool takes_value = false;
};

struct Node {
  std::string name;
  std::string path;  // from the root: "snapshot show"
  std::string help;
  std::vector<Option> options;
  std::vector<Node> commands;
};

Node read_tree(const CLI::App& app, const std::string& parent) {
  Node node{app.get_name(), "", app.get_description(), {}, {}};
  if (app.get_parent() != nullptr) node.path = parent + (parent.empty() ? "" : " ") + node.name;
  for (const CLI::Option* option : app.get_options()) {
    Option read{{}, option->get_description(), option->get_items_expected_max() > 0};
    for (const std::string& name : option->get_snames()) read.names.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) read.names.push_back("--" + name);
    if (!read.names.empty()) node.options.push_back(std::move(read));
  }
  for (const CLI::App* sub : app.get_subcommands({}))
    node.commands.push_back(read_tree(*sub, node.path));
  return node;
}

std::string names_of(const std::vector<Node>& nodes) {
  std::vector<std::string> names;
  for (const Node& node : nodes) names.push_back(node.name);
  return join(names, " ");
}

std::string long_options(const Node& node) {
  std::vector<std::string> names;
  for (const Option& option : node.options) {
    for (const std::string& name : option.names) {
      if (name.starts_with("--")) names.push_back(name + (option.takes_value ? "=" : ""));
    }
  }
  return join(names, " ");
}

std::string decision_words() {
  std::vector<std::string> words;
  for (const session::DecisionKind& kind : session::decision_kinds()) {
    for (const std::string_view choice : kind.choices)
      words.push_back(std::string(kind.id) + "=" + std::string(choice));
  }
  return join(words, " ");
}

std::string key_words() {
  std::vector<std::string> words;
  for (const config::Key& key : config::keys()) words.emplace_back(key.name);
  return join(words, " ");
}

std::string command_words() {
  std::vector<std::string> words;
  for (const Command& command : commands()) words.emplace_back(command.name);
  return join(words, " ");
}

// What may follow: words, or the lines that a command prints.
struct Offer {
  std::string what;  // "session"
  std::string words = {};
  std::string command = {};

  [[nodiscard]] bool any() const { return !words.empty() || !command.empty(); }
};

Offer snapshots() {
  return {"snapshot", "",
          "git for-each-ref --format='%(refname:lstrip=2)' 'refs/so-snapshots/*/wave-*' "
          "2>/dev/null"};
}

// By their ids, as far as these are plain file names. `where`: sessions (open) or closed.
Offer sessions(const std::string& where) {
  return {
      "session", "",
      "ls \"$(git rev-parse --git-common-dir 2>/dev/null)/git-session/" + where + "\" 2>/dev/null"};
}

// Where STATE.md says so, by the ids in them.
Offer paused_sessions() {
  return {
      "session", "",
      "sh -c 'grep -D skip -rlsx --include=STATE.md \"status: paused\" \"$1/git-session/sessions\" "
      "\"$1/git-session/paused\" \"$2/.claude/STATE.md\" \"$2/.codex/STATE.md\" "
      "\"$2/.cursor/STATE.md\" \"$2/.pi/STATE.md\" \"$2/.orchestrator/STATE.md\" | while IFS= "
      "read -r file; do sed -n \"s/^session: //p\" \"$file\"; done' sh \"$(git rev-parse "
      "--git-common-dir 2>/dev/null)\" \"$(git rev-parse --show-toplevel 2>/dev/null)\" "
      "2>/dev/null"};
}

Offer operands_of(const std::string& path) {
  if (path == "snapshot show" || path == "snapshot diff" || path == "snapshot restore" ||
      path == "snapshot drop")
    return snapshots();
  if (path == "undo" || path == "show") return sessions("closed");
  if (path == "resume") return paused_sessions();
  if (path == "config") return {"key", "get set unset list " + key_words()};
  if (path == "help") return {"command", command_words()};
  return {};
}

Offer values_of(const std::string& path, const std::string& option) {
  if (option == "--decide") return {"decision", decision_words()};
  if (option == "--enforcement") return {"how", "strict warn off"};
  if (option == "--type" && path == "start") return {"type", "feature deep housekeeping"};
  if (option == "--format") return {"format", "text md html json"};
  if (option == "--gate") return {"gate", "typecheck test lint"};
  if (option != "--session") return {};
  return sessions(path == "undo" || path == "show" || path == "log" ? "closed" : "sessions");
}

bool takes_files(const std::string& path) {
  return path == "scope check";
}

std::string in_bash(const Offer& offer) {
  return offer.command.empty() ? offer.words : "$(" + offer.command + ")";
}

// One `case` arm for each command; a command with subcommands checks the next word, too.
std::string bash_arm(const Node& node, const std::string& indent) {
  std::string text = indent + node.name + ")\n";
  if (!node.commands.empty()) {
    text += indent + "  sub=$(__git_find_on_cmdline \"" + names_of(node.commands) + "\")\n" +
            indent + "  case \"$sub\" in\n";
    for (const Node& command : node.commands) text += bash_arm(command, indent + "    ");
    text += indent + "  esac\n";
  }
  text += indent + "  case \"$prev,$cur\" in\n";
  for (const Option& option : node.options) {
    for (const std::string& name : option.names) {
      if (name == "--plan")
        text += indent + "    --plan,*) __git_complete_index_file \"--cached --others\" ;;\n";
      const Offer offer = values_of(node.path, name);
      if (offer.any())
        text += indent + "    " + name + ",*) __gitcomp \"" + in_bash(offer) + "\" ;;\n";
    }
  }
  text += indent + "    *,--*) __gitcomp \"" + long_options(node) + "\" ;;\n";
  std::string words;
  if (!node.commands.empty()) words = names_of(node.commands);
  if (const Offer operands = operands_of(node.path); operands.any()) words = in_bash(operands);
  if (takes_files(node.path))
    text += indent + "    *) __git_complete_index_file \"--cached --others\" ;;\n";
  if (!words.empty()) text += indent + "    *) __gitcomp \"" + words + "\" ;;\n";
  text += indent + "  esac\n";
  if (node.commands.empty() && indent.size() > 4) text += indent + "  return\n";
  return text + indent + "  ;;\n";
}

std::string bash_script(const Node& root) {
  std::string text =
      "# bash completion of `git session`; git's own completion calls _git_session.\n"
      "_git_session() {\n"
      "  local command sub\n"
      "  command=$(__git_find_on_cmdline \"" +
      names_of(root.commands) + "\")\n  case \"$command\" in\n";
  for (const Node& command : root.commands) text += bash_arm(command, "    ");
  text += "    *)\n      case \"$cur\" in\n        --*) __gitcomp \"" + long_options(root) +
          "\" ;;\n        *) __gitcomp \"" + names_of(root.commands) +
          "\" ;;\n      esac\n      ;;\n  esac\n}\n";
  return text;
}

std::string in_single_quotes(std::string_view text) {
  std::string quoted;
  for (const char c : text) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted;
}

std::string zsh_text(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':') escaped += '\\';
    escaped += c;
  }
  return in_single_quotes(escaped);
}

// "session:($(ls …))"
std::string in_zsh(const Offer& offer) {
  return offer.what + ":(" +
         (offer.command.empty() ? offer.words : "$(" + in_single_quotes(offer.command) + ")") + ")";
}

std::string zsh_value(const Node& node, const std::string& option) {
  if (option == "--plan" || option == "--bundle") return ":file:_files";
  const Offer offer = values_of(node.path, option);
  return offer.any() ? ":" + in_zsh(offer) : ":value: ";
}

std::string zsh_function(const Node& node, const std::string& function) {
  std::string text = function +
                     "() {\n  local curcontext=$curcontext state line ret=1\n  typeset -A "
                     "opt_args\n  _arguments -C";
  for (const Option& option : node.options) {
    for (const std::string& name : option.names) {
      const bool is_long = name.starts_with("--");
      text += " \\\n    '*" + name + (option.takes_value && is_long ? "=" : "") + "[" +
              zsh_text(option.help) + "]" +
              (option.takes_value ? zsh_value(node, name) : std::string()) + "'";
    }
  }
  if (!node.commands.empty()) {
    text +=
        " \\\n    '1: :->command' '*:: :->argument' && ret=0\n  case $state in\n    command)\n     "
        " local -a commands=(\n";
    for (const Node& command : node.commands) {
      text += "        '" + command.name + ":" + zsh_text(command.help) + "'\n";
    }
    text +=
        "      )\n      _describe -t commands command commands && ret=0\n      ;;\n    argument)\n "
        "     case $words[1] in\n";
    for (const Node& command : node.commands) {
      text += "        " + command.name + ") " + function + "_" + command.name + " && ret=0 ;;\n";
    }
    text += "      esac\n      ;;\n  esac\n";
  } else {
    if (const Offer operands = operands_of(node.path); operands.any())
      text += " \\\n    '*:" + in_zsh(operands) + "'";
    if (takes_files(node.path)) text += " \\\n    '*:file:_files'";
    text += " && ret=0\n";
  }
  text += "  return ret\n}\n\n";
  std::string functions = text;
  for (const Node& command : node.commands)
    functions += zsh_function(command, function + "_" + command.name);
  return functions;
}

std::string zsh_script(const Node& root) {
  return "#compdef git-session\n#description close working sessions\n\n" +
         zsh_function(root, "_git-session") + "_git-session \"$@\"\n";
}

std::string in_fish(const Offer& offer) {
  return "'" + (offer.command.empty() ? offer.words : "(" + in_single_quotes(offer.command) + ")") +
         "'";
}

// What a command takes besides options.
void fish_operands(const Node& node, const std::string& condition, std::string& text) {
  if (takes_files(node.path)) text += "complete -c git-session -n '" + condition + "' -F\n";
  const Offer operands = operands_of(node.path);
  if (operands.any())
    text += "complete -c git-session -n '" + condition + "' -a " + in_fish(operands) + "\n";
}

void fish_options(const Node& node, const std::string& condition, std::string& text) {
  for (const Option& option : node.options) {
    text += "complete -c git-session -n '" + condition + "'";
    for (const std::string& name : option.names) {
      text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    if (option.takes_value) {
      const auto has = [&](const std::string& name) {
        return std::find(option.names.begin(), option.names.end(), name) != option.names.end();
      };
      text += has("--plan") || has("--bundle") ? " -r -F" : " -x";
      for (const std::string& name : option.names) {
        const Offer offer = values_of(node.path, name);
        if (offer.any()) text += " -a " + in_fish(offer);
      }
    }
    text += " -d '" + in_single_quotes(option.help) + "'\n";
  }
}

// fish looks for a command's name among all words; "show" is also a verb of others.
std::string without_parents_of(const std::string& name, const Node& root) {
  std::vector<std::string> parents;
  for (const Node& command : root.commands) {
    for (const Node& verb : command.commands) {
      if (verb.name == name) parents.push_back(command.name);
    }
  }
  return parents.empty() ? "" : "; and not __fish_seen_subcommand_from " + join(parents, " ");
}

std::string fish_script(const Node& root) {
  std::string text = "# fish completion of `git session`.\ncomplete -c git-session -f\n";
  fish_options(root, "__fish_use_subcommand", text);
  for (const Node& command : root.commands) {
    text += "complete -c git-session -n __fish_use_subcommand -a " + command.name + " -d '" +
            in_single_quotes(command.help) + "'\n";
    const std::string seen =
        "__fish_seen_subcommand_from " + command.name + without_parents_of(command.name, root);
    if (command.commands.empty()) fish_options(command, seen, text);
    fish_operands(command, seen, text);
    const std::string all = names_of(command.commands);
    if (!all.empty())
      fish_options(command, seen + "; and not __fish_seen_subcommand_from " + all, text);
    for (const Node& sub : command.commands) {
      text += "complete -c git-session -n '" + seen + "; and not __fish_seen_subcommand_from " +
              all + "' -a " + sub.name + " -d '" + in_single_quotes(sub.help) + "'\n";
      const std::string both = seen + "; and __fish_seen_subcommand_from " + sub.name;
      fish_options(sub, both, text);
      fish_operands(sub, both, text);
    }
  }
  return text;
}

}  // namespace

std::string completion_script(const CLI::App& app, const std::string& shell) {
  const Node root = read_tree(app, "");
  if (shell == "bash") return bash_script(root);
  if (shell == "zsh") return zsh_script(root);
  return fish_script(root);
}

}  // namespace gs::cli
