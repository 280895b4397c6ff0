#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git/repository.h"
#include "session/plan.h"

namespace gs::session {

// A command that would run, or a place where something would be sent, because a file of the work
// tree says so. Whoever wrote the repository wrote that file, so the user of the clone sees it
// first (docs/security.md).
struct TrustItem {
  enum class Kind { Command, Destination };
  Kind kind = Kind::Command;
  std::string what;  // "test-command of .git-session.toml:3"
  std::string text;  // the command, or "backup -> https://host/path", byte for byte
};

// What this clone trusts: git-session/trust in the common git directory, a line with a digest for
// each. One of another text is another one.
class Trust {
 public:
  explicit Trust(const git::Repository& repository);
  [[nodiscard]] bool knows(const TrustItem& item) const;
  // Those of the items that it does not know, in their order.
  [[nodiscard]] std::vector<TrustItem> unknown(std::vector<TrustItem> items) const;

 private:
  std::string known_;
};
void remember_trust(const git::Repository& repository, const std::vector<TrustItem>& items);

// The first 12 digits of the digest of these items: the answer that trusts exactly them.
[[nodiscard]] std::string trust_answer(const std::vector<TrustItem>& items);

// The `verify` commands of a plan. `source`: where it was read, for people.
[[nodiscard]] std::vector<TrustItem> commands_of(const Plan& plan, const std::string& source);

// Remembers the commands of a plan that the user has brought from outside the repository; a file of
// the work tree, also behind a link, was written with it.
void trust_plan_from(const git::Repository& repository, const Plan& plan, const std::string& file);

}  // namespace gs::session
