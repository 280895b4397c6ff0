#include "git/objects/stored_objects.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "base/file/file.h"
#include "base/text.h"
#include "git/checkout.h"
#include "git/libgit2.h"

namespace gs::git {

struct StoredObjects::Impl {
  RepositoryHandle opened;  // absent: `handle` is a Repository's
  git_repository* handle = nullptr;
  OdbHandle odb;
  std::string common_dir;
  std::optional<std::set<ObjectId>> known_ends;  // of a shallow clone, read when needed
};

namespace {

Error corrupt(std::string_view type, const ObjectId& oid) {
  return fatal(std::string(type) + " " + oid.hex() + " is corrupt");
}

ObjectType type_of(const ObjectId& oid, git_object_t type) {
  switch (type) {
    case GIT_OBJECT_COMMIT:
      return ObjectType::Commit;
    case GIT_OBJECT_TREE:
      return ObjectType::Tree;
    case GIT_OBJECT_BLOB:
      return ObjectType::Blob;
    case GIT_OBJECT_TAG:
      return ObjectType::Tag;
    default:
      throw corrupt("object", oid);
  }
}

std::string_view bytes_of(const OdbObjectHandle& object) {
  return {static_cast<const char*>(git_odb_object_data(object.get())),
          git_odb_object_size(object.get())};
}

// Null if it is missing.
OdbObjectHandle read(git_odb* odb, const ObjectId& oid) {
  OdbObjectHandle object;
  const git_oid id = to_libgit2(oid);
  const int code = fill(object, [&](git_odb_object** out) { return git_odb_read(out, odb, &id); });
  // A broken object is reported as missing by some versions.
  if (code == GIT_ENOTFOUND && git_odb_exists(odb, &id) == 0) return nullptr;
  require(code, "read object " + oid.hex());
  return object;
}

// "<key> <value>", taken from the start of `text`; absent if the next line has another key.
std::optional<std::string_view> take_header(std::string_view& text, std::string_view key) {
  if (!text.starts_with(key) || text.substr(key.size(), 1) != " ") return std::nullopt;
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view value = text.substr(key.size() + 1, end - key.size() - 1);
  text.remove_prefix(std::min(end + 1, text.size()));
  return value;
}

std::optional<ObjectId> take_id(std::string_view& text, std::string_view key) {
  const auto value = take_header(text, key);
  return value ? ObjectId::parse(*value) : std::nullopt;
}

// "NAME <MAIL> SECONDS ZONE"; the start of the epoch without a number.
Timestamp time_in(std::string_view identity) {
  constexpr std::int64_t kLatest = 8'000'000'000'000;  // still fits into milliseconds
  const std::size_t mail = identity.rfind('>');
  if (mail == std::string_view::npos) return {};
  const std::string_view text = trim(identity.substr(mail + 1));
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{}) return {};
  return Timestamp(std::chrono::seconds(std::clamp(seconds, -kLatest, kLatest)));
}

std::string first_line(std::string_view message) {
  const std::size_t start = message.find_first_not_of('\n');
  if (start == std::string_view::npos) return "";
  message.remove_prefix(start);
  return std::string(message.substr(0, message.find('\n')));
}

std::vector<StoredTreeEntry> parse_tree(const ObjectId& oid, std::string_view bytes) {
  std::vector<StoredTreeEntry> entries;
  while (!bytes.empty()) {
    std::uint32_t mode = 0;
    const auto [after, error] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), mode, 8);
    const auto digits = static_cast<std::size_t>(after - bytes.data());
    const std::size_t zero = bytes.find('\0');
    if (error != std::errc{} || bytes.substr(digits, 1) != " " || zero == std::string_view::npos ||
        zero < digits + 2 || bytes.size() - zero - 1 < ObjectId::kSize) {
      throw corrupt("tree", oid);
    }
    std::array<std::uint8_t, ObjectId::kSize> id{};
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(zero) + 1, id.size(), id.begin());
    entries.push_back({std::string(bytes.substr(digits + 1, zero - digits - 1)),
                       {static_cast<FileMode>(mode), ObjectId(id)}});
    bytes.remove_prefix(zero + 1 + id.size());
  }
  return entries;
}

}  // namespace

Commit parse_commit(const ObjectId& oid, std::string_view bytes) {
  Commit commit;
  commit.oid = oid;
  const auto tree = take_id(bytes, "tree");
  if (!tree) throw corrupt("commit", oid);
  commit.tree = *tree;
  while (bytes.starts_with("parent ")) {
    const auto parent = take_id(bytes, "parent");
    if (!parent) throw corrupt("commit", oid);
    commit.parents.push_back(*parent);
  }
  commit.author_time = time_in(take_header(bytes, "author").value_or(""));
  commit.committer_time = time_in(take_header(bytes, "committer").value_or(""));
  // Others ("gpgsig") follow; an empty line ends them.
  const std::size_t end = bytes.starts_with('\n') ? 0 : bytes.find("\n\n");
  if (end != std::string_view::npos) {
    const std::string_view message = bytes.substr(end == 0 ? 1 : end + 2);
    commit.message = message.substr(0, message.find('\0'));  // git's strings end there
  }
  commit.subject = first_line(commit.message);
  return commit;
}

StoredObjects::StoredObjects(const Repository& repository) : impl_(std::make_shared<Impl>()) {
  impl_->handle = repository.impl().handle.get();
  impl_->common_dir = repository.common_dir();
  require(fill(impl_->odb, [&](git_odb** out) { return git_repository_odb(out, impl_->handle); }),
          "open the object database");
}

StoredObjects StoredObjects::open(const std::string& git_dir) {
  auto impl = std::make_shared<Impl>();
  const auto named = environment_variable("GIT_COMMON_DIR");
  impl->common_dir = named ? real_path(*named) : common_dir_of(git_dir);
  impl->opened = open_as_bare(impl->common_dir);
  impl->handle = impl->opened.get();
  require(fill(impl->odb, [&](git_odb** out) { return git_repository_odb(out, impl->handle); }),
          "open the object database");
  return StoredObjects(std::move(impl));
}

std::optional<StoredObject> StoredObjects::find(const ObjectId& oid) const {
  const OdbObjectHandle object = read(impl_->odb.get(), oid);
  if (!object) return std::nullopt;
  return StoredObject{type_of(oid, git_odb_object_type(object.get())),
                      std::string(bytes_of(object))};
}

std::optional<Commit> StoredObjects::find_commit(const ObjectId& oid) const {
  const OdbObjectHandle object = read(impl_->odb.get(), oid);
  if (!object || git_odb_object_type(object.get()) != GIT_OBJECT_COMMIT) return std::nullopt;
  return parse_commit(oid, bytes_of(object));
}

Commit StoredObjects::commit(const ObjectId& oid) const {
  auto commit = find_commit(oid);
  if (!commit) throw fatal("commit " + oid.hex() + " is missing");
  return *std::move(commit);
}

std::vector<StoredTreeEntry> StoredObjects::tree(const ObjectId& oid) const {
  if (oid == Repository::empty_tree()) return {};
  const OdbObjectHandle object = read(impl_->odb.get(), oid);
  if (!object || git_odb_object_type(object.get()) != GIT_OBJECT_TREE) {
    throw fatal("tree " + oid.hex() + " is missing");
  }
  return parse_tree(oid, bytes_of(object));
}

StoredObjects::Target StoredObjects::peel(const ObjectId& oid) const {
  for (ObjectId at = oid;;) {
    const auto object = find(at);
    if (!object) throw fatal("object " + at.hex() + " is missing");
    if (object->type != ObjectType::Tag) return {at, object->type};
    std::string_view text = object->bytes;
    const auto tagged = take_id(text, "object");
    if (!tagged) throw corrupt("tag", at);
    at = *tagged;
  }
}

std::optional<ObjectId> StoredObjects::peel_to_commit(const ObjectId& oid) const {
  if (!read(impl_->odb.get(), oid)) return std::nullopt;
  const Target target = peel(oid);
  if (target.type != ObjectType::Commit) return std::nullopt;
  return target.oid;
}

bool StoredObjects::may_lack_parents(const ObjectId& oid) const {
  if (!impl_->known_ends) {
    impl_->known_ends.emplace();
    const std::string text =
        read_file_if_exists(join_path(impl_->common_dir, "shallow")).value_or("");
    for (const std::string_view line : split_lines(text)) {
      if (const auto end = ObjectId::parse(trim(line))) impl_->known_ends->insert(*end);
    }
  }
  return impl_->known_ends->contains(oid);
}

std::vector<Ref> StoredObjects::refs(std::string_view prefix) const {
  return refs_of(impl_->handle, prefix);
}

}  // namespace gs::git
