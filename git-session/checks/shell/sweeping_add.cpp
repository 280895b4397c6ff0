#include <optional>

#include "base/text.h"
#include "checks/shell/arguments.h"
#include "checks/shell/command_guard.h"
#include "checks/shell/git_call.h"

namespace gs::checks {
namespace {

constexpr std::size_t kLongest = 200;  // characters shown of a command

using Words = std::span<const ShellWord>;

bool adds_everything(const GitCall& call, const ShellPlace& place) {
  const Arguments arguments(call.arguments,
                            "A|all u|update no-ignore-removal n|dry-run p|patch "
                            "i|interactive e|edit refresh chmod= pathspec-from-file=");
  if (arguments.has_any({"dry-run", "patch", "interactive", "edit", "refresh"})) return false;
  if (!arguments.operands.empty()) return call.covers_everything(arguments.operands, place);
  return arguments.has_any({"all", "update", "no-ignore-removal"}) &&
         !arguments.has("pathspec-from-file");
}

bool commits_everything(const GitCall& call, const ShellPlace& place) {
  // A format of its status makes it a dry run.
  const Arguments arguments(
      call.arguments,
      "a|all m|message= F|file= C|reuse-message= c|reedit-message= t|template= author= date= "
      "fixup= squash= cleanup= trailer= u|untracked-files? S|gpg-sign? p|patch interactive "
      "dry-run short long porcelain pathspec-from-file= U|unified= inter-hunk-context=");
  if (arguments.has_any({"dry-run", "patch", "interactive", "short", "long", "porcelain"})) {
    return false;
  }
  return arguments.has("all") || call.covers_everything(arguments.operands, place);
}

bool takes_everything(const GitCall& call, const ShellPlace& place) {
  if (call.verb == "commit") return commits_everything(call, place);
  return (call.verb == "add" || call.verb == "stage") && adds_everything(call, place);
}

std::string as_text(Words words) {
  std::string text;
  for (const ShellWord& word : words) {
    text += (text.empty() ? "" : " ") + quote_shell(word.text);
    if (text.size() > kLongest) break;
  }
  return ellipsize(text, kLongest);
}

}  // namespace

std::optional<std::string> find_sweeping_add(const CommandLine& line, const ShellPlace& place) {
  const ShellPlace here = with_substitution(line, place);
  for (const ShellCommand& command : line.commands) {
    Words found(command.words);
    const bool takes = any_call(command, "git", [&](Words words) {
      found = words;
      return takes_everything(GitCall(words), here);
    });
    if (takes) return as_text(found);
  }
  return std::nullopt;
}

}  // namespace gs::checks
