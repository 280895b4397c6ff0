#include "config/load.h"

#include <optional>

#include "base/error.h"

namespace gs::config {
namespace {

constexpr const char* kTomlFile = ".git-session.toml";
constexpr const char* kQualityGatesFile = ".orchestrator/policy/quality-gates.json";

// Absent if missing. What people write beside it may be long.
std::optional<std::string> read_layer_file(const git::Repository& repository,
                                           const std::string& name) {
  return repository.files().read_linked(RepoPath(name), FileLimit::Note);
}

// As far as it can be read: a broken file sets nothing.
std::string place_of(const git::Repository& repository, const std::string& file,
                     const std::string& key) {
  std::string place;
  try {
    const std::string text = read_layer_file(repository, file).value_or("");
    const Layer layer =
        file == kTomlFile ? read_toml_layer(text, file) : read_markdown_layer(text, file);
    for (const Setting& setting : layer.settings) {
      if (setting.key == key) place = setting.origin.describe();
    }
  } catch (const Error&) {
    return "";
  }
  return place;
}

}  // namespace

std::string instruction_file(const git::Repository& repository, bool agents_file_first) {
  const std::string first = agents_file_first ? "AGENTS.md" : "CLAUDE.md";
  const std::string second = agents_file_first ? "CLAUDE.md" : "AGENTS.md";
  for (const std::string& name : {first, second}) {
    if (read_layer_file(repository, name)) return name;
  }
  return "";
}

TeamSetting team_setting(const git::Repository& repository, bool agents_file_first,
                         const std::string& key) {
  const std::string instructions = instruction_file(repository, agents_file_first);
  TeamSetting found{kTomlFile, ""};
  std::vector<std::string> files;
  if (read_layer_file(repository, kTomlFile)) files.emplace_back(kTomlFile);
  if (!instructions.empty() &&
      has_session_config(read_layer_file(repository, instructions).value_or("")))
    files.push_back(instructions);
  if (!files.empty()) found.file = files.front();
  for (const std::string& file : files) {
    found.place = place_of(repository, file, key);
    if (!found.place.empty()) return found;
  }
  return found;
}

SessionConfig load(const git::Repository& repository, const Layer& stack, bool agents_file_first,
                   const std::vector<git::ConfigValue>& git_values) {
  std::vector<Layer> layers = {stack};
  const std::string instructions = instruction_file(repository, agents_file_first);
  if (!instructions.empty()) {
    const auto text = read_layer_file(repository, instructions);
    layers.push_back(read_markdown_layer(text.value_or(""), instructions));
  }
  if (const auto text = read_layer_file(repository, kTomlFile)) {
    layers.push_back(read_toml_layer(*text, kTomlFile));
  }
  if (const auto text = read_layer_file(repository, kQualityGatesFile)) {
    layers.push_back(read_quality_gates_layer(*text, kQualityGatesFile));
  }
  layers.push_back(read_git_layer(git_values));
  return resolve(layers);
}

}  // namespace gs::config
