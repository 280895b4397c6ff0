#pragma once

#include <string_view>

namespace gs::checks {

// A comment that marks what must not stay: "TODO: remove", "TODO remove this", "TODO: remove before
// merging", "TODO: remove the debug output". One that says when it goes ("once OTP 24 is required",
// "in v2.0"), that names what is to go or an issue is a plan: an annotation, no left-over.
[[nodiscard]] bool marks_leftover(std::string_view comment);

}  // namespace gs::checks
