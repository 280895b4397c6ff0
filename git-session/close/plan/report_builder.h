#pragma once

#include "close/context.h"
#include "close/plan/issue_plan.h"
#include "records/session_record.h"
#include "report/report.h"

namespace gs::close {

// "closes #4, #5" in a message: every number that follows a closing word, a comma or "and".
[[nodiscard]] std::vector<long> issues_closed_in(std::string_view message);
// Issues that the session's own commits close by message ("Closes #4", "fixes #5, #6"), with the
// commit.
[[nodiscard]] std::map<long, git::ObjectId> issues_closed_by_commits(const Context& context);

// When the session began, and not after `completed_at`.
[[nodiscard]] Timestamp start_of(const Context& context, Timestamp completed_at);
[[nodiscard]] records::SessionStats session_stats(const Context& context, Timestamp completed_at);
// The final report as far as it is known before anything is written.
[[nodiscard]] report::Report session_report(const Context& context, const IssuePlan& issues,
                                            Timestamp completed_at);

}  // namespace gs::close
