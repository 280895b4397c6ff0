#include <algorithm>
#include <mutex>

#include "base/text.h"
#include "git/libgit2.h"
#include "git/objects/object_writer.h"
#include "git/objects/stored_objects.h"
#include "git/repository.h"

// Blobs and commits, and what git fetches for us in a partial clone.
namespace gs::git {
namespace {

// Calls `read` (a libgit2 look-up), and again after git was asked to fetch a missing object.
template <typename Read>
int with_fetch(Repository::Impl& impl, const ObjectId& oid, Read read) {
  int code = read();
  if (code == GIT_ENOTFOUND && impl.fetch_object(oid)) code = read();
  return code;
}

bool has_promisor(const std::vector<ConfigValue>& configuration) {
  return std::any_of(configuration.begin(), configuration.end(), [](const ConfigValue& value) {
    if (value.key == "extensions.partialclone") return true;
    return value.key.starts_with("remote.") && value.key.ends_with(".promisor") &&
           parse_bool(value.value).value_or(false);
  });
}

}  // namespace

bool Repository::Impl::fetch_object(const ObjectId& oid) {
  // Programs run one at a time (base/process/process.h); several threads may miss an object.
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  const ProcessResult result = git.run({"cat-file", "-e", oid.hex()});
  constexpr int kNotFetched = 128;
  if (result.ended_with(kNotFetched) || !require_answer("cat-file", result)) return false;
  require(git_odb_refresh(odb.get()), "refresh the object database");
  return true;
}

ObjectWriter& Repository::Impl::writer() {
  if (!known_writer) known_writer = std::make_shared<ObjectWriter>(*this);
  return *known_writer;
}

void Repository::Impl::require_object(const ObjectId& oid) {
  const git_oid id = to_libgit2(oid);
  const bool exists = git_odb_exists_ext(odb.get(), &id, GIT_ODB_LOOKUP_NO_REFRESH) != 0 ||
                      git_odb_exists(odb.get(), &id) != 0;
  // As git writes a tree: what a promisor remote has is not fetched for it.
  if (!exists && !has_promisor(configuration()) && !fetch_object(oid))
    throw fatal("object " + oid.hex() + " does not exist");
}

TreeHandle Repository::Impl::load_tree(const ObjectId& oid) {
  TreeHandle tree;
  const git_oid id = to_libgit2(oid);
  const int code = with_fetch(*this, oid, [&] {
    return fill(tree, [&](git_tree** out) { return git_tree_lookup(out, handle.get(), &id); });
  });
  require(code, "read tree " + oid.hex());
  return tree;
}

OdbObjectHandle Repository::Impl::load_raw_tree(const ObjectId& oid) {
  OdbObjectHandle object;
  const git_oid id = to_libgit2(oid);
  const int code = with_fetch(*this, oid, [&] {
    return fill(object, [&](git_odb_object** out) { return git_odb_read(out, odb.get(), &id); });
  });
  require(code, "read tree " + oid.hex());
  if (git_odb_object_type(object.get()) != GIT_OBJECT_TREE) {
    throw fatal("object " + oid.hex() + " is not a tree");
  }
  return object;
}

std::string Repository::read_blob(const ObjectId& oid) const {
  OdbObjectHandle object;
  const git_oid id = to_libgit2(oid);
  const int code = with_fetch(*impl_, oid, [&] {
    return fill(object,
                [&](git_odb_object** out) { return git_odb_read(out, impl_->odb.get(), &id); });
  });
  require(code, "read blob " + oid.hex());
  if (git_odb_object_type(object.get()) != GIT_OBJECT_BLOB) {
    throw fatal("object " + oid.hex() + " is not a blob");
  }
  return {static_cast<const char*>(git_odb_object_data(object.get())),
          git_odb_object_size(object.get())};
}

std::uint64_t Repository::blob_size(const ObjectId& oid) const {
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  const git_oid id = to_libgit2(oid);
  const int code = with_fetch(
      *impl_, oid, [&] { return git_odb_read_header(&size, &type, impl_->odb.get(), &id); });
  require(code, "read blob " + oid.hex());
  if (type != GIT_OBJECT_BLOB) throw fatal("object " + oid.hex() + " is not a blob");
  return size;
}

ObjectId Repository::write_blob(std::string_view content) const {
  return impl_->writer().write(content, GIT_OBJECT_BLOB);
}

ObjectId Repository::hash_blob(std::string_view content) {
  initialise_libgit2();
  git_oid id{};
  require(git_odb_hash(&id, content.data(), content.size(), GIT_OBJECT_BLOB), "hash content");
  return from_libgit2(id);
}

ObjectId Repository::empty_tree() {
  return *ObjectId::parse("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
}

// Read raw: libgit2 1.7 and later give the parents that grafts and shallow boundaries make up.
Commit Repository::commit(const ObjectId& oid) const {
  OdbObjectHandle object;
  const git_oid id = to_libgit2(oid);
  const int code = with_fetch(*impl_, oid, [&] {
    return fill(object,
                [&](git_odb_object** out) { return git_odb_read(out, impl_->odb.get(), &id); });
  });
  require(code, "read commit " + oid.hex());
  if (git_odb_object_type(object.get()) != GIT_OBJECT_COMMIT) {
    throw fatal("object " + oid.hex() + " is not a commit");
  }
  return parse_commit(oid, {static_cast<const char*>(git_odb_object_data(object.get())),
                            git_odb_object_size(object.get())});
}

ObjectId Repository::write_commit(const ObjectId& tree, const std::vector<ObjectId>& parents,
                                  const std::string& message, Timestamp time) const {
  // A fixed identity: commits made in the process are bookkeeping, and must work for a user who has
  // no identity configured.
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  const std::string identity =
      " git-session <git-session@localhost> " + std::to_string(seconds) + " +0000\n";
  impl_->require_object(tree);
  std::string text = "tree " + tree.hex() + '\n';
  for (const ObjectId& parent : parents) {
    impl_->require_object(parent);
    text += "parent " + parent.hex() + '\n';
  }
  text += "author" + identity + "committer" + identity + '\n' + message;
  return impl_->writer().write(text, GIT_OBJECT_COMMIT);
}

}  // namespace gs::git
