#include "git/status/diff_index.h"

#include <algorithm>
#include <utility>

#include "git/libgit2.h"

namespace gs::git {
namespace {

class HeadComparison {
 public:
  HeadComparison(Repository::Impl& impl, const IndexFile& index) : impl_(impl), index_(index) {}

  // Compares `tree` with the index entries from `first` to before `last`, which are in `directory`.
  void compare(const ObjectId& tree, const std::string& directory, std::size_t first,
               std::size_t last, const CachedTree* cached) {
    if (cached != nullptr && cached->tree == tree && cached->entries == last - first) return;
    const TreeHandle handle = tree == Repository::empty_tree() ? nullptr : impl_.load_tree(tree);
    const std::size_t count = handle ? git_tree_entrycount(handle.get()) : 0;
    std::size_t next = 0;
    std::size_t at = first;
    while (next < count || at < last) {
      const Item in_tree =
          next < count ? tree_item(git_tree_entry_byindex(handle.get(), next)) : Item{};
      const Item in_index = at < last ? index_item(directory, at, last) : Item{};
      const int order = at == last ? -1 : next == count ? 1 : in_tree.key.compare(in_index.key);
      const CachedTree* below =
          cached == nullptr ? nullptr : cached->child(name_of(order <= 0 ? in_tree : in_index));
      add(directory, order <= 0 ? &in_tree : nullptr, order >= 0 ? &in_index : nullptr, at, below);
      if (order <= 0) ++next;
      if (order >= 0) at = in_index.end;
    }
  }

  std::vector<IndexDiffEntry> result;

 private:
  // A name and its entry; a directory's ends in '/', as trees and the index are sorted.
  struct Item {
    std::string key;
    TreeEntry entry;
    std::size_t end = 0;  // of an index item: the first entry after it
  };

  static std::string_view name_of(const Item& item) {
    const std::string_view key = item.key;
    return key.ends_with('/') ? key.substr(0, key.size() - 1) : key;
  }

  static Item tree_item(const git_tree_entry* entry) {
    Item item;
    item.key = git_tree_entry_name(entry);
    item.entry = {static_cast<FileMode>(git_tree_entry_filemode(entry)),
                  from_libgit2(*git_tree_entry_id(entry))};
    if (item.entry.mode == FileMode::Tree) item.key += '/';
    return item;
  }

  [[nodiscard]] Item index_item(const std::string& directory, std::size_t at,
                                std::size_t last) const {
    const auto& entries = index_.entries();
    const std::string_view rest = entries[at].path.substr(directory.size());
    const std::size_t slash = rest.find('/');
    Item item;
    item.key = rest.substr(0, slash == std::string_view::npos ? slash : slash + 1);
    if (slash == std::string_view::npos) item.entry = {entries[at].mode, entries[at].oid()};
    const auto belongs = [&](const IndexEntry& entry) {
      const std::string_view other = entry.path.substr(directory.size());
      return item.key.ends_with('/') ? other.starts_with(item.key) : other == item.key;
    };
    item.end = static_cast<std::size_t>(
        std::partition_point(entries.begin() + static_cast<std::ptrdiff_t>(at),
                             entries.begin() + static_cast<std::ptrdiff_t>(last), belongs) -
        entries.begin());
    return item;
  }

  // Either one is null if the name is only on the other side.
  void add(const std::string& directory, const Item* tree, const Item* index, std::size_t at,
           const CachedTree* below) {
    const std::string& key = tree != nullptr ? tree->key : index->key;
    if (key.ends_with('/')) {
      const ObjectId oid = tree != nullptr ? tree->entry.oid : Repository::empty_tree();
      compare(oid, directory + key, index != nullptr ? at : 0, index != nullptr ? index->end : 0,
              index != nullptr ? below : nullptr);
      return;
    }
    const TreeEntry head = tree != nullptr ? tree->entry : TreeEntry{};
    if (index == nullptr) {
      result.push_back({directory + key, head, std::nullopt});
      return;
    }
    const IndexEntry& entry = index_.entries()[at];
    if (entry.stage != 0) return;
    if (entry.intent_to_add) {
      if (head.present()) result.push_back({directory + key, head, std::nullopt});
    } else if (head != index->entry) {
      result.push_back({directory + key, head, at});
    }
  }

  Repository::Impl& impl_;
  const IndexFile& index_;
};

}  // namespace

std::vector<IndexDiffEntry> diff_index(const Repository& repository, const IndexFile& index) {
  const auto commit = repository.head().commit;
  const ObjectId tree = commit ? repository.commit(*commit).tree : Repository::empty_tree();
  HeadComparison comparison(repository.impl(), index);
  const auto& cached = index.cached_tree();
  comparison.compare(tree, "", 0, index.entries().size(), cached ? &*cached : nullptr);
  std::sort(comparison.result.begin(), comparison.result.end(),
            [](const IndexDiffEntry& a, const IndexDiffEntry& b) { return a.path < b.path; });
  return std::move(comparison.result);
}

}  // namespace gs::git
