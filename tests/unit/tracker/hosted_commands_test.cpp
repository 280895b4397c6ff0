// Every command that gh and glab are sent, to the letter (docs/trackers.md, "The commands"), and
// what becomes of answers that are not what the programs print otherwise.
#include <doctest/doctest.h>

#include "tracker/hosted.h"
#include "tracker/stand_in.h"

namespace gs::tracker {
namespace {

using test::StandIn;
using Words = std::vector<std::string>;

NewIssue new_issue() {
  NewIssue issue;
  issue.title = "-Title, \"quoted\" $(x)";
  issue.body = "Body";
  issue.labels = {"priority:high", "status:ready, soon"};
  issue.session = "main-1";
  issue.origin = "carryover";
  return issue;
}

// A label with a comma is one field of a list.
const char* const kQuoted = "\"status:ready, soon\"";
const char* const kFields = "number,title,body,state,labels,milestone,url";

TEST_CASE("gh is sent exactly these commands") {
  const StandIn program;
  GitHub github(program.client("o/n"));
  const NewIssue issue = new_issue();
  const std::string body = "Body\n\n" + marker(issue);

  program.answer("https://github.com/o/n/issues/7\n");
  CHECK(github.create(issue, "v1").id == 7);
  CHECK(program.calls() == std::vector<Words>{{"issue", "create", "--title", issue.title, "--body",
                                               body, "--label", "priority:high", "--label", kQuoted,
                                               "--milestone", "v1", "--repo", "o/n"}});
  program.refuse_once("could not add label: 'priority:high' not found");
  (void)github.create(issue, "");
  const auto labelled = program.calls();
  REQUIRE(labelled.size() == 4);
  CHECK(labelled[1] ==
        Words{"label", "create", "priority:high", "--color", "d93f0b", "--repo", "o/n"});
  CHECK(labelled[2] ==
        Words{"label", "create", "status:ready, soon", "--color", "0e8a16", "--repo", "o/n"});
  CHECK(labelled[3] == labelled[0]);

  github.comment(7, "text");
  github.close(7, Resolution::Completed);
  github.close(8, Resolution::NotPlanned);
  github.set_labels(7, {"status:ready"}, {"status:ready, soon"});
  github.set_labels(7, {}, {});
  program.answer("[]");
  (void)github.list({Filter::State::All, "", 100});
  (void)github.list({Filter::State::Open, "A \"b\" c…", 30});
  program.answer("{\"number\": 7}");
  (void)github.find(7);
  CHECK(
      program.calls() ==
      std::vector<Words>{
          {"issue", "comment", "7", "--body", "text", "--repo", "o/n"},
          {"issue", "close", "7", "--reason", "completed", "--repo", "o/n"},
          {"issue", "close", "8", "--reason", "not planned", "--repo", "o/n"},
          {"issue", "edit", "7", "--add-label", "status:ready", "--remove-label", kQuoted, "--repo",
           "o/n"},
          {"issue", "list", "--state", "all", "--limit", "100", "--json", kFields, "--repo", "o/n"},
          {"issue", "list", "--state", "open", "--limit", "30", "--json", kFields, "--search",
           "\"A  b  c\" in:title", "--repo", "o/n"},
          {"issue", "view", "7", "--json", std::string(kFields) + ",comments", "--repo", "o/n"}});
}

TEST_CASE("glab is sent exactly these commands") {
  const StandIn program;
  const std::string project = "https://gitlab.example.org/g/n";
  GitLab gitlab(program.client(project));
  const NewIssue issue = new_issue();
  const std::string body = "Body\n\n" + marker(issue);

  program.answer("#7 Title\n https://gitlab.example.org/g/n/-/issues/7\n");
  CHECK(gitlab.create(issue, "v1").id == 7);
  gitlab.comment(7, "text");
  gitlab.close(7, Resolution::NotPlanned);
  gitlab.set_labels(7, {"status:ready"}, {"status:ready, soon"});
  gitlab.set_labels(7, {}, {});
  program.answer("[]");
  (void)gitlab.list({Filter::State::All, "", 100});
  (void)gitlab.list({Filter::State::Open, "A title…", 30});
  program.answer("{\"iid\": 7}");
  (void)gitlab.find(7);
  CHECK(program.calls() ==
        std::vector<Words>{
            {"issue", "create", "--title", issue.title, "--description", body, "--label",
             "priority:high", "--label", kQuoted, "--milestone", "v1", "--yes", "--repo", project},
            {"issue", "note", "7", "--message", "text", "--repo", project},
            {"issue", "close", "7", "--repo", project},
            {"issue", "update", "7", "--label", "status:ready", "--unlabel", kQuoted, "--repo",
             project},
            {"issue", "list", "--output", "json", "--per-page", "100", "--all", "--repo", project},
            {"issue", "list", "--output", "json", "--per-page", "30", "--search", "A title", "--in",
             "title", "--repo", project},
            {"issue", "view", "7", "--comments", "--per-page", "100", "--output", "json", "--repo",
             project}});
}

TEST_CASE("where the project is not known nothing names it") {
  const StandIn program;
  GitHub github(program.client(""));
  github.comment(7, "text");
  CHECK(program.calls() == std::vector<Words>{{"issue", "comment", "7", "--body", "text"}});
}

template <typename Question>
std::string trouble_with(Question&& question) {
  try {
    question();
  } catch (const TrackerError& error) {
    return std::string(trouble_name(error.trouble())) + ": " + error.message();
  }
  return "";
}

TEST_CASE("an answer that is not what the program prints otherwise is a bad one, and no crash") {
  const StandIn program;
  GitHub github(program.client("o/n"));
  GitLab gitlab(program.client("g/n"));
  const std::vector<std::string> answers = {"<html>Sign in</html>",
                                            "{\"number\": ",
                                            "\"text\"",
                                            "7",
                                            "{}",
                                            "[[]]",
                                            "[null]",
                                            "[{\"number\": \"7\", \"iid\": true}]",
                                            std::string(3, '\0'),
                                            std::string(20000, '[') + std::string(20000, ']'),
                                            "\xFF\xFE",
                                            std::string(20U << 20U, 'x')};
  for (const std::string& answer : answers) {
    CAPTURE(answer.substr(0, 40));
    program.answer(answer);
    for (Tracker* tracker : {static_cast<Tracker*>(&github), static_cast<Tracker*>(&gitlab)}) {
      const std::string bad = "bad-answer: ";
      CHECK(trouble_with([&] { (void)tracker->list({}); }).starts_with(bad));
      CHECK(trouble_with([&] { (void)tracker->find(7); }).starts_with(bad));
      CHECK(trouble_with([&] { (void)tracker->create(new_issue(), ""); }).starts_with(bad));
    }
  }
}

TEST_CASE("keys of another type are passed over; the rest of the issue counts") {
  const StandIn program;
  GitHub github(program.client("o/n"));
  GitLab gitlab(program.client("g/n"));
  program.answer(
      "[{\"number\": 7, \"iid\": 7, \"title\": \"T\", \"state\": null, \"labels\": {\"a\": 1}, "
      "\"milestone\": 3, \"body\": [], \"comments\": \"x\", \"Notes\": 5, \"url\": {}}]");
  for (Tracker* tracker : {static_cast<Tracker*>(&github), static_cast<Tracker*>(&gitlab)}) {
    const std::vector<Issue> issues = tracker->list({});
    REQUIRE(issues.size() == 1);
    CHECK(issues[0].id == 7);
    CHECK(issues[0].title == "T");
    CHECK(issues[0].milestone.empty());
  }
}

}  // namespace
}  // namespace gs::tracker
