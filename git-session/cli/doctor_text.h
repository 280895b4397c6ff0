#pragma once

#include <string>

#include "cli/terminal.h"
#include "formats/json.h"
#include "session/diagnosis.h"

// What `git session doctor` finds, as text and as JSON.
namespace gs::cli {

enum class DiagnosisDetail { Problems, Usual, All };  // -q, neither, -v

// A line for each finding with its fix below; what is fine is one line for each area, with `All`
// one for each thing that was checked. The last line counts, but for `Problems`.
[[nodiscard]] std::string render_diagnoses(const session::Diagnoses& found, DiagnosisDetail detail,
                                           const Style& style);
[[nodiscard]] Json diagnoses_json(const session::Diagnoses& found);  // with the counts

}  // namespace gs::cli
