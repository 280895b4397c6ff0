#pragma once

#include <map>
#include <optional>
#include <string>

#include "git/commit/hooks.h"
#include "git/commit/message.h"
#include "git/object_id.h"
#include "git/repository.h"

namespace gs::git {

// GIT_REFLOG_ACTION for hooks while a close commits: our own hooks recognize its commits by it.
inline constexpr const char* kActionOfClose = "git-session close";
inline constexpr const char* kActionOfUndo = "git-session undo";  // in the reflog

struct CommitRequest {
  std::optional<ObjectId> parent;  // absent: the branch is unborn
  ObjectId tree;
  std::string message;       // UTF-8, or bytes to keep as they are
  Timestamp time;            // the author's and the committer's, unless the environment sets one
  bool edit = false;         // open the user's editor on the message
  std::string trailer = {};  // "Token: value", for a commit whose tree no hook has changed
  // The commit on `parent` that this one replaces: its author and its message stay, so that no hook
  // sees that message again, and `message` and `edit` do not count.
  std::optional<ObjectId> amends = {};
};

struct CommitObject {
  std::optional<ObjectId> oid;  // absent: refused, and `words` says by what
  ObjectId tree;                // pre-commit may have changed it
  std::string subject;
  std::string words;         // output of hooks, git or the editor
  bool interrupted = false;  // a signal ended a hook: nobody has refused it
};

// "Name <mail> date zone", as `git var` has it; `role`: "AUTHOR" or "COMMITTER". Throws, with what
// sets one, if git has none.
[[nodiscard]] std::string identity_line(const Repository& repository, const char* role);

// Makes commits as `git commit` does, with the user's hooks, signing, identity, cleanup and
// encoding, but holds no lock while a hook, an editor or a passphrase prompt is open, and moves no
// ref: update_head does. Without a hook, signature or editor, the object is made in the process.
class Committer {
 public:
  // `scratch`: this program's directory in the git directory, used by one process at a time.
  Committer(const Repository& repository, std::string scratch);

  [[nodiscard]] CommitObject make(const CommitRequest& request);
  [[nodiscard]] bool has_pre_commit() const { return hooks_.exists("pre-commit"); }
  [[nodiscard]] bool has_message_hook() const {
    return hooks_.exists("prepare-commit-msg") || hooks_.exists("commit-msg");
  }
  // Run after the ref was moved; they cannot undo the commit, so their results are ignored.
  void run_post_commit(const ObjectId& tree) const;
  void run_post_rewrite(const ObjectId& from, const ObjectId& to) const;

 private:
  struct Identity {
    std::string person;  // "Name <mail>"
    std::string date;    // from the environment; "" if unset
  };
  [[nodiscard]] Identity identity(const char* role) const;
  [[nodiscard]] std::string index_file() const;
  void fill_index(const ObjectId& tree) const;
  [[nodiscard]] std::map<std::string, std::optional<std::string>> hook_environment(
      const CommitRequest& request) const;
  bool run_pre_commit(const CommitRequest& request, CommitObject& commit) const;
  bool settle_message(const CommitRequest& request, std::string& message, CommitObject& commit);
  // What is in a commit beside its tree and its parent.
  struct Words {
    std::string author;  // "Name <mail> time zone"
    EncodedMessage message;
  };
  [[nodiscard]] Words words_of(const CommitRequest& request, const std::string& message) const;
  void write(const CommitRequest& request, const Words& words, CommitObject& commit);

  const Repository& repository_;
  std::string scratch_;
  CommitHooks hooks_;
  std::optional<Identity> author_;
  std::optional<Identity> committer_;
};

// A time in git's exact format, in the user's time zone: "1700000000 +0100".
[[nodiscard]] std::string git_date(Timestamp time);

// HEAD as a new commit expects it, and its new value.
struct HeadUpdate {
  std::optional<std::string> branch;  // "main"; absent: HEAD is detached
  std::optional<ObjectId> from;       // absent: the branch is unborn
  std::optional<ObjectId> to;         // absent: the branch becomes unborn
  std::string reflog;                 // "commit: the subject"
};

// A compare-and-swap: moves the branch that HEAD names, or a detached HEAD, from `from` to `to`,
// with git's usual reflog entries. False, with nothing changed, if HEAD names another branch or has
// moved. If HEAD is switched right after that check, it is still this branch that moves. Uses `git
// update-ref`, whose locks disappear with it if we are killed, and which asks a
// reference-transaction hook. Throws if a lock is held for longer than two seconds.
[[nodiscard]] bool update_head(const Repository& repository, const HeadUpdate& update);

}  // namespace gs::git
