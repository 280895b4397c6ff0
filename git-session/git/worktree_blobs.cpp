#include "git/worktree_blobs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <memory>

#include "base/file.h"
#include "base/parallel.h"
#include "base/text.h"
#include "git/conversion.h"
#include "git/filtered_files.h"
#include "git/handles.h"
#include "git/object_writer.h"

namespace gs::git {
namespace {

// Files up to this size are read as one; larger ones pass through in pieces.
constexpr std::uint64_t kReadAtOnce = 4U << 20U;
constexpr std::size_t kPiece = 1U << 20U;

// A regular file, open, with what fstat said.
struct OpenFile {
  UniqueFd fd;
  std::uint64_t size = 0;
};

std::optional<OpenFile> open_file(const std::string& path) {
  // O_NONBLOCK: should a pipe have taken the file's place, nobody waits for its other end.
  OpenFile file{UniqueFd(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK))};
  if (!file.fd.valid()) {
    if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP) return std::nullopt;
    throw system_error("read", path, errno);
  }
  struct stat status {};
  if (fstat(file.fd.get(), &status) != 0) throw system_error("read", path, errno);
  if (!S_ISREG(status.st_mode)) return std::nullopt;
  file.size = static_cast<std::uint64_t>(status.st_size);
  return file;
}

// Up to `size` bytes; fewer only at the end of the file.
std::size_t read_piece(const OpenFile& file, char* buffer, std::size_t size,
                       const std::string& path) {
  std::size_t filled = 0;
  while (filled < size) {
    const ssize_t count = ::read(file.fd.get(), buffer + filled, size - filled);
    if (count == 0) break;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw system_error("read", path, errno);
    filled += static_cast<std::size_t>(count);
  }
  return filled;
}

// The whole content; grows where the file did meanwhile.
std::string read_whole(const OpenFile& file, const std::string& path) {
  std::string content;
  std::size_t filled = 0;
  for (std::size_t room = static_cast<std::size_t>(file.size) + 1;; room = kPiece) {
    content.resize(filled + room);
    const std::size_t count = read_piece(file, content.data() + filled, room, path);
    filled += count;
    if (count < room) break;
  }
  content.resize(filled);
  return content;
}

bool is_symlink(const std::string& path) {
  const auto info = file_info(path);
  return info && info->type == FileType::Symlink;
}

bool has_carriage_return(const std::string& path) {
  const auto file = open_file(path);
  if (!file) return false;
  std::string piece(kPiece, '\0');
  while (const std::size_t count = read_piece(*file, piece.data(), piece.size(), path)) {
    if (std::string_view(piece).substr(0, count).find('\r') != std::string_view::npos) return true;
  }
  return false;
}

// Stores or hashes files one after the other; what git has to convert is put aside.
class WorktreeStore {
 public:
  WorktreeStore(const Repository& repository, Storing storing)
      : repository_(repository),
        storing_(storing),
        rules_(repository),
        trust_mode_(setting("core.filemode")),
        has_symlinks_(setting("core.symlinks")) {}

  std::vector<std::optional<TreeEntry>> store(const std::vector<WorktreeFile>& files) {
    std::vector<Prepared> prepared;
    prepared.reserve(files.size());
    for (const WorktreeFile& file : files) prepared.push_back(prepare(file));
    std::vector<std::optional<TreeEntry>> entries(files.size());
    const std::size_t threads = threads_for(files.size());
    Writers writers(repository_.impl(), storing_ == Storing::Store ? threads : 0);
    run_in_parallel(files.size(), threads, [&](std::size_t thread, std::size_t i) {
      entries[i] = store_one(prepared[i], writers.of(thread));
    });
    let_git_convert(files, entries);
    return entries;
  }

 private:
  [[nodiscard]] bool setting(const std::string& key) const {
    const auto value = last_value(repository_.impl().configuration(), key);
    return !value || parse_bool(*value).value_or(true);
  }

  // What has to be known of a file before its content is looked at.
  struct Prepared {
    std::optional<TreeEntry> entry;  // absent: nothing is stored
    std::string path;
    Conversion conversion = Conversion::None;
  };

  Prepared prepare(const WorktreeFile& file) {
    Prepared prepared;
    if (beyond_symlink(file.path)) return prepared;
    prepared.path = repository_.absolute(file.path);
    const auto info = file_info(prepared.path);
    if (!info) return prepared;
    switch (info->type) {
      case FileType::Symlink:
        prepared.entry = TreeEntry{FileMode::Symlink, {}};
        break;
      case FileType::Regular:
      case FileType::Executable:
        prepared.entry = TreeEntry{mode_of(file, info->type), {}};
        prepared.conversion = rules_.of(file.path);
        break;
      case FileType::Directory:
        if (file.tracked_mode == FileMode::Gitlink) {
          prepared.entry = checked_out_commit(prepared.path);
        }
        break;
      case FileType::Other:
        break;
    }
    return prepared;
  }

  // The null id says that git has to convert the content. Called by several threads.
  std::optional<TreeEntry> store_one(const Prepared& file, ObjectWriter* writer) const {
    std::optional<TreeEntry> entry = file.entry;
    if (!entry || entry->mode == FileMode::Gitlink || file.conversion == Conversion::Any) {
      return entry;
    }
    if (entry->mode == FileMode::Symlink && is_symlink(file.path)) {
      entry->oid = put(read_symlink(file.path), writer);
      return entry;
    }
    return store_regular(*entry, file, writer);
  }

  void let_git_convert(const std::vector<WorktreeFile>& files,
                       std::vector<std::optional<TreeEntry>>& entries) const {
    std::vector<std::size_t> for_git;
    std::vector<RepoPath> paths;
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (!entries[i] || !entries[i]->oid.is_null()) continue;
      for_git.push_back(i);
      paths.push_back(files[i].path);
    }
    const auto ids = convert_with_git(repository_, paths, storing_);
    for (std::size_t i = 0; i < for_git.size(); ++i) {
      if (ids[i]) {
        entries[for_git[i]]->oid = *ids[i];
      } else {
        entries[for_git[i]].reset();
      }
    }
  }

  // As git's ce_mode_from_stat: where the file system cannot tell, what was tracked stays.
  [[nodiscard]] FileMode mode_of(const WorktreeFile& file, FileType type) const {
    if (!has_symlinks_ && file.tracked_mode == FileMode::Symlink) return FileMode::Symlink;
    if (trust_mode_) {
      return type == FileType::Executable ? FileMode::Executable : FileMode::Regular;
    }
    return file.tracked_mode == FileMode::Executable ? FileMode::Executable : FileMode::Regular;
  }

  std::optional<TreeEntry> store_regular(TreeEntry entry, const Prepared& file,
                                         ObjectWriter* writer) const {
    const auto open = open_file(file.path);
    if (!open) return std::nullopt;
    const bool may_convert = file.conversion == Conversion::LineEndings;
    if (open->size > kReadAtOnce) {
      if (may_convert && has_carriage_return(file.path)) return entry;
      entry.oid = store_large(*open, file.path);
      return entry;
    }
    const std::string content = read_whole(*open, file.path);
    const bool converts = may_convert && content.find('\r') != std::string::npos;
    if (!converts) entry.oid = put(content, writer);
    return entry;
  }

  ObjectId put(std::string_view content, ObjectWriter* writer) const {
    return writer != nullptr ? writer->write(content, GIT_OBJECT_BLOB)
                             : Repository::hash_blob(content);
  }

  ObjectId store_large(const OpenFile& file, const std::string& path) const {
    git_oid id{};
    if (storing_ == Storing::HashOnly) {
      require(git_odb_hashfile(&id, path.c_str(), GIT_OBJECT_BLOB), "hash '" + path + "'");
      return from_libgit2(id);
    }
    OdbStreamHandle stream;
    require(fill(stream,
                 [&](git_odb_stream** out) {
                   return git_odb_open_wstream(out, repository_.impl().odb.get(),
                                               static_cast<git_object_size_t>(file.size),
                                               GIT_OBJECT_BLOB);
                 }),
            "store '" + path + "'");
    std::string piece(kPiece, '\0');
    std::uint64_t total = 0;
    while (const std::size_t count = read_piece(file, piece.data(), piece.size(), path)) {
      total += count;
      if (total > file.size) break;
      require(git_odb_stream_write(stream.get(), piece.data(), count), "store '" + path + "'");
    }
    if (total != file.size) {
      throw fatal("'" + path + "' changes while it is read").with_hint("try again");
    }
    require(git_odb_stream_finalize_write(&id, stream.get()), "store '" + path + "'");
    return from_libgit2(id);
  }

  [[nodiscard]] std::optional<TreeEntry> checked_out_commit(const std::string& path) const {
    // Without ".git" it is a submodule that is not checked out, and git would answer for us.
    if (!file_info(join_path(path, ".git"))) return std::nullopt;
    ProcessOptions options;
    for (const std::string& name : local_environment_variables()) {
      options.environment[name] = std::nullopt;
    }
    const ProcessResult result =
        GitProgram(path).run({"rev-parse", "--verify", "--quiet", "HEAD^{commit}"}, options);
    constexpr int kNoRepository = 128;
    if (result.ended_with(kNoRepository)) return std::nullopt;
    const bool born = require_answer("rev-parse", result);
    const auto commit = born ? ObjectId::parse(trim(result.out)) : std::nullopt;
    if (!commit) return std::nullopt;
    return TreeEntry{FileMode::Gitlink, *commit};
  }

  // Git never looks through a symbolic link that took a directory's place.
  [[nodiscard]] bool beyond_symlink(const RepoPath& path) {
    const std::string directory(path.parent());
    return !directory.empty() && !is_directory(directory);
  }
  bool is_directory(const std::string& directory) {
    const auto known = directories_.find(directory);
    if (known != directories_.end()) return known->second;
    const RepoPath path(directory);
    const std::string parent(path.parent());
    bool answer = parent.empty() || is_directory(parent);
    if (answer) {
      const auto info = file_info(repository_.absolute(path));
      answer = info && info->type == FileType::Directory;
    }
    directories_.emplace(directory, answer);
    return answer;
  }

  const Repository& repository_;
  Storing storing_;
  ConversionRules rules_;
  bool trust_mode_;
  bool has_symlinks_;
  std::map<std::string, bool> directories_;
};

}  // namespace

std::vector<std::optional<TreeEntry>> store_worktree_files(const Repository& repository,
                                                           const std::vector<WorktreeFile>& files) {
  return WorktreeStore(repository, Storing::Store).store(files);
}

std::vector<std::optional<TreeEntry>> hash_worktree_files(const Repository& repository,
                                                          const std::vector<WorktreeFile>& files) {
  return WorktreeStore(repository, Storing::HashOnly).store(files);
}

}  // namespace gs::git
