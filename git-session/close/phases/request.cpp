#include "base/text.h"
#include "close/phases/phases.h"
#include "close/plan/final_report.h"
#include "close/plan/report_findings.h"
#include "close/push_target.h"
#include "git/refs.h"
#include "tracker/requests.h"

namespace gs::close {

namespace {

PhaseResult preview_request(Context& context) {
  if (context.options.request.empty()) return skip("--pr is not given");
  const PushTarget target = push_target(context);
  if (!target.why_not.empty()) return skip(target.why_not);
  return ok("would open or update a request for " + describe(target));
}

std::string title_of(const Context& context) {
  if (!context.write_plan->report.title.empty()) return context.write_plan->report.title;
  return context.commits.empty() ? context.write_plan->session : context.commits.front().subject;
}

// The report, but for places on this machine.
std::string body_of_request(const Context& context) {
  report::Report report = final_report(context);
  std::erase_if(report.findings, is_outside);
  if (report.metrics_file.starts_with('/')) report.metrics_file.clear();
  return report::render_markdown(report);
}

// Finds the open request or makes one; what becomes of it is the same however often it is run.
Json carry_out(const Context& context, const tracker::Requests& requests, const std::string& branch,
               const std::string& base) {
  const std::string body = body_of_request(context);
  if (const auto found = requests.find_open(branch)) {
    Json done{{"number", found->number},
              {"url", found->url},
              {"draft", found->draft},
              {"outcome", "updated"}};
    try {
      requests.set_body(found->number, body);
    } catch (const tracker::TrackerError& error) {
      if (tracker::stops_everything(error.trouble())) throw;
      done["outcome"] = "found";
      done["detail"] = error.message();
    }
    return done;
  }
  const tracker::Request opened =
      requests.open({title_of(context), body, branch, base, context.options.request == "draft"});
  return {{"number", opened.number},
          {"url", opened.url},
          {"draft", opened.draft},
          {"outcome", "opened"}};
}

PhaseResult answer(Context& context, const std::string& name, const Json& done) {
  const std::string number =
      (name == "pull request" ? "#" : "!") + std::to_string(done.at("number").get<long>());
  context.request = done;
  context.request_summary = name + " " + number + (done.value("draft", false) ? " (draft)" : "") +
                            ": " + done.value("url", "");
  const std::string outcome = done.value("outcome", "");
  if (outcome == "found") {
    PhaseResult result = warn(name + " " + number + " is open, but its text was not updated");
    result.detail = done.value("detail", "");
    add_problem(result, "request", result.summary + ": " + result.detail);
    return result;
  }
  return ok(outcome + " " + context.request_summary);
}

PhaseResult failed(Context& context, const std::string& name, const tracker::TrackerError& error) {
  const std::string why = "no " + name + ": " + error.message();
  // The next run may succeed; what the host refuses, it refuses again.
  PhaseResult result = tracker::stops_everything(error.trouble()) ? block(why) : warn(why);
  context.request_summary = why;
  result.hint = error.hint();
  if (result.outcome == Outcome::Block) {
    result.hint += (result.hint.empty() ? "" : ", then ") +
                   std::string("'git session close --continue' tries again");
  }
  return result;
}

PhaseResult write_request(Context& context) {
  if (context.options.request.empty()) return skip("--pr is not given");
  if (context.pushed.empty()) return skip("nothing was pushed");
  const PushTarget target = push_target(context);
  const tracker::RequestHost host = tracker::request_host(context.workspace, target.remote);
  const auto none = [&](const std::string& why) {
    context.request_summary = "no request: " + why;
    return warn(context.request_summary);
  };
  if (!host.selection.is_hosted()) return none(host.selection.why);
  const tracker::Requests requests = tracker::open_requests(context.workspace, host);
  if (!target.ref.starts_with(git::kHeads)) return none(target.ref + " is not a branch");
  const std::string branch = target.ref.substr(git::kHeads.size());
  const std::string base = request_base(context, target.remote);
  try {
    const std::optional<Json> done = context.journal.step(
        "request", [] { return Json::object(); },
        // Always asked again: the host shows whether it is open.
        [](const Json&) { return std::optional<Json>(); },
        [&](const Json&) -> std::optional<Json> {
          return carry_out(context, requests, branch, base);
        });
    return answer(context, requests.name(), *done);
  } catch (const tracker::TrackerError& error) {
    return failed(context, requests.name(), error);
  }
}

}  // namespace

const Phase kRequest{
    .id = "request",
    .title = "Request",
    .look = preview_request,
    .write = write_request,
    .does = R"(with `--pr`, opens a pull request (by `gh`) or a merge request (by `glab`) for the
pushed branch, with the report as its text; an open one of that branch is updated instead)",
    .skipped_when = R"(no `--pr`, or nothing was pushed)",
    .blocks_when = R"(the host cannot be reached or there is no login: `--continue` tries again;
what the host refuses is a warning)",
};

}  // namespace gs::close
