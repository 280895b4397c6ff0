#include "git/objects/worktree_blobs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <memory>
#include <utility>

#include "base/error.h"
#include "base/file/file.h"
#include "base/parallel.h"
#include "base/text.h"
#include "git/libgit2.h"
#include "git/objects/attributes.h"
#include "git/objects/object_writer.h"
#include "git/path_rules.h"

namespace gs::git {
namespace {

// Files up to this size are read at once; larger ones in pieces.
constexpr std::uint64_t kReadAtOnce = 4U << 20U;
constexpr std::size_t kPiece = 1U << 20U;

// A file that cannot be read, as opposed to one that cannot be stored.
class ReadFailure : public Error {
 public:
  ReadFailure(const std::string& path, int error_number)
      : Error(system_error("read", path, error_number)), error_number_(error_number) {}
  [[nodiscard]] int error_number() const { return error_number_; }

 private:
  int error_number_;
};

// Absent if nothing is there.
std::optional<struct stat> look_at(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0) return status;
  if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
  throw ReadFailure(path, errno);
}

// A regular file, open, with what fstat said.
struct OpenFile {
  UniqueFd fd;
  std::uint64_t size = 0;
};

std::optional<OpenFile> open_file(const std::string& path) {
  // O_NONBLOCK: do not wait for the other end of a pipe that replaced the file.
  OpenFile file{UniqueFd(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK))};
  if (!file.fd.valid()) {
    if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP) return std::nullopt;
    throw ReadFailure(path, errno);
  }
  struct stat status {};
  if (fstat(file.fd.get(), &status) != 0) throw ReadFailure(path, errno);
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
    if (count < 0) throw ReadFailure(path, errno);
    filled += static_cast<std::size_t>(count);
  }
  return filled;
}

// The whole content, even if the file has grown meanwhile.
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
  const auto status = look_at(path);
  return status && S_ISLNK(status->st_mode);
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

// Stores or hashes files in order, and sets aside what git has to convert.
class WorktreeStore {
 public:
  enum class Form { Git, Raw };  // as `git add` converts it, or as it is

  WorktreeStore(const Repository& repository, Storing storing, Form form = Form::Git)
      : repository_(repository),
        storing_(storing),
        form_(form),
        rules_(repository),
        path_rules_(repository.impl().configuration()),
        trust_mode_(setting("core.filemode")),
        has_symlinks_(setting("core.symlinks")) {}

  // With `strict`, an unreadable file is an error, and names are not checked.
  ReadFiles store(const std::vector<WorktreeFile>& files, bool strict) {
    ReadFiles read{std::vector<std::optional<TreeEntry>>(files.size()),
                   std::vector<std::optional<LeftOut>>(files.size()),
                   std::vector<bool>(files.size())};
    const auto attempt = [&](std::size_t i, const auto& work) {
      try {
        work();
      } catch (const ReadFailure& failure) {
        if (strict) throw;
        leave_out(files[i], LeftOut::Kind::Unreadable, unreadable_reason(failure.error_number()),
                  read.left_out[i]);
      }
    };
    std::vector<Prepared> prepared(files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
      attempt(i, [&] {
        prepared[i] = prepare(files[i]);
        if (!strict) refuse(files[i], prepared[i], read.left_out[i]);
      });
    }
    const std::size_t threads = threads_for(files.size());
    Writers writers(repository_.impl(), storing_ == Storing::Store ? threads : 0);
    run_in_parallel(files.size(), threads, [&](std::size_t thread, std::size_t i) {
      attempt(i, [&] { read.entries[i] = store_one(prepared[i], writers.of(thread)); });
    });
    let_git_convert(files, read, strict);
    return read;
  }

 private:
  [[nodiscard]] bool setting(const std::string& key) const {
    const auto value = last_value(repository_.impl().configuration(), key);
    return !value || parse_bool(*value).value_or(true);
  }

  // What must be known about a file before its content is read.
  struct Prepared {
    std::optional<TreeEntry> entry;  // absent: nothing is stored
    std::string path;
    Conversion conversion = Conversion::None;
    std::optional<std::string> special;  // "a FIFO"
  };

  static void leave_out(const WorktreeFile& file, LeftOut::Kind kind, std::string reason,
                        std::optional<LeftOut>& left_out) {
    const bool tracked = file.tracked_mode != FileMode::None;
    left_out = LeftOut{file.path, kind, tracked, std::move(reason)};
  }

  void refuse(const WorktreeFile& file, Prepared& prepared,
              std::optional<LeftOut>& left_out) const {
    if (prepared.special) {
      const bool tracked = file.tracked_mode != FileMode::None;
      leave_out(file, LeftOut::Kind::Special,
                (tracked ? "replaced by " : "is ") + *prepared.special, left_out);
    }
    if (!prepared.entry) return;
    auto refusal = path_rules_.refusal(file.path.bytes(), prepared.entry->mode);
    if (!refusal) return;
    leave_out(file, LeftOut::Kind::Name, *std::move(refusal), left_out);
    prepared.entry.reset();
  }

  Prepared prepare(const WorktreeFile& file) {
    Prepared prepared;
    if (beyond_symlink(file.path)) return prepared;
    prepared.path = repository_.absolute(file.path);
    const auto status = look_at(prepared.path);
    if (!status) return prepared;
    if (S_ISLNK(status->st_mode)) {
      prepared.entry = TreeEntry{FileMode::Symlink, {}};
    } else if (S_ISREG(status->st_mode)) {
      prepared.entry = TreeEntry{mode_of(file, (status->st_mode & S_IXUSR) != 0), {}};
      if (form_ == Form::Git) prepared.conversion = rules_.of(file.path);
    } else if (S_ISDIR(status->st_mode)) {
      if (file.tracked_mode == FileMode::Gitlink) {
        prepared.entry = checked_out_commit(prepared.path);
      }
    } else {
      prepared.special = special_file(*status);
    }
    return prepared;
  }

  // The null id means that git has to convert the content. Called from several threads.
  std::optional<TreeEntry> store_one(const Prepared& file, ObjectWriter* writer) const {
    std::optional<TreeEntry> entry = file.entry;
    if (!entry || entry->mode == FileMode::Gitlink) return entry;
    if (file.conversion == Conversion::Any) {
      if (!open_file(file.path)) return std::nullopt;
      return entry;
    }
    if (entry->mode == FileMode::Symlink && is_symlink(file.path)) {
      entry->oid = put(read_symlink(file.path), writer);
      return entry;
    }
    return store_regular(*entry, file, writer);
  }

  void let_git_convert(const std::vector<WorktreeFile>& files, ReadFiles& read, bool strict) const {
    std::vector<std::optional<TreeEntry>>& entries = read.entries;
    std::vector<std::size_t> for_git;
    std::vector<RepoPath> paths;
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (!entries[i] || !entries[i]->oid.is_null()) continue;
      for_git.push_back(i);
      read.converted[i] = true;
      paths.push_back(files[i].path);
    }
    const auto ids = convert(files, for_git, paths, strict, read);
    for (std::size_t i = 0; i < for_git.size(); ++i) {
      if (ids[i]) {
        entries[for_git[i]]->oid = *ids[i];
      } else {
        entries[for_git[i]].reset();
      }
    }
  }

  // Of files that a filter refuses, all of them are named, and the others converted.
  [[nodiscard]] std::vector<std::optional<ObjectId>> convert(
      const std::vector<WorktreeFile>& files, const std::vector<std::size_t>& for_git,
      const std::vector<RepoPath>& paths, bool strict, ReadFiles& read) const {
    try {
      return convert_with_git(repository_, paths, storing_);
    } catch (const Error&) {
      if (strict) throw;
    }
    std::vector<std::optional<ObjectId>> ids;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      ids.emplace_back();
      try {
        ids.back() = convert_with_git(repository_, {paths[i]}, storing_).front();
      } catch (const Error& error) {
        leave_out(files[for_git[i]], LeftOut::Kind::Filter,
                  "cannot be converted: " + error.message(), read.left_out[for_git[i]]);
      }
    }
    return ids;
  }

  // Like git's ce_mode_from_stat: if the file system cannot tell, the tracked mode stays.
  [[nodiscard]] FileMode mode_of(const WorktreeFile& file, bool is_executable) const {
    if (!has_symlinks_ && file.tracked_mode == FileMode::Symlink) return FileMode::Symlink;
    if (trust_mode_) {
      return is_executable ? FileMode::Executable : FileMode::Regular;
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
    // It takes an empty file for the object, too.
    if (!remove_empty_object(repository_.impl(), from_libgit2(id))) return from_libgit2(id);
    if (::lseek(file.fd.get(), 0, SEEK_SET) != 0) throw ReadFailure(path, errno);
    return store_large(file, path);
  }

  [[nodiscard]] std::optional<TreeEntry> checked_out_commit(const std::string& path) const {
    // Without ".git" it is not checked out, and git would report this repository instead.
    if (!look_at(join_path(path, ".git"))) return std::nullopt;
    ProcessOptions options;
    for (const std::string& name : local_environment_variables()) {
      options.environment[name] = std::nullopt;
    }
    const ProcessResult result =
        GitCommand(path).run({"rev-parse", "--verify", "--quiet", "HEAD^{commit}"}, options);
    constexpr int kNoRepository = 128;
    if (result.ended_with(kNoRepository)) return std::nullopt;
    const bool born = require_answer("rev-parse", result);
    const auto commit = born ? ObjectId::parse(trim(result.out)) : std::nullopt;
    if (!commit) return std::nullopt;
    return TreeEntry{FileMode::Gitlink, *commit};
  }

  // Git never looks beyond a symbolic link that replaced a directory.
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
      const auto status = look_at(repository_.absolute(path));
      answer = status && S_ISDIR(status->st_mode);
    }
    directories_.emplace(directory, answer);
    return answer;
  }

  const Repository& repository_;
  Storing storing_;
  Form form_;
  Attributes rules_;
  PathRules path_rules_;
  bool trust_mode_;
  bool has_symlinks_;
  std::map<std::string, bool> directories_;
};

std::string with_lf(const std::string& content) {
  std::string converted;
  converted.reserve(content.size());
  for (std::size_t i = 0; i < content.size(); ++i) {
    const bool ends_line = content[i] == '\r' && i + 1 < content.size() && content[i + 1] == '\n';
    if (!ends_line) converted += content[i];
  }
  return converted;
}

}  // namespace

std::vector<std::optional<TreeEntry>> store_worktree_files(const Repository& repository,
                                                           const std::vector<WorktreeFile>& files) {
  return WorktreeStore(repository, Storing::Store).store(files, true).entries;
}

std::vector<std::optional<TreeEntry>> hash_worktree_files(const Repository& repository,
                                                          const std::vector<WorktreeFile>& files) {
  return WorktreeStore(repository, Storing::HashOnly).store(files, true).entries;
}

ReadFiles store_readable_files(const Repository& repository,
                               const std::vector<WorktreeFile>& files) {
  return WorktreeStore(repository, Storing::Store).store(files, false);
}

ReadFiles hash_readable_files(const Repository& repository,
                              const std::vector<WorktreeFile>& files) {
  return WorktreeStore(repository, Storing::HashOnly).store(files, false);
}

ReadFiles store_raw_files(const Repository& repository, const std::vector<WorktreeFile>& files) {
  return WorktreeStore(repository, Storing::Store, WorktreeStore::Form::Raw).store(files, false);
}

ReadFiles hash_raw_files(const Repository& repository, const std::vector<WorktreeFile>& files) {
  return WorktreeStore(repository, Storing::HashOnly, WorktreeStore::Form::Raw).store(files, false);
}

std::optional<std::string> worktree_content(const Repository& repository, const RepoPath& path,
                                            const ObjectId& stored_as) {
  std::optional<std::string> content = read_file_if_exists(repository.absolute(path));
  if (!content || Repository::hash_blob(*content) == stored_as) return content;
  if (content->find('\r') == std::string::npos) return std::nullopt;
  std::string converted = with_lf(*content);
  if (Repository::hash_blob(converted) == stored_as) return converted;
  return std::nullopt;
}

}  // namespace gs::git
