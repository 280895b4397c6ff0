#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

// What `git session doctor` finds, by whichever part of the program has looked.
namespace gs::session {

enum class Area {
  Versions,
  Repository,
  Configuration,
  Hooks,
  Agents,
  Tracker,
  Locks,
  Records,
  Close,
  Sessions,
  Worktrees,
};
[[nodiscard]] std::string_view area_name(Area area);  // "versions", …

enum class Health {
  Fine,
  Note,     // worth knowing; nothing is wrong
  Warning,  // something does not work as it should, or is left over
  Error,    // a command will fail, or a session is stuck
};
[[nodiscard]] std::string_view health_name(Health health);  // "fine", "note", …

// What `doctor --fix` can do: safe to repeat, and never of work.
enum class Repair {
  HookScripts,  // our own that are outdated or not executable are written again
  RefLocks,     // those of ours that a killed process has left are removed
  TempFiles,    // half-written files of killed processes are removed
  GateTrees,    // temporary worktrees of killed closes are removed
};

struct Diagnosis {
  Area area = Area::Versions;
  Health health = Health::Fine;
  std::string text;                   // no full stop; may hold text from elsewhere
  std::vector<std::string> fix = {};  // a command or a sentence, then the lines that belong to it
  std::optional<Repair> repair = {};  // absent: --fix leaves it alone
  bool quiet = false;                 // a fine one that says nothing but that: only with -v
};
using Diagnoses = std::vector<Diagnosis>;

// Whether something is wrong: a warning or an error.
[[nodiscard]] bool is_wrong(const Diagnosis& diagnosis);

// Each makes one.
[[nodiscard]] Diagnosis fine(Area area, std::string text);
[[nodiscard]] Diagnosis checked(Area area, std::string text);  // fine and quiet
[[nodiscard]] Diagnosis note(Area area, std::string text, std::vector<std::string> fix);
[[nodiscard]] Diagnosis wrong(Area area, std::string text,
                              std::vector<std::string> fix);  // warning
[[nodiscard]] Diagnosis broken(Area area, std::string text, std::vector<std::string> fix);  // error
// With the error's hint as the fix, else `fix`.
[[nodiscard]] Diagnosis broken(Area area, const Error& error, const std::string& fix);

}  // namespace gs::session
