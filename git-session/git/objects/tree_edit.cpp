#include <algorithm>
#include <span>

#include "base/ascii.h"
#include "base/parallel.h"
#include "base/text.h"
#include "git/libgit2.h"
#include "git/objects/object_writer.h"
#include "git/path_rules.h"
#include "git/repository.h"

namespace gs::git {
namespace {

// An entry as a tree stores it: mode, space, name, NUL, the id's bytes.
struct RawEntry {
  std::string_view name;
  std::string_view bytes;  // all of it
  bool is_tree = false;

  [[nodiscard]] ObjectId oid() const {
    std::array<std::uint8_t, ObjectId::kSize> id{};
    std::memcpy(id.data(), bytes.data() + bytes.size() - id.size(), id.size());
    return ObjectId(id);
  }
};

// In a tree, a directory sorts as if its name ended in '/'.
bool comes_before(std::string_view a, bool a_is_tree, std::string_view b, bool b_is_tree) {
  const std::size_t common = std::min(a.size(), b.size());
  if (const int order = a.substr(0, common).compare(b.substr(0, common)); order != 0) {
    return order < 0;
  }
  const auto next = [common](std::string_view name, bool is_tree) {
    return common < name.size() ? static_cast<unsigned char>(name[common]) : is_tree ? '/' : 0;
  };
  return next(a, a_is_tree) < next(b, b_is_tree);
}

std::vector<RawEntry> parse_tree(std::string_view bytes, const ObjectId& oid) {
  std::vector<RawEntry> entries;
  while (!bytes.empty()) {
    const std::size_t space = bytes.find(' ');
    const std::size_t end = space == std::string_view::npos ? space : bytes.find('\0', space);
    if (end == std::string_view::npos || bytes.size() - end - 1 < ObjectId::kSize) {
      throw fatal("tree " + oid.hex() + " is damaged");
    }
    const std::size_t size = end + 1 + ObjectId::kSize;
    entries.push_back({bytes.substr(space + 1, end - space - 1), bytes.substr(0, size),
                       bytes.starts_with("40000 ") || bytes.starts_with("040000 ")});
    bytes.remove_prefix(size);
  }
  return entries;
}

// A name and its new entry; not present(): removed.
struct NewEntry {
  std::string name;
  TreeEntry entry;

  [[nodiscard]] bool is_tree() const { return entry.mode == FileMode::Tree; }
  void append_to(std::string& tree) const {
    const std::string mode = format_mode(entry.mode);
    tree += mode.substr(mode.find_first_not_of('0')) + ' ' + name + '\0';
    for (const std::uint8_t byte : entry.oid.bytes()) tree += static_cast<char>(byte);
  }
};

// Edits of one directory, sorted by path; `depth` bytes of each path name that directory.
class TreeEditor {
 public:
  TreeEditor(Repository::Impl& impl, ObjectWriter& writer, const PathRules& rules)
      : impl_(impl), writer_(writer), rules_(rules) {}

  // The null id for a tree without entries, which its parent omits.
  ObjectId apply(const ObjectId& base, std::span<const TreeEdit> edits, std::size_t depth) {
    OdbObjectHandle object;
    std::vector<RawEntry> old;
    if (!base.is_null() && base != Repository::empty_tree()) {
      object = impl_.load_raw_tree(base);
      old = parse_tree({static_cast<const char*>(git_odb_object_data(object.get())),
                        git_odb_object_size(object.get())},
                       base);
    }
    std::vector<std::span<const TreeEdit>> groups;
    std::vector<NewEntry> changes;
    while (!edits.empty()) {
      const std::string_view rest = std::string_view(edits.front().path.bytes()).substr(depth);
      changes.push_back({std::string(rest.substr(0, rest.find('/'))), {}});
      groups.push_back(edits.first(count_of_name(edits, depth, changes.back().name)));
      edits = edits.subspan(groups.back().size());
    }
    edit_groups(old, groups, depth, changes);
    const std::string tree = merged(old, std::move(changes));
    return tree.empty() ? ObjectId() : writer_.write(tree, GIT_OBJECT_TREE);
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

  // Several names are edited in parallel if there is enough to do; below them, one at a time.
  void edit_groups(const std::vector<RawEntry>& old,
                   const std::vector<std::span<const TreeEdit>>& groups, std::size_t depth,
                   std::vector<NewEntry>& changes) {
    const auto has_directories = [depth](std::span<const TreeEdit> group) {
      return group.back().path.bytes().find('/', depth) != std::string::npos;
    };
    const auto directories = std::count_if(groups.begin(), groups.end(), has_directories);
    const std::size_t threads =
        is_alone_ && directories > 1 ? threads_for(2 * static_cast<std::size_t>(directories)) : 1;
    if (threads == 1) {
      for (std::size_t i = 0; i < groups.size(); ++i) {
        changes[i].entry = entry_of(old, changes[i].name, groups[i], depth);
      }
      return;
    }
    const Writers writers(impl_, threads);
    std::vector<std::unique_ptr<TreeEditor>> editors;
    for (std::size_t i = 0; i < threads; ++i) {
      editors.push_back(std::make_unique<TreeEditor>(impl_, *writers.of(i), rules_));
      editors.back()->is_alone_ = false;
    }
    run_in_parallel(groups.size(), threads, [&](std::size_t thread, std::size_t i) {
      changes[i].entry = editors[thread]->entry_of(old, changes[i].name, groups[i], depth);
    });
  }

  static const RawEntry* find(const std::vector<RawEntry>& entries, std::string_view name) {
    for (const bool is_tree : {false, true}) {
      const auto found = std::lower_bound(
          entries.begin(), entries.end(), name, [&](const RawEntry& entry, std::string_view text) {
            return comes_before(entry.name, entry.is_tree, text, is_tree);
          });
      if (found != entries.end() && found->name == name) return &*found;
    }
    return nullptr;
  }

  // What `name` becomes after all edits of it and below it. An edit of `name` itself comes first in
  // path order: it removes whatever was there, and those below build on that.
  TreeEntry entry_of(const std::vector<RawEntry>& old_entries, const std::string& name,
                     std::span<const TreeEdit> edits, std::size_t depth) {
    const std::size_t own_size = depth + name.size();
    const TreeEdit& first = edits.front();
    const RawEntry* old = find(old_entries, name);
    TreeEntry now;
    if (old != nullptr && old->is_tree) now = {FileMode::Tree, old->oid()};
    if (first.path.bytes().size() == own_size) {
      // Removing the path of a directory means a file that was there before; the directory's
      // content has paths of its own.
      if (first.entry.present()) now = checked(name, first.entry);
      edits = edits.subspan(1);
    } else if (old != nullptr && !old->is_tree) {
      const bool only_removals = std::none_of(
          edits.begin(), edits.end(), [](const TreeEdit& edit) { return edit.entry.present(); });
      if (only_removals) return kept(*old);
    }
    if (edits.empty()) return now;
    const ObjectId directory = now.mode == FileMode::Tree ? now.oid : ObjectId();
    const ObjectId result = apply(directory, edits, own_size + 1);
    if (result.is_null()) return now.mode == FileMode::Tree ? TreeEntry{} : now;
    return checked(name, {FileMode::Tree, result});
  }

  static TreeEntry kept(const RawEntry& entry) {
    std::uint32_t mode = 0;
    for (const char digit : entry.bytes.substr(0, entry.bytes.find(' '))) {
      mode = mode * 8 + static_cast<std::uint32_t>(digit - '0');
    }
    return {static_cast<FileMode>(mode), entry.oid()};
  }

  // Throws on a name that no tree may have, and on a missing object. (Directories have just been
  // written.)
  TreeEntry checked(const std::string& name, const TreeEntry& entry) {
    const bool must_exist = entry.mode != FileMode::Gitlink && entry.mode != FileMode::Tree;
    if (must_exist) impl_.require_object(entry.oid);
    // Git can refuse only names with other characters, or with a leading dot.
    const bool plain = std::all_of(name.begin(), name.end(), is_plain);
    const bool allowed = (plain && !name.starts_with('.') && !name.empty()) ||
                         (name.find('/') == std::string::npos && rules_.allow(name, entry.mode));
    if (!allowed) throw fatal("git does not allow '" + quote_path(name) + "' in a tree");
    return entry;
  }

  static std::string merged(const std::vector<RawEntry>& old, std::vector<NewEntry> changes) {
    std::vector<std::string> names;
    for (const NewEntry& change : changes) names.push_back(change.name);
    std::sort(names.begin(), names.end());
    std::erase_if(changes, [](const NewEntry& change) { return !change.entry.present(); });
    std::sort(changes.begin(), changes.end(), [](const NewEntry& a, const NewEntry& b) {
      return comes_before(a.name, a.is_tree(), b.name, b.is_tree());
    });
    std::string tree;
    auto change = changes.begin();
    for (const RawEntry& entry : old) {
      if (std::binary_search(names.begin(), names.end(), entry.name)) continue;
      for (; change != changes.end() &&
             comes_before(change->name, change->is_tree(), entry.name, entry.is_tree);
           ++change) {
        change->append_to(tree);
      }
      tree += entry.bytes;
    }
    for (; change != changes.end(); ++change) change->append_to(tree);
    return tree;
  }

  Repository::Impl& impl_;
  ObjectWriter& writer_;
  const PathRules& rules_;
  bool is_alone_ = true;  // no other thread edits the same tree
};

// Path order in which "a" comes right before "a/…" (and "a.b" after both); only the last edit of
// each path.
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
  const PathRules rules(impl_->configuration());
  const ObjectId result = TreeEditor(*impl_, impl_->writer(), rules).apply(base, edits, 0);
  return result.is_null() ? impl_->writer().write("", GIT_OBJECT_TREE) : result;
}

}  // namespace gs::git
