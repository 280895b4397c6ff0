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
  Lookup(std::unique_ptr<tracker::Tracker> tracker, std::shared_ptr<std::string> trouble)
      : tracker_(std::move(tracker)), trouble_(std::move(trouble)) {}
  checks::IssueState operator()(long number) {
    if (left_ == 0 && trouble_->empty())
      *trouble_ = "only the first " + std::to_string(kMost) + " issues were looked up";
    if (!trouble_->empty()) return checks::IssueState::Open;
    if (tracker_->name() != "local") --left_;
    const tracker::IssueStates states = tracker::issue_states(*tracker_, {number});
    *trouble_ = states.trouble;
    return trouble_->empty() ? state_of(states.of.at(number)) : checks::IssueState::Open;
  }

 private:
  static constexpr std::size_t kMost = 50;

  std::unique_ptr<tracker::Tracker> tracker_;
  std::shared_ptr<std::string> trouble_;
  std::size_t left_ = kMost;
};

}  // namespace

IssueLookup issue_lookup(const Context& context) {
  IssueLookup lookup;
  const tracker::Selection selection = tracker::select_tracker(context.workspace);
  if (selection.name == "none") {
    lookup.why_not = "vcs is none";
    return lookup;
  }
  auto tracker = tracker::open_tracker(context.workspace, selection.name, context.clock.now());
  if (!selection.configured && selection.name == "local" &&
      tracker->list({tracker::Filter::State::All, "", 1}).empty()) {
    lookup.why_not = "there are no local issues, and vcs is not set";
    return lookup;
  }
  const auto asks = std::make_shared<Lookup>(std::move(tracker), lookup.trouble);
  lookup.state_of = [asks](long number) { return (*asks)(number); };
  return lookup;
}

}  // namespace gs::close
