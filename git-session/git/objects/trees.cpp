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

bool is_tree(const git_tree_entry* entry) {
  return git_tree_entry_filemode(entry) == GIT_FILEMODE_TREE;
}

// Git's order within a tree: a directory sorts as if its name ended in '/'.
int order_of(const git_tree_entry* a, const git_tree_entry* b) {
  const std::string_view name = git_tree_entry_name(a);
  const std::string_view other = git_tree_entry_name(b);
  const std::size_t common = std::min(name.size(), other.size());
  const int order = name.compare(0, common, other, 0, common);
  if (order != 0) return order;
  const auto next = [common](std::string_view text, const git_tree_entry* entry) {
    if (common < text.size()) return static_cast<unsigned char>(text[common]);
    return static_cast<unsigned char>(is_tree(entry) ? '/' : '\0');
  };
  return next(name, a) - next(other, b);
}

class TreeDiff {
 public:
  explicit TreeDiff(Repository::Impl& impl) : impl_(impl) {}

  // The null id means no tree.
  void compare(const ObjectId& before, const ObjectId& after, const std::string& directory) {
    if (before == after) return;
    Side a(impl_, before);
    Side b(impl_, after);
    while (a.next() != nullptr || b.next() != nullptr) {
      const git_tree_entry* const x = a.next();
      const git_tree_entry* const y = b.next();
      const int order = x == nullptr ? 1 : y == nullptr ? -1 : order_of(x, y);
      add(directory, order <= 0 ? x : nullptr, order >= 0 ? y : nullptr);
      if (order <= 0) a.skip();
      if (order >= 0) b.skip();
    }
  }

  std::vector<TreeDiffEntry> result;

 private:
  class Side {
   public:
    Side(Repository::Impl& impl, const ObjectId& oid) {
      if (oid.is_null() || oid == Repository::empty_tree()) return;
      tree_ = impl.load_tree(oid);
      count_ = git_tree_entrycount(tree_.get());
    }
    // Null at the end.
    [[nodiscard]] const git_tree_entry* next() const {
      return next_ < count_ ? git_tree_entry_byindex(tree_.get(), next_) : nullptr;
    }
    void skip() { ++next_; }

   private:
    TreeHandle tree_;
    std::size_t count_ = 0;
    std::size_t next_ = 0;
  };

  // Either one is null if the name is only on the other side.
  void add(const std::string& directory, const git_tree_entry* x, const git_tree_entry* y) {
    const TreeEntry before = x != nullptr ? value_of(x) : TreeEntry{};
    const TreeEntry after = y != nullptr ? value_of(y) : TreeEntry{};
    if (before == after) return;
    const git_tree_entry* const which = x != nullptr ? x : y;
    const std::string path = directory + git_tree_entry_name(which);
    if (is_tree(which)) {
      compare(before.oid, after.oid, path + '/');
    } else {
      result.push_back({RepoPath(path), before, after});
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
