// Random repositories in random states: a snapshot, a wreck, a restore, and the restore taken back.
// Work tree and index must be what they were, byte for byte and entry for entry. usage:
// random-snapshots FIRST-SEED COUNT; each seed is a repository that can be run again alone.
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <random>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "git/command.h"
#include "support/temp_repo.h"

namespace fs = std::filesystem;

namespace gs::random {
namespace {

class World {
 public:
  explicit World(unsigned seed) : random_(seed) {}

  std::size_t restored = 0;
  std::vector<std::string> diary;

  // Says what differs; "" when nothing does.
  std::string run(int rounds) {
    repo_.write(".gitignore", "*.ignored\n");
    for (int i = 0; i < 8; ++i) write(path());
    git({"add", "-A"});
    git({"commit", "-q", "-m", "first"});
    git({"branch", "other"});
    for (int round = 0; round < rounds; ++round) {
      for (unsigned i = 0; i <= pick(10); ++i) change();
      auto difference = compare(std::to_string(round));
      if (!difference.empty()) return difference;
    }
    const ProcessResult sound = repo_.try_git({"fsck", "--strict", "--no-dangling"});
    return sound.ok() ? "" : "fsck: " + sound.out;
  }

 private:
  unsigned pick(unsigned count) { return static_cast<unsigned>(random_() % count); }
  void note(const std::string& what) { diary.push_back(what); }

  // As short as possible, so that files, links and directories get into each other's way.
  std::string path() {
    static constexpr const char* kPaths[] = {"a",     "b",     "c",        "d/a", "d/b",
                                             "d/e/a", "d/e/b", "f",        "f/a", "sp ace",
                                             "d/e",   "g/h/i", "\xc3\xbc", "-n",  "x\ny"};
    return kPaths[pick(std::size(kPaths))];
  }

  std::vector<std::string> files() {
    std::vector<std::string> found;
    for (auto at = fs::recursive_directory_iterator(repo_.path());
         at != fs::recursive_directory_iterator(); ++at) {
      if (at->path().filename() == ".git") {
        at.disable_recursion_pending();
      } else if (!fs::is_directory(at->symlink_status())) {
        found.push_back(at->path().lexically_relative(repo_.path()));
      }
    }
    std::sort(found.begin(), found.end());
    return found;
  }
  std::string known() {
    const auto found = files();
    return found.empty() || pick(6) == 0 ? path()
                                         : found[pick(static_cast<unsigned>(found.size()))];
  }

  // Makes room for a file or a link: removes what is in its way.
  std::string place(const std::string& name) {
    fs::path at = repo_.path();
    for (const fs::path& part : fs::path(name).parent_path()) {
      at /= part;
      const fs::file_status status = fs::symlink_status(at);
      if (fs::exists(status) && !fs::is_directory(status)) fs::remove(at);
      fs::create_directory(at);
    }
    fs::remove_all(repo_.path(name));
    return repo_.path(name);
  }
  void write(const std::string& name) {
    static constexpr const char* kContents[] = {
        "", "1\n", "2\n", "1\n2\n3\n4\n", "one\r\n2", "0\n1\n2\n3\n4\n5\n"};
    const std::string content = kContents[pick(std::size(kContents))];
    note("write " + name + " (" + std::to_string(content.size()) + ")");
    place(name);
    repo_.write(name, content);
  }
  void link(const std::string& name) {
    static constexpr const char* kTargets[] = {"a", "d", "nowhere", "/", "../.."};
    const std::string target = kTargets[pick(std::size(kTargets))];
    note("link " + name + " to " + target);
    if (::symlink(target.c_str(), place(name).c_str()) != 0) std::abort();
  }
  void remove(const std::string& name) {
    note("remove " + name);
    std::error_code absent;
    fs::remove_all(repo_.path(name), absent);
  }
  void toggle_mode(const std::string& name) {
    struct stat status {};
    if (::lstat(repo_.path(name).c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return;
    note("mode of " + name);
    ::chmod(repo_.path(name).c_str(), status.st_mode ^ 0111U);
  }

  void git(std::vector<std::string> args) {
    std::string words = "git";
    for (const std::string& arg : args) words += " " + arg;
    note(words);
    static_cast<void>(repo_.try_git(std::move(args)));
  }

  void change() {
    switch (pick(26)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return write(path());
      case 4:
      case 5:
        return write(known());
      case 6:
      case 7:
        return remove(known());
      case 8:
        return remove("d");
      case 9:
        return toggle_mode(known());
      case 10:
      case 11:
        return link(pick(2) == 0 ? known() : path());
      case 12:
        return git({"add", "-A"});
      case 13:
      case 14:
        return git({"add", "--", known()});
      case 15:
      case 16:
        return git({"add", "-N", "--", known()});
      case 17:
        return git({"rm", "-q", "-r", "--cached", "--", known()});
      case 18:
        return git({"mv", "-f", "--", known(), path()});
      case 19:
        return git({"commit", "-q", "-m", "more"});
      case 20:
        return git({"checkout", "-q", "-m", pick(2) == 0 ? "other" : "main"});
      case 21:
        return git({"merge", "-q", "--no-edit", pick(2) == 0 ? "other" : "main"});
      case 22:
        return git(pick(2) == 0 ? std::vector<std::string>{"stash", "-q", "-u"}
                                : std::vector<std::string>{"stash", "pop", "-q", "--index"});
      case 23:
        return git({"reset", "-q", "--mixed"});
      case 24:
        return git({"update-index", "--index-version", pick(2) == 0 ? "4" : "2"});
      default:
        const std::string name = path() + ".ignored";
        place(name);
        repo_.write(name, "mine\n");
    }
  }

  // As a tool or a person out of hand would.
  void wreck() {
    note("wreck");
    if (pick(2) == 0) {
      git({"reset", "-q", "--hard"});
      git({"clean", "-q", "-f", "-d"});
      return;
    }
    for (const std::string& name : files()) {
      if (name.ends_with(".ignored")) continue;
      switch (pick(5)) {
        case 0:
          fs::remove(repo_.path(name));
          break;
        case 1:
          fs::remove(repo_.path(name));
          repo_.write(name, "wrecked");
          break;
        case 2:
          fs::remove(repo_.path(name));
          if (::symlink("wrecked", repo_.path(name).c_str()) != 0) std::abort();
          break;
        case 3:
          toggle_mode(name);
          break;
        default:
          break;
      }
    }
    if (pick(2) == 0) git({"add", "-A"});
    if (pick(4) == 0) git({"reset", "-q", "--mixed"});
  }

  std::string entry_of(const std::string& name) {
    const std::string file = repo_.path(name);
    const FileType type = file_info(file)->type;
    const bool is_link = type == FileType::Symlink;
    return (is_link                        ? "link "
            : type == FileType::Executable ? "executable "
                                           : "file ") +
           name + ": " + (is_link ? read_symlink(file) : read_file(file)) + "\n";
  }

  std::set<std::string> names(std::vector<std::string> args) {
    std::set<std::string> found;
    const std::string listed = repo_.git(std::move(args));
    for (const std::string_view name : split(listed, '\0')) found.emplace(name);
    return found;
  }

  // An intent to add looks like the empty blob, but is not staged.
  std::set<std::string> intended_in(std::string_view staged) {
    const auto differs = names({"diff", "--cached", "-z", "--no-renames", "--name-only"});
    const auto committed = names({"ls-tree", "-r", "-z", "--name-only", "HEAD"});
    std::set<std::string> intended;
    for (const std::string_view entry : split(staged, '\0')) {
      const std::string name(entry.substr(entry.find('\t') + 1));
      const bool is_empty =
          entry.find(" e69de29bb2d1d6434b8b29ae775ad8c2e48c5391 0\t") != std::string_view::npos;
      if (is_empty && differs.contains(name) == committed.contains(name)) intended.insert(name);
    }
    return intended;
  }

  std::string describe() {
    std::string text;
    for (const std::string& name : files()) {
      text += entry_of(name);
    }
    const std::string staged = repo_.git({"ls-files", "-z", "--stage"});
    const std::set<std::string> intended = intended_in(staged);
    for (const std::string_view entry : split(staged, '\0')) {
      // What is intended takes the type of the file that is there.
      const std::size_t tab = entry.find('\t');
      const bool is_intended =
          tab != std::string_view::npos && intended.contains(std::string(entry.substr(tab + 1)));
      text += std::string(entry.substr(is_intended ? tab : 0)) + "\n";
    }
    for (const std::string& name : intended) text += "intended: " + name + "\n";
    text += repo_.try_git({"ls-files", "-v"}).out;
    return text + "at " + repo_.try_git({"rev-parse", "HEAD"}).out;
  }

  // Ignored files are not in a snapshot: what a wreck has removed of them stays away.
  std::map<std::string, std::string> ignored() {
    std::map<std::string, std::string> entries;
    const std::string listed =
        repo_.git({"ls-files", "-z", "--others", "--ignored", "--exclude-standard"});
    for (const std::string_view name : split(listed, '\0')) {
      if (!name.empty()) entries.emplace(name, entry_of(std::string(name)));
    }
    return entries;
  }

  // "" if `now` is `wanted`.
  static std::string difference(const std::string& what, const std::string& wanted,
                                const std::string& now) {
    if (wanted == now) return "";
    return what + " has not given\n" + wanted + "but\n" + now;
  }

  ProcessResult session(std::vector<std::string> args) {
    args.insert(args.begin(), {"session", "snapshot"});
    args.insert(args.end(), {"--session", "s"});
    return repo_.try_git(std::move(args));
  }

  std::string compare(const std::string& label) {
    std::string before = describe();
    const ProcessResult saved = session({"create", "--label", label});
    if (!saved.ok()) return "create: " + saved.out;
    if (repo_.try_git({"for-each-ref", "refs/so-snapshots/*/wave-0-" + label}).out.empty())
      return "";  // clean
    if (auto wrong = difference("snapshot", before, describe()); !wrong.empty()) return wrong;
    const auto outside = ignored();
    wreck();
    for (const auto& [name, entry] : outside) {
      if (!file_info(repo_.path(name))) before.erase(before.find(entry), entry.size());
    }
    const std::string wrecked = describe();
    note("restore");
    const ProcessResult back = session({"restore", label, "--force"});
    if (!back.ok()) return "restore: " + back.out;
    if (auto wrong = difference("restore", before, describe()); !wrong.empty())
      return wrong + back.out;
    ++restored;
    if (before == wrecked) return "";
    const std::string newest =
        repo_.git({"for-each-ref", "--sort=-version:refname", "--count=1", "--format=%(refname)",
                   "refs/so-snapshots/*/wave-0-before-restore*"});
    note("undo");
    const ProcessResult undone = session({"restore", newest});
    if (!undone.ok()) return "undo: " + undone.out;
    if (auto wrong = difference("undo", wrecked, describe()); !wrong.empty())
      return wrong + undone.out;
    return "";
  }

  std::mt19937 random_;
  test::TempRepo repo_;
};

}  // namespace
}  // namespace gs::random

int main(int argc, char** argv) {
  constexpr int kRounds = 4;
  if (argc != 3) return 2;
  const auto first = static_cast<unsigned>(std::atoi(argv[1]));
  const auto count = static_cast<unsigned>(std::atoi(argv[2]));
  std::size_t restored = 0;
  int failed = 0;
  for (unsigned seed = first; seed < first + count; ++seed) {
    gs::random::World world(seed);
    const std::string difference = world.run(kRounds);
    restored += world.restored;
    if (difference.empty()) continue;
    std::cout << "seed " << seed << ":\n";
    for (const std::string& line : world.diary) std::cout << "  " << line << "\n";
    std::cout << difference << "\n";
    if (++failed == 5) return 1;
  }
  std::cout << restored << " restored\n";
  return failed == 0 && restored >= count ? 0 : 1;
}
