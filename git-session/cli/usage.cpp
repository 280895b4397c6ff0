#include "cli/usage.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "report/style.h"

namespace gs::cli {

namespace {

std::vector<std::string> long_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) {
    if (!command->get_group().empty()) names.push_back(command->get_name());
  }
  return names;
}

// Those that begin with `word`, else the nearest ones; several where nothing tells which.
std::vector<std::string> near_ones(const std::string& word, const std::vector<std::string>& names) {
  constexpr std::size_t kTelling = 2;
  std::vector<std::string> found;
  const std::size_t dashes = std::min(word.find_first_not_of('-'), word.size());
  if (word.size() >= dashes + kTelling) {
    std::copy_if(names.begin(), names.end(), std::back_inserter(found),
                 [&](const std::string& name) { return name.starts_with(word); });
  }
  if (!found.empty()) return found;
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const std::string_view nearest_one = nearest(word, candidates);
  if (nearest_one.empty()) return {};
  const auto common = [&](std::string_view name) {
    return std::mismatch(word.begin(), word.end(), name.begin(), name.end()).first - word.begin();
  };
  const std::size_t least = edit_distance(word, nearest_one);
  std::ptrdiff_t most = 0;
  for (const std::string_view name : candidates) {
    if (edit_distance(word, name) != least || common(name) < most) continue;
    if (common(name) > most) found.clear();
    most = common(name);
    found.emplace_back(name);
  }
  return found;
}

// "did you mean 'start' or 'status'?"; "" without any.
std::string did_you_mean(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += "'" + names[i] + "'";
  }
  return text.empty() ? "" : "did you mean " + text + "?";
}

std::string see_usage(const CLI::App& app) {
  return "'" + full_name(app) + " -h' shows how it is used";
}

bool takes(const CLI::App& app, const std::string& option) {
  const std::vector<std::string> names = long_names(app);
  return std::find(names.begin(), names.end(), option) != names.end();
}

UsageProblem unknown_option(const CLI::App& app, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  const std::string message = "unknown option '" + name + "'";
  for (const CLI::App* command : app.get_subcommands({})) {
    if (takes(*command, name)) return {message, "'" + full_name(*command) + "' takes it"};
  }
  const std::string near = did_you_mean(near_ones(name, long_names(app)));
  return {message, near.empty() ? see_usage(app) : near};
}

// An option whose value was several words without quotes: the form with all of them.
std::string whole_value(const CLI::App& app, const std::vector<std::string>& words) {
  for (const char* name : {"--label", "--title", "-m"}) {
    const CLI::Option* option = app.get_option_no_throw(name);
    if (option == nullptr || option->count() == 0) continue;
    const std::string glue = std::string_view(name) == "--label" ? "-" : " ";
    return "did you mean: " + full_name(app) + " " + name + " " +
           quote_shell(option->results().back() + glue + join(words, glue));
  }
  return "";
}

// What someone probably meant who gave words where none is taken; "" if there is no telling.
std::string meant_by(const CLI::App& app, const std::vector<std::string>& words) {
  if (const std::string whole = whole_value(app, words); !whole.empty()) return whole;
  const std::string command = full_name(app);
  const std::string word = words.empty() ? "" : words.front();
  const std::string quoted = quote_shell(word);
  const bool is_plan = word.ends_with(".toml");
  const bool is_text = words.size() > 1 || word.find(' ') != std::string::npos;
  const auto form = [&](std::string_view rest) {
    return "did you mean: " + command + " " + std::string(rest) + quoted;
  };
  const auto text_form = [&](std::string_view option, std::string_view glue) {
    return "did you mean: " + command + " " + std::string(option) + " " +
           quote_shell(join(words, glue));
  };
  if (command == "git session start") return is_plan ? form("--plan ") : text_form("--title", " ");
  if (command == "git session snapshot" || command == "git session snapshot create")
    return text_form("--label", "-");
  // One word is rather a mistake than a message.
  if (command == "git session close") return is_text ? text_form("-m", " ") : "";
  if (command == "git session pause") return text_form("-m", " ");
  if (command == "git session plan" && is_plan) return form("set ");
  if (command == "git session log") return "did you mean: git session show " + quoted;
  if (command == "git session status" || command == "git session abandon")
    return form("--session ");
  return "";
}

std::string known_commands(const CLI::App& app) {
  if (app.get_parent() == nullptr) return "'" + full_name(app) + " -h' lists the commands";
  return "the commands are: " + join(command_names(app), ", ");
}

// `words` are too many.
UsageProblem surplus(const CLI::App& app, const std::vector<std::string>& words) {
  const std::string word = words.empty() ? "" : words.front();
  const std::vector<std::string> commands = command_names(app);
  const std::string near = did_you_mean(near_ones(word, commands));
  const std::string meant = near.empty() ? meant_by(app, words) : "";
  if (commands.empty())
    return {"unexpected argument '" + word + "'", meant.empty() ? see_usage(app) : meant};
  if (!meant.empty()) return {"unknown command '" + word + "'", meant};
  return unknown_command(app, word);
}

UsageProblem surplus_of(const CLI::App& root, const CLI::App& app) {
  std::vector<std::string> words = app.remaining();
  if (words.empty()) words = root.remaining(true);
  const auto option = std::find_if(words.begin(), words.end(),
                                   [](const auto& word) { return word.starts_with('-'); });
  if (option != words.end() && option->size() > 1) return unknown_option(app, *option);
  return surplus(app, words);
}

std::string short_name_of(const CLI::App& app) {
  const std::string words = full_name(app);
  constexpr std::string_view kGit = "git session ";
  return words.starts_with(kGit) ? words.substr(kGit.size()) : words;
}

// "SNAP (snapshot to show)"
std::string explained(const CLI::Option& option) {
  std::string what = option.get_description();
  if (!what.empty()) what.front() = to_lower(what.substr(0, 1)).front();
  return option.get_type_name() + " (" + what + ")";
}

UsageProblem missing(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_required() || option->count() > 0) continue;
    if (option->get_positional())
      return {"'" + short_name_of(app) + "' needs " + explained(*option), see_usage(app)};
    return {"option '" + option->get_name() + "' is required", see_usage(app)};
  }
  return {"a command is missing", known_commands(app)};
}

// The option at the start of a parser's message.
const CLI::Option* option_at_the_start(const CLI::App& app, const std::string& message) {
  const CLI::Option* found = nullptr;
  for (const CLI::Option* option : app.get_options()) {
    if (message.starts_with(option->get_name() + ":") ||
        message.starts_with(option->get_name() + " "))
      found = option;
  }
  return found;
}

UsageProblem wrong_count(const CLI::App& app, const std::string& message) {
  const CLI::Option* option = option_at_the_start(app, message);
  if (option == nullptr) return {message, see_usage(app)};
  const std::string name = "option '" + option->get_name() + "'";
  if (option->get_items_expected_max() == 0) return {name + " takes no value", ""};
  if (option->count() > 0) return {name + " is given more than once", ""};
  return {name + " needs a value: " + explained(*option), ""};
}

// A value that no validator has seen: the parser says it in its own words.
UsageProblem wrong_type(const CLI::App& app, const std::string& message) {
  constexpr std::string_view kEqual = " = ";
  const std::size_t equal = message.find(kEqual);
  const std::size_t colon = message.find(": ");
  if (equal == std::string::npos || colon == std::string::npos || colon > equal)
    return {message, see_usage(app)};
  return {message.substr(colon + 2, equal - colon - 2) + ": '" +
              message.substr(equal + kEqual.size()) + "' is not a number",
          ""};
}

UsageProblem wrong_value(const CLI::App& app, const std::string& message) {
  const CLI::Option* option = option_at_the_start(app, message);
  const std::size_t colon = message.find(": ");
  if (option == nullptr || colon == std::string::npos) return {message, see_usage(app)};
  const std::string what = option->get_positional() ? option->get_type_name() : option->get_name();
  return {what + ": " + message.substr(colon + 2), ""};
}

UsageProblem excluded(const std::string& message) {
  constexpr std::string_view kWord = " excludes ";
  const std::size_t at = message.find(kWord);
  if (at == std::string::npos) return {message, ""};
  return {"'" + message.substr(0, at) + "' and '" + message.substr(at + kWord.size()) +
              "' exclude each other",
          ""};
}

}  // namespace

const CLI::App& innermost(const CLI::App& app) {
  const CLI::App* at = &app;
  while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
  return *at;
}

std::string full_name(const CLI::App& app) {
  std::string words;
  for (const CLI::App* at = &app; at != nullptr; at = at->get_parent()) {
    words = at->get_name() + (words.empty() ? "" : " ") + words;
  }
  return words;
}

UsageProblem describe(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& command = innermost(app);
  const std::string message = error.what();
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) return surplus_of(app, command);
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) return missing(command);
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr)
    return wrong_count(command, message);
  if (dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr) return excluded(message);
  if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr)
    return wrong_type(command, message);
  return wrong_value(command, message);
}

UsageProblem unknown_command(const CLI::App& app, const std::string& word) {
  const std::string message = "unknown command '" + word + "'";
  if (app.get_parent() == nullptr && (word == "version" || word == "-V"))
    return {message, did_you_mean({"--version"})};
  const std::string near = did_you_mean(near_ones(word, command_names(app)));
  return {message, near.empty() ? known_commands(app) : near};
}

CLI::Validator one_of(std::vector<std::string> choices) {
  const auto check = [choices = std::move(choices)](std::string& value) -> std::string {
    if (std::find(choices.begin(), choices.end(), value) != choices.end()) return "";
    const std::string near = did_you_mean(near_ones(value, choices));
    return "'" + value + "' is not one of " + join(choices, ", ") +
           (near.empty() ? "" : " (" + near + ")");
  };
  return {check, ""};
}

CLI::Validator whole_number(long least, long most) {
  const auto check = [least, most](std::string& value) -> std::string {
    long number = 0;
    const char* end = value.data() + value.size();
    const auto [rest, error] = std::from_chars(value.data(), end, number);
    if (error == std::errc() && rest == end && number >= least && number <= most) return "";
    return "'" + value + "' is not a whole number from " + std::to_string(least) + " to " +
           std::to_string(most);
  };
  return {check, ""};
}

namespace {

struct UsageRow {
  std::string what, meaning;
};

// Below `heading` ("" for none), what each is called beside what it means.
std::string table(std::string_view heading, const std::vector<UsageRow>& rows,
                  std::size_t columns) {
  if (rows.empty()) return "";
  constexpr std::size_t kWidest = 24;
  const std::size_t left = 4 + std::min(kWidest, columns / 3) + 2;
  std::string text = heading.empty() ? "\n" : "\n" + std::string(heading) + ":\n";
  for (const UsageRow& row : rows) {
    std::string start = "    " + row.what;
    if (report::display_width(start) + 2 > left) {
      text += start + "\n";
      start.clear();
    }
    text += report::pad(start, left) + report::hang(row.meaning, columns, left) + "\n";
  }
  return text;
}

// The commands, in the order of the tree: a table for each group.
std::string commands_of(const CLI::App& app, std::size_t columns) {
  std::vector<std::pair<std::string, std::vector<UsageRow>>> groups;
  for (const CLI::App* command : app.get_subcommands({})) {
    const std::string& group = command->get_group();
    if (group.empty()) continue;
    if (groups.empty() || groups.back().first != group) groups.push_back({group, {}});
    groups.back().second.push_back({command->get_name(), command->get_description()});
  }
  std::string text;
  for (const auto& [group, rows] : groups)
    text +=
        table(group == "SUBCOMMANDS" || group == "Subcommands" ? "Commands" : group, rows, columns);
  return text;
}

std::string usage_line(const CLI::App& app) {
  std::string words = full_name(app) + " [options]";
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional() || option->get_group().empty()) continue;
    const std::string operand = option->get_type_name();
    const std::string more = option->get_items_expected_max() > 1 ? "..." : "";
    words += option->get_required() ? " " + operand + more : " [" + operand + "]" + more;
  }
  if (!app.get_subcommands({}).empty())
    words += app.get_require_subcommand_min() > 0 ? " COMMAND" : " [COMMAND]";
  return words;
}

std::string option_names(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  std::string text = join(names, ", ");
  if (option.get_items_expected_max() > 0) text += " " + option.get_type_name();
  return text;
}

}  // namespace

std::string UsageFormatter::make_help(const CLI::App* app, std::string /*name*/,
                                      CLI::AppFormatMode /*mode*/) const {
  std::vector<UsageRow> operands;
  std::vector<UsageRow> own;
  std::vector<UsageRow> common;
  for (const CLI::Option* option : app->get_options()) {
    if (option->get_group().empty()) continue;
    const bool named = !option->get_snames().empty() || !option->get_lnames().empty();
    std::vector<UsageRow>& rows = option->get_group() == kCommonGroup ? common
                                  : named                             ? own
                                                                      : operands;
    rows.push_back(
        {named ? option_names(*option) : option->get_type_name(), option->get_description()});
  }
  const std::string usage = "usage: ";
  // Subcommands inherit it, and it is the program's.
  const std::string footer = app->get_parent() == nullptr ? app->get_footer() : "";
  return usage + report::hang(usage_line(*app), columns_, usage.size()) + "\n\n" +
         report::hang(app->get_description() + ".", columns_, 0) + "\n" +
         table("", operands, columns_) + table("", own, columns_) + commands_of(*app, columns_) +
         table(kCommonGroup, common, columns_) + (footer.empty() ? "" : "\n" + footer + "\n");
}

}  // namespace gs::cli
