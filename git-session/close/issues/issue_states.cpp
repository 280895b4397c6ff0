#include "close/issues/issue_states.h"

#include <memory>
#include <utility>

#include "tracker/filing.h"
#include "tracker/select.h"

namespace gs::close {

namespace {

checks::IssueState state_of(tracker::IssueState state) {
  switch (state) {
    case tracker::IssueState::Open:
      return checks::IssueState::Open;
    case tracker::IssueState::Closed:
      return checks::IssueState::Closed;
    case tracker::IssueState::Unknown:
      return checks::IssueState::Unknown;
  }
  return checks::IssueState::Unknown;
}

// Asks about one issue at a time, a limited number of times, and stops once the tracker fails.
class Lookup {
 public:
  explicit Lookup(std::unique_ptr<tracker::Tracker> tracker) : tracker_(std::move(tracker)) {}
  checks::IssueState operator()(long number) {
    if (left_ == 0) return checks::IssueState::Unknown;
    if (tracker_->name() != "local") --left_;
    const tracker::IssueStates states = tracker::issue_states(*tracker_, {number});
    if (!states.trouble.empty()) left_ = 0;
    return state_of(states.of.at(number));
  }

 private:
  std::unique_ptr<tracker::Tracker> tracker_;
  std::size_t left_ = 50;
};

}  // namespace

std::function<checks::IssueState(long)> issue_states(const Context& context, std::string* why) {
  const tracker::Selection selection = tracker::select_tracker(context.workspace);
  if (selection.name == "none") {
    *why = "vcs is none";
    return {};
  }
  auto tracker = tracker::open_tracker(context.workspace, selection.name, context.clock.now());
  if (!selection.configured && selection.name == "local" &&
      tracker->list({tracker::Filter::State::All, "", 1}).empty()) {
    *why = "there are no local issues, and vcs is not set";
    return {};
  }
  const auto lookup = std::make_shared<Lookup>(std::move(tracker));
  return [lookup](long number) { return (*lookup)(number); };
}

}  // namespace gs::close
