#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git/checkout.h"
#include "git/object_id.h"
#include "git/repository.h"

namespace gs::git {

inline constexpr std::string_view kHeads = "refs/heads/";  // what the names of branches begin with

struct Ref {
  std::string name;  // full: "refs/heads/main"
  ObjectId target;   // what it points at, not peeled
};

// Refs whose full name starts with `prefix` ("refs/so-snapshots/"), by name. Packed and loose.
[[nodiscard]] std::vector<Ref> list_refs(const Repository& repository, std::string_view prefix);
[[nodiscard]] std::optional<ObjectId> read_ref(const Repository& repository,
                                               const std::string& name);
// False, with nothing changed, if the ref exists already. A single lock that stays for two seconds
// on a ref that does not exist was left by a killed process: it is removed.
[[nodiscard]] bool create_ref(const Repository& repository, const std::string& name,
                              const ObjectId& target);
// Makes the ref, or moves it, whatever it names.
void set_ref(const Repository& repository, const std::string& name, const ObjectId& target);
// As `git check-ref-format`.
[[nodiscard]] bool is_valid_ref_name(const std::string& name);

struct RefDeletion {
  std::string name;
  ObjectId expected;  // deleted only while it still points there
};
struct UndeletedRef {
  std::string name;
  std::string reason;
};
// Deletes what can be deleted, all of it with one rewrite of packed-refs; what is gone already
// counts as deleted. Refuses a name outside `required_prefix`, which ends in "/", before anything
// is deleted. A single lock that stays on a ref for two seconds is removed, as above; another
// program's on packed-refs never is. In this process and under git's locks; git itself does it
// where only it can (a reference-transaction hook, reflogs, symbolic refs).
[[nodiscard]] std::vector<UndeletedRef> delete_refs(const Repository& repository,
                                                    const std::vector<RefDeletion>& deletions,
                                                    std::string_view required_prefix);

struct Remote {
  std::string name;
  std::string url;  // as `git remote get-url` says (insteadOf applied)
};
// Absent if there is no such remote; throws if git cannot tell.
[[nodiscard]] std::optional<Remote> find_remote(const Repository& repository,
                                                const std::string& name);
// The remote's default branch as a commit: refs/remotes/<remote>/HEAD, else main or master there.
// Absent if there is none.
[[nodiscard]] std::optional<ObjectId> remote_default_branch(const Repository& repository,
                                                            const std::string& remote);

// Its name ("main"): of refs/remotes/<remote>/HEAD, else main or master if it is there; "" if none
// is known.
[[nodiscard]] std::string remote_default_name(const Repository& repository,
                                              const std::string& remote);

// The tips of its remote-tracking branches: what the remote has, as far as this clone knows. "": of
// all remotes.
[[nodiscard]] std::vector<ObjectId> known_on_remote(const Repository& repository,
                                                    const std::string& remote);

// The main one and all linked ones that still exist.
[[nodiscard]] std::vector<Checkout> list_worktrees(const Repository& repository);

}  // namespace gs::git
