#include "base/file/file.h"
#include "base/process/process.h"
#include "base/text.h"
#include "git/refs.h"
#include "tracker/local_issues.h"
#include "tracker/queue.h"
#include "tracker/select.h"
#include "workflow/doctor/examine.h"

namespace gs::workflow {
namespace {

using session::Area;
using session::Diagnoses;
using session::Diagnosis;
using tracker::Trouble;

Diagnosis diagnose(const tracker::Login& login, const tracker::TrackerError& error) {
  const std::string at = login.host.empty() ? "" : " at " + login.host;
  const std::string hostname = login.host.empty() ? "" : " --hostname " + quote_shell(login.host);
  switch (error.trouble()) {
    case Trouble::NoProgram:
      return session::broken(Area::Tracker, login.program + " is not installed", {error.hint()});
    case Trouble::Offline:
    case Trouble::TimedOut:
    case Trouble::RateLimited:
      return session::wrong(Area::Tracker, error.message(),
                            {"what a close cannot file waits for the next one; '" + login.program +
                             " auth status" + hostname + "' asks again"});
    default:
      break;
  }
  // Of a token that it cannot try, it says that it is not valid.
  return session::broken(Area::Tracker, "no log-in" + at + ": " + error.message(),
                         {"'" + login.program + " auth login" + hostname +
                          "', unless the host cannot be reached: " + login.program +
                          " does not tell that from a bad token"});
}

void examine_hosted(const session::Workspace& workspace, Diagnoses& found) {
  const auto login = tracker::check_login(workspace);
  if (!login) return;
  if (login->problem) {
    found.push_back(diagnose(*login, *login->problem));
  } else if (!login->asked) {
    found.push_back(
        session::note(Area::Tracker,
                      "'" + login->host +
                          "' is named by a file of the repository, and not trusted yet: not asked",
                      {"the next close asks (decision trust)"}));
  } else {
    found.push_back(session::fine(
        Area::Tracker,
        login->program + " is logged in" + (login->host.empty() ? "" : " to " + login->host)));
  }
}

// Where the URL alone would choose a tracker whose program is missing.
void examine_missing_program(const session::Workspace& workspace, Diagnoses& found) {
  const std::string name = workspace.config.required_text("remote");
  const auto remote = git::find_remote(workspace.repository, name);
  const auto project = remote ? tracker::project_of_url(remote->url) : std::nullopt;
  if (!project) return;
  for (const auto& [host, program] :
       {std::pair("github.com", "gh"), std::pair("gitlab.com", "glab")}) {
    if (project->host != host || find_program(program)) continue;
    found.push_back(session::note(
        Area::Tracker,
        name + " is on " + host + ", but " + program + " is not installed: issues are kept here",
        {"install " + std::string(program) + ", or git session config vcs local"}));
  }
}

void examine_local(const session::Workspace& workspace, Diagnoses& found) {
  const auto issues =
      tracker::LocalIssues::load(workspace.home.issues(), workspace.repository.work_tree());
  for (const std::string& problem : issues.problems()) {
    found.push_back(
        session::wrong(Area::Tracker, problem, {"correct that file; it is left alone until then"}));
  }
  const std::size_t count = issues.issues().size();
  found.push_back(
      session::fine(Area::Tracker, count == 0 ? "local" : "local, " + plural(count, "issue")));
}

void examine_remote(const session::Workspace& workspace, Diagnoses& found) {
  const config::Effective& effective = workspace.config.at("remote");
  const std::string name = workspace.config.required_text("remote");
  if (effective.origin.scope == "default" || git::find_remote(workspace.repository, name)) return;
  found.push_back(session::wrong(
      Area::Tracker, "remote '" + name + "' (" + effective.origin.describe() + ") does not exist",
      {"git remote add " + quote_shell(name) + " URL, or git session config remote NAME"}));
}

}  // namespace

void examine_tracker(const session::Workspace& workspace, Diagnoses& found) {
  const tracker::Selection selection = tracker::select_tracker(workspace);
  examine_remote(workspace, found);
  if (selection.name == "local") {
    examine_local(workspace, found);
    if (!selection.configured) examine_missing_program(workspace, found);
  } else if (selection.name == "none") {
    found.push_back(session::checked(Area::Tracker, "none (vcs)"));
  } else {
    examine_hosted(workspace, found);
  }
  const tracker::Queue queue(workspace.own_path("queued-issues.jsonl"));
  if (const std::size_t waiting = queue.entries().size(); waiting > 0) {
    found.push_back(session::note(Area::Tracker,
                                  plural(waiting, "task") + " for a tracker " +
                                      (waiting == 1 ? "waits" : "wait") + " for the next close",
                                  {"'git session issue list' shows whether it can be reached"}));
  }
}

}  // namespace gs::workflow
