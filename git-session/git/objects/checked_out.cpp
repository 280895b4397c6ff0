#include "git/objects/checked_out.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <set>

#include "base/error.h"
#include "base/file/file.h"
#include "git/index/index_listing.h"
#include "git/libgit2.h"

namespace gs::git {

void write_blob_to_file(const Repository& repository, const ObjectId& blob, const std::string& file,
                        unsigned mode) {
  constexpr std::uint64_t kAtOnce = 64U << 20U;
  const bool at_once = repository.blob_size(blob) <= kAtOnce;
  const std::string content = at_once ? repository.read_blob(blob) : std::string();
  const UniqueFd out(
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
  if (!out.valid()) throw system_error("write", file, errno);
  int failure = write_fully(out.get(), content);
  if (failure != 0) {
    ::unlink(file.c_str());
    throw system_error("write", file, failure);
  }
  if (at_once) return;
  ProcessOptions options;
  options.output_limit = 0;
  options.on_output = [&](std::string_view chunk) {
    if (failure == 0) failure = write_fully(out.get(), chunk);
  };
  const ProcessResult result = repository.git().run({"cat-file", "blob", blob.hex()}, options);
  if (failure != 0) throw system_error("write", file, failure);
  if (!result.ok()) throw git_failure("cat-file", result);
  // What git says on stderr comes by the same way.
  git_oid id{};
  require(git_odb_hashfile(&id, file.c_str(), GIT_OBJECT_BLOB), "hash '" + file + "'");
  if (from_libgit2(id) != blob) throw fatal("git cat-file has not given blob " + blob.hex());
}

std::vector<ObjectId> store_checked_out(
    const Repository& repository, const std::vector<NamedTreeEntry>& files,
    const std::function<std::optional<std::string>(const RepoPath&)>& attributes) {
  std::vector<ObjectId> stored;
  if (files.empty()) return stored;
  // In a work tree of their own, with the attributes that are to count.
  const TemporaryDirectory scratch(repository.git_dir());
  const std::string top = join_path(scratch.path(), "tree");
  const std::string index = join_path(scratch.path(), "index");
  make_directories(top);
  std::set<RepoPath> directories;
  std::string entries;
  std::string names;
  for (const NamedTreeEntry& file : files) {
    entries += index_info_line(file.path, file.entry);
    names += file.path.bytes() + '\0';
    for (RepoPath above(std::string(file.path.parent()));;
         above = RepoPath(std::string(above.parent()))) {
      if (!directories.insert(above).second || above.bytes().empty()) break;
    }
  }
  for (const RepoPath& directory : directories) {
    const std::string name =
        directory.bytes().empty() ? ".gitattributes" : directory.bytes() + "/.gitattributes";
    const std::optional<std::string> content = attributes(RepoPath(name));
    if (!content) continue;
    make_directories(parent_directory(join_path(top, name)));
    write_file_unsynced(join_path(top, name), *content);
  }
  run_on_index(repository.git(), index, {"update-index", "-z", "--index-info"}, std::move(entries));
  ProcessOptions options = index_options(index);
  options.environment["GIT_WORK_TREE"] = top;
  options.environment["GIT_DIR"] = repository.git_dir();
  options.input = std::move(names);
  const ProcessResult result = GitCommand(top).run(
      {"-c", "core.sparseCheckout=false", "checkout-index", "--force", "--quiet", "-z", "--stdin"},
      options);
  if (!result.ok()) throw git_failure("checkout-index", result);
  for (const NamedTreeEntry& file : files)
    stored.push_back(repository.write_blob(read_file(join_path(top, file.path.bytes()))));
  return stored;
}

}  // namespace gs::git
