#include "git/refs.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>
#include <utility>

#include "base/file/file.h"
#include "base/text.h"
#include "git/durable.h"
#include "git/libgit2.h"
#include "git/ref_locks.h"

namespace gs::git {
namespace {

bool is_valid_component(std::string_view component) {
  return !component.empty() && !component.starts_with('.') && !component.ends_with(".lock");
}

bool is_forbidden_in_ref_names(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f || std::string_view(" ~^:?*[\\").find(c) != std::string::npos;
}

}  // namespace

std::vector<Ref> list_refs(const Repository& repository, std::string_view prefix) {
  return refs_of(repository.impl().handle.get(), prefix);
}

std::vector<Ref> refs_of(git_repository* handle, std::string_view prefix) {
  const std::string glob = std::string(prefix) + '*';
  ReferenceIteratorHandle iterator;
  require(fill(iterator,
               [&](git_reference_iterator** out) {
                 return git_reference_iterator_glob_new(out, handle, glob.c_str());
               }),
          "list refs");
  std::vector<Ref> refs;
  while (true) {
    ReferenceHandle reference;
    const int code = fill(
        reference, [&](git_reference** out) { return git_reference_next(out, iterator.get()); });
    if (code == GIT_ITEROVER) break;
    require(code, "list refs");
    const char* name = git_reference_name(reference.get());
    if (const git_oid* direct = git_reference_target(reference.get())) {
      refs.push_back({name, from_libgit2(*direct)});
      continue;
    }
    git_oid target{};
    // A symbolic ref that points at nothing does not count, as for git for-each-ref.
    if (git_reference_name_to_id(&target, handle, name) == 0) {
      refs.push_back({name, from_libgit2(target)});
    }
  }
  std::sort(refs.begin(), refs.end(), [](const Ref& a, const Ref& b) { return a.name < b.name; });
  return refs;
}

std::optional<ObjectId> read_ref(const Repository& repository, const std::string& name) {
  git_oid target{};
  const int code = git_reference_name_to_id(&target, repository.impl().handle.get(), name.c_str());
  if (code == GIT_ENOTFOUND || code == GIT_EINVALIDSPEC) return std::nullopt;
  require(code, "read ref '" + name + "'");
  return from_libgit2(target);
}

bool create_ref(const Repository& repository, const std::string& name, const ObjectId& target) {
  const git_oid id = to_libgit2(target);
  const git_oid nothing{};
  ReferenceHandle reference;
  // "Matching the null id" is checked under the ref's lock. A plain create checks before it locks,
  // so two at once could both succeed.
  const auto create = [&](git_reference** out) {
    return git_reference_create_matching(out, repository.impl().handle.get(), name.c_str(), &id, 1,
                                         &nothing, nullptr);
  };
  constexpr std::chrono::milliseconds kPause{10};
  constexpr int kMostPauses = 200;
  const HeldLocks locks(repository, {name});
  int code = fill(reference, create);
  // Whoever packs or deletes refs removes empty directories, also one that was just made for this,
  // or packs the ref before libgit2 has read it again: then it is made.
  for (int more = 1000; code == GIT_ENOTFOUND && more > 0; --more) {
    if (read_ref(repository, name) == target) return true;
    code = fill(reference, create);
  }
  for (int pauses = 0; code == GIT_ELOCKED && pauses < kMostPauses; ++pauses) {
    std::this_thread::sleep_for(kPause);
    code = fill(reference, create);
  }
  if (code == GIT_ELOCKED && !read_ref(repository, name) && locks.remove_stale()) {
    code = fill(reference, create);
  }
  if (code == 0) return true;
  const std::string words = libgit2_words();
  if (read_ref(repository, name)) return false;
  throw fatal("cannot create ref '" + name + "': " + words);
}

void set_ref(const Repository& repository, const std::string& name, const ObjectId& target) {
  const git_oid id = to_libgit2(target);
  ReferenceHandle reference;
  require(fill(reference,
               [&](git_reference** out) {
                 return git_reference_create(out, repository.impl().handle.get(), name.c_str(), &id,
                                             1, nullptr);
               }),
          "write ref '" + name + "'");
}

bool is_valid_ref_name(const std::string& name) {
  if (name.find('/') == std::string::npos || name.ends_with('.')) return false;
  if (name.find("..") != std::string::npos || name.find("@{") != std::string::npos) return false;
  if (std::any_of(name.begin(), name.end(), is_forbidden_in_ref_names)) return false;
  const std::vector<std::string_view> components = split(name, '/');
  return std::all_of(components.begin(), components.end(), is_valid_component);
}

std::optional<Remote> find_remote(const Repository& repository, const std::string& name) {
  if (name.empty() || name.starts_with('-')) return std::nullopt;
  const ProcessResult result = repository.git().run({"remote", "get-url", "--", name});
  constexpr int kNoSuchRemote = 2;
  // Git before 2.30 dies instead.
  const bool unknown = result.ended_with(kNoSuchRemote) ||
                       result.err.find("No such remote") != std::string::npos ||
                       result.err.find("no URLs configured") != std::string::npos;
  if (unknown) return std::nullopt;
  if (!result.ok()) throw git_failure("remote", result);
  std::string url = result.out.substr(0, result.out.find('\n'));
  return Remote{name, std::move(url)};
}

std::string remote_default_name(const Repository& repository, const std::string& remote) {
  const std::string prefix = "refs/remotes/" + remote + "/";
  const ProcessResult head = repository.git().run({"symbolic-ref", "--quiet", prefix + "HEAD"});
  const std::string name(trim(head.out));
  if (head.ok() && name.starts_with(prefix)) return name.substr(prefix.size());
  for (const char* branch : {"main", "master"}) {
    if (read_ref(repository, prefix + branch)) return branch;
  }
  return "";
}

std::vector<ObjectId> known_on_remote(const Repository& repository, const std::string& remote) {
  std::vector<ObjectId> known;
  for (const Ref& ref :
       list_refs(repository, remote.empty() ? "refs/remotes/" : "refs/remotes/" + remote + "/"))
    known.push_back(ref.target);
  return known;
}

std::optional<ObjectId> remote_default_branch(const Repository& repository,
                                              const std::string& remote) {
  for (const std::string_view branch : {"HEAD", "main", "master"}) {
    const std::string name = "refs/remotes/" + remote + '/' + std::string(branch);
    if (read_ref(repository, name)) return repository.resolve_commit(name);
  }
  return std::nullopt;
}

}  // namespace gs::git
