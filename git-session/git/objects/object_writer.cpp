#include "git/objects/object_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cerrno>
#include <charconv>

#include "base/file/file.h"
#include "base/text.h"

namespace gs::git {
namespace {

using Configuration = std::vector<ConfigValue>;

// Whether core.fsync (git-config(1)) includes loose objects; by default it does not.
bool syncs_loose_objects(const Configuration& configuration) {
  if (const auto old = last_value(configuration, "core.fsyncobjectfiles")) {
    if (parse_bool(*old).value_or(false)) return true;
  }
  const std::string components = last_value(configuration, "core.fsync").value_or("");
  for (const std::string_view word : split(components, ',')) {
    const std::string_view component = trim(word);
    for (const std::string_view name : {"loose-object", "objects", "committed", "added", "all"}) {
      if (component == name) return true;
    }
  }
  return false;
}

int compression_level(const Configuration& configuration) {
  for (const char* key : {"core.loosecompression", "core.compression"}) {
    const auto value = last_value(configuration, key);
    int level = 0;
    if (value &&
        std::from_chars(value->data(), value->data() + value->size(), level).ec == std::errc{}) {
      return level >= Z_DEFAULT_COMPRESSION && level <= Z_BEST_COMPRESSION ? level : Z_BEST_SPEED;
    }
  }
  return Z_BEST_SPEED;
}

std::string type_name(git_object_t type) {
  return git_object_type2string(type);
}

std::string objects_directory(const Repository::Impl& impl) {
  return environment_variable("GIT_OBJECT_DIRECTORY")
      .value_or(join_path(impl.common_dir, "objects"));
}

std::string loose_name(const ObjectId& oid) {
  return oid.hex().insert(2, 1, '/');
}

bool remove_if_empty(int directory, const std::string& name) {
  struct stat status {};
  return ::fstatat(directory, name.c_str(), &status, 0) == 0 && status.st_size == 0 &&
         ::unlinkat(directory, name.c_str(), 0) == 0;
}

}  // namespace

bool remove_empty_object(const Repository::Impl& impl, const ObjectId& oid) {
  return remove_if_empty(AT_FDCWD, join_path(objects_directory(impl), loose_name(oid)));
}

struct ObjectWriter::Deflater {
  z_stream stream{};
  std::string out;

  explicit Deflater(int level) {
    if (deflateInit(&stream, level) != Z_OK) throw fatal("cannot start zlib");
  }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;
  ~Deflater() { deflateEnd(&stream); }

  void add(std::string_view bytes, int flush) {
    // zlib's interface lacks const; it does not write there.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // NOLINT
    stream.avail_in = static_cast<uInt>(bytes.size());
    const int code = deflate(&stream, flush);
    if (stream.avail_in != 0 || code != (flush == Z_FINISH ? Z_STREAM_END : Z_OK)) {
      throw fatal("cannot compress an object");
    }
  }
};

ObjectWriter::ObjectWriter(Repository::Impl& impl) : odb_(impl.odb.get()) {
  const Configuration& configuration = impl.configuration();
  syncs_ = syncs_loose_objects(configuration);
  deflater_ = std::make_unique<Deflater>(compression_level(configuration));
  directory_ = objects_directory(impl);
  directory_fd_ = UniqueFd(::open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory_fd_.valid()) throw system_error("open", directory_, errno);
}

ObjectWriter::~ObjectWriter() = default;

ObjectId ObjectWriter::write(std::string_view content, git_object_t type) {
  // zlib counts in 32 bits, and speed does not matter for such large content.
  constexpr std::size_t kLargest = 1U << 30U;
  git_oid id{};
  if (content.size() <= kLargest) {
    require(git_odb_hash(&id, content.data(), content.size(), type), "hash an object");
    const std::string name = loose_name(from_libgit2(id));
    if (freshen_loose(name)) return from_libgit2(id);
    if (git_odb_exists_ext(odb_, &id, GIT_ODB_LOOKUP_NO_REFRESH) == 0) {
      write_loose(name, compress(content, type));
      return from_libgit2(id);
    }
  }
  require(git_odb_write(&id, odb_, content.data(), content.size(), type), "store an object");
  return from_libgit2(id);
}

bool ObjectWriter::freshen_loose(const std::string& name) const {
  const int top = directory_fd_.get();
  return ::utimensat(top, name.c_str(), nullptr, 0) == 0 && !remove_if_empty(top, name);
}

std::string_view ObjectWriter::compress(std::string_view content, git_object_t type) {
  std::string header = type_name(type) + ' ' + std::to_string(content.size());
  header += '\0';
  z_stream& stream = deflater_->stream;
  deflateReset(&stream);
  std::string& out = deflater_->out;
  const auto most = deflateBound(&stream, static_cast<uLong>(header.size() + content.size()));
  if (out.size() < most) out.resize(most);
  stream.next_out = reinterpret_cast<Bytef*>(out.data());  // NOLINT: bytes
  stream.avail_out = static_cast<uInt>(out.size());
  deflater_->add(header, Z_NO_FLUSH);
  deflater_->add(content, Z_FINISH);
  return std::string_view(out).substr(0, stream.total_out);
}

UniqueFd ObjectWriter::create_temporary(const std::string& directory, std::string& name) {
  bool has_directory = false;
  while (true) {
    // The prefix by which `git prune` recognizes leftovers.
    name = directory + "/tmp_obj_" + std::to_string(::getpid()) + '_' +
           std::to_string(++temporaries_) + '_' +
           std::to_string(reinterpret_cast<std::uintptr_t>(this));  // NOLINT: distinguishes threads
    constexpr mode_t kReadOnly = 0444;
    UniqueFd fd(::openat(directory_fd_.get(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                         kReadOnly));
    if (fd.valid()) return fd;
    const int error = errno;
    if (error == EEXIST) continue;
    constexpr mode_t kEverything = 0777;
    const bool can_make = error == ENOENT && !has_directory;
    if (!can_make ||
        (::mkdirat(directory_fd_.get(), directory.c_str(), kEverything) != 0 && errno != EEXIST)) {
      throw system_error("write", join_path(directory_, name), can_make ? errno : error);
    }
    has_directory = true;
  }
}

void ObjectWriter::write_loose(const std::string& name, std::string_view compressed) {
  std::string temporary;
  UniqueFd fd = create_temporary(name.substr(0, 2), temporary);
  int error = write_fully(fd.get(), compressed);
  if (error == 0 && syncs_ && ::fsync(fd.get()) != 0) error = errno;
  if (::close(fd.release()) != 0 && error == 0) error = errno;
  const int top = directory_fd_.get();
  if (error == 0 && ::renameat(top, temporary.c_str(), top, name.c_str()) != 0) error = errno;
  if (error == 0) return;
  ::unlinkat(top, temporary.c_str(), 0);
  throw system_error("write", join_path(directory_, name), error);
}

Writers::Writers(Repository::Impl& impl, std::size_t threads) : threads_(threads) {
  if (threads > 0) main_ = &impl.writer();
  for (std::size_t i = 1; i < threads; ++i) others_.push_back(std::make_unique<ObjectWriter>(impl));
}

ObjectWriter* Writers::of(std::size_t thread) const {
  if (thread >= threads_) return nullptr;
  return thread == 0 ? main_ : others_[thread - 1].get();
}

}  // namespace gs::git
