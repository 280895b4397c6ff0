#include "cli/completion.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
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
  std::string help;
  std::vector<Option> options;
  std::vector<Node> commands;
};

Node read_tree(const CLI::App& app) {
  Node node{app.get_name(), app.get_description(), {}, {}};
  for (const CLI::Option* option : app.get_options()) {
    Option read{{}, option->get_description(), option->get_items_expected_max() > 0};
    for (const std::string& name : option->get_snames()) read.names.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) read.names.push_back("--" + name);
    if (!read.names.empty()) node.options.push_back(std::move(read));
  }
  for (const CLI::App* sub : app.get_subcommands({})) node.commands.push_back(read_tree(*sub));
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

constexpr std::string_view kSnapshots =
    "git for-each-ref --format='%(refname:lstrip=2)' refs/so-snapshots/ 2>/dev/null";

// Sessions by their ids, as far as these are plain file names: of abandon the open ones, of undo
// those that are over.
constexpr std::string_view kSessionsIn =
    "ls \"$(git rev-parse --git-common-dir 2>/dev/null)/git-session/";

std::string sessions_of(const std::string& command) {
  if (command == "abandon") return std::string(kSessionsIn) + "sessions\" 2>/dev/null";
  if (command == "undo") return std::string(kSessionsIn) + "closed\" 2>/dev/null";
  return "";
}

bool takes_snapshots(const std::string& name) {
  return name == "show" || name == "drop";
}

bool takes_enforcement(const std::string& name) {
  return name == "set";
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
  if (node.name == "close")
    text += indent + "    --decide,*) __gitcomp \"" + decision_words() + "\" ;;\n";
  if (node.name == "start") {
    text += indent + "    --type,*) __gitcomp \"feature deep housekeeping\" ;;\n";
    text += indent + "    --plan,*) __git_complete_index_file \"--cached --others\" ;;\n";
  }
  if (takes_enforcement(node.name))
    text += indent + "    --enforcement,*) __gitcomp \"strict warn off\" ;;\n";
  const std::string sessions = sessions_of(node.name);
  if (!sessions.empty()) text += indent + "    --session,*) __gitcomp \"$(" + sessions + ")\" ;;\n";
  text += indent + "    *,--*) __gitcomp \"" + long_options(node) + "\" ;;\n";
  std::string words;
  if (!node.commands.empty()) words = names_of(node.commands);
  if (node.name == "config") words = key_words();
  if (takes_snapshots(node.name)) words = "$(" + std::string(kSnapshots) + ")";
  if (node.name == "undo") words = "$(" + sessions + ")";
  if (node.name == "check")
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

std::string zsh_value(const std::string& command, const std::string& option) {
  if (command == "close" && option == "--decide") return ":decision:(" + decision_words() + ")";
  if (option == "--session" && !sessions_of(command).empty())
    return ":session:($(" + in_single_quotes(sessions_of(command)) + "))";
  if (option == "--plan") return ":file:_files";
  if (option == "--enforcement") return ":how:(strict warn off)";
  if (option == "--type") return ":type:(feature deep housekeeping)";
  return ":value: ";
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
              (option.takes_value ? zsh_value(node.name, name) : std::string()) + "'";
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
    if (takes_snapshots(node.name)) {
      text += " \\\n    '*:snapshot:($(" + in_single_quotes(kSnapshots) + "))'";
    }
    if (node.name == "undo")
      text += " \\\n    '1:session:($(" + in_single_quotes(sessions_of(node.name)) + "))'";
    if (node.name == "check") text += " \\\n    '*:file:_files'";
    if (node.name == "config") text += " \\\n    '1:key:(" + key_words() + ")'";
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

void fish_options(const Node& node, const std::string& condition, std::string& text) {
  for (const Option& option : node.options) {
    text += "complete -c git-session -n '" + condition + "'";
    for (const std::string& name : option.names) {
      text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    if (option.takes_value) {
      const bool decides =
          std::find(option.names.begin(), option.names.end(), "--decide") != option.names.end();
      const bool file =
          std::find(option.names.begin(), option.names.end(), "--plan") != option.names.end();
      text += file ? " -r -F" : " -x";
      const std::string sessions = sessions_of(node.name);
      if (option.names.front() == "--session" && !sessions.empty())
        text += " -a '(" + in_single_quotes(sessions) + ")'";
      if (option.names.front() == "--enforcement") text += " -a 'strict warn off'";
      if (decides) text += " -a '" + decision_words() + "'";
    }
    text += " -d '" + in_single_quotes(option.help) + "'\n";
  }
}

std::string fish_script(const Node& root) {
  std::string text = "# fish completion of `git session`.\ncomplete -c git-session -f\n";
  fish_options(root, "__fish_use_subcommand", text);
  for (const Node& command : root.commands) {
    text += "complete -c git-session -n __fish_use_subcommand -a " + command.name + " -d '" +
            in_single_quotes(command.help) + "'\n";
    const std::string seen = "__fish_seen_subcommand_from " + command.name;
    if (command.commands.empty()) fish_options(command, seen, text);
    if (command.name == "undo")
      text += "complete -c git-session -n '" + seen + "' -a '(" +
              in_single_quotes(sessions_of(command.name)) + ")'\n";
    if (command.name == "config")
      text += "complete -c git-session -n '" + seen + "' -a '" + key_words() + "'\n";
    const std::string all = names_of(command.commands);
    if (!all.empty())
      fish_options(command, seen + "; and not __fish_seen_subcommand_from " + all, text);
    for (const Node& sub : command.commands) {
      text += "complete -c git-session -n '" + seen + "; and not __fish_seen_subcommand_from " +
              all + "' -a " + sub.name + " -d '" + in_single_quotes(sub.help) + "'\n";
      const std::string both = seen + "; and __fish_seen_subcommand_from " + sub.name;
      fish_options(sub, both, text);
      if (sub.name == "check") text += "complete -c git-session -n '" + both + "' -F\n";
      if (takes_snapshots(sub.name)) {
        text +=
            "complete -c git-session -n '" + both + "' -a \"(" + std::string(kSnapshots) + ")\"\n";
      }
    }
  }
  return text;
}

}  // namespace

std::string completion_script(const CLI::App& app, const std::string& shell) {
  const Node root = read_tree(app);
  if (shell == "bash") return bash_script(root);
  if (shell == "zsh") return zsh_script(root);
  return fish_script(root);
}

}  // namespace gs::cli
