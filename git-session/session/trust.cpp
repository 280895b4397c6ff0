#include "session/trust.h"

#include <algorithm>

#include "base/file/file.h"
#include "git/refs.h"

namespace gs::session {

namespace {

constexpr std::size_t kAnswerDigits = 12;

std::string trust_file(const git::Repository& repository) {
  return join_path(repository.common_dir(), "git-session/trust");
}

// A command is the same wherever it is configured; a destination is not a command.
std::string digest_of(const TrustItem& item) {
  const std::string kind = item.kind == TrustItem::Kind::Destination ? " a destination" : "";
  return git::Repository::hash_blob("git-session trust" + kind + "\n" + item.text).hex();
}

}  // namespace

Trust::Trust(const git::Repository& repository)
    : known_(read_file_if_exists(trust_file(repository)).value_or("")) {}

bool Trust::knows(const TrustItem& item) const {
  return known_.find(digest_of(item)) != std::string::npos;
}

std::vector<TrustItem> Trust::unknown(std::vector<TrustItem> items) const {
  std::erase_if(items, [this](const TrustItem& item) { return knows(item); });
  return items;
}

void remember_trust(const git::Repository& repository, const std::vector<TrustItem>& items) {
  const FileLock lock =
      git::lock_list(repository, {"trust", "the trusted commands", git::ListLock::Of::Repository});
  std::string lines;
  for (const TrustItem& item : Trust(repository).unknown(items)) lines += digest_of(item) + "\n";
  if (!lines.empty()) append_lines(trust_file(repository), lines);
}

std::string trust_answer(const std::vector<TrustItem>& items) {
  std::string all;
  for (const TrustItem& item : items) all += digest_of(item) + " " + item.what + "\n";
  return git::Repository::hash_blob(all).hex().substr(0, kAnswerDigits);
}

std::vector<TrustItem> commands_of(const Plan& plan, const std::string& source) {
  std::vector<TrustItem> items;
  for (const PlanItem& item : plan.items) {
    if (item.verify && !item.dropped) {
      items.push_back(
          {TrustItem::Kind::Command, "verify of '" + item.title + "' in " + source, *item.verify});
    }
  }
  return items;
}

void trust_plan_from(const git::Repository& repository, const Plan& plan, const std::string& file) {
  std::vector<std::string> own{repository.work_tree(), repository.common_dir()};
  for (const git::Checkout& tree : git::list_worktrees(repository)) own.push_back(tree.work_tree);
  const std::string place = real_path(file);
  for (const std::string& directory : own) {
    if (RepoPath::resolve(place, "", real_path(directory))) return;
  }
  const std::vector<TrustItem> commands = commands_of(plan, file);
  if (!commands.empty()) remember_trust(repository, commands);
}

}  // namespace gs::session
