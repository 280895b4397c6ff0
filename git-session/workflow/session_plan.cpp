#include "workflow/session_plan.h"

#include <algorithm>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "git/commit/message.h"
#include "git/index/replace_file.h"
#include "session/baseline.h"
#include "session/closing.h"
#include "session/state_file.h"
#include "session/trust.h"
#include "workflow/active_session.h"

namespace gs::workflow {

namespace {

constexpr const char* kExample =
    "# What the session is to do; 'git session start --help' explains every key.\n"
    "title = \"\"\n"
    "\n"
    "# [[item]]\n"
    "# title = \"Retry uploads with backoff\"\n"
    "# files = [\"src/upload/**\"]\n"
    "# verify = \"ctest -R upload\"\n";

std::string session_of(const session::Workspace& workspace) {
  const auto active = find_active_session(workspace);
  if (!active) throw no_active_session(workspace);
  return active->id;
}

std::string title_in(const std::optional<std::string>& plan) {
  try {
    return plan ? session::parse_plan(*plan, "the plan").title : "";
  } catch (const Error&) {
    return "";
  }
}

// Where the plan gets another title, the session does.
void take_title(const session::Workspace& workspace, const std::optional<std::string>& before,
                const std::string& title) {
  if (title_in(before) == title) return;
  const auto state = workspace.repository.files().read(workspace.state_file());
  if (!state) return;
  git::replace_file(workspace.repository, workspace.state_file(),
                    session::mark_titled(*state, title, workspace.home.tracked()));
}

session::Plan replace_plan(const session::Workspace& workspace, const std::string& text,
                           const std::string& source) {
  const std::optional<std::string> before = plan_text(workspace);
  if (session::close_is_writing(workspace.repository.git_dir())) {
    throw refused("the session is being closed, and its plan no longer counts")
        .with_hint("finish it with 'git session close --continue', or take it back with '--abort'");
  }
  session::Plan plan = session::parse_plan(text, source, workspace.repository.work_tree());
  git::replace_file(workspace.repository, workspace.state_directory.child(session::kPlanFile),
                    text);
  take_title(workspace, before, plan.title);
  return plan;
}

// Those that the user has typed just now.
void trust_new_commands(const session::Workspace& workspace, const session::Plan& plan,
                        const std::string& before) {
  std::vector<session::TrustItem> known;
  try {
    if (!before.empty())
      known = session::commands_of(session::parse_plan(before, "the plan"), "the plan");
  } catch (const Error&) {
    return;  // what is new in it is not known
  }
  std::vector<session::TrustItem> items = session::commands_of(plan, "the plan");
  std::erase_if(items, [&known](const session::TrustItem& item) {
    return std::any_of(known.begin(), known.end(), [&item](const session::TrustItem& other) {
      return other.text == item.text;
    });
  });
  if (!items.empty()) session::remember_trust(workspace.repository, items);
}

bool is_nothing_new(const std::string& typed, const std::string& before) {
  return typed == before || trim(typed).empty();
}

// An editor that fails takes nothing: a draft becomes what it was, another file is removed.
void open_editor(const session::Workspace& workspace, const std::string& file,
                 const std::optional<std::string>& draft) {
  std::string words;
  if (git::edit_file(workspace.repository, file, words)) return;
  if (draft) {
    write_file_atomically(file, *draft);
  } else {
    remove_file(file);
  }
  throw fatal(words).with_hint("the plan is unchanged");
}

std::string joined_hints(const Error& error, const std::string& more) {
  return error.hint().empty() ? more : error.hint() + "\n" + more;
}

}  // namespace

std::optional<std::string> plan_text(const session::Workspace& workspace) {
  (void)session_of(workspace);
  return workspace.repository.files().read(workspace.state_directory.child(session::kPlanFile));
}

bool set_plan(const session::Workspace& workspace, const std::string& file) {
  const std::string text = read_file(file);
  const std::string draft = session::plan_draft_file(workspace.repository, session_of(workspace));
  const bool changes = plan_text(workspace) != text;
  if (changes)
    session::trust_plan_from(workspace.repository, replace_plan(workspace, text, file), file);
  // The draft itself, by whatever name.
  if (read_file_if_exists(draft) == text) remove_file(draft);
  return changes;
}

bool edit_plan(const session::Workspace& workspace, const EditDialog& dialog) {
  const std::optional<std::string> plan = plan_text(workspace);
  const std::string before = plan.value_or(kExample);
  const std::string draft = session::plan_draft_file(workspace.repository, session_of(workspace));
  const std::optional<std::string> left = read_file_if_exists(draft);
  const bool reopens = left && !is_nothing_new(*left, before);
  if (reopens && dialog.reopens) dialog.reopens(draft);
  if (!reopens) {
    make_directories(parent_directory(draft));
    write_file_atomically(draft, before);
  }
  std::optional<std::string> kept = reopens ? left : std::nullopt;  // what is not to be lost
  for (;;) {
    open_editor(workspace, draft, kept);
    const std::string after = read_file(draft);
    kept = after;
    const bool changes = !is_nothing_new(after, before);
    try {
      if (changes)
        trust_new_commands(workspace, replace_plan(workspace, after, draft), plan.value_or(""));
    } catch (const Error& mistake) {
      if (dialog.again && dialog.again(mistake)) continue;
      throw mistake.with_hint(joined_hints(mistake,
                                           "the plan is unchanged, and what you wrote is kept: "
                                           "'git session plan edit' opens it again"));
    }
    remove_file(draft);
    return changes;
  }
}

}  // namespace gs::workflow
