#include "checks/shell/command_guard.h"
#include "fuzz.h"

// A command line, read as the guard reads it.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gs::checks;
  const std::string_view text = gs::fuzz::text_of(data, size);
  const ShellScript script = parse_shell(text);
  for (const ShellCommand& command : script.commands) {
    gs::fuzz::require(!command.words.empty() || !command.input.empty() ||
                      text.find("<<") != text.npos);
  }
  const CommandLine line = read_command_line(text);
  gs::fuzz::require(line.commands.size() >= script.commands.size());
  (void)find_destructive(line, {"/repo/src", "/repo", ""});
  (void)find_sweeping_add(line, {"/repo/src", "/repo", ""});
  (void)cannot_fail(text);
  // A command that runs alone also runs after one that ends before it.
  if (text.size() < 1000 && runs(line, "git push --force")) {
    gs::fuzz::require(runs(read_command_line("true; " + std::string(text)), "git push --force"));
  }
  return 0;
}
