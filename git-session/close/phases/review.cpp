#include "base/text.h"
#include "close/look/external_tool.h"
#include "close/look/session_changes.h"
#include "close/look/trust.h"
#include "close/phases/phases.h"

namespace gs::close {

namespace {

constexpr int kHighConfidence = 80;

enum class Verdict { Proceed, FixRequired, Unknown };
Verdict verdict_of(const Json& answer) {
  const auto found = answer.find("verdict");
  if (found == answer.end() || !found->is_string()) return Verdict::Unknown;
  std::string text = to_lower(trim(found->get_ref<const std::string&>()));
  for (char& c : text) {
    if (c == '_' || c == '-') c = ' ';
  }
  if (text == "proceed") return Verdict::Proceed;
  return text == "fix required" ? Verdict::FixRequired : Verdict::Unknown;
}

Review review_of(const checks::ToolFindings& findings) {
  Review review;
  for (const checks::ToolFindings::Entry& entry : findings.entries) {
    review.findings.push_back(entry.finding);
    if (entry.finding.confidence >= kHighConfidence) ++review.high_confidence;
  }
  return review;
}

std::string list(const std::vector<session::Finding>& findings) {
  std::string text;
  for (const session::Finding& finding : findings) {
    text += std::string(session::severity_name(finding.severity)) + ": " + finding.title;
    if (!finding.file.empty()) {
      text += "  (" + quote_path(finding.file) +
              (finding.line > 0 ? ":" + std::to_string(finding.line) : "") + ")";
    }
    text += "\n";
  }
  return text;
}

PhaseResult decide(Context& context) {
  Review& review = *context.review;
  const std::string summary =
      "the reviewer asks for fixes: " + plural(review.findings.size(), "finding");
  const std::optional<std::string> chosen = context.decisions.take(
      {"review",
       "The reviewer asks for fixes (" + plural(review.findings.size(), "finding") +
           "). How should the close continue?",
       {{"fix", "stop here; fix it, then 'git session close --continue'"},
        {"carryover", "continue, and file what the reviewer found as issues"},
        {"abort", "end this close"}},
       "fix",
       list(review.findings),
       ""});
  review.carryover = chosen == "carryover";
  PhaseResult result = review.carryover ? warn(summary + ", carried over") : block(summary);
  result.open_decision = !chosen;
  if (chosen == "fix") context.stop = Stop::KeepJournal;
  if (chosen == "abort") context.stop = Stop::Abort;
  if (!review.carryover) {
    result.detail = list(review.findings);
    result.hint = "fix it, then 'git session close --continue'";
  }
  return result;
}

PhaseResult no_review(const std::string& why) {
  PhaseResult result = warn("no review: " + why);
  add_problem(result, "review", result.summary, "run the reviewer by hand");
  return result;
}

PhaseResult look_review(Context& context) {
  const std::optional<std::string> command = tool_command(context, "review-command");
  if (!command) return skip("no review-command");
  if (!is_trusted(context)) return skip("its command is not trusted");
  const checks::ToolAnswer answer =
      ask_external_tool(context, "review-command", *command, {"verdict"});
  if (answer.interrupted) {
    context.stop = Stop::Interrupted;
    return block("interrupted");
  }
  if (!answer.value) return no_review(answer.problem);
  const Verdict verdict = verdict_of(*answer.value);
  if (verdict == Verdict::Unknown) {
    return no_review("the verdict is neither PROCEED nor FIX REQUIRED");
  }
  const checks::ToolFindings findings =
      checks::read_findings(answer.value->value("items", Json::array()), "review");
  context.review = review_of(findings);
  PhaseResult result;
  if (verdict == Verdict::FixRequired) {
    result = decide(context);
  } else {
    result = context.review->findings.empty() ? ok("") : warn("");
    result.summary = "proceed, " + plural(context.review->findings.size(), "finding");
  }
  result.findings = context.review->findings;
  if (findings.malformed > 0) {
    const std::string lost = plural(findings.malformed, "entry") + " not understood";
    result.summary += ", " + lost;
    add_problem(result, "review", "review-command: " + lost, "run the reviewer by hand");
  }
  return result;
}

}  // namespace

const Phase kReview{
    .id = "review",
    .title = "Review",
    .look = look_review,
    .does = R"(gives plan, changed files and the diff's range to `review-command` and takes its
verdict)",
    .skipped_when = R"(no `review-command`)",
    .blocks_when = R"(the verdict is FIX REQUIRED: decision `review`; a reviewer that fails is a
warning)",
};

}  // namespace gs::close
