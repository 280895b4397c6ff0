#include "git/repository.h"

#include "base/file/file.h"
#include "base/names.h"
#include "git/config/files.h"
#include "git/config/values.h"
#include "git/libgit2.h"
#include "git/shared_repository.h"

namespace gs::git {
Repository::Repository(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Repository::Repository(Repository&&) noexcept = default;
Repository& Repository::operator=(Repository&&) noexcept = default;
Repository::~Repository() = default;

Repository Repository::open(const std::string& directory) {
  return open(discover(directory));
}

Repository Repository::open(const Checkout& checkout) {
  return open(discover(checkout));
}

Repository Repository::open(Discovered found) {
  GitCommand git(found.work_tree, std::move(found.environment));
  auto impl = std::make_unique<Impl>(Impl{.handle = std::move(found.handle),
                                          .odb = nullptr,
                                          .work_tree = std::move(found.work_tree),
                                          .git_dir = std::move(found.git_dir),
                                          .common_dir = std::move(found.common_dir),
                                          .prefix = std::move(found.prefix),
                                          .git = std::move(git)});
  require(
      fill(impl->odb, [&](git_odb** out) { return git_repository_odb(out, impl->handle.get()); }),
      "open the object database");
  follow_shared_repository(impl->configuration());
  return Repository(std::move(impl));
}

const std::string& Repository::work_tree() const {
  return impl_->work_tree;
}
const std::string& Repository::git_dir() const {
  return impl_->git_dir;
}
const std::string& Repository::common_dir() const {
  return impl_->common_dir;
}
const std::string& Repository::prefix() const {
  return impl_->prefix;
}
const GitCommand& Repository::git() const {
  return impl_->git;
}

std::string Repository::absolute(const RepoPath& path) const {
  return path.empty() ? impl_->work_tree : join_path(impl_->work_tree, path.bytes());
}

Head Repository::head() const {
  constexpr std::string_view kBranches = "refs/heads/";
  git_repository* handle = impl_->handle.get();
  ReferenceHandle reference;
  require(fill(reference,
               [&](git_reference** out) { return git_reference_lookup(out, handle, "HEAD"); }),
          "read HEAD");
  Head head;
  if (const char* target = git_reference_symbolic_target(reference.get())) {
    std::string_view name = target;
    if (name.starts_with(kBranches)) name.remove_prefix(kBranches.size());
    head.branch = std::string(name);
  }
  git_oid oid{};
  const int code = git_reference_name_to_id(&oid, handle, "HEAD");
  if (code == GIT_ENOTFOUND) return head;
  require(code, "read HEAD");
  head.commit = from_libgit2(oid);
  return head;
}

namespace {

constexpr auto kOperationNames =
    std::to_array<Name<Operation>>({{Operation::None, ""},
                                    {Operation::Merge, "merge"},
                                    {Operation::Rebase, "rebase"},
                                    {Operation::CherryPick, "cherry-pick"},
                                    {Operation::Revert, "revert"},
                                    {Operation::Bisect, "bisect"},
                                    {Operation::ApplyMailbox, "am"}});
static_assert(is_complete(kOperationNames));

}  // namespace

std::string_view operation_name(Operation operation) {
  return name_of(kOperationNames, operation);
}

Operation Repository::operation_in_progress() const {
  switch (git_repository_state(impl_->handle.get())) {
    case GIT_REPOSITORY_STATE_MERGE:
      return Operation::Merge;
    case GIT_REPOSITORY_STATE_REBASE:
    case GIT_REPOSITORY_STATE_REBASE_INTERACTIVE:
    case GIT_REPOSITORY_STATE_REBASE_MERGE:
      return Operation::Rebase;
    case GIT_REPOSITORY_STATE_CHERRYPICK:
    case GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE:
      return Operation::CherryPick;
    case GIT_REPOSITORY_STATE_REVERT:
    case GIT_REPOSITORY_STATE_REVERT_SEQUENCE:
      return Operation::Revert;
    case GIT_REPOSITORY_STATE_BISECT:
      return Operation::Bisect;
    case GIT_REPOSITORY_STATE_APPLY_MAILBOX:
      return Operation::ApplyMailbox;
    case GIT_REPOSITORY_STATE_APPLY_MAILBOX_OR_REBASE:
      return Operation::Rebase;
    default:
      break;
  }
  // Between two picks of a sequence, only its list of commands is there.
  const auto commands = read_file_if_exists(join_path(impl_->git_dir, "sequencer/todo"));
  if (!commands) return Operation::None;
  return commands->starts_with("revert") ? Operation::Revert : Operation::CherryPick;
}

std::string Repository::Impl::index_path() const {
  const auto named = environment_variable("GIT_INDEX_FILE");
  if (!named || named->empty()) return join_path(git_dir, "index");
  return path_from(work_tree, *named);
}

// Git's name for it at the top of the work tree.
static std::string origin_of_common_dir(const Repository::Impl& impl) {
  const std::string beside = join_path(impl.work_tree, ".git");
  const bool is_beside = !environment_variable("GIT_DIR") && file_info(join_path(beside, "HEAD")) &&
                         real_path(beside) == impl.common_dir;
  return is_beside ? ".git" : impl.common_dir;
}

const std::vector<ConfigValue>& Repository::Impl::configuration() {
  if (!known_configuration) {
    known_configuration = read_config_files(git_dir, common_dir, origin_of_common_dir(*this));
  }
  if (!known_configuration) known_configuration = read_all_config(git);
  return *known_configuration;
}

const std::vector<ConfigValue>& configuration(const Repository& repository) {
  return repository.impl().configuration();
}

FileLock lock_list(const Repository& repository, const ListLock& list) {
  const bool shared = list.of == ListLock::Of::Repository;
  const std::string& directory = shared ? repository.common_dir() : repository.git_dir();
  return FileLock::acquire(join_path(directory, "git-session/locks/" + std::string(list.name)),
                           list.what);
}

}  // namespace gs::git
