#include "git/history.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/file/file.h"
#include "base/text.h"
#include "git/commit/commit.h"
#include "git/libgit2.h"
#include "git/repository.h"

// Revisions and ancestry.
namespace gs::git {
namespace {

std::optional<ObjectId> resolve_with_git(const GitCommand& git, const std::string& revision) {
  // "HEAD~3" counts real parents.
  ProcessOptions options;
  options.environment = {{"GIT_NO_REPLACE_OBJECTS", "1"},
                         {"GIT_GRAFT_FILE", "/dev/null"},
                         {"GIT_SHALLOW_FILE", "/dev/null"}};
  const ProcessResult result = git.run(
      {"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"}, options);
  // 128: a branch without an upstream, a reflog that does not go back that far.
  constexpr int kNoSuchThing = 128;
  if (result.ended_with(kNoSuchThing)) return std::nullopt;
  return require_answer("rev-parse", result) ? ObjectId::parse(trim(result.out)) : std::nullopt;
}

}  // namespace

bool Repository::Impl::history_is_altered() const {
  const auto has_content = [this](std::string_view name) {
    const auto info = file_info(join_path(common_dir, name));
    return info && info->size > 0;
  };
  return has_content("shallow") || has_content("info/grafts") ||
         environment_variable("GIT_GRAFT_FILE") || environment_variable("GIT_SHALLOW_FILE");
}

std::optional<ObjectId> Repository::resolve_commit(const std::string& revision) const {
  if (revision.empty()) return std::nullopt;
  const bool follows_parents = revision.find_first_of("~^:") != std::string::npos;
  if (follows_parents && impl_->history_is_altered()) {
    return resolve_with_git(impl_->git, revision);
  }
  ObjectHandle object;
  const int found = fill(object, [&](git_object** out) {
    return git_revparse_single(out, impl_->handle.get(), revision.c_str());
  });
  ObjectHandle commit;
  if (found == 0 && fill(commit, [&](git_object** out) {
                      return git_object_peel(out, object.get(), GIT_OBJECT_COMMIT);
                    }) == 0) {
    return from_libgit2(*git_object_id(commit.get()));
  }
  // libgit2 does not know all of git's revision syntax: git has the last word.
  return resolve_with_git(impl_->git, revision);
}

std::vector<HeadMove> head_moves(const Repository& repository, std::size_t limit) {
  const std::optional<ObjectId> head = repository.head().commit;
  if (!head) return {};
  const std::string listing =
      repository.git().output({"log", "--walk-reflogs", "--no-show-signature", "--format=%H %gs",
                               "--max-count=" + std::to_string(limit), "HEAD"});
  std::vector<HeadMove> moves;
  for (const std::string_view line : split_lines(listing)) {
    const std::size_t space = line.find(' ');
    const auto oid = ObjectId::parse(line.substr(0, space));
    if (!oid) continue;
    if (moves.empty() && *oid != *head) moves.push_back({std::nullopt, *head, ""});
    if (!moves.empty()) moves.back().from = oid;
    moves.push_back({std::nullopt, *oid,
                     space == std::string_view::npos ? "" : std::string(line.substr(space + 1))});
  }
  return moves;
}

bool moves_index_along(std::string_view reflog_message) {
  // The close sets its own action (kActionOfClose) for hooks and what they run.
  static constexpr std::array<std::string_view, 13> kCommands = {
      "am",           "checkout", "cherry-pick", "clone",  "commit", kActionOfClose, kActionOfUndo,
      "initial pull", "merge",    "pull",        "rebase", "reset",  "revert"};
  return std::any_of(kCommands.begin(), kCommands.end(), [&](std::string_view command) {
    if (!reflog_message.starts_with(command)) return false;
    const std::string_view rest = reflog_message.substr(command.size());
    return rest.empty() || rest.front() == ':' || rest.front() == ' ';
  });
}

}  // namespace gs::git
