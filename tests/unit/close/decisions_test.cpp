#include "close/decisions.h"

#include <doctest/doctest.h>

#include "config/session_config.h"

using namespace gs;
using namespace gs::close;

namespace {

class Person : public Observer {
 public:
  std::optional<std::string> answer;
  std::map<RepoPath, std::string> each;
  int asked = 0;

  void opened(const Opening&) override {}
  void said(const Line&) override {}
  void phase_started(const Phase&) override {}
  void phase_finished(const PhaseReport&) override {}
  void command_running(std::string_view, std::string_view, std::string_view,
                       std::chrono::milliseconds) override {}
  void message(std::string_view) override {}
  std::optional<session::Answer> ask(const session::Decision&) override {
    ++asked;
    if (!each.empty()) return session::answer_each(each);
    return answer ? std::optional(session::Answer{*answer}) : std::nullopt;
  }
};

config::SessionConfig config_with(const std::vector<config::Setting>& settings) {
  config::Layer layer;
  layer.settings = settings;
  return config::resolve({config::default_layer(), layer});
}

struct Fixture {
  Options options;
  config::SessionConfig config = config_with({});
  Journal journal = Journal::in_memory(Json::object());
  Person person;

  static session::Decision mixed(const std::string& about = "a.txt") {
    return {"mixed", "?", {{"split", ""}, {"include", ""}, {"leave", ""}}, "split", about, ""};
  }
  static session::Decision gate() {
    return {"gate", "?", {{"stop", ""}, {"issue", ""}, {"abort", ""}}, "stop", "failed", ""};
  }
  // As in a run of close: what earlier runs decided is only in the journal.
  std::optional<std::string> take(const session::Decision& decision) {
    return Decisions(options, config, journal, person).take(decision);
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "nobody to ask: the decision stays open and is remembered") {
  Decisions decisions(options, config, journal, person);
  CHECK_FALSE(decisions.take(mixed()).has_value());
  CHECK(decisions.any_open());
  REQUIRE(decisions.all().size() == 1);
  CHECK(decisions.all()[0].chosen.empty());
  CHECK(person.asked == 1);
  // The same one again is the same one.
  person.answer = "leave";
  CHECK(decisions.take(mixed()) == "leave");
  CHECK(decisions.all().size() == 1);
  CHECK_FALSE(decisions.any_open());
}

TEST_CASE_FIXTURE(Fixture,
                  "--yes takes what is recommended, --decide goes before it, and nobody is asked") {
  options.yes = true;
  CHECK(take(mixed()) == "split");
  options.decide["mixed"] = "leave";
  CHECK(take(mixed()) == "leave");
  CHECK(person.asked == 0);
}

TEST_CASE_FIXTURE(Fixture, "an answer counts again for the same question, not for another") {
  person.answer = "include";
  CHECK(take(mixed()) == "include");
  CHECK(take(mixed()) == "include");
  CHECK(person.asked == 1);
  CHECK(take(mixed("b.txt")) == "include");
  CHECK(person.asked == 2);
}

TEST_CASE_FIXTURE(Fixture, "a choice that stopped the close does not stop the next try") {
  person.answer = "stop";
  CHECK(take(gate()) == "stop");
  CHECK(take(gate()) == "stop");
  CHECK(person.asked == 2);
}

TEST_CASE_FIXTURE(
    Fixture, "what was said of a file counts as long as it is asked about for the same reason") {
  const auto unclaimed = [](const std::vector<std::pair<std::string, std::string>>& files) {
    session::Decision decision{"unclaimed", "?", {{"leave", ""}, {"include", ""}}, "leave", "", ""};
    for (const auto& [path, reason] : files) {
      decision.detail += path + "  (" + reason + ")\n";
      decision.files.push_back({RepoPath(path), path, "M", reason, {}});
    }
    return decision;
  };
  const auto take = [&](const session::Decision& decision) {
    return Decisions(options, config, journal, person).take_each(decision);
  };
  person.each = {{RepoPath("a\xFF"), "include"}, {RepoPath("b"), "leave"}};
  const auto first = take(unclaimed({{"a\xFF", "new"}, {"b", "new"}}));
  REQUIRE(first.has_value());
  CHECK(first->choice == session::kEach);
  CHECK(first->asked);
  const auto both = take(unclaimed({{"a\xFF", "new"}, {"b", "new"}}));
  REQUIRE(both.has_value());
  CHECK(choice_for(*both, RepoPath("a\xFF")) == "include");
  // The one that was taken is claimed by now: the rest was left.
  const auto rest = take(unclaimed({{"b", "new"}}));
  REQUIRE(rest.has_value());
  CHECK(rest->choice == "leave");
  CHECK_FALSE(rest->asked);
  CHECK(person.asked == 1);
  (void)take(unclaimed({{"b", "dirty before"}}));
  (void)take(unclaimed({{"b", "new"}, {"c", "new"}}));
  CHECK(person.asked == 3);
}
