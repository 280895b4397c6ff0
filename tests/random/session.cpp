// What the session does.
#include "world.h"

#include <filesystem>

namespace gs::random {

void World::session_works() {
  const std::size_t count = below(14);
  for (std::size_t i = 0; i < count; ++i) session_does_something();
  if (chance(30)) {
    for (const auto& [path, entry] : std::map<std::string, Entry>(edited_before_)) {
      if (chance(50) && work.contains(path) && work.at(path) == entry) session_changes_both(path);
    }
  }
}

// Others changed one line before the session started, the session changes another one.
bool World::session_changes_both(const std::string& path) {
  const Entry theirs = work.at(path);
  if (!index.contains(path) || !head.contains(path)) return false;
  if (index.at(path) != theirs && index.at(path) != head.at(path)) return false;
  const bool staged = index.at(path) == theirs;
  const std::string line = "change " + std::to_string(++counter_);
  const Entry both{theirs.mode, replaced(theirs.content, 25, line)};
  write(path, both);
  expected[path] = {head.at(path).mode, replaced(head.at(path).content, 25, line)};
  if (staged) merged_index[path] = both;
  by_session.insert(path);
  note("session", "edits what others had edited", path);
  return true;
}

void World::session_does_something() {
  const std::size_t what = below(14);
  if (what < 3) return session_makes_something();
  if (what == 3) return session_swaps();
  const std::string path = pick(true, false);
  if (path.empty()) return;
  by_session.insert(path);
  const Entry entry = work.at(path);
  const bool text = entry.mode != 0120000;
  if (what < 7 || (what < 11 && !text)) {
    const Entry now = text ? Entry{entry.mode, changed(entry.content, 25)}
                           : Entry{entry.mode, "target " + std::to_string(++counter_)};
    write(path, now);
    expected[path] = now;
    if (chance(20)) stage(path);
    note("session", "edits", path);
    if (chance(15)) session_commits(path);
  } else if (what == 7) {
    remove(path);
    expected.erase(path);
    if (chance(30)) stage(path);
    note("session", "deletes", path);
    if (chance(15)) session_commits(path);
  } else if (what == 8) {
    write(path, {entry.mode ^ 0111U, entry.content});
    expected[path] = work.at(path);
    note("session", "changes the mode of", path);
  } else if (what == 9) {
    write(path, {0120000, "target " + std::to_string(++counter_)});
    expected[path] = work.at(path);
    note("session", "turns into a link", path);
  } else if (what == 10) {
    const Entry staged{entry.mode, changed(entry.content, 25)};
    write(path, staged);
    stage(path);
    write(path, {entry.mode, changed(staged.content, 10)});
    expected[path] = staged;
    note("session", "stages partly", path);
  } else {
    const std::string to = fresh_path(directory_of(path));
    if (!claimed(to) || !is_free(to)) return;
    by_session.insert(to);
    remove(path);
    write(to, text && chance(50) ? Entry{entry.mode, changed(entry.content, 25)} : entry);
    if (chance(50)) {
      stage(path);
      stage(to);
    }
    expected.erase(path);
    expected[to] = work.at(to);
    note("session", "renames to '" + to + "'", path);
  }
}

void World::session_makes_something() {
  const std::vector<std::string> all = directories();
  const std::string path = fresh_path(all[below(all.size())]);
  if (!claimed(path) || !is_free(path)) return;
  by_session.insert(path);
  if (chance(15)) {
    write(path, {0120000, "target " + std::to_string(++counter_)});
  } else {
    write(path, {chance(20) ? 0100755U : 0100644U, fresh_text()});
  }
  expected[path] = work.at(path);
  note("session", "makes", path);
  if (chance(30)) stage(path);
  if (index.contains(path) && work.at(path).mode != 0120000 && chance(40)) {
    write(path, {work.at(path).mode, changed(work.at(path).content, 10)});
    note("session", "goes on with what it staged:", path);
  }
  if (chance(10)) session_commits(path);
}

void World::session_swaps() {
  if (chance(50) && session_turns_directory_into_file()) return;
  const std::string path = pick(true, false);
  if (path.empty()) return;
  const std::string inner = path + "/inner";
  if (!claimed(inner)) return;
  by_session.insert(path);
  by_session.insert(inner);
  remove(path);
  write(inner, {0100644, fresh_text()});
  if (chance(30)) stage(inner);
  expected.erase(path);
  expected[inner] = work.at(inner);
  note("session", "turns into a directory", path);
}

bool World::session_turns_directory_into_file() {
  for (const std::string& directory : directories()) {
    if (!claimed(directory) || directory.find('/') == std::string::npos) continue;
    std::vector<std::string> inside;
    bool ours = true;
    for (const Tree* tree : {&head, &index, &work}) {
      for (const auto& [path, entry] : *tree) {
        if (!path.starts_with(directory + "/")) continue;
        ours = ours && is_clean(path) && claimed(path) && !by_session.contains(path) &&
               !touched_by_others_.contains(path);
        if (tree == &head) inside.push_back(path);
      }
    }
    if (!ours || inside.empty()) continue;
    for (const std::string& path : inside) {
      remove(path);
      expected.erase(path);
      by_session.insert(path);
    }
    std::filesystem::remove_all(top_ + "/" + directory);
    write(directory, {0100644, fresh_text()});
    if (chance(30)) stage(directory);
    by_session.insert(directory);
    expected[directory] = work.at(directory);
    note("session", "turns a directory into a file:", directory);
    return true;
  }
  return false;
}

void World::session_commits(const std::string& path) {
  stage(path);
  must({"git", "--literal-pathspecs", "commit", "-q", "-m", "feat: by hand", "--", path});
  if (work.contains(path)) {
    head[path] = expected[path] = work.at(path);
  } else {
    head.erase(path);
  }
  note("session", "commits", path);
}

}  // namespace gs::random
