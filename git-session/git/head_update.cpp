#include "git/head_update.h"

#include "git/program.h"

namespace gs::git {
namespace {

bool is_expected(const Repository& repository, const HeadUpdate& update) {
  const Head head = repository.head();
  return head.branch == update.branch && head.commit == update.from;
}

}  // namespace

bool update_head(const Repository& repository, const HeadUpdate& update) {
  if (!is_expected(repository, update)) return false;
  const std::string nothing(2 * ObjectId::kSize, '0');
  const std::string ref = update.branch ? "refs/heads/" + *update.branch : "HEAD";
  const ProcessResult result = run_until_unlocked(
      repository.git(), {"update-ref", "--no-deref", "-m", update.reflog, ref, update.to.hex(),
                         update.from ? update.from->hex() : nothing});
  if (result.ok()) return true;
  if (!is_expected(repository, update)) return false;
  throw git_failure("update-ref", result);
}

}  // namespace gs::git
