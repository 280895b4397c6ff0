#pragma once

#include <set>
#include <string>
#include <vector>

#include "git/refs.h"
#include "session/session_fixture.h"
#include "workflow/start.h"

namespace gs::test {

inline std::set<std::string> snapshot_refs(const TempRepo& repo) {
  std::set<std::string> names;
  for (const git::Ref& ref :
       git::list_refs(git::Repository::open(repo.path()), snapshot::kRefPrefix)) {
    names.insert(ref.name);
  }
  return names;
}

// A repository that is set up for sessions, with one commit.
class SessionRepo : public TempRepo {
 public:
  SessionRepo() {
    write("README.md", "read me\n");
    write(".git-session.toml", "");
    write(".orchestrator/bootstrap.lock", "version: 1\ntier: fast\n");
    commit_all("chore: set up");
  }

  [[nodiscard]] session::Workspace workspace(const std::string& directory = ".orchestrator",
                                             const std::vector<config::Setting>& more = {}) const {
    return workspace_of(*this, directory, more);
  }
  [[nodiscard]] workflow::StartResult start(const workflow::StartRequest& request = {}) const {
    return workflow::start(workspace(), request, FixedClock());
  }
  [[nodiscard]] std::string refusal(const workflow::StartRequest& request = {}) const {
    return error_of([&] { (void)start(request); });
  }
  [[nodiscard]] bool has(const std::string& name) const {
    return file_info(path(name)).has_value();
  }
  [[nodiscard]] session::StateFile state(const std::string& directory = ".orchestrator") const {
    return session::parse_state(read(directory + "/STATE.md"), "STATE.md");
  }

 private:
  NoPlatform no_platform_;
};

}  // namespace gs::test
