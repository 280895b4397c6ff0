#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

// What completion scripts are made from, whatever the shell: the command tree, and what may follow.
namespace gs::cli {

struct CompletedOption {
  std::vector<std::string> names;  // with their dashes
  std::string help;
  std::string value;  // "session"; "" if it takes none

  [[nodiscard]] bool takes_value() const { return !value.empty(); }
};

// A command that people are meant to type.
struct CompletedCommand {
  std::string name;
  std::string path;  // from the root: "snapshot show"
  std::string help;
  std::vector<CompletedOption> options;
  std::vector<CompletedCommand> commands;
};
[[nodiscard]] CompletedCommand completed_tree(const CLI::App& app, const std::string& parent = "");
[[nodiscard]] std::string names_of(const std::vector<CompletedCommand>& commands);
// "--session= --json": of a command.
[[nodiscard]] std::string long_options(const CompletedCommand& command);
// "--session -m": options of which the next word is the value.
[[nodiscard]] std::string valued_options(const CompletedCommand& command);

// The candidates for one word: fixed ones, what the program lists (cli/offers.h), or files.
struct Offer {
  enum class Files { None, Any, Changed };

  std::string what = {};  // "snapshot"
  std::string words = {};
  std::string listed = {};  // "snapshots"
  Files files = Files::None;

  [[nodiscard]] bool any() const {
    return !words.empty() || !listed.empty() || files != Files::None;
  }
  [[nodiscard]] std::string command() const;  // prints what is listed
};

// What a command takes besides options: one for each place, then the rest.
struct Operands {
  std::vector<Offer> places;
  Offer rest = {};

  [[nodiscard]] bool any() const { return !places.empty() || rest.any(); }
};
[[nodiscard]] Operands operands_of(const CompletedCommand& command);
[[nodiscard]] Offer values_of(const CompletedCommand& command, const std::string& option);

// The values of keys, by the words for them: "true false" of "persistence", …
struct KeyValues {
  std::string words;
  std::vector<std::string> keys;
};
[[nodiscard]] std::vector<KeyValues> values_of_keys();
inline constexpr const char* kConfigVerbs = "get set unset list";
[[nodiscard]] std::string key_words();

}  // namespace gs::cli
