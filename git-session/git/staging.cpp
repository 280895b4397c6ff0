#include "git/staging.h"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <ctime>
#include <optional>
#include <unordered_map>

#include "base/file.h"
#include "base/text.h"
#include "git/index_listing.h"

namespace gs::git {

void read_tree_into_index(const Repository& repository, const std::string& index_file,
                          const std::string& treeish) {
  run_on_index(repository.git(), index_file, {"read-tree", treeish});
}

std::string index_info(const std::vector<IndexChange>& changes) {
  // Removals first: a directory that takes a file's place, and the other way round.
  std::string removals;
  std::string additions;
  for (const IndexChange& change : changes) {
    (change.entry.present() ? additions : removals) += index_info_line(change.path, change.entry);
  }
  return removals + additions;
}

void apply_to_index(const Repository& repository, const std::string& index_file,
                    const std::vector<IndexChange>& changes) {
  if (changes.empty()) return;
  run_on_index(repository.git(), index_file, {"update-index", "-z", "--index-info"},
               index_info(changes));
}

ObjectId write_index_tree(const Repository& repository, const std::string& index_file) {
  const std::string hex = repository.git().output(index_arguments(index_file, {"write-tree"}),
                                                  index_options(index_file));
  const auto oid = ObjectId::parse(trim(hex));
  if (!oid) throw fatal("git write-tree answered something unknown");
  return *oid;
}

std::vector<TreeEntry> index_entries(const Repository& repository,
                                     const std::vector<RepoPath>& paths) {
  std::vector<TreeEntry> entries(paths.size());
  if (paths.empty()) return entries;
  std::unordered_map<RepoPath, TreeEntry> found;
  for (const RepoPath& path : paths) found.emplace(path, TreeEntry{});
  for (const StagedEntry& staged : list_index(repository.git(), paths)) {
    const auto place = found.find(staged.path);
    if (staged.stage == 0 && place != found.end()) place->second = staged.entry;
  }
  for (std::size_t i = 0; i < paths.size(); ++i) entries[i] = found.at(paths[i]);
  return entries;
}

namespace {

// As git takes it exactly, in the user's time zone.
std::string author_date(Timestamp time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const std::time_t clock = std::chrono::system_clock::to_time_t(seconds);
  std::tm local{};
  char zone[8] = "";
  if (localtime_r(&clock, &local) == nullptr ||
      std::strftime(zone, sizeof zone, "%z", &local) == 0) {
    return '@' + std::to_string(clock) + " +0000";
  }
  return '@' + std::to_string(clock) + ' ' + zone;
}

}  // namespace

namespace {

// While it lives, what is started writes to stderr instead of a stdout that is no terminal: an
// editor and what it prints are for a person, and there may be a JSON document on its way.
class StdoutForPeople {
 public:
  StdoutForPeople() {
    if (isatty(STDOUT_FILENO) == 1) return;
    stdout_ = UniqueFd(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    if (stdout_.valid()) dup2(STDERR_FILENO, STDOUT_FILENO);
  }
  StdoutForPeople(const StdoutForPeople&) = delete;
  StdoutForPeople& operator=(const StdoutForPeople&) = delete;
  ~StdoutForPeople() {
    if (stdout_.valid()) dup2(stdout_.get(), STDOUT_FILENO);
  }

 private:
  UniqueFd stdout_;
};

}  // namespace

CommitResult run_commit(const Repository& repository, const CommitRequest& request) {
  ProcessOptions options = index_options(request.index_file);
  // The user's hooks run in it: what is set for plumbing is not for them.
  options.environment["LC_ALL"] = environment_variable("LC_ALL");
  options.environment["GIT_OPTIONAL_LOCKS"] = environment_variable("GIT_OPTIONAL_LOCKS");
  options.environment["GIT_REFLOG_ACTION"] = kActionOfClose;
  if (!environment_variable("GIT_AUTHOR_DATE")) {
    options.environment["GIT_AUTHOR_DATE"] = author_date(request.author_time);
  }
  // On our terminal: gpg's pinentry, ssh's passphrase, the editor.
  options.foreground = true;
  // Quiet: git's summary would read every earlier content once more, and fails where one is
  // damaged.
  std::vector<std::string> args{"commit", "--no-verbose", "--quiet"};
  std::optional<TemporaryDirectory> scratch;
  std::optional<StdoutForPeople> to_person;
  if (request.edit) {
    // Not by stdin: that is the editor's.
    const std::string file = join_path(scratch.emplace().path(), "message");
    write_file_atomically(file, request.message);
    to_person.emplace();
    args.insert(args.end(), {"--edit", "--cleanup=strip", "-F", file});
    options.inherit_output = true;
    options.inherit_input = true;
  } else {
    args.insert(args.end(), {"--cleanup=verbatim", "-F", "-"});
    options.input = request.message;
    options.merge_stderr = true;
  }
  const ProcessResult result = repository.git().run(std::move(args), std::move(options));
  return {result.ok(), result.out};
}

}  // namespace gs::git
