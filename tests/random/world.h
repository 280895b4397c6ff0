#pragma once

#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

// A repository in which a session and other users work at random, and who owns what in it. Each
// change is made on disk and in the model, which knows nothing of git-session.
namespace gs::random {

struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Entry {
  unsigned mode = 0100644;  // 0100644, 0100755, 0120000
  std::string content;
  bool operator==(const Entry&) const = default;
};
using Tree = std::map<std::string, Entry>;

struct Run {
  int status = 0;
  std::string out;
  std::string err;
};

class World {
 public:
  World(std::string directory, std::string top, unsigned seed);

  // Runs at the top; `must` throws Failure if it fails.
  Run run(const std::vector<std::string>& argv, const std::string& input = {}) const;
  std::string must(const std::vector<std::string>& argv, const std::string& input = {}) const;

  void first_commit();
  void start_session();
  void others_before();
  void session_works();
  void others_meanwhile();

  const std::string& top() const { return top_; }
  const std::string& directory() const { return directory_; }
  // Where the session's files are: in the work tree with an odd seed, in the git directory with an
  // even one.
  bool tracked() const { return tracked_; }
  std::string metrics() const;
  std::string issues() const;
  std::string state() const;  // the STATE.md, of the session that is open or was closed
  const std::vector<std::string>& diary() const { return diary_; }
  void note(const std::string& who, const std::string& what, const std::string& path);
  std::vector<std::string> claimed_globs() const;  // of the session that was started

  Tree head;      // the checked-out commit, without the program's records
  Tree index;     // the index
  Tree work;      // the work tree
  Tree expected;  // the commit that the close has to produce
  std::set<std::string> by_session;
  std::map<std::string, Entry> merged_index;  // of files that others had staged and both changed

 private:
  struct Pattern {
    enum class Kind { Below, Suffix, File } kind;
    std::string directory;
    std::string text;  // suffix or file
    bool matches(const std::string& path) const;
    std::string glob() const;
  };

  bool chance(unsigned percent) { return random_() % 100 < percent; }
  std::size_t below(std::size_t end) { return random_() % end; }
  std::string fresh_text();
  static std::string replaced(const std::string& text, std::size_t number, const std::string& line);
  std::string changed(const std::string& text, std::size_t line);
  std::string fresh_path(const std::string& directory);
  std::string directory_of(const std::string& path) const;
  std::vector<std::string> directories() const;
  bool claimed(const std::string& path) const;
  bool is_clean(const std::string& path) const;
  bool is_free(const std::string& path) const;
  bool is_free_below(const std::string& path) const;
  // A clean, untouched file of HEAD, claimed or not; "" if there is none.
  std::string pick(bool by_session, bool before);
  bool may_others_touch(const std::string& path, bool before) const;

  void write(const std::string& path, const Entry& entry);
  void remove(const std::string& path);
  void stage(const std::string& path);

  void others_do_something(bool before);
  bool session_changes_both(const std::string& path);
  void session_does_something();
  void session_swaps();
  void session_makes_something();
  void session_commits(const std::string& path);
  bool session_turns_directory_into_file();

  std::string directory_;
  std::string top_;
  bool tracked_;
  std::mt19937 random_;
  unsigned counter_ = 0;
  std::vector<Pattern> patterns_;
  bool odd_names_ = false;
  std::set<std::string> touched_by_others_;
  std::map<std::string, Entry> edited_before_;  // claimed text files that others had only edited
  std::set<std::string> staged_before_;
  std::vector<std::string> diary_;
};

}  // namespace gs::random
