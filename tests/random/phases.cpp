#include "phases.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "formats/json.h"

namespace fs = std::filesystem;

namespace gs::random {

namespace {

constexpr const char* kLearnings = "/learnings.jsonl";

void require(bool fine, const std::string& what) {
  if (!fine) throw Failure(what);
}

std::size_t count(const std::string& text, const std::string& words) {
  std::size_t found = 0;
  for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1))
    ++found;
  return found;
}

std::string memory_directory(const World& world) {
  std::string project = world.top();
  std::replace_if(
      project.begin(), project.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '-');
  return world.directory() + "/claude/projects/" + project + "/memory";
}

Tree files_below(const std::string& directory) {
  Tree files;
  if (!fs::exists(directory)) return files;
  for (const auto& each : fs::recursive_directory_iterator(directory)) {
    if (each.is_regular_file())
      files[each.path().string()] = {0100644, read_bytes(each.path().string())};
  }
  return files;
}

}  // namespace

std::string read_bytes(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

Phases::~Phases() {
  for (const char* name : {"SO_PLATFORM", "CLAUDE_CONFIG_DIR"}) unsetenv(name);
}

void Phases::configure(const std::string& key, const std::string& value) {
  world_.must({"git", "config", "--add", "session." + key, value});
  world_.note("config", key, value);
}

void Phases::write_by_hand(const std::string& path, const std::string& content) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << content;
  by_hand_[path] = {0100644, content};
}

void Phases::set_up() {
  if (chance(60)) set_up_vault();
  if (chance(60)) set_up_learnings();
  if (chance(50)) set_up_claude();
  if (chance(60)) set_up_tools();
  if (chance(50)) set_up_docs();
  for (const char* block :
       {"vault-sync", "vault-staleness", "vault-integration", "drift-check", "docs-orchestrator"}) {
    if (!chance(70)) continue;
    configure(std::string(block) + ".enabled", "true");
    // A decision in strict is taken so that the close continues; a mirrored note has none.
    const bool strict = std::string(block) != "vault-integration" && chance(40);
    if (strict) configure(std::string(block) + ".mode", "strict");
  }
  configure("drift-check.include-paths", "**/*.txt");
  for (const char* choice : {"vault=carryover", "drift=carryover", "vault-staleness=override",
                             "docs=override", "review=carryover"})
    options_.insert(options_.end(), {"--decide", choice});
}

void Phases::set_up_vault() {
  const std::string vault = world_.directory() + "/vault";
  configure("vault-integration.vault-dir", vault);
  configure("vault-sync.vault-dir", vault);
  const std::string day = "created: 2026-01-01\nupdated: 2026-01-01\n";
  write_by_hand(vault + "/good.md", "---\nid: good\ntype: note\n" + day + "---\n[[nowhere]]\n");
  write_by_hand(vault + "/bad.md", "---\nid: BAD\n---\n");
  write_by_hand(vault + "/01-projects/x/_overview.md", "---\nlastSync: 2020-01-01\n---\n");
  write_by_hand(vault + "/01-projects/x/context.md", "---\nupdated: never\n---\n");
  // A file in the place where the mirror would write.
  write_by_hand(vault + "/40-learnings/noted-1.md", "by hand\n");
  write_by_hand(vault + "/40-learnings/theirs.md",
                "---\nid: theirs\ntype: learning\n" + day + "---\n");
  const std::string state = read_bytes(world_.state());
  const std::size_t at = state.find("\nsession: ");
  if (chance(30) && at != std::string::npos) {
    const std::string session = state.substr(at + 10, state.find('\n', at + 1) - at - 10);
    write_by_hand(vault + "/50-sessions/" + session + ".md", "by hand\n");
  }
}

void Phases::set_up_learnings() {
  learnings_ =
      "{\"type\":\"theirs\",\"subject\":\"kept\",\"confidence\":0.9,\"their_key\":[1]}\n"
      "no json\n";
  if (chance(50)) learnings_ += std::string("\0\0\0\n", 4);
  if (chance(50)) learnings_ += "{\"type\":\"theirs\",\"subj";
  fs::create_directories(world_.metrics());
  std::ofstream(world_.metrics() + kLearnings, std::ios::binary) << learnings_;
  for (int i = 0; i < 3; ++i) {
    if (!chance(60)) continue;
    const std::string subject = "noted-" + std::to_string(random_() % 2);
    world_.must({"git-session", "learn", "-q", "--type", "recurring-issue", "--subject", subject,
                 "--insight", "said " + std::to_string(i)});
    world_.note("session", "learns", subject);
  }
}

void Phases::set_up_claude() {
  claude_ = true;
  setenv("SO_PLATFORM", "claude", 1);
  setenv("CLAUDE_CONFIG_DIR", (world_.directory() + "/claude").c_str(), 1);
  world_.note("config", "platform", "claude");
  const std::string directory = memory_directory(world_);
  write_by_hand(directory + "/note.md", "by hand\n");
  if (chance(50)) return;
  index_ =
      chance(50) ? "# Index\n\n## Sessions\n\n- [old](old.md)\n\n## Else\nkept\n" : "no section";
  std::ofstream(directory + "/MEMORY.md") << index_;
}

// A prober and a reviewer that may misbehave.
void Phases::set_up_tools() {
  if (chance(70)) configure("discovery-on-close", "true");
  const std::vector<std::string> answers = {
      "exit 3",
      "echo hello",
      "yes | head -c 5000000",
      "echo '{\"findings\": [{\"title\": \"a cycle\", \"severity\": \"high\"}], \"stats\": {}}'",
      "echo '{\"verdict\": \"PROCEED\", \"items\": [{\"title\": \"odd\"}]}'",
      "echo '{\"verdict\": \"FIX REQUIRED\", \"items\": [{\"title\": \"leaks\"}]}'"};
  configure("discovery-command", answers[random_() % answers.size()]);
  configure("review-command", answers[random_() % answers.size()]);
}

void Phases::set_up_docs() {
  const std::string file = world_.directory() + "/tasks.md";
  std::ofstream out(file);
  out << "### Docs Tasks (machine-readable)\n```yaml\n";
  int number = 0;
  for (const std::string& glob : world_.claimed_globs())
    out << "- id: t" << ++number << "\n  target-pattern: \"" << glob << "\"\n";
  out << "```\n";
  options_.insert(options_.end(), {"--docs-tasks", file});
}

void Phases::close_without_push() const {
  std::vector<std::string> close{"git-session", "close", "--yes", "--json", "--no-push"};
  close.insert(close.end(), options_.begin(), options_.end());
  const Json closed = formats::parse_json(world_.must(close), "stdout");
  require(closed.value("status", "") == "closed", "not closed: " + formats::to_json_line(closed));
}

void Phases::close() {
  std::vector<std::string> close{"git-session", "close", "--yes", "--json"};
  close.insert(close.end(), options_.begin(), options_.end());
  if (chance(40)) {
    // Stopped after everything is written and committed.
    const std::string remote = world_.directory() + "/origin.git";
    fs::rename(remote, remote + ".away");
    const Run stopped = world_.run(close);
    fs::rename(remote + ".away", remote);
    // A session without commits has nothing to push.
    if (stopped.status == 0) {
      require(stopped.out.find("\"commits\": []") != std::string::npos,
              "closed without its remote: " + stopped.out.substr(0, 3000));
      return;
    }
    require(stopped.status == 1, "not stopped at the push: " + stopped.out.substr(0, 3000));
    world_.note("close", "stopped at", "push");
    close = {"git-session", "close", "--continue", "--yes", "--json"};
  }
  const Json closed = formats::parse_json(world_.must(close), "stdout");
  require(closed.value("status", "") == "closed", "not closed: " + formats::to_json_line(closed));
  // There is nothing left to close.
  const Tree before = outside();
  const Run again = world_.run({"git-session", "close", "--yes", "--json"});
  require(again.status == 1, "closed twice: " + again.out.substr(0, 3000));
  require(outside() == before, "a second close has written something");
}

// Everything that is not under version control.
Tree Phases::outside() const {
  Tree files = files_below(world_.directory() + "/vault");
  files.merge(files_below(world_.directory() + "/claude"));
  files.merge(files_below(world_.top() + "/.orchestrator"));
  files.merge(files_below(world_.metrics()));
  files.merge(files_below(world_.issues()));
  return files;
}

void Phases::check() const {
  for (const auto& [path, entry] : by_hand_)
    require(read_bytes(path) == entry.content, "a note written by hand was changed: " + path);
  if (claude_) check_claude();
  check_learnings();
  check_once();
}

void Phases::check_claude() const {
  std::size_t notes = 0;
  for (const auto& [path, entry] : files_below(memory_directory(world_)))
    notes += fs::path(path).filename().string().starts_with("session-") ? 1 : 0;
  require(notes == 1, "not one note of Claude's");
  const std::string index = read_bytes(memory_directory(world_) + "/MEMORY.md");
  require(count(index, "- [Session ") == 1, "not one line in MEMORY.md: " + index);
  std::istringstream lines(index_);
  for (std::string line; std::getline(lines, line);)
    require(count("\n" + index + "\n", "\n" + line + "\n") >= 1, "MEMORY.md lost: " + line);
}

void Phases::check_learnings() const {
  const std::string learnings = read_bytes(world_.metrics() + kLearnings);
  if (!learnings_.empty()) {
    require(count(learnings, "\"kept\"") == 1 && count(learnings, "\"their_key\":[1]") == 1 &&
                learnings.starts_with("{\"type\":\"theirs\"") &&
                count(learnings, learnings_.substr(learnings_.find("no json"))) == 1,
            "learnings.jsonl has lost something: " + learnings);
  }
  std::set<std::string> learned;
  for (const auto& record : formats::parse_json_lines(learnings).records) {
    const std::string key =
        record.value.value("type", "") + " " + record.value.value("subject", "");
    require(learned.insert(key).second, "learned twice: " + key);
  }
}

// Lines, notes and issues that a close may add only once.
void Phases::check_once() const {
  for (const char* name : {"vault-staleness", "vault-narrative-staleness"}) {
    const std::string file = world_.metrics() + "/" + name + ".jsonl";
    require(count(read_bytes(file), "\n") <= 1, std::string(name) + " has more than one line");
  }
  std::size_t sessions = 0;
  for (const auto& [path, entry] : files_below(world_.directory() + "/vault/50-sessions"))
    sessions += by_hand_.contains(path) ? 0 : 1;
  require(sessions <= 1, "more than one note of the session in the vault");
  std::set<std::string> titles;
  for (const auto& [path, entry] : files_below(world_.issues())) {
    const std::size_t at = entry.content.find("\ntitle: ");
    const std::string title = entry.content.substr(at, entry.content.find('\n', at + 1) - at);
    require(titles.insert(title).second, "filed twice: " + title);
  }
}

}  // namespace gs::random
