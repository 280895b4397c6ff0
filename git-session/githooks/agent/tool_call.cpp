#include "githooks/agent/tool_call.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"
#include "formats/json.h"

namespace gs::githooks {
namespace {

constexpr const char* kSource = "tool call";
constexpr std::array<std::string_view, 7> kEditors{
    "Edit", "Write", "MultiEdit", "NotebookEdit", "StrReplace", "EditNotebook", "Delete"};
constexpr std::array<std::string_view, 2> kShells{"Bash", "Shell"};
constexpr std::array<const char*, 5> kPathKeys{"file_path", "notebook_path", "path", "target_file",
                                               "target_notebook"};

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), text) != names.end();
}

// Absent if there is no such key; throws if it is not a string.
std::optional<std::string> text_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return std::nullopt;
  if (!found->is_string()) throw fatal(std::string(kSource) + ": '" + key + "' must be a string");
  return found->get<std::string>();
}

void collect_paths(const Json& object, std::vector<std::string>& paths) {
  for (const char* key : kPathKeys) {
    if (auto path = text_at(object, key)) paths.push_back(std::move(*path));
  }
  const auto edits = object.find("edits");
  if (edits == object.end() || !edits->is_array()) return;
  for (const Json& edit : *edits) {
    if (!edit.is_object()) continue;
    if (auto path = text_at(edit, "file_path")) paths.push_back(std::move(*path));
  }
}

// The files in a patch by Codex: "*** Update File: PATH" and the like.
std::vector<std::string> patched_paths(std::string_view patch) {
  constexpr std::array<std::string_view, 4> kHeads{
      "*** Add File: ", "*** Update File: ", "*** Delete File: ", "*** Move to: "};
  std::vector<std::string> paths;
  for (std::string_view line : split_lines(patch)) {
    line = trim(line);
    for (const std::string_view head : kHeads) {
      if (line.starts_with(head)) paths.emplace_back(trim(line.substr(head.size())));
    }
  }
  return paths;
}

Error incomplete(const std::string& tool, const std::string& what) {
  return fatal(std::string(kSource) + ": '" + tool + "' names no " + what);
}

void read_edit(const std::string& tool, const Json& input, ToolCall& call) {
  call.kind = ToolCall::Kind::Edit;
  collect_paths(input, call.paths);
  if (call.paths.empty()) throw incomplete(tool, "file");
}

void read_patch(const std::string& tool, const Json& input, ToolCall& call) {
  call.kind = ToolCall::Kind::Edit;
  auto patch = text_at(input, "command");
  if (!patch) patch = text_at(input, "input");
  if (!patch) patch = text_at(input, "patch");
  if (patch) call.paths = patched_paths(*patch);
  if (call.paths.empty()) throw incomplete(tool, "file");
}

void read_command(const std::string& tool, const Json& input, ToolCall& call) {
  call.kind = ToolCall::Kind::Command;
  const auto command = text_at(input, "command");
  if (!command) throw incomplete(tool, "command");
  call.command = *command;
  if (const auto directory = text_at(input, "working_directory")) call.directory = *directory;
}

}  // namespace

ToolCall parse_tool_call(std::string_view input) {
  const Json object = formats::parse_json(input, kSource);
  if (!object.is_object()) throw fatal(std::string(kSource) + ": not a JSON object");
  ToolCall call;
  call.directory = text_at(object, "cwd").value_or("");
  for (const char* key : {"session_id", "sessionId", "conversation_id"}) {
    const auto id = object.find(key);
    if (id != object.end() && id->is_string()) call.agent_session = id->get<std::string>();
  }
  const auto name = text_at(object, "tool_name");
  if (!name) {
    // Cursor's beforeShellExecution does not name a tool.
    if (object.contains("command")) read_command("command", object, call);
    return call;
  }
  const bool edits = is_one_of(*name, kEditors);
  const bool patches = *name == "apply_patch";
  const bool runs = is_one_of(*name, kShells);
  if (!edits && !patches && !runs) return call;
  const auto tool_input = object.find("tool_input");
  if (tool_input == object.end() || !tool_input->is_object()) {
    throw fatal(std::string(kSource) + ": '" + *name + "' has no object 'tool_input'");
  }
  if (edits) read_edit(*name, *tool_input, call);
  if (patches) read_patch(*name, *tool_input, call);
  if (runs) read_command(*name, *tool_input, call);
  return call;
}

}  // namespace gs::githooks
