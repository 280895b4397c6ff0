#include "workflow/session_plan.h"

#include <algorithm>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "git/commit/message.h"
#include "git/index/replace_file.h"
#include "session/closing.h"
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

void require_session(const session::Workspace& workspace) {
  if (find_active_session(workspace)) return;
  throw no_active_session(workspace);
}

session::Plan replace_plan(const session::Workspace& workspace, const std::string& text,
                           const std::string& source) {
  require_session(workspace);
  if (session::close_is_writing(workspace.repository.git_dir())) {
    throw refused("the session is being closed, and its plan no longer counts")
        .with_hint("finish it with 'git session close --continue', or take it back with '--abort'");
  }
  session::Plan plan = session::parse_plan(text, source);
  git::replace_file(workspace.repository, workspace.state_directory.child(session::kPlanFile),
                    text);
  return plan;
}

// Those that the user has typed just now.
void trust_new_commands(const session::Workspace& workspace, const session::Plan& plan,
                        const std::string& before) {
  std::vector<session::TrustItem> known;
  try {
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

}  // namespace

std::optional<std::string> plan_text(const session::Workspace& workspace) {
  require_session(workspace);
  return workspace.repository.files().read(workspace.state_directory.child(session::kPlanFile));
}

bool set_plan(const session::Workspace& workspace, const std::string& file) {
  const std::string text = read_file(file);
  if (plan_text(workspace) == text) return false;
  session::trust_plan_from(workspace.repository, replace_plan(workspace, text, file), file);
  return true;
}

bool edit_plan(const session::Workspace& workspace) {
  const std::string before = plan_text(workspace).value_or(kExample);
  const std::string draft = workspace.own_path("plan-draft.toml");
  make_directories(parent_directory(draft));
  write_file_atomically(draft, before);
  std::string words;
  if (!git::edit_file(workspace.repository, draft, words)) {
    remove_file(draft);
    throw fatal(words).with_hint("the plan is unchanged");
  }
  const std::string after = read_file(draft);
  if (after != before) {
    try {
      trust_new_commands(workspace, replace_plan(workspace, after, draft), before);
    } catch (const Error& error) {
      throw error.with_hint(
          "the plan is unchanged, and what you wrote is in that file: fix it, "
          "then 'git session plan set " +
          quote_shell(draft) + "'");
    }
  }
  remove_file(draft);
  return after != before;
}

}  // namespace gs::workflow
