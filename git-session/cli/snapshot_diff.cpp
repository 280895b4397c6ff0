#include <unistd.h>

#include <array>
#include <csignal>
#include <memory>

#include "base/text.h"
#include "cli/json_values.h"
#include "cli/snapshot_verbs.h"
#include "cli/terminal.h"
#include "git/config/values.h"
#include "git/index/index_listing.h"
#include "git/typed_path.h"
#include "snapshot/compare.h"

namespace gs::cli {
namespace {

using git::ObjectId;

struct DiffArguments {
  std::string name;
  std::vector<std::string> words;  // [SNAP] [PATH...]
  bool stat = false;
};

// What only the git that we run has in its environment. Whoever starts another one in the pager
// means the repository's own index, settings and hooks.
constexpr auto kOnlyForDiff =
    std::to_array<const char*>({"GIT_INDEX_FILE", "GIT_LITERAL_PATHSPECS", "GIT_CONFIG_PARAMETERS",
                                "GIT_OPTIONAL_LOCKS", "GIT_PAGER"});

// The user's pager, in the user's environment; absent where git starts none.
std::optional<std::string> pager_of_user(const git::Repository& repository) {
  if (isatty(STDOUT_FILENO) == 0) return std::nullopt;
  // "-p": without it, the answer is what git is told here, no pager.
  const ProcessResult chosen = repository.git().run({"-p", "var", "GIT_PAGER"});
  if (!chosen.ok()) return std::nullopt;
  std::string pager(trim(chosen.out));
  const auto of_diff = git::last_value(git::configuration(repository), "pager.diff");
  if (of_diff && !git::parse_bool(*of_diff) && !environment_variable("GIT_PAGER")) pager = *of_diff;
  if (pager.empty() || pager == "cat") return std::nullopt;
  std::string command;
  for (const char* name : kOnlyForDiff) {
    const auto value = environment_variable(name);
    command += value ? "export " + std::string(name) + "=" + quote_shell(*value) + "; "
                     : "unset " + std::string(name) + "; ";
  }
  return command + pager;
}

// A reader or pager that exits early is not a failure.
void run_for_reader(const git::Repository& repository, const std::vector<std::string>& args,
                    const std::string& index) {
  flush_output();
  ProcessOptions process;
  process.inherit_input = true;
  process.inherit_output = true;
  process.foreground = true;
  if (!index.empty()) process.environment["GIT_INDEX_FILE"] = index;
  if (auto pager = pager_of_user(repository)) process.environment["GIT_PAGER"] = std::move(pager);
  const ProcessResult result = repository.git().run(args, process);
  if (result.ok() || result.signal == SIGPIPE || result.exit_status == 128 + SIGPIPE) return;
  throw fatal("'git diff' ended with " + result.describe());
}

Json changes_in(const std::string& listing) {
  const std::vector<std::string_view> fields = split(listing, '\0');
  Json changes = Json::array();
  for (std::size_t i = 0; i + 1 < fields.size(); i += 2)
    changes.push_back(
        {{"path", json_path(fields[i + 1])}, {"status", std::string(fields[i].substr(0, 1))}});
  return changes;
}

struct Sides {
  snapshot::Snapshot from;
  std::optional<snapshot::Snapshot> to;  // absent: the work tree
  std::vector<std::string> paths;        // from the top
};

// The second word is a snapshot if there is one of that name, and no file.
Sides read_words(const session::Workspace& workspace, const Common& common,
                 const DiffArguments& arguments) {
  const git::Repository& repository = workspace.repository;
  const auto session = session_of_names(workspace, common);
  Sides sides{find_snapshot(workspace, common, arguments.name), std::nullopt, {}};
  const std::vector<std::string>& words = arguments.words;
  std::size_t next = 0;
  if (!words.empty()) {
    try {
      sides.to = snapshot::find(repository, words[0], session);
      next = 1;
    } catch (const Error&) {
      const RepoPath path = git::typed_path(repository, words[0]);
      const bool is_known =
          repository.files().info(path).has_value() ||
          repository.tree_entry(snapshot::whole_tree(repository, sides.from), path).present();
      if (!is_known) throw;
    }
  }
  for (; next < words.size(); ++next) {
    const std::string path = git::typed_path(repository, words[next]).bytes();
    sides.paths.push_back(path.empty() ? "." : path);
  }
  return sides;
}

ExitCode run_diff(const Invocation& invocation, const DiffArguments& arguments) {
  const Common& common = invocation.common;
  const session::Workspace workspace = open_for_snapshots(common);
  const git::Repository& repository = workspace.repository;
  const Sides sides = read_words(workspace, common, arguments);
  const ObjectId from = snapshot::whole_tree(repository, sides.from);
  std::optional<snapshot::ComparedIndex> index;
  std::vector<std::string> args{"--literal-pathspecs", "diff"};
  if (arguments.stat) args.emplace_back("--stat");
  if (common.json) args.insert(args.end(), {"--name-status", "--no-renames", "-z"});
  if (sides.to) {
    args.insert(args.end(), {from.hex(), snapshot::whole_tree(repository, *sides.to).hex()});
  } else {
    index.emplace(repository, from);
    args = git::index_arguments(index->file(), std::move(args));
  }
  args.emplace_back("--");
  args.insert(args.end(), sides.paths.begin(), sides.paths.end());
  if (!common.json) {
    run_for_reader(repository, args, index ? index->file() : "");
    return ExitCode::Done;
  }
  ProcessOptions options;
  if (index) options.environment["GIT_INDEX_FILE"] = index->file();
  const std::string listing = repository.git().output(args, options);
  print_json("snapshot-diff", {{"from", sides.from.ref},
                               {"to", sides.to ? Json(sides.to->ref) : Json()},
                               {"changes", changes_in(listing)}});
  return ExitCode::Done;
}

}  // namespace

ExitCode show_by_git(const git::Repository& repository, const snapshot::Snapshot& snapshot,
                     bool stat) {
  const snapshot::StoredTrees trees =
      snapshot::stored_trees(repository, repository.commit(snapshot.oid));
  const auto show = [&](const ObjectId& before, const ObjectId& after) {
    std::vector<std::string> args{"diff"};
    if (stat) args.emplace_back("--stat");
    args.insert(args.end(), {before.hex(), after.hex(), "--"});
    run_for_reader(repository, args, "");
  };
  const ObjectId whole = snapshot::whole_tree(repository, snapshot);
  const bool any_staged = trees.index != trees.base_tree;
  if (!any_staged || trees.index == whole) {
    show(trees.base_tree, whole);
    return ExitCode::Done;
  }
  print_line("Staged");
  show(trees.base_tree, trees.index);
  print_line("\nNot staged");
  show(trees.index, whole);
  return ExitCode::Done;
}

void add_snapshot_diff(CLI::App& app, Invocation& invocation) {
  const auto arguments = std::make_shared<DiffArguments>();
  app.add_option("snap", arguments->name, "Snapshot to compare (the newest)")->type_name("SNAP");
  app.add_option("with", arguments->words,
                 "A second snapshot, instead of the work tree; files and directories: only these")
      ->type_name("[SNAP] PATH");
  app.add_flag("--stat", arguments->stat, "Show how much each file changed");
  app.callback([&invocation, arguments] {
    invocation.run = [&invocation, arguments] { return run_diff(invocation, *arguments); };
  });
}

}  // namespace gs::cli
