#include "cli/completion_tree.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "cli/command.h"
#include "config/keys.h"
#include "session/decision.h"

namespace gs::cli {

namespace {

using Words = std::vector<std::string>;

std::string decision_words() {
  Words words;
  for (const session::DecisionKind& kind : session::decision_kinds()) {
    for (const std::string_view choice : kind.choices)
      words.push_back(std::string(kind.id) + "=" + std::string(choice));
  }
  return join(words, " ");
}

std::string command_words() {
  Words words;
  for (const Command& command : commands()) {
    if (!command.group.empty()) words.emplace_back(command.name);
  }
  return join(words, " ");
}

Offer list_of(std::string what, std::string listed) {
  return {.what = std::move(what), .listed = std::move(listed)};
}

Offer words_of(std::string what, std::string words) {
  return {.what = std::move(what), .words = std::move(words)};
}

const Offer kAnyFile{.what = "file", .files = Offer::Files::Any};
const Offer kChangedFile{.what = "file", .files = Offer::Files::Changed};

// "HOOK,…" is a hook.
std::string value_name(const CLI::Option& option) {
  const std::string type = to_lower(option.get_type_name());
  const std::string name = type.substr(0, type.find_first_not_of("abcdefghijklmnopqrstuvwxyz"));
  return name.empty() ? "value" : name;
}

}  // namespace

CompletedCommand completed_tree(const CLI::App& app, const std::string& parent) {
  CompletedCommand command{app.get_name(), "", app.get_description(), {}, {}};
  if (app.get_parent() != nullptr)
    command.path = parent + (parent.empty() ? "" : " ") + command.name;
  for (const CLI::Option* option : app.get_options()) {
    CompletedOption read{{}, option->get_description(), ""};
    if (option->get_items_expected_max() > 0) read.value = value_name(*option);
    for (const std::string& name : option->get_snames()) read.names.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) read.names.push_back("--" + name);
    if (!read.names.empty()) command.options.push_back(std::move(read));
  }
  for (const CLI::App* sub : app.get_subcommands({})) {
    if (!sub->get_group().empty()) command.commands.push_back(completed_tree(*sub, command.path));
  }
  return command;
}

std::string names_of(const std::vector<CompletedCommand>& commands) {
  Words names;
  for (const CompletedCommand& command : commands) names.push_back(command.name);
  return join(names, " ");
}

std::string long_options(const CompletedCommand& command) {
  Words names;
  for (const CompletedOption& option : command.options) {
    for (const std::string& name : option.names) {
      if (name.starts_with("--")) names.push_back(name + (option.takes_value() ? "=" : ""));
    }
  }
  return join(names, " ");
}

std::string valued_options(const CompletedCommand& command) {
  Words names;
  for (const CompletedOption& option : command.options) {
    if (option.takes_value()) names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return join(names, " ");
}

std::string Offer::command() const {
  return "git session hook complete " + listed + " 2>/dev/null";
}

Operands operands_of(const CompletedCommand& command) {
  const std::string& path = command.path;
  const Offer snapshots = list_of("snapshot", "snapshots");
  if (path == "snapshot show") return {{snapshots}};
  if (path == "snapshot drop") return {{}, snapshots};
  if (path == "snapshot diff") return {{snapshots, snapshots}, kAnyFile};
  if (path == "snapshot restore") return {{snapshots}, kAnyFile};
  if (path == "undo" || path == "show") return {{list_of("session", "closed")}};
  if (path == "resume") return {{list_of("session", "paused")}};
  if (path == "issue show" || path == "issue close") return {{list_of("issue", "issues")}};
  if (path == "plan set" || path == "records export" || path == "records import")
    return {{kAnyFile}};
  if (path == "claim") return {{}, kChangedFile};
  if (path == "scope check") return {{}, kAnyFile};
  if (path == "help") return {{words_of("command", command_words())}};
  return {};
}

Offer values_of(const CompletedCommand& command, const std::string& option) {
  const std::string& path = command.path;
  static const std::map<std::string, Offer> kByOption = {
      {"--decide", words_of("decision", decision_words())},
      {"--enforcement", words_of("how", "strict warn off")},
      {"--format", words_of("format", "text md html json")},
      {"--gate", words_of("gate", "typecheck test lint")},
      {"--records", words_of("home", "private tracked")},
      {"--to", words_of("home", "private tracked")},
      {"--with", words_of("hook", "pre-commit post-index-change")},
      {"--priority", words_of("priority", "critical high medium low")},
      {"--issue", list_of("issue", "issues")},
      {"--plan", kAnyFile},
      {"--bundle", kAnyFile},
      {"--html", kAnyFile},
  };
  if (option == "--type" && path == "start") return words_of("type", "feature deep housekeeping");
  if (option == "--session") {
    const bool is_over = path == "undo" || path == "show" || path == "log";
    return list_of("session", is_over ? "closed" : "sessions");
  }
  const auto found = kByOption.find(option);
  return found == kByOption.end() ? Offer() : found->second;
}

std::vector<KeyValues> values_of_keys() {
  std::map<std::string, Words> by_words;
  for (const config::Key& key : config::keys()) {
    const bool is_list = key.type == config::Type::List;
    Words choices(key.choices.begin(), key.choices.end());
    if (key.type == config::Type::Bool) choices = {"true", "false"};
    if (choices.empty() && !is_list) continue;
    if (!choices.empty()) by_words[join(choices, " ")].emplace_back(key.name);
  }
  std::vector<KeyValues> values;
  for (auto& [words, keys] : by_words) values.push_back({words, std::move(keys)});
  return values;
}

std::string key_words() {
  Words words;
  for (const config::Key& key : config::keys()) words.emplace_back(key.name);
  return join(words, " ");
}

}  // namespace gs::cli
