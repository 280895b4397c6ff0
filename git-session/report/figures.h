#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"

// The figures of a report, the same in every rendering; "" if not measured.
namespace gs::report {

// On one line, without terminal controls.
[[nodiscard]] std::string one_line(std::string_view text);

[[nodiscard]] std::string duration_figure(const Report& report);  // "2 h 13 min"
// "2 h 13 min, 3 commits made meanwhile not counted"; "" if it was not paused
[[nodiscard]] std::string paused_figure(const Report& report);
[[nodiscard]] std::string agents_figure(const Report& report);  // "5 (4 complete, 1 partial)"
[[nodiscard]] std::string breaker_figure(
    const Report& report);  // "1 agent hit limits, 2 spirals detected", "none"
[[nodiscard]] std::string waves_figure(const Report& report);  // "4 completed, 1 skipped"
[[nodiscard]] std::string wave_figure(
    const WaveLine& wave);  // "12 min 05 s — 3 agents — 4 files", "skipped"
// The tree's id, "not isolated: node_modules/a leads back into the work tree"
[[nodiscard]] std::string tested_tree_figure(const Report& report);
[[nodiscard]] std::string commits_figure(const Report& report);  // "2 on main"
[[nodiscard]] std::string coverage_figure(
    const DocsCoverage& coverage);  // "2 ok, 1 partial, 0 gaps (mode=warn)"
[[nodiscard]] std::vector<std::string> recommendation_lines(
    const Report& report);  // "Take up: Progress bar (#51)"
// "high: a focused test: the others do not run (tests/a.js:3)"; the first twenty, and the number of
// the rest.
[[nodiscard]] std::vector<std::string> finding_lines(const Report& report);
[[nodiscard]] std::string short_oid(const CommitLine& commit);

// How a screen says whose a file is: "Not yours" of "foreign".
[[nodiscard]] std::string owner_shown(std::string_view owner);

}  // namespace gs::report
