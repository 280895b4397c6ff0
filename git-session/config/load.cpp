#include "config/load.h"

#include <optional>

namespace gs::config {
namespace {

constexpr const char* kTomlFile = ".git-session.toml";
constexpr const char* kQualityGatesFile = ".orchestrator/policy/quality-gates.json";

// Absent if missing. What people write beside it may be long.
std::optional<std::string> read_layer_file(const git::Repository& repository,
                                           const std::string& name) {
  return repository.files().read_linked(RepoPath(name), FileLimit::Note);
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
