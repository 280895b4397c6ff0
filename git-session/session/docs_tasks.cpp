#include "session/docs_tasks.h"

namespace gs::session {

namespace {

std::string text_of(const Json& task, std::string_view key) {
  const auto found = task.find(key);
  return found != task.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void add(const std::string& audience, const std::string& target, std::vector<std::string>& all) {
  if (!target.empty()) {
    all.push_back(target);
    return;
  }
  const auto& patterns = audience_patterns(audience);
  all.insert(all.end(), patterns.begin(), patterns.end());
}

}  // namespace

const std::vector<std::string>& audience_patterns(std::string_view audience) {
  static const std::vector<std::string> user = {"README.md", "docs/user/**/*.md",
                                                "docs/getting-started.md", "examples/**/*.md"};
  static const std::vector<std::string> dev = {"CLAUDE.md", "docs/dev/**/*.md", "docs/adr/**/*.md"};
  static const std::vector<std::string> none;
  if (audience == "user") return user;
  return audience == "dev" ? dev : none;
}

std::vector<std::string> docs_patterns(const StateFile& state, const std::optional<Plan>& plan) {
  std::vector<std::string> patterns;
  if (state.docs_tasks.is_array()) {
    for (const Json& task : state.docs_tasks) {
      if (!task.is_object()) continue;
      std::string target = text_of(task, "target-pattern");
      if (target.empty()) target = text_of(task, "target_pattern");
      add(text_of(task, "audience"), target, patterns);
    }
  }
  if (plan) {
    for (const DocsTask& task : plan->docs) add(task.audience, task.target, patterns);
  }
  return patterns;
}

}  // namespace gs::session
