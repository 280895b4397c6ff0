#include <algorithm>
#include <memory>
#include <utility>

#include "base/text.h"
#include "cli/command.h"
#include "cli/config_text.h"
#include "cli/terminal.h"
#include "config/keys.h"
#include "config/load.h"
#include "git/repository.h"
#include "session/state_directory.h"
#include "session/workspace.h"

namespace gs::cli {
namespace {

constexpr std::string_view kSection = "session.";

struct ConfigOptions {
  std::string verb;  // get, set, unset, list; "" where none is given
  std::string key;
  std::optional<std::string> value;
  std::vector<std::string> values;  // with the first one
  bool list = false;
  bool all = false;  // keys for other tools too
  bool show_origin = false;
  bool unset = false;
};

Error unknown_key(const std::string& name) {
  const Error error = usage_error("there is no key '" + name + "'");
  if (std::find(config::blocks().begin(), config::blocks().end(), name) != config::blocks().end()) {
    return usage_error("'" + name + "' is a block of keys")
        .with_hint("name one of its keys, such as '" + name + ".mode'");
  }
  std::vector<std::string_view> names;
  for (const config::Key& key : config::keys()) names.push_back(key.name);
  const std::string_view near = nearest(name, names);
  return error.with_hint(near.empty() ? "'git session config --list' shows all of them"
                                      : "did you mean '" + std::string(near) + "'?");
}

// A key of the table, or one field of an object key ("enforcement-gates.path-guard").
struct KeyPath {
  const config::Key* key = nullptr;
  std::string field;
};
KeyPath resolve_key(const std::string& name) {
  if (const config::Key* key = config::find_key(name)) return {key, ""};
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos || dot + 1 == name.size()) return {};
  const config::Key* key = config::find_key(name.substr(0, dot));
  const bool object = key != nullptr &&
                      (key->type == config::Type::BoolObject || key->type == config::Type::Object);
  if (!object) return {};
  return {key, name.substr(dot + 1)};
}

std::optional<config::Effective> effective_value(const config::SessionConfig& config,
                                                 const std::string& name) {
  const auto unknown = config.unknown().find(name);
  const KeyPath path = resolve_key(name);
  if (path.key == nullptr) {
    if (unknown == config.unknown().end()) return std::nullopt;
    return unknown->second;
  }
  config::Effective effective = config.at(path.key->name);
  if (path.field.empty()) return effective;
  const bool known = effective.value.is_object() && effective.value.contains(path.field);
  effective.value = known ? Json(effective.value[path.field]) : Json();
  return effective;
}

void warn_of(const session::Workspace& workspace, const Common& common) {
  if (common.quiet) return;
  for (const std::string& text : workspace.config.warnings()) warning(text);
}

ExitCode show_value(const Invocation& invocation, const ConfigOptions& options) {
  const session::Workspace workspace = session::open_workspace(invocation.common.selection);
  const auto effective = effective_value(workspace.config, options.key);
  if (!effective) throw unknown_key(options.key);
  warn_of(workspace, invocation.common);
  const bool unset = effective->value.is_null();
  if (invocation.common.json) {
    Json fields = Json::object();
    put_json(fields, options.key, json_value(*effective, options.show_origin));
    print_json("config", fields);
  } else if (!unset) {
    const std::string origin =
        options.show_origin ? effective->origin.describe() + "\t" : std::string();
    for (const std::string& line : value_lines(effective->value)) print_line(origin + line);
  }
  return unset ? ExitCode::No : ExitCode::Done;
}

ExitCode show_all(const Invocation& invocation, const ConfigOptions& options) {
  const session::Workspace workspace = session::open_workspace(invocation.common.selection);
  warn_of(workspace, invocation.common);
  if (invocation.common.json) {
    print_json("config", all_json(workspace.config, options.show_origin));
  } else {
    print(all_text(workspace.config, {options.show_origin, options.all},
                   detect_style(workspace.git_config)));
    if (!options.all && !invocation.common.quiet)
      hint("keys for other tools are left out; '--all' lists them too");
  }
  return ExitCode::Done;
}

void validate(const KeyPath& path, const std::vector<std::string>& values) {
  const config::Origin origin{"local", "", 0};
  const bool list = path.key->type == config::Type::List;
  if (values.size() > 1 && !list) {
    throw usage_error("'" + std::string(path.key->name) + "' takes one value")
        .with_hint("allowed: " + std::string(config::describe_type(*path.key)));
  }
  Json value = values.size() > 1 ? Json(values) : Json(values.front());
  if (!path.field.empty()) value = Json{{path.field, value}};
  (void)config::validate_value(*path.key, value, origin);
}

// The key may also be set in a layer that overrides the repository's own file.
void warn_of_shadow(const git::GitCommand& git, const std::string& name) {
  const auto values = git::read_config(git, name);
  const auto last = std::find_if(values.rbegin(), values.rend(),
                                 [&](const git::ConfigValue& value) { return value.key == name; });
  if (last == values.rend() || last->scope == "local" || last->scope == "global" ||
      last->scope == "system") {
    return;
  }
  warning("git config (" + last->scope + ") sets '" + name + "' to '" + last->value +
          "', which takes precedence");
}

// Where the change was written, and how the team gets it.
void say_where(const git::Repository& repository, const std::string& key, bool unset) {
  const bool agents_first = session::running_platform() == session::Platform::Codex;
  const config::TeamSetting team = config::team_setting(repository, agents_first, key);
  print_line((unset ? "unset" : "set") + std::string(" in this clone (git config session.") + key +
             ")");
  if (!team.place.empty()) {
    hint(team.place + " sets it for the whole team" +
         (unset ? "" : "; change it there and commit it if they are to have this value"));
  } else if (!unset) {
    hint("for the whole team: write it into '" + team.file + "' and commit that");
  }
}

ExitCode change_value(const Invocation& invocation, const ConfigOptions& options) {
  const KeyPath path = resolve_key(options.key);
  // Does not read the whole configuration, so that a broken value in it can be fixed here.
  const git::Repository repository = git::Repository::open();
  if (path.key == nullptr) throw unknown_key(options.key);
  const std::string name = std::string(kSection) + options.key;
  bool changed = true;
  if (!options.unset) validate(path, options.values);
  // A list takes several runs of git.
  std::optional<FileLock> lock =
      git::lock_list(repository, {"config", "the configuration", git::ListLock::Of::Repository});
  if (options.unset) {
    changed = git::unset_config(repository.git(), name);
  } else {
    git::set_config(repository.git(), name, options.values);
  }
  lock.reset();
  if (!invocation.common.quiet) warn_of_shadow(repository.git(), name);
  if (invocation.common.json) {
    print_json("config", {{"key", options.key},
                          {"action", options.unset ? "unset" : "set"},
                          {"values", options.values},
                          {"changed", changed}});
  } else if (!changed && !invocation.common.quiet) {
    hint("'" + name + "' was not set in the repository's git config");
  } else if (!invocation.common.quiet) {
    say_where(repository, options.key, options.unset);
  }
  return ExitCode::Done;
}

// "get", "set", "unset" and "list" in the place of a key are verbs: none of the keys has such a
// name.
void take_verb(ConfigOptions& options) {
  if (options.key != "get" && options.key != "set" && options.key != "unset" &&
      options.key != "list")
    return;
  options.verb = std::exchange(options.key, "");
  if (!options.values.empty()) {
    options.key = options.values.front();
    options.values.erase(options.values.begin());
  }
  const bool has_key = !options.key.empty();
  const bool has_values = !options.values.empty();
  if (options.verb == "list") {
    if (has_key) throw usage_error("'config list' shows every key and takes none");
    options.list = true;
  } else if (!has_key) {
    throw usage_error("'config " + options.verb + "' needs a key")
        .with_hint("'git session config list' shows all of them");
  } else if (options.verb == "set" ? !has_values : has_values) {
    throw usage_error(options.verb == "set"
                          ? "'config set' needs a value"
                          : "'config " + options.verb + "' takes a key and no value");
  }
  options.unset = options.unset || options.verb == "unset";
}

ExitCode run_config(const Invocation& invocation, ConfigOptions options) {
  take_verb(options);
  if (options.key.starts_with(kSection)) options.key.erase(0, kSection.size());
  const bool has_key = !options.key.empty();
  if (options.unset && (!has_key || !options.values.empty())) {
    throw usage_error("--unset takes one key");
  }
  if (options.show_origin && !options.values.empty()) {
    throw usage_error("--show-origin shows values and sets none");
  }
  if (options.all && has_key) throw usage_error("--all lists keys and takes none");
  if (options.list && has_key) throw usage_error("--list shows every key and takes none");
  if (options.unset || !options.values.empty()) return change_value(invocation, options);
  return has_key ? show_value(invocation, options) : show_all(invocation, options);
}

}  // namespace

void add_config(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<ConfigOptions>();
  app.add_flag("-l,--list", options->list, "Show every key with its effective value");
  app.add_flag("--all", options->all, "List the keys for other tools too");
  CLI::Option* origin =
      app.add_flag("--show-origin", options->show_origin, "Show where each value comes from");
  app.add_flag("--unset", options->unset, "Remove the key from the repository's git config")
      ->excludes(origin);
  app.add_option("key", options->key,
                 "Key to show or to set; get, set, unset and list may precede it")
      ->type_name("KEY");
  // A separate option for the first value: among several, CLI11 would split "[ -f a ]" as a list.
  app.add_option("value", options->value, "Value to set; several for a list")->type_name("VALUE");
  app.add_option("more", options->values, "More values of a list")->type_name("VALUE")->group("");
  app.callback([&invocation, options] {
    if (options->value) options->values.insert(options->values.begin(), *options->value);
    invocation.run = [&invocation, options] { return run_config(invocation, *options); };
  });
}

}  // namespace gs::cli
