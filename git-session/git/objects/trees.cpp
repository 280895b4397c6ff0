#include <algorithm>

#include "base/text.h"
#include "git/libgit2.h"
#include "git/repository.h"

// Reading trees: entries, listings and differences. Not done by libgit2's diff, so that a tree
// missing in a partial clone can be fetched on the way.
namespace gs::git {
namespace {

struct Entry {
  std::string name;
  TreeEntry value;  // may be a tree

  [[nodiscard]] bool is_tree() const { return value.mode == FileMode::Tree; }
  // Git's order within a tree: a directory sorts as if its name ended in '/'.
  [[nodiscard]] std::string key() const { return is_tree() ? name + '/' : name; }
};

TreeEntry value_of(const git_tree_entry* entry) {
  return {static_cast<FileMode>(git_tree_entry_filemode(entry)),
          from_libgit2(*git_tree_entry_id(entry))};
}

std::vector<Entry> read_entries(Repository::Impl& impl, const ObjectId& oid) {
  std::vector<Entry> entries;
  if (oid.is_null() || oid == Repository::empty_tree()) return entries;
  const TreeHandle tree = impl.load_tree(oid);
  const std::size_t count = git_tree_entrycount(tree.get());
  entries.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const git_tree_entry* entry = git_tree_entry_byindex(tree.get(), i);
    entries.push_back({git_tree_entry_name(entry), value_of(entry)});
  }
  return entries;
}

void list_into(Repository::Impl& impl, const ObjectId& oid, const std::string& directory,
               std::vector<NamedTreeEntry>& out) {
  for (const Entry& entry : read_entries(impl, oid)) {
    if (entry.is_tree()) {
      list_into(impl, entry.value.oid, directory + entry.name + '/', out);
    } else {
      out.push_back({RepoPath(directory + entry.name), entry.value});
    }
  }
}

class TreeDiff {
 public:
  explicit TreeDiff(Repository::Impl& impl) : impl_(impl) {}

  // The null id means no tree.
  void compare(const ObjectId& before, const ObjectId& after, const std::string& directory) {
    if (before == after) return;
    const std::vector<Entry> old_entries = read_entries(impl_, before);
    const std::vector<Entry> new_entries = read_entries(impl_, after);
    auto a = old_entries.begin();
    auto b = new_entries.begin();
    while (a != old_entries.end() || b != new_entries.end()) {
      const int order = a == old_entries.end()   ? 1
                        : b == new_entries.end() ? -1
                                                 : a->key().compare(b->key());
      const TreeEntry old_value = order <= 0 ? a->value : TreeEntry{};
      const TreeEntry new_value = order >= 0 ? b->value : TreeEntry{};
      add(directory, order <= 0 ? *a : *b, old_value, new_value);
      if (order <= 0) ++a;
      if (order >= 0) ++b;
    }
  }

  std::vector<TreeDiffEntry> result;

 private:
  void add(const std::string& directory, const Entry& which, const TreeEntry& before,
           const TreeEntry& after) {
    if (before == after) return;
    if (which.is_tree()) {
      compare(before.oid, after.oid, directory + which.name + '/');
    } else {
      result.push_back({RepoPath(directory + which.name), before, after});
    }
  }

  Repository::Impl& impl_;
};

}  // namespace

TreeEntry Repository::tree_entry(const ObjectId& tree, const RepoPath& path) const {
  if (path.empty()) return {};
  TreeEntry current{FileMode::Tree, tree};
  for (const std::string_view name : split(path.bytes(), '/')) {
    if (current.mode != FileMode::Tree || current.oid == empty_tree()) return {};
    const TreeHandle handle = impl_->load_tree(current.oid);
    const git_tree_entry* entry = git_tree_entry_byname(handle.get(), std::string(name).c_str());
    if (entry == nullptr) return {};
    current = value_of(entry);
  }
  return current.mode == FileMode::Tree ? TreeEntry{} : current;
}

std::vector<NamedTreeEntry> Repository::list_tree(const ObjectId& tree) const {
  std::vector<NamedTreeEntry> entries;
  list_into(*impl_, tree, "", entries);
  return entries;
}

std::vector<TreeDiffEntry> Repository::diff_trees(const ObjectId& before,
                                                  const ObjectId& after) const {
  TreeDiff diff(*impl_);
  diff.compare(before, after, "");
  return std::move(diff.result);
}

}  // namespace gs::git
