// What other people do in the tree, before the session starts and while it runs.
#include "world.h"

namespace gs::random {

bool World::may_others_touch(const std::string& path, bool before) const {
  return !by_session.contains(path) && (before || !claimed(path));
}

std::string World::pick(bool session, bool before) {
  std::vector<std::string> candidates;
  for (const auto& [path, entry] : head) {
    if (path == ".git-session.toml") continue;  // has to stay readable
    if (!is_clean(path) || by_session.contains(path) || touched_by_others_.contains(path)) continue;
    if (session ? claimed(path) : before || !claimed(path)) candidates.push_back(path);
  }
  return candidates.empty() ? "" : candidates[below(candidates.size())];
}

void World::others_before() {
  const std::vector<std::string> all = directories();
  const std::size_t patterns = 1 + below(4);
  for (std::size_t i = 0; i < patterns; ++i) {
    const std::string& directory = all[below(all.size())];
    switch (below(3)) {
      case 0:
        patterns_.push_back({Pattern::Kind::Suffix, directory, chance(50) ? ".c" : ".txt"});
        break;
      case 1: {
        auto file = head.begin();
        std::advance(file, static_cast<long>(below(head.size())));
        const bool plain =
            file->first.find_first_not_of("abcdefnrpsux/0123456789.t") == std::string::npos;
        if (plain) {
          patterns_.push_back({Pattern::Kind::File, "", file->first});
          break;
        }
        [[fallthrough]];
      }
      default:
        patterns_.push_back({Pattern::Kind::Below, directory, ""});
    }
  }
  const std::size_t count = below(16);
  for (std::size_t i = 0; i < count; ++i) others_do_something(true);
}

void World::others_meanwhile() {
  const std::size_t count = below(6);
  for (std::size_t i = 0; i < count; ++i) others_do_something(false);
  // Staging and unstaging does not change any content.
  for (const std::string& path : std::set<std::string>(touched_by_others_)) {
    if (!by_session.contains(path) && chance(8) && is_free_below(path)) {
      note("others", "stage", path);
      stage(path);
    }
  }
}

void World::others_do_something(bool before) {
  const std::vector<std::string> all = directories();
  std::string path = pick(false, before);
  const std::size_t what = below(10);
  if (path.empty() || what < 3) {
    path = fresh_path(all[below(all.size())]);
    if (!is_free(path) || !may_others_touch(path, before)) return;
    write(path, {chance(20) ? 0100755U : 0100644U, fresh_text()});
    const bool staged = chance(40);
    if (staged) stage(path);
    if (staged && chance(30)) write(path, {0100644, fresh_text()});
    note("others", staged ? "add" : "make", path);
    touched_by_others_.insert(path);
    return;
  }
  touched_by_others_.insert(path);
  const Entry entry = work.at(path);
  const bool text = entry.mode != 0120000;
  if (what < 6) {
    const Entry now = text ? Entry{entry.mode, changed(entry.content, 3)}
                           : Entry{entry.mode, "target " + std::to_string(++counter_)};
    write(path, now);
    const bool staged = chance(40);
    const bool partly = staged && text && chance(40);
    if (staged) stage(path);
    if (partly) write(path, {now.mode, changed(now.content, 12)});
    if (before && text && !partly && claimed(path)) {
      edited_before_[path] = now;
      if (staged) staged_before_.insert(path);
    }
    note("others", partly ? "edit and stage partly" : staged ? "edit and stage" : "edit", path);
  } else if (what == 6) {
    remove(path);
    if (chance(50)) stage(path);
    note("others", "delete", path);
  } else if (what == 7) {
    const std::string to = fresh_path(all[below(all.size())]);
    if (!is_free(to) || !may_others_touch(to, before)) return;
    touched_by_others_.insert(to);
    remove(path);
    write(to, entry);
    if (chance(50)) {
      stage(path);
      stage(to);
    }
    note("others", "rename to '" + to + "'", path);
  } else if (what == 8) {
    const bool to_link = text && chance(50);
    const std::string target = "target " + std::to_string(++counter_);
    if (to_link || !text) {
      write(path, text ? Entry{0120000, target} : Entry{0100644, fresh_text()});
    } else {
      write(path, {entry.mode ^ 0111U, entry.content});
    }
    if (chance(30)) stage(path);
    note("others", "change mode of", path);
  } else {
    const std::string below_it = path + "/inner";
    if (!may_others_touch(below_it, before)) return;
    remove(path);
    touched_by_others_.insert(below_it);
    write(below_it, {0100644, fresh_text()});
    if (chance(30)) stage(below_it);
    note("others", "turn into a directory", path);
  }
}

}  // namespace gs::random
