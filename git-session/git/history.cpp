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
  const ProcessResult result =
      git.run({"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"});
  // 128: a branch without an upstream, a reflog that does not go back that far.
  constexpr int kNoSuchThing = 128;
  if (result.ended_with(kNoSuchThing)) return std::nullopt;
  return require_answer("rev-parse", result) ? ObjectId::parse(trim(result.out)) : std::nullopt;
}

std::vector<ObjectId> list_with_git(const GitCommand& git, const std::vector<ObjectId>& hidden,
                                    const std::vector<ObjectId>& tips, std::size_t limit) {
  constexpr std::size_t kMost = std::numeric_limits<int>::max();  // accepted by git
  std::vector<std::string> args{"rev-list", "--ignore-missing", "--stdin"};
  if (limit <= kMost) args.push_back("--max-count=" + std::to_string(limit));
  ProcessOptions options;
  for (const ObjectId& tip : tips) options.input += tip.hex() + "\n";
  for (const ObjectId& oid : hidden) options.input += "^" + oid.hex() + "\n";
  const std::string listing = git.output(args, options);
  std::vector<ObjectId> commits;
  for (const std::string_view line : split_lines(listing)) {
    if (const auto oid = ObjectId::parse(line)) commits.push_back(*oid);
  }
  return commits;
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

std::optional<ObjectId> Repository::merge_base(const ObjectId& a, const ObjectId& b) const {
  if (!impl_->history_is_altered()) {
    git_oid base{};
    const git_oid one = to_libgit2(a);
    const git_oid two = to_libgit2(b);
    const int code = git_merge_base(&base, impl_->handle.get(), &one, &two);
    if (code == GIT_ENOTFOUND) return std::nullopt;
    require(code, "find the merge base of " + a.hex() + " and " + b.hex());
    return from_libgit2(base);
  }
  const ProcessResult result = impl_->git.run({"merge-base", a.hex(), b.hex()});
  if (!require_answer("merge-base", result)) return std::nullopt;
  return ObjectId::parse(trim(result.out));
}

bool Repository::is_ancestor(const ObjectId& ancestor, const ObjectId& descendant) const {
  return ancestor == descendant || merge_base(ancestor, descendant) == ancestor;
}

std::vector<ObjectId> Repository::commits_between(const std::optional<ObjectId>& base,
                                                  const ObjectId& tip, std::size_t limit) const {
  if (!base) return commits_without({}, tip, limit);
  static_cast<void>(commit(*base));  // throws if it is missing
  return commits_without({*base}, tip, limit);
}

std::vector<ObjectId> Repository::commits_without(const std::vector<ObjectId>& hidden,
                                                  const ObjectId& tip, std::size_t limit) const {
  return commits_of_tips(*this, {tip}, hidden, limit);
}

std::vector<ObjectId> commits_of_tips(const Repository& repository,
                                      const std::vector<ObjectId>& tips,
                                      const std::vector<ObjectId>& hidden, std::size_t limit) {
  Repository::Impl& impl = repository.impl();
  if (impl.history_is_altered()) return list_with_git(impl.git, hidden, tips, limit);
  RevwalkHandle walk;
  require(fill(walk, [&](git_revwalk** out) { return git_revwalk_new(out, impl.handle.get()); }),
          "walk the history");
  for (const ObjectId& tip : tips) {
    const git_oid start = to_libgit2(tip);
    require(git_revwalk_push(walk.get(), &start), "walk the history from " + tip.hex());
  }
  for (const ObjectId& oid : hidden) {
    const git_oid end = to_libgit2(oid);
    // Missing, or a tag of something other than a commit.
    static_cast<void>(git_revwalk_hide(walk.get(), &end));
  }
  std::vector<ObjectId> commits;
  git_oid next{};
  while (commits.size() < limit) {
    const int code = git_revwalk_next(&next, walk.get());
    if (code == GIT_ITEROVER) break;
    require(code, "walk the history");
    commits.push_back(from_libgit2(next));
  }
  return commits;
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
  static constexpr std::array<std::string_view, 12> kCommands = {
      "am",           "checkout", "cherry-pick", "clone",  "commit", kActionOfClose,
      "initial pull", "merge",    "pull",        "rebase", "reset",  "revert"};
  return std::any_of(kCommands.begin(), kCommands.end(), [&](std::string_view command) {
    if (!reflog_message.starts_with(command)) return false;
    const std::string_view rest = reflog_message.substr(command.size());
    return rest.empty() || rest.front() == ':' || rest.front() == ' ';
  });
}

}  // namespace gs::git
