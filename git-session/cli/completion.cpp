#include "cli/completion.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "cli/completion_tree.h"

namespace gs::cli {

namespace {

using Files = Offer::Files;

// --- bash

std::string bash_offer(const Offer& offer) {
  // Without candidates, git's completion leaves the word to bash, which completes files.
  if (offer.files == Files::Any) return ":";
  if (offer.files == Files::Changed)
    return "__git_complete_index_file \"--others --modified --directory --no-empty-directory\"";
  return "__gitcomp \"" + (offer.listed.empty() ? offer.words : "$(" + offer.command() + ")") +
         "\"";
}

std::string bash_operands(const CompletedCommand& command, const std::string& indent) {
  const Operands operands = operands_of(command);
  if (!operands.any()) return "";
  std::string text = indent + "    *) case \"$(__git_session_nth \"session " + command.path +
                     "\" \"" + valued_options(command) + "\")\" in\n";
  for (std::size_t i = 0; i < operands.places.size(); ++i)
    text +=
        indent + "      " + std::to_string(i + 1) + ") " + bash_offer(operands.places[i]) + " ;;\n";
  if (operands.rest.any()) text += indent + "      *) " + bash_offer(operands.rest) + " ;;\n";
  return text + indent + "    esac ;;\n";
}

std::string bash_config(const std::string& indent) {
  std::string text = indent + "    get,*|set,*|unset,*|--unset,*) __gitcomp \"" + key_words() +
                     "\" ;;\n" + indent + "    config,*) __gitcomp \"" + kConfigVerbs + " " +
                     key_words() + "\" ;;\n";
  for (const KeyValues& values : values_of_keys()) {
    text +=
        indent + "    " + join(values.keys, ",*|") + ",*) __gitcomp \"" + values.words + "\" ;;\n";
  }
  return text;
}

// One `case` arm for each command; a command with subcommands checks the next word, too.
std::string bash_arm(const CompletedCommand& command, const std::string& indent) {
  std::string text = indent + command.name + ")\n";
  if (!command.commands.empty()) {
    text += indent + "  sub=$(__git_find_on_cmdline \"" + names_of(command.commands) + "\")\n" +
            indent + "  case \"$sub\" in\n";
    for (const CompletedCommand& sub : command.commands) text += bash_arm(sub, indent + "    ");
    text += indent + "  esac\n";
  }
  text += indent + "  case \"$prev,$cur\" in\n";
  for (const CompletedOption& option : command.options) {
    for (const std::string& name : option.names) {
      const Offer offer = values_of(command, name);
      if (offer.any()) text += indent + "    " + name + ",*) " + bash_offer(offer) + " ;;\n";
    }
  }
  text += indent + "    *,--*) __gitcomp \"" + long_options(command) + "\" ;;\n";
  if (command.path == "config") text += bash_config(indent);
  if (!command.commands.empty())
    text += indent + "    *) __gitcomp \"" + names_of(command.commands) + "\" ;;\n";
  text += bash_operands(command, indent) + indent + "  esac\n";
  if (command.commands.empty() && indent.size() > 4) text += indent + "  return\n";
  return text + indent + "  ;;\n";
}

constexpr std::string_view kBashHead =
    R"(# bash completion of `git session`; git's own completion calls _git_session.
# __git_session_nth WORDS OPTIONS: which operand comes next, from 1. OPTIONS: those with a value.
__git_session_nth() {
  local i at=0 nth=1
  local -a path
  read -ra path <<<"$1"
  for ((i = 1; i < cword; i++)); do
    if ((at < ${#path[@]})); then
      [[ ${words[i]} != "${path[at]}" ]] || ((at += 1))
    elif [[ " $2 " == *" ${words[i]} "* ]]; then
      ((i += 1))
    elif [[ ${words[i]} != -* ]]; then
      ((nth += 1))
    fi
  done
  echo "$nth"
}
)";

std::string bash_script(const CompletedCommand& root) {
  std::string text = std::string(kBashHead) +
                     "_git_session() {\n"
                     "  local command sub\n"
                     "  command=$(__git_find_on_cmdline \"" +
                     names_of(root.commands) + "\")\n  case \"$command\" in\n";
  for (const CompletedCommand& command : root.commands) text += bash_arm(command, "    ");
  text += "    *)\n      case \"$prev,$cur\" in\n        --session,*) " +
          bash_offer(values_of(root, "--session")) + " ;;\n        *,--*) __gitcomp \"" +
          long_options(root) + "\" ;;\n        *) __gitcomp \"" + names_of(root.commands) +
          "\" ;;\n      esac\n      ;;\n  esac\n}\n";
  return text;
}

// --- zsh

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

// "session:_git-session_listed sessions"
std::string zsh_offer(const Offer& offer) {
  std::string action = "(" + offer.words + ")";
  if (!offer.listed.empty()) action = "_git-session_listed " + offer.listed;
  if (offer.files != Files::None) action = "_files";
  return offer.what + ":" + action;
}

std::string zsh_value(const CompletedCommand& command, const CompletedOption& option,
                      const std::string& name) {
  const Offer offer = values_of(command, name);
  return ":" + (offer.any() ? zsh_offer(offer) : option.value + ": ");
}

std::string zsh_operands(const CompletedCommand& command) {
  if (command.path == "config") return " \\\n    '*:value:_git-session_keys'";
  const Operands operands = operands_of(command);
  std::string text;
  for (std::size_t i = 0; i < operands.places.size(); ++i)
    text += " \\\n    '" + std::to_string(i + 1) + ":" + zsh_offer(operands.places[i]) + "'";
  // Without any, zsh would begin an option.
  text += operands.rest.any() ? " \\\n    '*:" + zsh_offer(operands.rest) + "'"
                              : " \\\n    '*: :_message \"no more arguments\"'";
  return text;
}

std::string zsh_function(const CompletedCommand& command, const std::string& function) {
  std::string text = function +
                     "() {\n  local curcontext=$curcontext state line ret=1\n  typeset -A "
                     "opt_args\n  _arguments -C";
  for (const CompletedOption& option : command.options) {
    for (const std::string& name : option.names) {
      const bool is_long = name.starts_with("--");
      text += " \\\n    '*" + name + (option.takes_value() && is_long ? "=" : "") + "[" +
              zsh_text(option.help) + "]" +
              (option.takes_value() ? zsh_value(command, option, name) : std::string()) + "'";
    }
  }
  if (!command.commands.empty()) {
    text +=
        " \\\n    '1: :->command' '*:: :->argument' && ret=0\n  case $state in\n    command)\n     "
        " local -a commands=(\n";
    for (const CompletedCommand& sub : command.commands) {
      text += "        '" + sub.name + ":" + zsh_text(sub.help) + "'\n";
    }
    text +=
        "      )\n      _describe -t commands command commands && ret=0\n      ;;\n    argument)\n "
        "     case $words[1] in\n";
    for (const CompletedCommand& sub : command.commands) {
      text += "        " + sub.name + ") " + function + "_" + sub.name + " && ret=0 ;;\n";
    }
    text += "      esac\n      ;;\n  esac\n";
  } else {
    text += zsh_operands(command) + " && ret=0\n";
  }
  text += "  return ret\n}\n\n";
  std::string functions = text;
  for (const CompletedCommand& sub : command.commands)
    functions += zsh_function(sub, function + "_" + sub.name);
  return functions;
}

std::string zsh_helpers() {
  std::string text = R"zsh(_git-session_listed() {
  local -a found=(${(f)"$(git session hook complete $argv[-1] 2>/dev/null)"})
  if (($#found)); then compadd "${(@)argv[1,-2]}" -a found; else _message "no $argv[-1]"; fi
}

_git-session_keys() {
  case $words[CURRENT-1] in
)zsh";
  for (const KeyValues& values : values_of_keys())
    text += "    " + join(values.keys, "|") + ") compadd \"$@\" -- " + values.words + " ;;\n";
  return text + "    get|set|unset|--unset) compadd \"$@\" -- " + key_words() +
         " ;;\n    config|-*) compadd \"$@\" -- " + kConfigVerbs + " " + key_words() +
         " ;;\n    *) _message value ;;\n  esac\n}\n\n";
}

std::string zsh_script(const CompletedCommand& root) {
  return "#compdef git-session\n#description close working sessions\n\n" + zsh_helpers() +
         zsh_function(root, "_git-session") + "_git-session \"$@\"\n";
}

// --- fish

std::string fish_offer(const Offer& offer) {
  if (offer.files != Files::None) return " -F";
  return " -a '" + (offer.listed.empty() ? offer.words : "(" + offer.command() + ")") + "'";
}

void fish_place(const std::string& condition, const Offer& offer, std::string& text) {
  text += "complete -c git-session -n '" + condition + "'" + fish_offer(offer) + "\n";
}

// What a command takes besides options.
void fish_operands(const CompletedCommand& command, const std::string& condition,
                   std::string& text) {
  if (command.path == "config") {
    const auto after = [&](const std::string& words) {
      return condition + "; and __git_session_follows " + words;
    };
    const Offer keys{.what = "key", .words = key_words()};
    fish_place(after("config"), {.what = "verb", .words = kConfigVerbs}, text);
    fish_place(after("config get set unset --unset"), keys, text);
    for (const KeyValues& values : values_of_keys())
      fish_place(after(join(values.keys, " ")), {.what = "value", .words = values.words}, text);
    return;
  }
  const Operands operands = operands_of(command);
  const std::string nth = condition + "; and __git_session_nth " + command.name;
  for (std::size_t i = 0; i < operands.places.size(); ++i)
    fish_place(nth + " -eq " + std::to_string(i + 1), operands.places[i], text);
  if (operands.rest.any())
    fish_place(nth + " -gt " + std::to_string(operands.places.size()), operands.rest, text);
}

void fish_options(const CompletedCommand& command, const std::string& condition,
                  std::string& text) {
  for (const CompletedOption& option : command.options) {
    text += "complete -c git-session -n '" + condition + "'";
    for (const std::string& name : option.names) {
      text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    if (option.takes_value()) {
      Offer offer;
      for (const std::string& name : option.names) {
        if (!offer.any()) offer = values_of(command, name);
      }
      text += offer.files != Files::None ? " -r" : " -x";
      if (offer.any()) text += fish_offer(offer);
    }
    text += " -d '" + in_single_quotes(option.help) + "'\n";
  }
}

// fish looks for a command's name among all words; "show" is also a verb of others.
std::string without_parents_of(const std::string& name, const CompletedCommand& root) {
  std::vector<std::string> parents;
  for (const CompletedCommand& command : root.commands) {
    for (const CompletedCommand& verb : command.commands) {
      if (verb.name == name) parents.push_back(command.name);
    }
  }
  return parents.empty() ? "" : "; and not __fish_seen_subcommand_from " + join(parents, " ");
}

constexpr std::string_view kFishHead = R"(# fish completion of `git session`.
# __git_session_nth WORD OPERATOR NUMBER: compares which operand of the command comes next, from 1.
function __git_session_nth
    set -l words (commandline -opc)
    set -l at (contains -i -- $argv[1] $words)
    or return
    set -l nth 1
    set -l is_value 0
    for word in $words[(math $at + 1)..]
        if test $is_value = 1
            set is_value 0
        else if contains -- $word --session --state-dir
            set is_value 1
        else if not string match -q -- '-*' $word
            set nth (math $nth + 1)
        end
    end
    test $nth $argv[2] $argv[3]
end
# Whether the word before is one of these.
function __git_session_follows
    set -l words (commandline -opc)
    contains -- $words[-1] $argv
end
complete -c git-session -f
)";

std::string fish_script(const CompletedCommand& root) {
  std::string text(kFishHead);
  fish_options(root, "__fish_use_subcommand", text);
  for (const CompletedCommand& command : root.commands) {
    text += "complete -c git-session -n __fish_use_subcommand -a " + command.name + " -d '" +
            in_single_quotes(command.help) + "'\n";
    const std::string seen =
        "__fish_seen_subcommand_from " + command.name + without_parents_of(command.name, root);
    if (command.commands.empty()) fish_options(command, seen, text);
    fish_operands(command, seen, text);
    const std::string all = names_of(command.commands);
    if (!all.empty())
      fish_options(command, seen + "; and not __fish_seen_subcommand_from " + all, text);
    for (const CompletedCommand& sub : command.commands) {
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
  const CompletedCommand root = completed_tree(app);
  if (shell == "bash") return bash_script(root);
  if (shell == "zsh") return zsh_script(root);
  return fish_script(root);
}

}  // namespace gs::cli
