// Random sessions beside random other users, closed, and compared with the outcome that the model
// expects. usage: random-sessions FIRST-SEED COUNT [WORKERS [undo]]; each seed is a session that
// can be run again alone. With `undo` each is closed, taken back and compared before that.
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/text.h"
#include "formats/json.h"
#include "git/repository.h"
#include "phases.h"
#include "world.h"

namespace fs = std::filesystem;

namespace gs::random {

namespace {

struct Blob {
  unsigned mode = 0;
  std::string oid;
  bool operator==(const Blob&) const = default;
};
using Listing = std::map<std::string, Blob>;

bool is_record(const std::string& path) {
  return path.starts_with(".orchestrator/");
}

Listing listing_of(const Tree& tree) {
  Listing listing;
  for (const auto& [path, entry] : tree) {
    listing[path] = {entry.mode, git::Repository::hash_blob(entry.content).hex()};
  }
  return listing;
}

// Of `git ls-tree -r -z` ("mode type oid TAB path") and `git ls-files --stage -z` ("mode oid stage
// TAB path").
Listing parse(const std::string& output, std::size_t oid_word) {
  Listing listing;
  std::size_t start = 0;
  for (std::size_t end = output.find('\0'); end != std::string::npos;
       end = output.find('\0', start)) {
    const std::string record = output.substr(start, end - start);
    start = end + 1;
    const std::size_t tab = record.find('\t');
    const std::string path = record.substr(tab + 1);
    if (is_record(path)) continue;
    std::istringstream words(record.substr(0, tab));
    std::vector<std::string> word;
    for (std::string each; words >> each;) word.push_back(each);
    listing[path] = {static_cast<unsigned>(std::stoul(word.at(0), nullptr, 8)), word.at(oid_word)};
  }
  return listing;
}

Tree on_disk(const std::string& top) {
  Tree tree;
  for (auto each = fs::recursive_directory_iterator(top);
       each != fs::recursive_directory_iterator(); ++each) {
    const std::string path = each->path().string().substr(top.size() + 1);
    if (path == ".git" || path == ".orchestrator") {
      each.disable_recursion_pending();
    } else if (each->is_symlink()) {
      tree[path] = {0120000, fs::read_symlink(each->path()).string()};
    } else if (!each->is_directory()) {
      const auto mode = static_cast<unsigned>(each->status().permissions());
      tree[path] = {mode == 0755   ? 0100755U
                    : mode == 0644 ? 0100644U
                                   : mode,
                    read_bytes(each->path().string())};
    }
  }
  return tree;
}

template <typename Map>
void compare(const std::string& what, const Map& expected, const Map& found) {
  std::string trouble;
  for (const auto& [path, value] : expected) {
    const auto there = found.find(path);
    if (there == found.end()) {
      trouble += "  missing: " + quote_path(path) + "\n";
    } else if (!(there->second == value)) {
      trouble += "  different: " + quote_path(path) + "\n";
    }
  }
  for (const auto& [path, value] : found) {
    if (!expected.contains(path)) trouble += "  too much: " + quote_path(path) + "\n";
  }
  if (!trouble.empty()) throw Failure(what + ":\n" + trouble);
}

void require(bool fine, const std::string& what) {
  if (!fine) throw Failure(what);
}

// What `git status` has to show: everything in the index or work tree that differs from HEAD.
std::set<std::string> dirty_paths(const Listing& head, const Listing& index, const Listing& work) {
  std::set<std::string> dirty;
  for (const Listing* one : {&head, &index, &work}) {
    for (const auto& [path, blob] : *one) {
      for (const Listing* other : {&head, &index, &work}) {
        const auto found = other->find(path);
        if (found == other->end() || !(found->second == blob)) dirty.insert(path);
      }
    }
  }
  return dirty;
}

std::set<std::string> status_paths(const World& world) {
  const std::string output =
      world.must({"git", "status", "--porcelain=v1", "-z", "-uall", "--no-renames"});
  std::set<std::string> paths;
  std::size_t start = 0;
  for (std::size_t end = output.find('\0'); end != std::string::npos;
       end = output.find('\0', start)) {
    const std::string path = output.substr(start + 3, end - start - 3);
    if (!is_record(path)) paths.insert(path);
    start = end + 1;
  }
  return paths;
}

void check(const World& world, const std::string& before) {
  const Listing head = listing_of(world.expected);
  compare("the commit", head, parse(world.must({"git", "ls-tree", "-r", "-z", "HEAD"}), 2));
  compare("the work tree", world.work, on_disk(world.top()));

  Listing index = listing_of(world.index);
  for (const std::string& path : world.by_session) {
    if (head.contains(path)) index[path] = head.at(path);
    if (!head.contains(path)) index.erase(path);
  }
  for (const auto& [path, entry] : world.merged_index)
    index[path] = listing_of({{path, entry}}).at(path);
  compare("the index", index, parse(world.must({"git", "ls-files", "--stage", "-z"}), 1));

  std::map<std::string, bool> expected_dirt;
  std::map<std::string, bool> dirt;
  for (const std::string& path : dirty_paths(head, index, listing_of(world.work)))
    expected_dirt[path] = true;
  for (const std::string& path : status_paths(world)) dirt[path] = true;
  compare("git status", expected_dirt, dirt);

  // No commit in between contained anything else either.
  const std::string raw = world.must(
      {"git", "log", "--format=", "--raw", "--no-abbrev", "--no-renames", "-z", before + "..HEAD"});
  std::istringstream fields(raw);
  for (std::string description, path;
       std::getline(fields, description, '\0') && std::getline(fields, path, '\0');) {
    if (is_record(path)) continue;
    require(world.by_session.contains(path), "a commit has '" + quote_path(path) + "'");
    const std::string oid = description.substr(56, 40);
    const auto now = head.find(path);
    require(now == head.end() ? oid == std::string(40, '0') : oid == now->second.oid,
            "a commit has something else of '" + quote_path(path) + "': " + description);
  }

  // A tracked session without work leaves its own in the git directory.
  const std::string own = world.top() + "/.git/git-session/";
  const bool waits = fs::exists(own + "waiting-records.jsonl");
  if (waits) {
    require(world.must({"git", "rev-parse", "HEAD"}).starts_with(before), "it has committed");
    require(world.must({"git", "status", "--porcelain", ".orchestrator"}).empty(),
            "it left records");
  }
  const std::string state =
      read_bytes(waits ? fs::directory_iterator(own + "closed")->path().string() + "/STATE.md"
                       : world.state());
  require(state.find("\nstatus: completed\n") != std::string::npos, "STATE.md is not completed");
  const std::string sessions =
      read_bytes(waits ? own + "waiting-records.jsonl" : world.metrics() + "/sessions.jsonl");
  require(std::count(sessions.begin(), sessions.end(), '\n') == 1 && sessions.ends_with('\n'),
          "sessions.jsonl has not one line: " + sessions);
  require(!fs::exists(world.top() + "/.git/git-session/close/journal.jsonl"),
          "the journal is there");
  // But for what an undo needs, where nothing was pushed.
  require(world.must({"git", "for-each-ref", "refs/so-snapshots/[!@]*/*"}).empty(),
          "snapshots are left");
  const bool nothing_to_push = raw.empty();
  require(nothing_to_push || read_bytes(world.directory() + "/origin.git/refs/heads/main") ==
                                 read_bytes(world.top() + "/.git/refs/heads/main"),
          "the remote is behind");
  world.must({"git", "fsck", "--strict", "--no-dangling", "--no-progress"});
}

// Everything that an undo has to bring back: files (also the vault's and Claude's), index with its
// flags, refs, and what the program keeps. By name, as text.
std::map<std::string, std::string> everything(const World& world) {
  std::map<std::string, std::string> all;
  const std::string own = world.top() + "/.git/git-session";
  for (const std::string& place :
       {world.top(), own, world.directory() + "/vault", world.directory() + "/claude"}) {
    if (!fs::exists(place)) continue;
    for (auto each = fs::recursive_directory_iterator(place);
         each != fs::recursive_directory_iterator(); ++each) {
      const std::string path = each->path().string();
      const std::string name = path.substr(place.size() + 1);
      const bool passing =
          place == own && (name == "locks" || name == "temp" || name == "close" || name == "undo" ||
                           name == "start" || name == "snapshot-sizes" || name == "start.lock");
      if (name == ".git" || passing) {
        if (each->is_directory()) each.disable_recursion_pending();
      } else if (each->is_symlink()) {
        all[path] = "link " + fs::read_symlink(each->path()).string();
      } else if (!each->is_directory()) {
        const auto mode = static_cast<unsigned>(each->status().permissions());
        all[path] = std::to_string(mode) + " " + read_bytes(path);
      }
    }
  }
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"git", "ls-files", "--stage", "-z"},
        std::vector<std::string>{"git", "ls-files", "-v", "-z"},
        std::vector<std::string>{"git", "for-each-ref"},
        std::vector<std::string>{"git", "rev-parse", "HEAD"},
        std::vector<std::string>{"git", "symbolic-ref", "HEAD"},
        std::vector<std::string>{"git", "status", "--porcelain=v1", "-uall"}})
    all["$ " + join(command, " ")] = world.must(command);
  return all;
}

// A close that is taken back: everything is as it was, and the session can be closed once more.
void close_and_undo(const World& world, const Phases& phases) {
  const auto before = everything(world);
  phases.close_without_push();
  const Run undone = world.run({"git-session", "undo", "--json"});
  require(undone.status == 0, "not undone: " + undone.err + undone.out.substr(0, 3000));
  compare("after the undo", before, everything(world));
  world.must({"git", "fsck", "--strict", "--no-dangling", "--no-progress"});
  const Run again = world.run({"git-session", "undo", "--json"});
  require(again.status == 1, "undone twice: " + again.out.substr(0, 3000));
}

void run_session(World& world, Phases& phases, bool undoes) {
  world.first_commit();
  world.others_before();
  world.start_session();
  phases.set_up();
  world.others_meanwhile();
  world.session_works();
  world.others_meanwhile();
  world.session_works();
  std::string before = world.must({"git", "rev-parse", "HEAD"});
  before.pop_back();
  if (undoes) close_and_undo(world, phases);
  phases.close();
  check(world, before);
  phases.check();
}

// A repository that is set up for sessions, and its remote.
void make_template(const std::string& directory) {
  fs::create_directories(directory);
  const World world(directory, directory + "/repo", 0);
  fs::create_directory(world.top());
  world.must({"git", "init", "-q", "-b", "main"});
  world.must({"git", "init", "-q", "--bare", "-b", "main", "../origin.git"});
  world.must({"git", "remote", "add", "origin", "../origin.git"});
  fs::remove_all(world.top() + "/.git/hooks");
}

bool run_seed(const std::string& base, unsigned seed, bool undoes) {
  const std::string directory = base + "/" + std::to_string(seed);
  fs::copy(base + "/template", directory, fs::copy_options::recursive);
  World world(directory, directory + "/repo", seed);
  world.must({"git-session", "init", "-q", "--records", world.tracked() ? "tracked" : "private"});
  fs::remove(world.top() + "/.gitattributes");  // too short for the edits of others
  world.head = world.index = world.work = world.expected = on_disk(world.top());
  try {
    Phases phases(world, seed + 1);
    run_session(world, phases, undoes);
  } catch (const std::exception& failure) {
    std::string diary;
    for (const std::string& line : world.diary()) diary += "  " + line + "\n";
    std::cerr << "seed " << seed << " (again: random-sessions " << seed << " 1"
              << (undoes ? " 1 undo" : "") << "), left in " << directory << ":\n"
              << failure.what() << "\n"
              << diary << std::flush;
    return false;
  }
  fs::remove_all(directory);
  return true;
}

int run_worker(const std::string& base, unsigned first, unsigned count, unsigned step,
               bool undoes) {
  int failures = 0;
  for (unsigned i = 0; i < count; i += step) {
    if (!run_seed(base, first + i, undoes) && ++failures >= 5) break;
  }
  return failures;
}

// The caller's own configuration has no influence.
void scrub_environment(const std::string& base) {
  std::ofstream(base + "/gitconfig")
      << "[user]\n\tname = Test Person\n\temail = test@example.org\n"
         "[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n[core]\n\tfsync = none\n";
  const std::map<std::string, std::string> variables{{"HOME", base},
                                                     {"GIT_CONFIG_NOSYSTEM", "1"},
                                                     {"GIT_CONFIG_GLOBAL", base + "/gitconfig"},
                                                     {"LC_ALL", "C.UTF-8"},
                                                     {"TZ", "UTC"},
                                                     {"GIT_TERMINAL_PROMPT", "0"},
                                                     {"GIT_ATTR_NOSYSTEM", "1"}};
  for (const auto& [name, value] : variables) setenv(name.c_str(), value.c_str(), 1);
  for (const char* name :
       {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CONFIG_PARAMETERS", "CLAUDECODE",
        "CLAUDE_PLUGIN_ROOT", "CODEX_PLUGIN_ROOT", "CURSOR_RULES_DIR", "SO_PLATFORM"}) {
    unsetenv(name);
  }
}

int run_all(unsigned first, unsigned count, unsigned workers, bool undoes) {
  std::string base = fs::temp_directory_path().string() + "/git-session-random.XXXXXX";
  require(mkdtemp(base.data()) != nullptr, "cannot make a temporary directory");
  scrub_environment(base);
  make_template(base + "/template");
  std::vector<pid_t> children;
  for (unsigned worker = 0; worker < workers && worker < count; ++worker) {
    const pid_t child = fork();
    if (child == 0) _exit(run_worker(base, first + worker, count - worker, workers, undoes));
    children.push_back(child);
  }
  bool failed = false;
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    failed = failed || status != 0;
  }
  if (!failed) fs::remove_all(base);
  std::cout << count << " sessions from seed " << first << (failed ? ": failed\n" : ": fine\n");
  return failed ? 1 : 0;
}

}  // namespace

}  // namespace gs::random

int main(int argc, char** argv) {
  const auto number = [&](int at, unsigned otherwise) {
    return argc > at ? static_cast<unsigned>(std::stoul(argv[at])) : otherwise;
  };
  umask(022);
  const bool undoes = argc > 4 && std::string(argv[4]) == "undo";
  return gs::random::run_all(number(1, 1), number(2, 200), number(3, 2), undoes);
}
