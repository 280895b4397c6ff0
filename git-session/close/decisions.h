#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "close/journal/journal.h"
#include "close/observer.h"
#include "close/options.h"
#include "config/session_config.h"
#include "session/decision.h"

namespace gs::close {

// Takes decisions: from --decide, from an earlier run of this close (if its subject has not
// changed), from session.decide.<id>, from --yes, else by asking. Remembers which came up.
class Decisions {
 public:
  Decisions(const Options& options, const config::SessionConfig& config, Journal& journal,
            Observer& observer)
      : options_(options), config_(config), journal_(journal), observer_(observer) {}

  // The choice; absent: there is no terminal to ask on, and the decision stays open.
  [[nodiscard]] std::optional<std::string> take(session::Decision decision);
  // The same of a decision whose files can be answered one by one.
  [[nodiscard]] std::optional<session::Answer> take_each(session::Decision decision);

  // Whether its answer would be the same again: --decide or the configuration has it.
  [[nodiscard]] bool is_fixed(const std::string& id) const;

  // One that an earlier run of this close has taken, with its `chosen`.
  void repeat(session::Decision decision);

  [[nodiscard]] const std::vector<session::Decision>& all() const { return all_; }
  [[nodiscard]] bool any_open() const;
  [[nodiscard]] bool is_open(std::string_view id) const;  // it came up and has no answer

 private:
  void remember(const session::Decision& decision);
  [[nodiscard]] std::optional<session::Answer> choose(const session::Decision& decision) const;
  [[nodiscard]] std::optional<session::Answer> earlier(const session::Decision& decision) const;

  const Options& options_;
  const config::SessionConfig& config_;
  Journal& journal_;
  Observer& observer_;
  std::vector<session::Decision> all_;
};

}  // namespace gs::close
