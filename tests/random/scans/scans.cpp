// Random repositories in random states, scanned in the process and by git's own status, which must
// agree. usage: random-scans FIRST-SEED COUNT; each seed is a repository that can be run again
// alone.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <random>
#include <set>

#include "base/error.h"
#include "git/status/status.h"
#include "support/temp_repo.h"

namespace fs = std::filesystem;

namespace gs::random {
namespace {

using git::FileMode;
using git::Repository;
using git::Status;
using git::StatusEntry;
using git::TreeEntry;
using test::TempRepo;

std::string text_of(const TreeEntry& entry) {
  return format_mode(entry.mode) + " " + entry.oid.abbreviated();
}

// Git reports an intent-to-add entry whose file is gone as a deleted empty file; we do not.
bool is_lost_intent(const StatusEntry& entry) {
  return entry.intent_to_add && entry.worktree_mode == FileMode::None;
}

// "" if it cannot be read, or reading would block.
std::string content_of(const std::string& path) {
  try {
    const auto info = file_info(path);
    if (!info || info->type == FileType::Other) return "";
    return read_file_if_exists(path).value_or("");
  } catch (const Error&) {
    return "";
  }
}

bool is_file(FileMode mode) {
  return mode == FileMode::Regular || mode == FileMode::Executable;
}

// A file that today's attributes would convert differently than when it was written: git, which
// compares whole seconds, reports it as modified as long as it is as recent as the index.
bool depends_on_the_second(const Repository& repository, const StatusEntry& entry) {
  if (!entry.worktree_differs || !is_file(entry.index.mode) || !is_file(entry.worktree_mode)) {
    return false;
  }
  const std::string both =
      repository.read_blob(entry.index.oid) + content_of(repository.absolute(entry.path));
  return both.find('\r') != std::string::npos || both.find("$Id") != std::string::npos;
}

// A line for each thing that is not clean.
std::set<std::string> lines_of(const Status& scan, const std::set<std::string>& lost) {
  std::set<std::string> lines;
  for (const StatusEntry& entry : scan.entries) {
    if (lost.contains(entry.path.bytes())) {
      lines.insert("lost " + entry.path.bytes());
      continue;
    }
    lines.insert("entry " + entry.path.bytes() + ": " + text_of(entry.head) + ", " +
                 text_of(entry.index) + ", " + format_mode(entry.worktree_mode) +
                 (entry.worktree_differs ? " differs" : "") +
                 (entry.intent_to_add ? " intent" : ""));
  }
  for (const git::UnmergedEntry& entry : scan.unmerged) {
    lines.insert("unmerged " + entry.path.bytes() + ": " + text_of(entry.base) + ", " +
                 text_of(entry.ours) + ", " + text_of(entry.theirs) + ", " +
                 format_mode(entry.worktree_mode));
  }
  for (const RepoPath& path : scan.untracked) lines.insert("untracked " + path.bytes());
  for (const RepoPath& path : scan.nested_repositories) lines.insert("nested " + path.bytes());
  for (const git::LeftOut& left_out : scan.left_out) {
    lines.insert("left out " + left_out.path.bytes() + ": " + left_out.reason +
                 (left_out.tracked ? ", tracked" : ""));
  }
  return lines;
}

class World {
 public:
  explicit World(unsigned seed) : random_(seed) {}

  std::size_t compared = 0, in_process = 0;
  std::vector<std::string> diary;

  // Says what differs; "" when nothing does.
  std::string run(int steps) {
    for (int i = 0; i < 12; ++i) write();
    git({"add", "-A"});
    git({"commit", "-q", "-m", "first"});
    for (int step = 0; step < steps; ++step) {
      for (unsigned i = 0; i <= pick(3); ++i) change();
      const std::string closed = pick(4) == 0 ? close_one() : "";
      auto difference = compare();
      if (!closed.empty()) ::chmod(closed.c_str(), 0755);
      if (!difference.empty()) return difference;
    }
    return "";
  }

 private:
  unsigned pick(unsigned count) { return static_cast<unsigned>(random_() % count); }
  template <std::size_t N>
  std::string any(const char* const (&values)[N]) {
    return values[pick(N)];
  }
  void note(const std::string& what) { diary.push_back(what); }

  std::string path() {
    static constexpr const char* kDirectories[] = {
        "", "", "d/", "d/e/", "d/e/f/", "d.x/", "d-x/", "sp ace/", "build/", "\xc3\xbc/"};
    static constexpr const char* kNames[] = {"a",     "b",  "c.o", "x.log", "d",
                                             "build", "d.", "e e", "foo",   "A"};
    return any(kDirectories) + any(kNames);
  }
  // Mostly an existing one.
  std::string known() {
    std::vector<std::string> paths;
    for (auto at = fs::recursive_directory_iterator(repo_.path());
         at != fs::recursive_directory_iterator(); ++at) {
      if (at->path().filename() == ".git") {
        if (fs::is_directory(at->symlink_status())) at.disable_recursion_pending();
        continue;
      }
      if (!fs::is_directory(at->symlink_status())) {
        paths.push_back(fs::relative(at->path().parent_path(), repo_.path()) /
                        at->path().filename());
      }
    }
    if (paths.empty() || pick(8) == 0) return path();
    std::string found = paths[pick(static_cast<unsigned>(paths.size()))];
    return found.starts_with("./") ? found.substr(2) : found;
  }

  // Makes room for a file or a link: removes what is in its way.
  std::string place(const std::string& name) {
    const fs::path top = repo_.path();
    fs::path at = top;
    const fs::path parts(name);
    for (const fs::path& part : parts.parent_path()) {
      at /= part;
      const fs::file_status status = fs::symlink_status(at);
      if (fs::exists(status) && !fs::is_directory(status)) fs::remove(at);
      fs::create_directory(at);
    }
    fs::remove_all(top / parts);
    return repo_.path(name);
  }

  void write() { write_to(path()); }
  void write_to(const std::string& name) {
    static constexpr const char* kContents[] = {
        "", "1\n", "2\n", "one\r\ntwo\r\n", "one\ntwo\n", "longer\n", "$Id$\n", "one\r\ntwo\n"};
    const std::string content = any(kContents);
    note("write " + name + " (" + std::to_string(content.size()) + ")");
    place(name);
    repo_.write(name, content);
  }

  void git(std::vector<std::string> args) {
    std::string words = "git";
    for (const std::string& arg : args) words += " " + arg;
    note(words);
    static_cast<void>(repo_.try_git(std::move(args)));
  }

  void change() {
    switch (pick(34)) {
      case 0:
      case 1:
      case 2:
      case 3:
      case 4:
        return write();
      case 5:
      case 6:
        return write_to(known());
      case 7:
        return remove(known());
      case 8:
        return touch(known());
      case 9:
        return toggle_mode(known());
      case 10:
        return link(pick(2) == 0 ? known() : path());
      case 11:
        return git({"add", "-A"});
      case 12:
        return git({"add", "--", known()});
      case 13:
        return git({"add", "-N", "--", known()});
      case 14:
        return git({"rm", "-q", "--cached", "--", known()});
      case 15:
        return git({"commit", "-q", "-m", "more"});
      case 16:
        return git({"commit", "-q", "-a", "-m", "all"});
      case 17:
        return git({"update-index", flag(), known()});
      case 18:
      case 19:
        return ignore();
      case 20:
        return attributes();
      case 21:
        return conflict(known());
      case 22:
        return git({"update-index", "--index-version", pick(2) == 0 ? "4" : "2"});
      case 23:
        return configure();
      case 24:
        return nested();
      case 25:
        return odd();
      case 26:
        return git({"reset", "-q", "--hard"});
      case 27:
        return git({"reset", "-q", "--mixed"});
      case 28:
        return same_times(known());
      case 29:
        return remove(directory_of(known()));
      case 30:
        return git({"update-index", "-q", "--refresh"});
      case 31:
        return rare();
      case 32:
        return git({"clean", "-fdqx"});
      default:
        return git({"read-tree", "HEAD"});
    }
  }

  static std::string directory_of(const std::string& name) {
    const std::size_t slash = name.rfind('/');
    return slash == std::string::npos ? name : name.substr(0, slash);
  }
  std::string flag() {
    static constexpr const char* kFlags[] = {"--assume-unchanged", "--no-assume-unchanged",
                                             "--skip-worktree", "--no-skip-worktree"};
    return any(kFlags);
  }

  void remove(const std::string& name) {
    note("remove " + name);
    std::error_code no_directory_above;
    fs::remove_all(repo_.path(name), no_directory_above);
  }
  void touch(const std::string& name) {
    note("touch " + name);
    ::utimensat(AT_FDCWD, repo_.path(name).c_str(), nullptr, AT_SYMLINK_NOFOLLOW);
  }
  void toggle_mode(const std::string& name) {
    note("mode of " + name);
    struct stat status {};
    if (::lstat(repo_.path(name).c_str(), &status) == 0 && S_ISREG(status.st_mode)) {
      ::chmod(repo_.path(name).c_str(), status.st_mode ^ 0111U);
    }
  }
  void link(const std::string& name) {
    static constexpr const char* kTargets[] = {"a", "d", "nowhere", "d/e", "foo", "link"};
    const std::string target = any(kTargets);
    note("link " + name + " to " + target);
    if (::symlink(target.c_str(), place(name).c_str()) != 0) std::abort();
  }
  // Other content of the same size, with the earlier time.
  void same_times(const std::string& name) {
    struct stat status {};
    const std::string file = repo_.path(name);
    if (::lstat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return;
    note("other content at the same time in " + name);
    std::string content = repo_.read(name);
    for (char& c : content) c = c == '1' ? '2' : c == 'o' ? 'O' : c;
    const int fd = ::open(file.c_str(), O_WRONLY);
    if (fd < 0 || ::write(fd, content.data(), content.size()) < 0) std::abort();
    ::close(fd);
    const timespec times[] = {status.st_atim, status.st_mtim};
    ::utimensat(AT_FDCWD, file.c_str(), times, 0);
  }

  void ignore() {
    static constexpr const char* kPatterns[] = {
        "*.o",     "build/", "/foo", "!c.o", "d/",  "d/e",     "**/foo", "d/**",  "a*",
        "*.[lo]*", "sp ace", "!a",   "# no", "b  ", "\\!x",    "/d/*",   "!/d/e", "*",
        "!*/",     "e?e",    "d*/",  "*/a",  "",    "x.log\r", "**/e/f", "/",     "foo\\ "};
    static constexpr const char* kFiles[] = {".gitignore", "d/.gitignore", "d/e/.gitignore",
                                             ".git/info/exclude", ".git/mine"};
    std::string content;
    for (unsigned i = 0; i <= pick(4); ++i) content += any(kPatterns) + "\n";
    if (pick(5) == 0) content.pop_back();
    const std::string file = any(kFiles);
    note("ignore in " + file + ": " + content);
    if (!file.starts_with(".git/")) place(file);
    repo_.write(file, content);
  }

  void attributes() {
    static constexpr const char* kLines[] = {"* text=auto\n", "*.o -text\n", "a ident\n",
                                             "d/* eol=crlf\n", ""};
    static constexpr const char* kFiles[] = {".gitattributes", "d/.gitattributes"};
    const std::string file = any(kFiles);
    const std::string content = any(kLines);
    note("attributes in " + file + ": " + content);
    place(file);
    repo_.write(file, content);
  }

  void conflict(const std::string& name) {
    const ProcessResult made = repo_.try_git({"rev-parse", "HEAD:" + name});
    if (!made.ok()) return;
    note("conflict at " + name);
    const std::string oid = made.out.substr(0, 40);
    std::string info = "0 " + std::string(40, '0') + "\t" + name + "\n";
    for (const char stage : {'1', '2', '3'}) {
      if (pick(3) != 0) info += "100644 " + oid + " " + stage + "\t" + name + "\n";
    }
    ProcessOptions options;
    options.input = info;
    static_cast<void>(git::GitCommand(repo_.path()).run({"update-index", "--index-info"}, options));
  }

  void configure() {
    static constexpr const char* kSettings[] = {
        "core.fileMode", "core.trustctime",   "core.symlinks", "core.checkStat",
        "core.autocrlf", "core.excludesFile", "index.version", "status.showUntrackedFiles"};
    const std::string key = any(kSettings);
    std::string value = pick(2) == 0 ? "true" : "false";
    if (key == "core.checkStat") value = pick(2) == 0 ? "minimal" : "default";
    if (key == "core.excludesFile") value = repo_.path(".git/mine");
    if (key == "index.version") value = pick(2) == 0 ? "4" : "2";
    if (key == "status.showUntrackedFiles") value = "no";
    git({"config", key, value});
  }

  void nested() {
    const std::string name = path() + ".repo";
    place(name);
    if (pick(3) == 0) {
      git({"worktree", "add", "-q", "-f", "--detach", repo_.path(name)});
    } else {
      git({"init", "-q", repo_.path(name)});
    }
    repo_.write(name + "/inside", "1\n");
    if (pick(3) == 0) git({"-C", repo_.path(name), "add", "-A"});
  }

  void odd() {
    const std::string name = path() + ".odd";
    note("odd file " + name);
    const std::string file = place(name);
    switch (pick(4)) {
      case 0:
        ::mkfifo(file.c_str(), 0666);
        break;
      case 3:
        return replace_by_fifo(pick(3) == 0 ? directory_of(known()) : known());
      case 1:
        fs::create_directories(file + "/empty");
        break;
      default:
        repo_.write(name + "/.git", "gitdir: nowhere\n");
    }
  }

  // Not in place of a rules file: git would wait there forever.
  void replace_by_fifo(const std::string& name) {
    if (name.find(".git") != std::string::npos) return;
    note("FIFO in the place of " + name);
    ::mkfifo(place(name).c_str(), 0666);
  }

  // Takes the right to read a file, a directory or the names in it; its path, "" for none.
  std::string close_one() {
    static constexpr unsigned kModes[] = {0, 0444, 0111};
    const std::string name = pick(3) == 0 ? known() : directory_of(known());
    const std::string path = repo_.path(name);
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0 || S_ISLNK(status.st_mode)) return "";
    const unsigned mode = S_ISDIR(status.st_mode) ? kModes[pick(3)] : 0;
    note("close " + name + " (" + std::to_string(mode) + ")");
    ::chmod(path.c_str(), mode);
    return path;
  }

  void rare() {
    switch (pick(8)) {
      case 0:
        return git({"update-index", "--split-index"});
      case 1:
        return git({"update-index", "--no-split-index"});
      case 2:
        return git({"sparse-checkout", "set", "d"});
      case 3:
        return git({"sparse-checkout", "disable"});
      case 4:
        return git({"update-index", "--add", "--cacheinfo",
                    "160000,1234567890123456789012345678901234567890,sub"});
      case 5:
        return fs::create_directories(repo_.path("sub")), note("directory sub");
      case 6:
        return git({"update-index", "--force-remove", "sub"});
      default:
        return git({"config", "core.fsmonitor", "false"});
    }
  }

  // Git's status does not report what was in a directory that a link to itself replaced.
  [[nodiscard]] bool is_below_loop(const StatusEntry& entry) const {
    struct stat status {};
    const std::string parent = repo_.path(entry.path.parent());
    return ::stat(parent.c_str(), &status) != 0 && errno == ELOOP;
  }

  std::string compare() {
    const Repository repository = Repository::open(repo_.path());
    // Ours first, before git's status can refresh the index.
    const std::optional<Status> ours = git::read_status_in_process(repository);
    ++compared;
    if (!ours) return "";
    ++in_process;
    std::set<std::string> lost;
    for (const StatusEntry& entry : ours->entries) {
      if (is_lost_intent(entry) || is_below_loop(entry)) lost.insert(entry.path.bytes());
    }
    const Status theirs = git::read_status_with_git(repository);
    // So it may not notice a change within the same second either.
    std::set<std::string> known;
    for (const StatusEntry& entry : theirs.entries) known.insert(entry.path.bytes());
    for (const StatusEntry& entry : ours->entries) {
      if (known.contains(entry.path.bytes()) || !is_file(entry.worktree_mode)) continue;
      const std::string content = content_of(repository.absolute(entry.path));
      if (Repository::hash_blob(content) != entry.index.oid) lost.insert(entry.path.bytes());
    }
    for (const StatusEntry& entry : theirs.entries) {
      if (depends_on_the_second(repository, entry)) lost.insert(entry.path.bytes());
    }
    const auto mine = lines_of(*ours, lost);
    const auto gits = lines_of(theirs, lost);
    std::string difference;
    for (const std::string& line : mine) {
      if (!gits.contains(line) && !line.starts_with("lost "))
        difference += "  only ours: " + line + "\n";
    }
    for (const std::string& line : gits) {
      if (!mine.contains(line) && !line.starts_with("lost "))
        difference += "  only git's: " + line + "\n";
    }
    return difference;
  }

  std::mt19937 random_;
  TempRepo repo_;
};

}  // namespace
}  // namespace gs::random

namespace {

// Permissions must apply to root, too, and to the git that it starts.
void give_up_override() {
#ifdef __linux__
  if (::geteuid() != 0) return;
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[2] = {};
  const std::uint32_t override = (1U << CAP_DAC_OVERRIDE) | (1U << CAP_DAC_READ_SEARCH);
  for (const int capability : {CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH}) {
    if (::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0) return;
  }
  if (::syscall(SYS_capget, &header, data) != 0) return;
  data[0].effective &= ~override;
  data[0].permitted &= ~override;
  data[0].inheritable &= ~override;
  static_cast<void>(::syscall(SYS_capset, &header, data));
#endif
}

}  // namespace

int main(int argc, char** argv) {
  constexpr int kSteps = 25;
  if (argc != 3) return 2;
  give_up_override();
  const auto first = static_cast<unsigned>(std::atoi(argv[1]));
  const auto count = static_cast<unsigned>(std::atoi(argv[2]));
  std::size_t compared = 0;
  std::size_t in_process = 0;
  for (unsigned seed = first; seed < first + count; ++seed) {
    gs::random::World world(seed);
    const std::string difference = world.run(kSteps);
    compared += world.compared;
    in_process += world.in_process;
    if (difference.empty()) continue;
    std::cout << "seed " << seed << ":\n";
    for (const std::string& line : world.diary) std::cout << "  " << line << "\n";
    std::cout << difference;
    return 1;
  }
  std::cout << compared << " states, " << in_process << " looked at in the process\n";
  // If git has to be asked, nothing is compared.
  return in_process * 2 > compared ? 0 : 1;
}
