#include "cli/which_session.h"

#include "base/text.h"
#include "session/workspace.h"

namespace gs::cli {

std::string session_option(const std::string& session) {
  try {
    for (const session::FoundState& found : session::open_workspace().equal_sessions) {
      if (found.id == session) return " --session " + quote_shell(found.called());
    }
  } catch (const Error&) {
    return "";  // what was to be done is done; the next command says what is wrong
  }
  return "";
}

std::string shown_session(const std::string& title, const std::string& name,
                          const std::string& session) {
  if (!title.empty()) return '"' + title + '"';
  return name.empty() ? session : name;
}

}  // namespace gs::cli
