#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "formats/json.h"

// A report is fixed before the tracker is asked. Until then it calls the issue of an action by a
// reference that nothing else can look like; it is replaced wherever it stands in a text.
namespace gs::close {

[[nodiscard]] std::string unfiled_reference(std::size_t action);
// Every text in `value` with the references that `name` knows replaced.
void fill_references(Json& value, const std::function<std::string(std::size_t action)>& name);

}  // namespace gs::close
