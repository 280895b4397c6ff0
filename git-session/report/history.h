#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "report/report.h"

namespace gs::report {

// A session that is over, for the page of `log --html`.
struct PastLine {
  Report report;       // perhaps only what its record says
  std::string status;  // completed, abandoned
  std::size_t planned = 0, done = 0, carried_over = 0;
  std::string quality;  // pass, fail, skip; "" if unknown
};
struct LearningLine {
  std::string type, subject, insight;
  double confidence = 0;  // 0 to 1
};
struct History {
  std::string project;
  Timestamp now;
  std::vector<PastLine> sessions;  // the newest first
  std::vector<LearningLine> learnings;
};

// One HTML document that needs nothing else: no script, style, font or picture from elsewhere.
[[nodiscard]] std::string render_html(const History& history);
// The same of one session alone, with its report open.
[[nodiscard]] std::string render_html(const std::string& project, const PastLine& session);

// SVG elements of that page, `sessions` in columns by week, or by month where they span more than a
// year and a half.
[[nodiscard]] std::string chart_of_sessions(const History& history);
[[nodiscard]] std::string chart_of_plans(const History& history);
[[nodiscard]] std::string chart_of_durations(const History& history);

}  // namespace gs::report
