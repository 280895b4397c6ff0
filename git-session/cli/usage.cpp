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
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

std::string near_one(const std::string& word, const std::vector<std::string>& names) {
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  return std::string(nearest(word, candidates));
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
  const std::string near = near_one(name, long_names(app));
  return {message, near.empty() ? see_usage(app) : "did you mean '" + near + "'?"};
}

// What someone probably meant who gave a word where none is taken; "" if there is no telling.
std::string meant_by(const std::string& command, const std::string& word) {
  const std::string quoted = quote_shell(word);
  const bool is_plan = word.ends_with(".toml");
  const auto form = [&](std::string_view rest) {
    return "did you mean: " + command + " " + std::string(rest) + quoted;
  };
  if (command == "git session start") return form(is_plan ? "--plan " : "--title ");
  if (command == "git session snapshot" || command == "git session snapshot create")
    return form("--label ");
  if (command == "git session close" || command == "git session pause") return form("-m ");
  if (command == "git session plan" && is_plan) return form("set ");
  if (command == "git session log") return "did you mean: git session show " + quoted;
  if (command == "git session status" || command == "git session abandon")
    return form("--session ");
  return "";
}

// `word` is one argument too many.
UsageProblem surplus(const CLI::App& app, const std::string& word) {
  if (word.size() > 1 && word.front() == '-') return unknown_option(app, word);
  const std::vector<std::string> commands = command_names(app);
  const std::string near = near_one(word, commands);
  const std::string meant = near.empty() ? meant_by(full_name(app), word) : "";
  if (commands.empty())
    return {"unexpected argument '" + word + "'", meant.empty() ? see_usage(app) : meant};
  if (!meant.empty()) return {"unknown command '" + word + "'", meant};
  return {"unknown command '" + word + "'", near.empty()
                                                ? "the commands are: " + join(commands, ", ")
                                                : "did you mean '" + near + "'?"};
}

UsageProblem surplus_of(const CLI::App& root, const CLI::App& app) {
  std::vector<std::string> words = app.remaining();
  if (words.empty()) words = root.remaining(true);
  const auto option = std::find_if(words.begin(), words.end(),
                                   [](const auto& word) { return word.starts_with('-'); });
  if (option != words.end()) return surplus(app, *option);
  return surplus(app, words.empty() ? "" : words.front());
}

UsageProblem missing(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_required() || option->count() > 0) continue;
    if (option->get_positional()) return {option->get_type_name() + " is missing", see_usage(app)};
    return {"option '" + option->get_name() + "' is required", see_usage(app)};
  }
  return {"a command is missing", "the commands are: " + join(command_names(app), ", ")};
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
  return {name + " needs a value", ""};
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
  return wrong_value(command, message);
}

CLI::Validator one_of(std::vector<std::string> choices) {
  const auto check = [choices = std::move(choices)](std::string& value) -> std::string {
    if (std::find(choices.begin(), choices.end(), value) != choices.end()) return "";
    const std::string near = near_one(value, choices);
    return "'" + value + "' is not one of " + join(choices, ", ") +
           (near.empty() ? "" : " (did you mean '" + near + "'?)");
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
  std::vector<UsageRow> commands;
  for (const CLI::App* command : app->get_subcommands({})) {
    if (!command->get_group().empty())
      commands.push_back({command->get_name(), command->get_description()});
  }
  const std::string usage = "usage: ";
  return usage + report::hang(usage_line(*app), columns_, usage.size()) + "\n\n" +
         report::hang(app->get_description() + ".", columns_, 0) + "\n" +
         table("", operands, columns_) + table("", own, columns_) +
         table("Commands", commands, columns_) + table(kCommonGroup, common, columns_);
}

}  // namespace gs::cli
