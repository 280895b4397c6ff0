#pragma once

#include <string>
#include <vector>

#include "close/context.h"
#include "close/plan/write_plan.h"

namespace gs::close {

// The summaries of the phase `staleness` for vault-staleness.jsonl and
// vault-narrative-staleness.jsonl (docs/formats.md, "Staleness"); none where it did not look.
[[nodiscard]] std::vector<LineWrite> staleness_records(const Context& context, Timestamp now);

}  // namespace gs::close
