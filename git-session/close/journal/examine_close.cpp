#include "close/journal/examine_close.h"

#include <algorithm>

#include "base/error.h"
#include "base/file/lock_state.h"
#include "base/text.h"
#include "close/journal/journal.h"
#include "git/refs.h"
#include "session/closing.h"
#include "snapshot/restore/restore.h"

namespace gs::close {
namespace {

using session::Area;
using session::Diagnoses;

bool has_event(const std::vector<Json>& events, std::string_view name) {
  return std::any_of(events.begin(), events.end(), [name](const Json& event) {
    return event.value("event", "") == std::string(name);
  });
}

class Examination {
 public:
  Examination(const session::Workspace& workspace, Timestamp now, const git::Checkout& worktree,
              Diagnoses& found)
      : now_(now),
        worktree_(worktree),
        is_here_(worktree.git_dir == workspace.repository.git_dir()),
        found_(found) {}

  void look() {
    look_at_close();
    look_at_undo();
    look_at_restore();
  }

 private:
  void look_at_close() {
    const LockState lock = lock_state(session::close_lock_file(worktree_.git_dir));
    if (lock.held) {
      found_.push_back(session::note(
          Area::Close, "a close is running" + where() + ": " + describe_holder(lock.holder),
          {"wait for it"}));
      return;
    }
    const std::string path = session::journal_file(worktree_.git_dir);
    const auto text = read_file_if_exists(path);
    if (!text) return;
    try {
      const auto events = Journal::events_in(*text, path);
      if (events) return add_unfinished(*events);
      found_.push_back(session::broken(Area::Close, "journal '" + path + "' is empty",
                                       {"remove that file: nothing of that close was written"}));
    } catch (const Error& error) {
      found_.push_back(session::broken(Area::Close, error, "move that file away"));
    }
  }

  void add_unfinished(const std::vector<Json>& events) {
    const Json& header = events.front();
    const auto began = parse_iso8601(header.value("began_at", ""));
    const std::string session = header.value("session", "");
    std::string text = "the close of " + (session.empty() ? "a session" : "'" + session + "'") +
                       where() + " is unfinished";
    if (began) text += ", started " + format_age(now_ - *began);
    std::string fix = command("close --continue") + " finishes it, " + command("close --abort") +
                      " takes back what it wrote";
    if (has_event(events, "closed")) {
      text += ", but for its snapshots";
      fix = command("close --continue") + " deletes these";
    } else if (has_event(events, "abort")) {
      text += ": its abort was interrupted";
      fix = command("close --continue") + " finishes the abort";
    } else if (!has_event(events, "write-plan")) {
      text += ", and has written no record yet";
    }
    found_.push_back(session::broken(Area::Close, text, {fix}));
  }

  void look_at_undo() {
    const std::string path = session::undo_journal_file(worktree_.git_dir);
    if (session::is_undo_unfinished(worktree_.git_dir)) {
      found_.push_back(session::broken(Area::Close, "an undo" + where() + " was interrupted",
                                       {command("undo") + " finishes it"}));
      return;
    }
    const auto text = read_file_if_exists(path);
    if (!text) return;
    try {
      (void)Journal::events_in(*text, path);
    } catch (const Error& error) {
      found_.push_back(session::note(
          Area::Close, "the last close" + where() + " cannot be undone: " + error.message(),
          {"git session gc deletes what it kept, once that has expired"}));
    }
  }

  void look_at_restore() {
    if (!file_info(join_path(worktree_.git_dir, "git-session/restore/journal.json"))) return;
    try {
      const auto what = snapshot::cut_off_restore(git::Repository::open(worktree_));
      if (!what) return;
      const bool is_restore = what->by.empty();
      const std::string text =
          "a " + (is_restore ? "restore" : what->by) + where() + " was interrupted";
      const std::string fix =
          is_restore
              ? command("snapshot restore --continue") + " finishes it, " +
                    command("snapshot restore --abort") + " takes it back"
              : command(what->by + " --session " + quote_shell(what->session)) + " finishes it";
      found_.push_back(session::broken(Area::Close, text, {fix}));
    } catch (const Error& error) {
      found_.push_back(session::broken(Area::Close, error, "remove that file"));
    }
  }

  [[nodiscard]] std::string where() const {
    return is_here_ ? "" : " in '" + worktree_.work_tree + "'";
  }
  [[nodiscard]] std::string command(const std::string& words) const {
    const std::string directory = is_here_ ? "" : "-C " + quote_shell(worktree_.work_tree) + " ";
    return "'git " + directory + "session " + words + "'";
  }

  Timestamp now_;
  const git::Checkout& worktree_;
  bool is_here_;
  Diagnoses& found_;
};

}  // namespace

void examine_close(const session::Workspace& workspace, Timestamp now, Diagnoses& found) {
  const std::size_t before = found.size();
  for (const git::Checkout& worktree : git::list_worktrees(workspace.repository))
    Examination(workspace, now, worktree, found).look();
  if (found.size() == before)
    found.push_back(session::checked(Area::Close, "nothing was interrupted"));
}

}  // namespace gs::close
