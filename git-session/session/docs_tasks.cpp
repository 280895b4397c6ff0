#include "session/docs_tasks.h"

#include "base/error.h"
#include "base/text.h"
#include "formats/lines.h"
#include "formats/markdown.h"
#include "formats/yaml.h"

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

namespace {

constexpr const char* kHeading = "Docs Tasks (machine-readable)";

// A scalar as text; tools write `target-pattern` and `target_pattern`.
std::string scalar_of(const Json& task, std::string_view key) {
  for (const auto& [written, value] : task.items()) {
    std::string name = written;
    for (char& c : name) c = c == '_' ? '-' : c;
    if (name != key || value.is_null() || value.is_structured()) continue;
    return value.is_string() ? value.get<std::string>() : formats::to_json_line(value);
  }
  return "";
}

void read_tasks(const Json& list, DocsTaskList& tasks) {
  if (!list.is_array()) {
    tasks.problems.push_back("docs-tasks of " + tasks.source + " is not a list");
    return;
  }
  std::size_t number = 0;
  for (const Json& entry : list) {
    const std::string name =
        "entry " + std::to_string(++number) + " of docs-tasks in " + tasks.source;
    if (!entry.is_object()) {
      tasks.problems.push_back(name + " is not a mapping");
      continue;
    }
    ListedDocsTask task{scalar_of(entry, "id"), scalar_of(entry, "audience"),
                        scalar_of(entry, "target-pattern"), scalar_of(entry, "wave")};
    if (task.target.empty()) task.target = scalar_of(entry, "target");
    if (task.id.empty()) task.id = "docs-" + std::to_string(number);
    const bool known =
        task.audience == "user" || task.audience == "dev" || task.audience == "vault";
    if (task.target.empty() && !known) {
      tasks.problems.push_back(name + " has no target-pattern, and no audience that has one");
      continue;
    }
    tasks.tasks.push_back(std::move(task));
  }
}

struct Block {
  std::string yaml;
  std::size_t first_line = 0;
};

// The first fenced block of the section that is YAML.
std::optional<Block> yaml_block(const formats::MarkdownSection& section) {
  formats::CodeFence fence;
  std::optional<Block> block;
  std::size_t number = section.line;
  for (std::string_view line : split_lines(section.content)) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (fence.take(line)) {
      if (block) return block;
      const std::string info =
          to_lower(trim(line.substr(std::min(line.find_first_not_of("`~ "), line.size()))));
      if (fence.inside() && (info.empty() || info == "yaml" || info == "yml"))
        block = Block{"", number + 1};
    } else if (block) {
      block->yaml.append(line).append("\n");
    }
  }
  return block;  // perhaps an unclosed one
}

}  // namespace

DocsTaskList read_docs_tasks(const NamedText& file) {
  DocsTaskList tasks;
  tasks.source = "'" + file.name + "'";
  const auto section = formats::find_markdown_section(file.text, 3, kHeading);
  const auto block = section ? yaml_block(*section) : std::nullopt;
  if (!block) {
    tasks.problems.push_back(tasks.source + " has no fenced YAML block under '### " + kHeading +
                             "'");
    return tasks;
  }
  try {
    Json value = formats::parse_yaml(block->yaml, file.name, block->first_line);
    if (value.is_object()) {
      Json inner;
      for (const char* key : {"docs-tasks", "docs_tasks"}) {
        if (value.contains(key)) inner = value[key];
      }
      value = std::move(inner);
    }
    read_tasks(value, tasks);
  } catch (const Error& error) {
    tasks.problems.push_back(error.message());
  }
  return tasks;
}

DocsTaskList list_docs_tasks(const StateFile& state, const std::optional<Plan>& plan,
                             const std::optional<NamedText>& file) {
  DocsTaskList tasks;
  if (!state.docs_tasks.is_null() && state.docs_tasks != Json::array()) {
    tasks.source = "STATE.md";
    read_tasks(state.docs_tasks, tasks);
  } else if (plan && !plan->docs.empty()) {
    tasks.source = "the plan";
    for (const DocsTask& task : plan->docs) {
      const std::string id = "docs-" + std::to_string(tasks.tasks.size() + 1);
      tasks.tasks.push_back({id, task.audience, task.target, ""});
    }
  } else if (file) {
    return read_docs_tasks(*file);
  }
  return tasks;
}

}  // namespace gs::session
