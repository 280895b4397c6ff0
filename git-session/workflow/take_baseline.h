#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "session/baseline.h"
#include "session/workspace.h"
#include "snapshot/store.h"

namespace gs::workflow {

struct TakenBaseline {
  snapshot::SaveResult snapshot;  // its ref is "" where nothing could be kept
  session::Baseline record;       // not written yet
};
// Keeps what is dirty under "wave-0-baseline" of the session. What a snapshot leaves out (large
// files) is remembered by its object id alone.
[[nodiscard]] TakenBaseline take_baseline(const session::Workspace& workspace,
                                          const std::string& session, Timestamp now);

}  // namespace gs::workflow
