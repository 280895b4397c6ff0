#pragma once

#include <string>

#include "close/context.h"
#include "close/phase.h"

namespace gs::close {

// A writing phase whose files and answer stand in the write plan.
[[nodiscard]] PhaseResult preview_planned(Context& context, const std::string& phase);
[[nodiscard]] PhaseResult write_planned(Context& context, const std::string& phase);

}  // namespace gs::close
