#pragma once

#include <git2.h>

#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "git/config/values.h"
#include "git/object_id.h"
#include "git/repository.h"

// Owning handles for libgit2, included only by .cpp files of this folder.
namespace gs::git {

template <auto Free>
struct HandleDeleter {
  template <typename T>
  void operator()(T* handle) const {
    Free(handle);
  }
};
template <typename T, auto Free>
using Handle = std::unique_ptr<T, HandleDeleter<Free>>;

using RepositoryHandle = Handle<git_repository, git_repository_free>;
using OdbHandle = Handle<git_odb, git_odb_free>;
using OdbObjectHandle = Handle<git_odb_object, git_odb_object_free>;
using OdbStreamHandle = Handle<git_odb_stream, git_odb_stream_free>;
using ObjectHandle = Handle<git_object, git_object_free>;
using CommitHandle = Handle<git_commit, git_commit_free>;
using TreeHandle = Handle<git_tree, git_tree_free>;
using ReferenceHandle = Handle<git_reference, git_reference_free>;
using ReferenceIteratorHandle = Handle<git_reference_iterator, git_reference_iterator_free>;
using RevwalkHandle = Handle<git_revwalk, git_revwalk_free>;
using SignatureHandle = Handle<git_signature, git_signature_free>;

// A pointer that libgit2 fills: `fill(handle, [&](git_tree** out) { return git_tree_lookup(out, …);
// })`.
template <typename HandleType, typename Function>
int fill(HandleType& handle, Function function) {
  typename HandleType::pointer raw = nullptr;
  const int code = function(&raw);
  handle.reset(raw);
  return code;
}

[[nodiscard]] inline std::string libgit2_words() {
  const git_error* error = git_error_last();
  return error == nullptr || error->message == nullptr ? "unknown error" : error->message;
}

// "cannot <action>: <libgit2's words>"
[[nodiscard]] inline Error libgit2_error(std::string_view action) {
  return fatal("cannot " + std::string(action) + ": " + libgit2_words());
}
inline void require(int code, std::string_view action) {
  if (code < 0) throw libgit2_error(action);
}

[[nodiscard]] inline git_oid to_libgit2(const ObjectId& oid) {
  git_oid out{};
  std::memcpy(out.id, oid.bytes().data(), ObjectId::kSize);
  return out;
}
[[nodiscard]] inline ObjectId from_libgit2(const git_oid& oid) {
  std::array<std::uint8_t, ObjectId::kSize> bytes{};
  std::memcpy(bytes.data(), oid.id, ObjectId::kSize);
  return ObjectId(bytes);
}

class IndexFile;
class ObjectWriter;
struct Ref;

struct Repository::Impl {
  RepositoryHandle handle;
  OdbHandle odb;
  std::string work_tree;
  std::string git_dir;
  std::string common_dir;
  std::string prefix;
  GitCommand git;
  std::optional<std::vector<ConfigValue>> known_configuration = std::nullopt;
  std::shared_ptr<ObjectWriter> known_writer = nullptr;
  std::shared_ptr<const IndexFile> known_index = nullptr;  // for own_index

  // The whole configuration as git sees it, read once.
  [[nodiscard]] const std::vector<ConfigValue>& configuration();
  // Of git's own index.
  [[nodiscard]] std::string index_path() const;
  // The main thread's.
  [[nodiscard]] ObjectWriter& writer();
  // Whether git has the object. In a partial clone this makes git fetch it, and the caller can look
  // again.
  [[nodiscard]] bool fetch_object(const ObjectId& oid);
  // Throws unless it exists; asks libgit2 first, then git.
  void require_object(const ObjectId& oid);
  // A tree's handle; throws if it does not exist. `oid` is not the empty tree.
  [[nodiscard]] TreeHandle load_tree(const ObjectId& oid);
  // Its bytes.
  [[nodiscard]] OdbObjectHandle load_raw_tree(const ObjectId& oid);
  // Whether libgit2 or git may see other parents than a commit has: grafts, a shallow clone.
  [[nodiscard]] bool history_is_altered() const;
};

// Required before any other libgit2 call; cheap if already done.
void initialise_libgit2();

// The repository that git would use in `directory`, and where its parts are. Throws like
// Repository::open.
struct Discovered {
  RepositoryHandle handle;
  std::string work_tree;
  std::string git_dir;
  std::string common_dir;
  std::string prefix;
  GitCommand::Environment environment;  // for git when it runs at the top of the work tree
};
[[nodiscard]] Discovered discover(const std::string& directory);
[[nodiscard]] Discovered discover(const Checkout& checkout);
// A git directory's objects and refs, without its work tree, whatever `core.bare` says. Throws if
// it cannot be read.
[[nodiscard]] RepositoryHandle open_as_bare(const std::string& common_dir);

// As list_refs.
[[nodiscard]] std::vector<Ref> refs_of(git_repository* handle, std::string_view prefix);

}  // namespace gs::git
