#include "git/commit/head_update.h"

#include "git/command.h"

namespace gs::git {
namespace {

bool is_expected(const Repository& repository, const HeadUpdate& update) {
  const Head head = repository.head();
  return head.branch == update.branch && head.commit == update.from;
}

bool has_arrived(const Repository& repository, const HeadUpdate& update) {
  const Head head = repository.head();
  return head.branch == update.branch && head.commit &&
         repository.is_ancestor(update.to, *head.commit);
}

}  // namespace

bool update_head(const Repository& repository, const HeadUpdate& update) {
  if (!is_expected(repository, update)) return false;
  const std::string nothing(2 * ObjectId::kSize, '0');
  const std::string ref = update.branch ? "refs/heads/" + *update.branch : "HEAD";
  std::vector<std::string> args{"update-ref", "-m", update.reflog};
  // A branch may be a symbolic ref of another.
  if (!update.branch) args.emplace_back("--no-deref");
  args.insert(args.end(), {ref, update.to.hex(), update.from ? update.from->hex() : nothing});
  const ProcessResult result = run_until_unlocked(repository.git(), args);
  // It may have moved the branch and then been killed, or failed in what comes after.
  if (result.ok() || has_arrived(repository, update)) return true;
  if (!is_expected(repository, update)) return false;
  throw git_failure("update-ref", result);
}

}  // namespace gs::git
