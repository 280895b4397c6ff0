// Makes of a directory what a power loss may have left of it: the content of files that was not
// synced is gone, and so are changes of directories that were not synced. trace_shim.cpp has
// recorded what happened, and kept what was replaced.
// usage: lose-power TRACE DIRECTORY STASH data|all|some [SEED]
//   data: all names are there, without the content that was not synced
//   all: names that were not synced are as before, too
//   some: in each directory those from some point on, by SEED
// What an fsync of a file or a directory saves beyond itself, as most file systems do, is not
// counted on; a rename between two directories happens in both or in none.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

using Inode = unsigned long;

struct Change {
  std::string what;
  Inode inode = 0;
  Inode directory = 0;
  std::string path;
  std::string from = {};
  Inode replaced = 0;
  Inode from_directory = 0;
  bool synced = false;
};

struct Trace {
  std::vector<Change> changes;
  std::map<Inode, off_t> kept;  // of files with content that was not synced: the size that was
};

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream stream(line);
  for (std::string field; std::getline(stream, field, '\t');) fields.push_back(field);
  return fields;
}

void sync_everything(Trace& trace) {
  for (Change& change : trace.changes) change.synced = true;
  trace.kept.clear();
}

void sync_one(Trace& trace, Inode inode) {
  trace.kept.erase(inode);
  for (Change& change : trace.changes) {
    if (change.directory == inode || change.from_directory == inode) change.synced = true;
  }
}

Trace read_trace(const char* file) {
  Trace trace;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const std::vector<std::string> field = fields_of(line);
    const Inode inode = field.size() > 1 ? std::stoul(field[1]) : 0;
    if (field[0] == "syncfs") {
      sync_everything(trace);
    } else if (field[0] == "fsync") {
      sync_one(trace, inode);
    } else if (field[0] == "write") {
      // Never more than what was synced last.
      const off_t size = std::stol(field[2]);
      const auto [known, is_new] = trace.kept.emplace(inode, size);
      if (!is_new && size < known->second) known->second = size;
    } else {
      trace.changes.push_back({field[0], inode, std::stoul(field[2]), field[3]});
      if (field.size() > 6) {
        trace.changes.back().from = field[4];
        trace.changes.back().replaced = std::stoul(field[5]);
        trace.changes.back().from_directory = std::stoul(field[6]);
      }
      if (field[0] == "create") trace.kept[inode] = 0;
    }
  }
  return trace;
}

Inode inode_of(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

class Loss {
 public:
  Loss(std::string top, std::string stash) : top_(std::move(top)), stash_(std::move(stash)) {}

  void undo(const Change& change) const {
    if (change.path.rfind(top_ + '/', 0) != 0) return;
    const bool is_there = inode_of(change.path) == change.inode;
    if (change.what == "create" || change.what == "link") {
      if (is_there) unlink(change.path.c_str());
    } else if (change.what == "mkdir") {
      rmdir(change.path.c_str());
    } else if (change.what == "rmdir") {
      mkdir(change.path.c_str(), 0777);
    } else if (change.what == "unlink") {
      bring_back(change.inode, change.path);
    } else if (change.what == "exchange") {
      if (is_there && inode_of(change.from) == change.replaced)
        renameat2(AT_FDCWD, change.path.c_str(), AT_FDCWD, change.from.c_str(), RENAME_EXCHANGE);
    } else if (change.what == "rename") {
      if (!is_there) return;
      if (inode_of(change.from) != 0 || std::rename(change.path.c_str(), change.from.c_str()) != 0)
        unlink(change.path.c_str());
      if (change.replaced != 0) bring_back(change.replaced, change.path);
    }
  }

  void truncate_files(const std::map<Inode, off_t>& kept) const {
    for (const auto& entry : fs::recursive_directory_iterator(top_)) {
      struct stat status {};
      if (lstat(entry.path().c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
      const auto found = kept.find(status.st_ino);
      if (found == kept.end() || found->second >= status.st_size) continue;
      if (truncate(entry.path().c_str(), found->second) != 0) std::perror("truncate");
      std::cout << "cut to " << found->second << ": " << entry.path().string() << '\n';
    }
  }

 private:
  void bring_back(Inode inode, const std::string& path) const {
    const std::string kept = stash_ + '/' + std::to_string(inode);
    if (inode_of(path) == 0) static_cast<void>(link(kept.c_str(), path.c_str()));
  }

  std::string top_;
  std::string stash_;
};

// Of each directory, how many of its changes that were not synced remain.
std::map<Inode, std::size_t> choose(const Trace& trace, unsigned seed) {
  std::map<Inode, std::size_t> unsynced;
  for (const Change& change : trace.changes) {
    if (!change.synced) ++unsynced[change.directory];
  }
  std::mt19937 random(seed);
  for (auto& [directory, number] : unsynced) number = random() % (number + 1);
  return unsynced;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) return 2;
  const std::string mode = argv[4];
  const Trace trace = read_trace(argv[1]);
  const Loss loss(argv[2], argv[3]);
  std::map<Inode, std::size_t> remaining;
  if (mode == "some")
    remaining = choose(trace, argc > 5 ? static_cast<unsigned>(std::stoul(argv[5])) : 1);
  std::vector<const Change*> lost;
  for (const Change& change : trace.changes) {
    if (change.synced || mode == "data") continue;
    std::size_t& left = remaining[change.directory];
    if (left > 0) {
      --left;
    } else {
      lost.push_back(&change);
    }
  }
  for (auto change = lost.rbegin(); change != lost.rend(); ++change) {
    std::cout << "lost: " << (*change)->what << ' ' << (*change)->path << '\n';
    loss.undo(**change);
  }
  loss.truncate_files(trace.kept);
}
