// The built-in rules. Each follows what git does with the options that it names; an `-n` is a dry
// run where git has one.
#include <algorithm>
#include <array>

#include "checks/shell/arguments.h"
#include "checks/shell/command_guard.h"
#include "checks/shell/git_call.h"

namespace gs::checks {
namespace {

struct Case {
  const GitCall& call;
  const Arguments& arguments;
  const ShellPlace& place;

  [[nodiscard]] bool has(std::string_view option) const { return arguments.has(option); }
  [[nodiscard]] bool covers_everything() const {
    return call.covers_everything(arguments.operands, place);
  }
  [[nodiscard]] std::string_view operand(std::size_t at) const {
    return at < arguments.operands.size() ? arguments.operands[at] : std::string_view();
  }
  // What a push is to update; the first operand is the remote.
  [[nodiscard]] bool any_refspec(bool (*is_it)(std::string_view refspec)) const {
    const auto& all = arguments.operands;
    return all.size() > 1 && std::any_of(all.begin() + 1, all.end(), is_it);
  }
};

struct GitRule {
  std::string_view name;
  std::string_view verb;
  std::string_view options;  // see Arguments
  std::string_view reason;
  bool (*destroys)(const Case& c);
};

constexpr std::string_view kLosesWork =
    "it discards uncommitted work, including that of other sessions";
constexpr std::string_view kDeletesFiles = "it deletes files that git cannot restore";
constexpr std::string_view kLosesCommits = "it deletes a branch, and commits that only it has";
constexpr std::string_view kRewrites = "it rewrites or deletes what others may have fetched";
constexpr std::string_view kDeletes = "it deletes irrecoverably";

constexpr std::string_view kCheckout =
    "f|force b= B= orphan= conflict= t|track? pathspec-from-file= U|unified= inter-hunk-context=";
constexpr std::string_view kPush =
    "f|force mirror d|delete prune n|dry-run o|push-option= receive-pack= exec= repo= "
    "recurse-submodules=";

constexpr std::array kGitRules = std::to_array<GitRule>({
    {"git reset --hard", "reset",
     "hard soft mixed merge keep pathspec-from-file= U|unified= inter-hunk-context=", kLosesWork,
     [](const Case& c) {
       const auto mode = c.arguments.last_of({"hard", "soft", "mixed", "merge", "keep"});
       return mode == "hard" || mode == "merge";
     }},
    {"git checkout -f", "checkout", kCheckout, kLosesWork,
     [](const Case& c) { return c.has("force"); }},
    {"git checkout .", "checkout", kCheckout, kLosesWork,
     [](const Case& c) { return c.covers_everything(); }},
    {"git switch -f", "switch",
     "f|force discard-changes c|create= C|force-create= orphan= conflict= t|track?", kLosesWork,
     [](const Case& c) { return c.has("force") || c.has("discard-changes"); }},
    {"git restore .", "restore",
     "S|staged W|worktree s|source= conflict= pathspec-from-file= U|unified= inter-hunk-context=",
     kLosesWork,
     [](const Case& c) {
       return c.covers_everything() && (c.has("worktree") || !c.has("staged"));
     }},
    {"git stash drop", "stash", "", kLosesWork,
     [](const Case& c) { return c.operand(0) == "drop"; }},
    {"git stash clear", "stash", "", kLosesWork,
     [](const Case& c) { return c.operand(0) == "clear"; }},
    {"git read-tree -u --reset", "read-tree",
     "reset u n|dry-run prefix= index-output= exclude-per-directory=", kLosesWork,
     [](const Case& c) { return c.has("reset") && c.has("u") && !c.has("dry-run"); }},
    {"git checkout-index -f -a", "checkout-index", "f|force a|all prefix= stage=", kLosesWork,
     [](const Case& c) { return c.has("force") && c.has("all") && !c.has("prefix"); }},
    {"git worktree remove --force", "worktree", "f|force", kLosesWork,
     [](const Case& c) { return c.operand(0) == "remove" && c.has("force"); }},
    {"git clean -f", "clean", "f|force n|dry-run e|exclude=", kDeletesFiles,
     [](const Case& c) {
       const bool forced = c.has("force") || c.call.turns_off("clean.requireforce");
       return forced && !c.has("dry-run");
     }},
    {"git rm -f .", "rm", "f|force n|dry-run cached pathspec-from-file=", kDeletesFiles,
     [](const Case& c) {
       return c.has("force") && !c.has("dry-run") && !c.has("cached") && c.covers_everything();
     }},
    {"git branch -D", "branch", "d|delete D f|force u|set-upstream-to=", kLosesCommits,
     [](const Case& c) { return c.has("D") || (c.has("delete") && c.has("force")); }},
    {"git update-ref -d", "update-ref", "d m=", kLosesCommits,
     [](const Case& c) { return c.has("d") && !c.operand(0).starts_with("refs/remotes/"); }},
    {"git push --force", "push", kPush, kRewrites,
     [](const Case& c) {
       const auto is_forced = [](std::string_view refspec) { return refspec.starts_with('+'); };
       return !c.has("dry-run") && (c.has("force") || c.any_refspec(is_forced));
     }},
    {"git push --mirror", "push", kPush, kRewrites,
     [](const Case& c) { return !c.has("dry-run") && c.has("mirror"); }},
    {"git push --delete", "push", kPush, kRewrites,
     [](const Case& c) {
       const auto is_deletion = [](std::string_view refspec) {
         return refspec.starts_with(':') && refspec.size() > 1;
       };
       return !c.has("dry-run") && (c.arguments.has_any({"delete", "prune"}) ||
                                    c.any_refspec(is_deletion));
     }},
});

const GitRule* rule_of(const GitCall& call, const ShellPlace& place) {
  for (const GitRule& rule : kGitRules) {
    if (rule.verb != call.verb) continue;
    const Arguments arguments(call.arguments, rule.options);
    if (rule.destroys({call, arguments, place})) return &rule;
  }
  return nullptr;
}

bool deletes_trees(std::span<const ShellWord> words) {
  const Arguments arguments(words.subspan(1), "f|force r|recursive R");
  return arguments.has("force") && arguments.has_any({"recursive", "R"});
}

}  // namespace

std::optional<CommandRule> find_destructive(const CommandLine& line, const ShellPlace& place) {
  const ShellPlace here = with_substitution(line, place);
  const auto rule = [](std::string_view name, std::string_view reason) {
    return CommandRule{std::string(name), Severity::Block, std::string(reason)};
  };
  for (const ShellCommand& command : line.commands) {
    const GitRule* found = &kGitRules.front();  // if there are too many calls to read
    const bool loses = any_call(command, "git", [&](std::span<const ShellWord> words) {
      const GitRule* of_call = rule_of(GitCall(words), here);
      if (of_call != nullptr) found = of_call;
      return of_call != nullptr;
    });
    if (loses) return rule(found->name, found->reason);
    if (any_call(command, "rm", deletes_trees)) return rule("rm -rf", kDeletes);
  }
  for (const char* statement : {"DROP TABLE", "drop table"}) {
    if (runs(line, statement)) return rule(statement, kDeletes);
  }
  return std::nullopt;
}

}  // namespace gs::checks
