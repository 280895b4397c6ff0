#include "githooks/agent/tool_call.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace gs;
using namespace gs::githooks;

namespace {

using Kind = ToolCall::Kind;
using Paths = std::vector<std::string>;

Paths paths_of(const char* text) {
  const ToolCall call = parse_tool_call(text);
  CHECK((call.kind == Kind::Edit) == !call.paths.empty());
  return call.paths;
}

}  // namespace

TEST_CASE("the editing tools name their files") {
  CHECK(paths_of(R"({"tool_name":"Edit","tool_input":{"file_path":"a"}})") == Paths{"a"});
  CHECK(paths_of(R"({"tool_name":"Write","tool_input":{"file_path":"a","content":"x"}})") ==
        Paths{"a"});
  CHECK(paths_of(R"({"tool_name":"NotebookEdit","tool_input":{"notebook_path":"a"}})") ==
        Paths{"a"});
  CHECK(paths_of(R"({"tool_name":"MultiEdit","tool_input":{"file_path":"a","edits":
      [{"old_string":"x"},{"file_path":"b"}]}})") == Paths{"a", "b"});
  CHECK(paths_of(R"({"tool_name":"Read","tool_input":{"file_path":"a"}})").empty());
}

TEST_CASE("a patch names every file that it writes, moves or deletes") {
  CHECK(paths_of(R"({"tool_name":"apply_patch","tool_input":{"command":
      "*** Begin Patch\n*** Add File: a\n+x\n*** Update File: b c\n*** Move to: d\n*** Delete File: e\r\n"}})") ==
        Paths{"a", "b c", "d", "e"});
}

TEST_CASE("a shell's command and directory are read") {
  const ToolCall call = parse_tool_call(
      R"({"tool_name":"Bash","tool_input":{"command":"ls"},"cwd":"/x","session_id":1})");
  CHECK(call.kind == Kind::Command);
  CHECK(call.command == "ls");
  CHECK(call.directory == "/x");
  CHECK(
      parse_tool_call(
          R"({"tool_name":"Shell","cwd":"/x","tool_input":{"command":"","working_directory":"/y"}})")
          .directory == "/y");
  CHECK(parse_tool_call(R"({"command":"ls","cwd":"/x"})").kind == Kind::Command);
}

TEST_CASE("what is not a tool call, or does not say of what, is an error") {
  for (const char* text :
       {"", "x", "{", "[]", "1", R"({"tool_name":1})", R"({"tool_name":"Edit"})",
        R"({"tool_name":"Edit","tool_input":[]})", R"({"tool_name":"Edit","tool_input":{}})",
        R"({"tool_name":"Edit","tool_input":{"file_path":1}})",
        R"({"tool_name":"Bash","tool_input":{}})", R"({"tool_name":"Bash","cwd":1})",
        R"({"tool_name":"apply_patch","tool_input":{"command":"x"}})"}) {
    CHECK_THROWS_AS((void)parse_tool_call(text), Error);
  }
  CHECK(parse_tool_call("{}").kind == Kind::Other);
}
