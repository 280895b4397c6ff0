#include "checks/gates/missing_files.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "base/ascii.h"

namespace gs::checks {

namespace {

bool is_of_a_path(char c) {
  return is_alnum(c) || static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view("._-/+@~").find(c) != std::string_view::npos;
}

std::string_view last_segment(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

// Each word that may be a path, and the last segment of it.
std::unordered_set<std::string> words_of(std::string_view output) {
  std::unordered_set<std::string> words;
  for (std::size_t at = 0; at < output.size();) {
    std::size_t end = at;
    while (end < output.size() && is_of_a_path(output[end])) ++end;
    std::string_view word = output.substr(at, end - at);
    at = end + 1;
    while (word.ends_with('.')) word.remove_suffix(1);
    while (word.starts_with("./")) word.remove_prefix(2);
    if (word.empty()) continue;
    words.emplace(word);
    words.emplace(last_segment(word));
  }
  return words;
}

// The name by which a source of a language with modules is imported; "" for any other file.
std::string module_of(std::string_view name) {
  static constexpr auto kEndings = std::to_array<std::string_view>(
      {".py", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx", ".jsx", ".json", ".rb"});
  for (const std::string_view ending : kEndings) {
    if (name.ends_with(ending)) return std::string(name.substr(0, name.size() - ending.size()));
  }
  return "";
}

}  // namespace

std::vector<RepoPath> named_in(std::string_view output, const std::vector<RepoPath>& paths) {
  const std::unordered_set<std::string> words = words_of(output);
  std::vector<RepoPath> named;
  for (const RepoPath& path : paths) {
    const std::string name(last_segment(path.bytes()));
    const std::string module = module_of(name);
    if (words.contains(path.bytes()) || words.contains(name) ||
        (!module.empty() && words.contains(module)))
      named.push_back(path);
  }
  return named;
}

}  // namespace gs::checks
