#pragma once

#include <map>
#include <optional>
#include <string>

#include "git/commit/hooks.h"
#include "git/object_id.h"
#include "git/repository.h"

namespace gs::git {

// What GIT_REFLOG_ACTION says to hooks while a close commits: by it our own tell its commits.
inline constexpr const char* kActionOfClose = "git-session close";

struct CommitRequest {
  std::optional<ObjectId> parent;  // absent: the branch is unborn
  ObjectId tree;
  std::string message;  // UTF-8, or bytes that are to be kept
  Timestamp time;       // the author's and the committer's, where the environment names none
  bool edit = false;    // open the user's editor on the message
};

struct CommitObject {
  std::optional<ObjectId> oid;  // absent: refused, and `words` says by what
  ObjectId tree;                // pre-commit may have changed it
  std::string subject;
  std::string words;  // of hooks, git or the editor
};

// Makes commits as `git commit` does, with the user's hooks, signing, identity, cleanup and
// encoding, but holds no lock while hooks run, an editor is open or a passphrase is asked, and
// moves no ref: that is update_head's. Where no hook, signature or editor wants one, the object is
// made in the process.
class Committer {
 public:
  // `scratch`: a directory of this program's in the git directory, used by one process at a time.
  Committer(const Repository& repository, std::string scratch);

  [[nodiscard]] CommitObject make(const CommitRequest& request);
  [[nodiscard]] bool has_pre_commit() const { return hooks_.exists("pre-commit"); }
  // After the ref was moved. It cannot undo the commit, and its answer is not asked for.
  void run_post_commit(const ObjectId& tree) const;

 private:
  struct Identity {
    std::string person;  // "Name <mail>"
    std::string date;    // as the environment says; "" where it says nothing
  };
  // Throws in git's words where there is none.
  [[nodiscard]] Identity identity(const char* role) const;
  [[nodiscard]] std::string index_file() const;
  void fill_index(const ObjectId& tree) const;
  [[nodiscard]] std::map<std::string, std::optional<std::string>> hook_environment(
      const CommitRequest& request) const;
  bool run_pre_commit(const CommitRequest& request, CommitObject& commit) const;
  bool settle_message(const CommitRequest& request, std::string& message, CommitObject& commit);
  void write(const CommitRequest& request, const std::string& message, CommitObject& commit);

  const Repository& repository_;
  std::string scratch_;
  CommitHooks hooks_;
  std::optional<Identity> author_;
  std::optional<Identity> committer_;
};

// A time as git takes it exactly, in the user's time zone: "1700000000 +0100".
[[nodiscard]] std::string git_date(Timestamp time);

// HEAD as a new commit expects it, and where it is to be.
struct HeadUpdate {
  std::optional<std::string> branch;  // "main"; absent: HEAD is detached
  std::optional<ObjectId> from;       // absent: the branch is unborn
  ObjectId to;
  std::string reflog;  // "commit: the subject"
};

// A compare-and-swap: the branch that HEAD names, or a detached HEAD, goes from `from` to `to`,
// with the reflog entries that git writes. False, and nothing is changed, when HEAD names another
// branch or is somewhere else by now. Whatever HEAD names a moment later, it is this branch that
// moves. By `git update-ref`, whose locks go with it when we are killed, and which asks a
// reference-transaction hook. Throws where a lock is held for longer than two seconds.
[[nodiscard]] bool update_head(const Repository& repository, const HeadUpdate& update);

}  // namespace gs::git
