#include <algorithm>
#include <span>

#include "git/handles.h"
#include "git/repository.h"

namespace gs::git {
namespace {

// Edits of one directory, sorted by path; `depth` bytes of each path name that directory.
class TreeEditor {
 public:
  explicit TreeEditor(Repository::Impl& impl) : impl_(impl) {}

  // The null id for a tree without entries, which its parent does not hold.
  ObjectId apply(const ObjectId& base, std::span<const TreeEdit> edits, std::size_t depth) {
    TreeBuilderHandle builder = make_builder(base);
    while (!edits.empty()) {
      const std::string_view rest = std::string_view(edits.front().path.bytes()).substr(depth);
      const std::string name(rest.substr(0, rest.find('/')));
      const std::size_t count = count_of_name(edits, depth, name);
      apply_name(builder.get(), name, edits.first(count), depth);
      edits = edits.subspan(count);
    }
    if (git_treebuilder_entrycount(builder.get()) == 0) return {};
    return write(builder.get());
  }

  ObjectId write(git_treebuilder* builder) {
    git_oid id{};
    require(git_treebuilder_write(&id, builder), "store a tree");
    return from_libgit2(id);
  }

  TreeBuilderHandle make_builder(const ObjectId& base) {
    TreeHandle tree;
    if (!base.is_null() && base != Repository::empty_tree()) tree = impl_.load_tree(base);
    TreeBuilderHandle builder;
    require(fill(builder,
                 [&](git_treebuilder** out) {
                   return git_treebuilder_new(out, impl_.handle.get(), tree.get());
                 }),
            "make a tree");
    return builder;
  }

 private:
  static std::size_t count_of_name(std::span<const TreeEdit> edits, std::size_t depth,
                                   std::string_view name) {
    std::size_t count = 0;
    for (const TreeEdit& edit : edits) {
      const std::string_view rest = std::string_view(edit.path.bytes()).substr(depth);
      if (!rest.starts_with(name)) break;
      if (rest.size() > name.size() && rest[name.size()] != '/') break;
      ++count;
    }
    return count;
  }

  // All edits of `name` itself and of what is below it. An edit of `name` itself comes first in
  // path order: it removes whatever was there, and the ones below build on that.
  void apply_name(git_treebuilder* builder, const std::string& name,
                  std::span<const TreeEdit> edits, std::size_t depth) {
    const std::size_t own_size = depth + name.size();
    const TreeEdit& first = edits.front();
    ObjectId directory;
    if (const git_tree_entry* old = git_treebuilder_get(builder, name.c_str())) {
      if (git_tree_entry_type(old) == GIT_OBJECT_TREE) {
        directory = from_libgit2(*git_tree_entry_id(old));
      }
    }
    if (first.path.bytes().size() == own_size) {
      // Removing the path of a directory means a file that was there before; what is in the
      // directory has paths of its own.
      if (first.entry.present()) {
        insert(builder, name, first.entry);
        directory = {};
      } else if (directory.is_null()) {
        remove(builder, name);
      }
      edits = edits.subspan(1);
    }
    if (edits.empty()) return;
    const bool only_removals = std::none_of(
        edits.begin(), edits.end(), [](const TreeEdit& edit) { return edit.entry.present(); });
    if (only_removals && directory.is_null()) return;
    const ObjectId result = apply(directory, edits, own_size + 1);
    if (result.is_null()) {
      remove(builder, name);
    } else {
      insert(builder, name, {FileMode::Tree, result});
    }
  }

  void insert(git_treebuilder* builder, const std::string& name, const TreeEntry& entry) {
    const git_oid id = to_libgit2(entry.oid);
    const auto mode = static_cast<git_filemode_t>(entry.mode);
    int code = git_treebuilder_insert(nullptr, builder, name.c_str(), &id, mode);
    // libgit2 wants the object to be there; a partial clone may have to fetch it.
    if (code < 0 && entry.mode != FileMode::Gitlink && impl_.fetch_object(entry.oid)) {
      code = git_treebuilder_insert(nullptr, builder, name.c_str(), &id, mode);
    }
    require(code, "put '" + name + "' into a tree");
  }

  static void remove(git_treebuilder* builder, const std::string& name) {
    if (git_treebuilder_get(builder, name.c_str()) == nullptr) return;
    require(git_treebuilder_remove(builder, name.c_str()), "take '" + name + "' out of a tree");
  }

  Repository::Impl& impl_;
};

// Path order in which "a" comes right before "a/…" (and "a.b" after both), the last edit of a path
// only.
void sort_edits(std::vector<TreeEdit>& edits) {
  const auto before = [](const TreeEdit& a, const TreeEdit& b) {
    return std::lexicographical_compare(
        a.path.bytes().begin(), a.path.bytes().end(), b.path.bytes().begin(), b.path.bytes().end(),
        [](char x, char y) {
          const auto rank = [](char c) { return c == '/' ? 0 : 1 + static_cast<unsigned char>(c); };
          return rank(x) < rank(y);
        });
  };
  std::stable_sort(edits.begin(), edits.end(), before);
  const auto same_path = [](const TreeEdit& a, const TreeEdit& b) { return a.path == b.path; };
  const auto kept = std::unique(edits.rbegin(), edits.rend(), same_path);
  edits.erase(edits.begin(), kept.base());
}

void check_paths(const std::vector<TreeEdit>& edits) {
  for (const TreeEdit& edit : edits) {
    const std::string& path = edit.path.bytes();
    if (path.empty() || path.starts_with('/') || path.ends_with('/') ||
        path.find("//") != std::string::npos) {
      throw fatal("'" + edit.path.quoted() + "' cannot be a path in a tree");
    }
  }
}

}  // namespace

ObjectId Repository::edit_tree(const ObjectId& base, std::vector<TreeEdit> edits) const {
  check_paths(edits);
  sort_edits(edits);
  TreeEditor editor(*impl_);
  const ObjectId result = editor.apply(base, edits, 0);
  if (!result.is_null()) return result;
  const TreeBuilderHandle empty = editor.make_builder({});
  return editor.write(empty.get());
}

}  // namespace gs::git
