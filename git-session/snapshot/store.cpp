#include "snapshot/store.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/file/file.h"
#include "base/process/process.h"
#include "base/text.h"
#include "git/durable.h"
#include "git/refs.h"
#include "git/status/status.h"

namespace gs::snapshot {
namespace {

using git::Commit;
using git::ObjectId;
using git::Repository;

void refuse_home(const Repository& repository) {
  const auto home = environment_variable("HOME");
  if (!home || !file_info(*home)) return;
  if (real_path(*home) != real_path(repository.work_tree())) return;
  throw refused("the work tree '" + repository.work_tree() + "' is your home directory")
      .with_hint("use --force to take a snapshot of all of it");
}

// Id and label share one line of the commit's message.
void require_one_line(std::string_view what, std::string_view text) {
  const bool fine = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
  });
  if (fine) return;
  throw usage_error(std::string(what) + " '" + quote_path(text) + "' must be a single line of text")
      .with_hint("use letters, digits, '.', '_' and '-'");
}

void check(const SaveRequest& request) {
  require_one_line("session id", request.session);
  require_one_line("label", request.label);
  if (request.wave < 0) {
    throw usage_error("wave " + std::to_string(request.wave) + " is negative");
  }
}

bool holds(const Repository& repository, const Commit& stash, const CapturedTrees& trees) {
  const StoredTrees stored = stored_trees(repository, stash);
  return stored.base == trees.base && stored.worktree == trees.worktree_tree &&
         stored.index == trees.index_tree && stored.untracked == trees.untracked_tree &&
         stored.exact == trees.exact_tree && extra_state_in(stash.message) == trees.extra;
}

// A ref under our name that is not a commit counts as other content.
bool is_same_snapshot(const Repository& repository, const ObjectId& oid, const Name& name,
                      const SaveRequest& request, const CapturedTrees& trees) {
  try {
    const Commit stash = repository.commit(oid);
    return raw_session(name, stash.subject) == request.session && holds(repository, stash, trees);
  } catch (const Error&) {
    return false;
  }
}

std::string message_of(const SaveRequest& request) {
  std::string message = subject(request.session, request.wave, request.label);
  if (!request.message.empty()) message += "\n\n" + request.message;
  return message;
}

SaveResult nothing_written(std::string reason, CapturedTrees&& trees) {
  SaveResult result;
  result.skipped = true;
  result.reason = std::move(reason);
  result.counts = trees.counts;
  result.left_out = std::move(trees.skipped);
  return result;
}

// Whoever is told that there is no snapshot must find none.
void sync_or_remove(const Repository& repository, const std::string& ref, const ObjectId& commit) {
  try {
    git::sync_repository(repository);
  } catch (const Error&) {
    (void)git::delete_refs(repository, {{ref, commit}}, kRefPrefix);
    throw;
  }
}

SaveResult unchanged_since(const Repository& repository, const SaveRequest& request,
                           git::Ref earlier, Name name, CapturedTrees&& trees) {
  // Whoever took it may still be writing it.
  if (request.durable) git::sync_repository(repository);
  SaveResult result = nothing_written("unchanged", std::move(trees));
  result.ref = std::move(earlier.name);
  result.oid = earlier.target;
  result.name = std::move(name);
  return result;
}

// Finds a free name; another process may take it at any moment, so only create_ref decides.
SaveResult save_trees(const Repository& repository, const SaveRequest& request,
                      CapturedTrees&& trees) {
  if (request.any_name) {
    const auto last = newest(repository, request.session);
    const bool is_ours = last && !is_automatic(last->name, last->subject);
    if (is_ours && is_same_snapshot(repository, last->oid, last->name, request, trees))
      return unchanged_since(repository, request, {last->ref, last->oid}, last->name,
                             std::move(trees));
  }
  Name name{map_component(request.session), request.wave, map_component(request.label)};
  const std::string plain = name.label;
  std::optional<ObjectId> commit;
  for (long copy = 1;; ++copy) {
    if (copy > 1) name.label = plain + "." + std::to_string(copy);
    const std::string ref = ref_name(name);
    auto taken = git::read_ref(repository, ref);
    if (!taken) {
      if (!commit) {
        commit = write_stash_commit(repository, trees, message_of(request), request.now);
        git::sync_repository(repository);  // no ref without its objects
      }
      if (git::create_ref(repository, ref, *commit)) {
        if (request.durable) sync_or_remove(repository, ref, *commit);
        return {ref, *commit, false, "", name, trees.counts, std::move(trees.skipped)};
      }
      taken = git::read_ref(repository, ref);
    }
    if (taken && is_same_snapshot(repository, *taken, name, request, trees)) {
      return unchanged_since(repository, request, {ref, *taken}, name, std::move(trees));
    }
  }
}

}  // namespace

SaveResult save(const Repository& repository, const SaveRequest& request, bool allow_home) {
  if (!allow_home) refuse_home(repository);
  return save_scanned(repository, request, git::read_status(repository));
}

SaveResult save_scanned(const Repository& repository, const SaveRequest& request,
                        const git::Status& scan) {
  check(request);
  CapturedTrees trees = capture_trees(repository, scan, request.capture);
  if (trees.empty() && !request.capture.clean_too)
    return nothing_written("clean", std::move(trees));
  return save_trees(repository, request, std::move(trees));
}

}  // namespace gs::snapshot
