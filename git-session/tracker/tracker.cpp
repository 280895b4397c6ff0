#include "tracker/tracker.h"

#include <utility>

#include "base/names.h"

namespace gs::tracker {

namespace {

constexpr auto kTroubleNames = std::to_array<Name<Trouble>>({{Trouble::NoProgram, "no-program"},
                                                             {Trouble::LoggedOut, "logged-out"},
                                                             {Trouble::Offline, "offline"},
                                                             {Trouble::RateLimited, "rate-limited"},
                                                             {Trouble::TimedOut, "timed-out"},
                                                             {Trouble::BadAnswer, "bad-answer"},
                                                             {Trouble::NotFound, "not-found"},
                                                             {Trouble::Refused, "refused"}});
static_assert(is_complete(kTroubleNames));

}  // namespace

std::string_view trouble_name(Trouble trouble) {
  return name_of(kTroubleNames, trouble);
}

bool stops_everything(Trouble trouble) {
  return trouble != Trouble::NotFound && trouble != Trouble::Refused;
}

std::vector<std::string> Tracker::take_remarks() {
  return std::exchange(remarks_, {});
}

}  // namespace gs::tracker
