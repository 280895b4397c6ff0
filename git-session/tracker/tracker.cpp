#include "tracker/tracker.h"

#include <utility>

namespace gs::tracker {

std::string_view trouble_name(Trouble trouble) {
  switch (trouble) {
    case Trouble::NoProgram:
      return "no-program";
    case Trouble::LoggedOut:
      return "logged-out";
    case Trouble::Offline:
      return "offline";
    case Trouble::RateLimited:
      return "rate-limited";
    case Trouble::TimedOut:
      return "timed-out";
    case Trouble::BadAnswer:
      return "bad-answer";
    case Trouble::NotFound:
      return "not-found";
    case Trouble::Refused:
      return "refused";
  }
  return "refused";
}

bool stops_everything(Trouble trouble) {
  return trouble != Trouble::NotFound && trouble != Trouble::Refused;
}

std::vector<std::string> Tracker::take_remarks() {
  return std::exchange(remarks_, {});
}

}  // namespace gs::tracker
