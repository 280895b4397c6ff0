#include "base/file/tree_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/dot_git.h"
#include "base/error.h"
#include "base/file/open_beneath.h"
#include "base/text.h"

namespace gs {
namespace {

constexpr int kReadFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;

Error not_regular(const std::string& shown) {
  return fatal("'" + shown + "' is not a regular file");
}

std::string size_name(FileLimit limit) {
  return std::to_string(static_cast<std::uint64_t>(limit) >> 20U) + " MiB";
}

void refuse_dot_git(const RepoPath& path) {
  for (const std::string_view segment : split(path.bytes(), '/')) {
    const bool is_no_name = segment.empty() || segment == "." || segment == ".." ||
                            segment.find('\0') != std::string_view::npos;
    if (is_dot_git(segment) || (is_no_name && !path.empty())) {
      throw fatal("'" + path.quoted() + "' is not a path of the work tree: '" +
                  quote_path(segment) + "' is not a name for a file in it")
          .with_hint("choose another name");
    }
  }
}

std::string read_regular(int fd, const std::string& shown, FileLimit limit) {
  struct stat status {};
  if (fstat(fd, &status) != 0) throw system_error("read", shown, errno);
  if (!S_ISREG(status.st_mode)) throw not_regular(shown);
  const auto most = static_cast<std::uint64_t>(limit);
  std::string content;
  std::size_t used = 0;
  auto room = static_cast<std::uint64_t>(std::max<off_t>(status.st_size, 0));
  while (room <= most) {
    // One byte more, so that the end is seen without a larger buffer.
    content.resize(static_cast<std::size_t>(room) + 1);
    const ssize_t count = ::read(fd, content.data() + used, content.size() - used);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw system_error("read", shown, errno);
    used += static_cast<std::size_t>(count);
    if (count == 0) {
      content.resize(used);
      return content;
    }
    if (used == content.size()) room = std::max<std::uint64_t>(room + 1, room * 2);
    if (used > most) break;
    room = std::min(room, most);
  }
  throw fatal("'" + shown + "' is larger than " + size_name(limit) + ": not read");
}

// Makes lines of what is read in pieces.
class LineReader {
 public:
  explicit LineReader(const std::function<void(std::string_view)>& see) : see_(see) {}

  void add(std::string_view chunk) {
    for (std::size_t end = chunk.find('\n'); end != std::string_view::npos;
         end = chunk.find('\n')) {
      keep(chunk.substr(0, end));
      see_(line_);
      line_.clear();
      chunk.remove_prefix(end + 1);
    }
    keep(chunk);
  }
  void finish() {
    if (!line_.empty()) see_(line_);
  }

 private:
  void keep(std::string_view part) {
    const auto most = static_cast<std::size_t>(FileLimit::Text);
    line_ += part.substr(0, most - std::min(most, line_.size()));
  }

  const std::function<void(std::string_view)>& see_;
  std::string line_;
};

void read_lines(int fd, const std::string& shown, FileLimit limit, LineReader& lines) {
  struct stat status {};
  if (fstat(fd, &status) != 0) throw system_error("read", shown, errno);
  if (!S_ISREG(status.st_mode)) throw not_regular(shown);
  constexpr std::size_t kChunk = 1U << 16U;
  std::string buffer(kChunk, '\0');
  std::uint64_t used = 0;
  for (;;) {
    const ssize_t count = ::read(fd, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw system_error("read", shown, errno);
    if (count == 0) return lines.finish();
    used += static_cast<std::uint64_t>(count);
    if (used > static_cast<std::uint64_t>(limit))
      throw fatal("'" + shown + "' is larger than " + size_name(limit) + ": not read");
    lines.add({buffer.data(), static_cast<std::size_t>(count)});
  }
}

std::vector<std::string> names_in(UniqueFd fd, const std::string& shown) {
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(fdopendir(fd.get()), &closedir);
  if (!stream) throw system_error("list", shown, errno);
  (void)fd.release();
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
    errno = 0;
  }
  if (errno != 0) throw system_error("list", shown, errno);
  std::sort(names.begin(), names.end());
  return names;
}

RepoPath parent_of(const RepoPath& path) {
  return RepoPath(std::string(path.parent()));
}

bool is_repository(int directory) {
  struct stat status {};
  return fstatat(directory, ".git", &status, AT_SYMLINK_NOFOLLOW) == 0;
}

// The place in the tree of the vault that it lies in; absent for one without.
struct InVault {
  TreeFiles files;
  RepoPath path;
};
std::optional<InVault> in_vault(const FilePlace& place) {
  const auto root = place.root();
  if (!root) return std::nullopt;
  return InVault{TreeFiles(*root), RepoPath(place.bytes().substr(root->size() + 1))};
}

}  // namespace

TreeFiles::TreeFiles(const std::string& top)
    : top_(top), fd_(std::make_shared<const UniqueFd>(::open(top.c_str(), kOpenDirectory))) {}

TreeFiles TreeFiles::below(const RepoPath& directory) const {
  TreeFiles below(*this);
  below.top_ = directory.empty() ? top_ : join_path(top_, directory.bytes());
  below.fd_ = std::make_shared<const UniqueFd>(open_or_throw(directory, kOpenDirectory, "read"));
  return below;
}

int TreeFiles::open(const RepoPath& path, int flags) const {
  refuse_dot_git(path);
  if (fd_->valid()) return open_beneath(fd_->get(), path.bytes(), flags);
  errno = ENOENT;
  return -1;
}

// Refusing is for what a link hides: a linked directory without that file hides nothing.
bool TreeFiles::leads_nowhere(const RepoPath& path) const {
  struct stat status {};
  return fstatat(fd_->get(), path.bytes().c_str(), &status, 0) != 0 && is_absent(errno);
}

Error TreeFiles::failure(const RepoPath& path, const char* action, int error_number) const {
  if (error_number == ENXIO) return not_regular(path.quoted());  // a socket
  if (error_number != ELOOP) return system_error(action, path.quoted(), error_number);
  for (std::size_t end = path.bytes().find('/');; end = path.bytes().find('/', end + 1)) {
    const RepoPath part(path.bytes().substr(0, end));
    struct stat status {};
    const bool is_link =
        fstatat(fd_->get(), part.bytes().c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISLNK(status.st_mode);
    if (!is_link && end != std::string::npos) continue;
    std::string message = "'" + part.quoted() + "' is a symbolic link, which is not followed";
    if (part != path) message += ": cannot " + std::string(action) + " '" + path.quoted() + "'";
    return fatal(message).with_hint("put the file or directory itself there");
  }
}

UniqueFd TreeFiles::open_or_throw(const RepoPath& path, int flags, const char* action) const {
  UniqueFd fd(open(path, flags));
  if (fd.valid() || is_absent(errno)) return fd;
  const int error_number = errno;
  const bool linked_directory = error_number == ELOOP && !path.parent().empty();
  if (linked_directory && leads_nowhere(path)) {
    const int parent = open(parent_of(path), kOpenDirectory);
    if (parent < 0) return fd;
    ::close(parent);  // the file itself is a link, whether or not it leads anywhere
  }
  throw failure(path, action, error_number);
}

std::optional<std::string> TreeFiles::read(const FilePlace& place, FileLimit limit) const {
  if (const auto vault = in_vault(place)) return vault->files.read(vault->path, limit);
  const auto path = place.inside();
  if (!path) return read_file_if_exists(place.bytes());
  const UniqueFd fd = open_or_throw(*path, kReadFlags, "read");
  if (!fd.valid()) return std::nullopt;
  return read_regular(fd.get(), path->quoted(), limit);
}

void TreeFiles::each_line(const FilePlace& place, const std::function<void(std::string_view)>& see,
                          FileLimit limit) const {
  if (const auto vault = in_vault(place)) return vault->files.each_line(vault->path, see, limit);
  const auto path = place.inside();
  UniqueFd fd;
  if (path) {
    fd = open_or_throw(*path, kReadFlags, "read");
  } else {
    fd = UniqueFd(::open(place.bytes().c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!fd.valid() && !is_absent(errno)) throw system_error("read", place.bytes(), errno);
  }
  if (!fd.valid()) return;
  LineReader lines(see);
  read_lines(fd.get(), place.quoted(), limit, lines);
}

std::string TreeFiles::read_link(const RepoPath& path) const {
  const UniqueFd directory = open_or_throw(parent_of(path), kOpenDirectory, "read");
  return read_symlink_at(directory.get(), std::string(path.name()));
}

std::optional<RepoPath> TreeFiles::follow(const RepoPath& path) const {
  constexpr int kMostLinks = 10;
  RepoPath reached = path;
  for (int links = 0; links < kMostLinks; ++links) {
    const std::optional<FileInfo> found = info(reached);
    if (!found) return std::nullopt;
    if (found->type != FileType::Symlink) return reached;
    const std::string target = read_link(reached);
    const std::string prefix = std::string(reached.parent()) + "/";
    const auto next = RepoPath::resolve(target, prefix == "/" ? "" : prefix, top_);
    if (!next) {
      throw fatal("'" + path.quoted() + "' is a symbolic link that leaves the work tree")
          .with_hint("put the file itself there, or link to a file of the tree");
    }
    reached = *next;
  }
  return std::nullopt;  // a loop, behind which there is nothing
}

std::optional<std::string> TreeFiles::read_linked(const RepoPath& path, FileLimit limit) const {
  UniqueFd fd(open(path, kReadFlags));
  if (fd.valid()) return read_regular(fd.get(), path.quoted(), limit);
  if (errno != ELOOP) return read(path, limit);
  const auto target = follow(path);
  return target ? read(*target, limit) : std::nullopt;
}

std::optional<FileInfo> TreeFiles::info(const FilePlace& place) const {
  if (const auto vault = in_vault(place)) return vault->files.info(vault->path);
  const auto path = place.inside();
  if (!path) return file_info(place.bytes());
  refuse_dot_git(*path);
  if (path->empty()) return file_info(top_);
  if (path->parent().empty()) {
    return fd_->valid() ? file_info_at(fd_->get(), path->bytes()) : std::nullopt;
  }
  UniqueFd directory(open(parent_of(*path), kOpenDirectory));
  if (directory.valid()) return file_info_at(directory.get(), std::string(path->name()));
  const int error_number = errno;
  if (is_absent(error_number) || (error_number == ELOOP && leads_nowhere(*path)))
    return std::nullopt;
  throw failure(*path, "look at", error_number);
}

bool TreeFiles::is_file(const FilePlace& place) const {
  const auto found = info(place);
  return found && (found->type == FileType::Regular || found->type == FileType::Executable);
}

bool TreeFiles::is_directory(const FilePlace& place) const {
  const auto found = info(place);
  return found && found->type == FileType::Directory;
}

std::vector<std::string> TreeFiles::list(const FilePlace& directory) const {
  if (const auto vault = in_vault(directory)) return vault->files.list(vault->path);
  const auto path = directory.inside();
  if (!path) return list_directory(directory.bytes());
  UniqueFd fd(open(*path, O_RDONLY | O_DIRECTORY));
  if (!fd.valid() && is_absent(errno)) return {};
  if (!fd.valid()) throw failure(*path, "list", errno);
  return names_in(std::move(fd), path->quoted());
}

Walk TreeFiles::walk(const RepoPath& directory,
                     const std::function<bool(std::string_view name)>& enters) const {
  return walk_directory(
      [&](const std::string& below) {
        std::string path = directory.bytes();
        if (!below.empty()) path += (path.empty() ? "" : "/") + below;
        return open(RepoPath(path), O_RDONLY | O_DIRECTORY);
      },
      enters);
}

std::optional<WritableFile> TreeFiles::find_entry(const FilePlace& place, bool make) const {
  if (const auto vault = in_vault(place)) return vault->files.find_entry(vault->path, make);
  const auto path = place.inside();
  if (!path) {
    const std::string target = follow_links(place.bytes());
    const std::string parent = parent_directory(target);
    if (make) make_directories(parent);
    UniqueFd fd(::open(parent.c_str(), kOpenDirectory));
    if (!fd.valid() && is_absent(errno) && !make) return std::nullopt;
    if (!fd.valid()) throw system_error("write", target, errno);
    return WritableFile(std::move(fd), target.substr(target.rfind('/') + 1), real_path(parent),
                        target);
  }
  refuse_dot_git(*path);
  UniqueFd directory(open(RepoPath(), kOpenDirectory));
  if (!directory.valid()) throw system_error("write", top_, errno);
  std::string reached;
  for (const std::string_view segment : split(path->parent(), '/')) {
    if (segment.empty()) break;  // at the top
    reached += (reached.empty() ? "" : "/") + std::string(segment);
    const std::string name(segment);
    UniqueFd next(open_by_segments(directory.get(), name, kOpenDirectory));
    if (!next.valid() && errno == ENOENT && make) {
      if (mkdirat(directory.get(), name.c_str(), 0777) != 0 && errno != EEXIST)
        throw system_error("make directory", RepoPath(reached).quoted(), errno);
      sync_directory(directory.get());
      next = UniqueFd(open_by_segments(directory.get(), name, kOpenDirectory));
    }
    if (!next.valid() && !make && is_absent(errno)) return std::nullopt;
    if (!next.valid()) throw failure(*path, "write", errno);
    if (is_repository(next.get())) {
      throw fatal("'" + RepoPath(reached).quoted() +
                  "' is a repository of its own: cannot write '" + path->quoted() + "'");
    }
    directory = std::move(next);
  }
  return WritableFile(std::move(directory), std::string(path->name()), join_path(top_, reached),
                      path->quoted());
}

WritableFile TreeFiles::entry(const FilePlace& place) const {
  return *find_entry(place, true);
}

void TreeFiles::append(const FilePlace& place, std::string_view lines) const {
  if (!lines.empty()) entry(place).append(lines);
}

void TreeFiles::remove(const FilePlace& place) const {
  if (const auto found = find_entry(place, false)) found->remove();
}

void TreeFiles::remove_empty_directories(const FilePlace& place) const {
  FilePlace above = place;
  while (const auto directory = above.parent()) {
    const auto found = find_entry(*directory, false);
    if (!found || unlinkat(found->directory(), found->name().c_str(), AT_REMOVEDIR) != 0) return;
    above = *directory;
  }
}

}  // namespace gs
