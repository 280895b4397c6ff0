#include "world.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/process/process.h"
#include "base/text.h"

namespace fs = std::filesystem;

namespace gs::random {

namespace {

constexpr std::size_t kLines = 30;

}  // namespace

std::string World::replaced(const std::string& text, std::size_t number, const std::string& line) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string read; std::getline(in, read);) lines.push_back(read);
  lines.at(number) = line;
  std::string out;
  for (const std::string& each : lines) out += each + "\n";
  return out;
}

bool World::Pattern::matches(const std::string& path) const {
  if (kind == Kind::File) return path == text;
  if (!path.starts_with(directory + "/")) return false;
  if (kind == Kind::Below) return true;
  return path.ends_with(text) && path.find('/', directory.size() + 1) == std::string::npos;
}

std::string World::Pattern::glob() const {
  if (kind == Kind::File) return text;
  return directory + (kind == Kind::Below ? "/**" : "/*" + text);
}

std::vector<std::string> World::claimed_globs() const {
  std::vector<std::string> globs;
  for (const Pattern& pattern : patterns_) globs.push_back(pattern.glob());
  return globs;
}

World::World(std::string directory, std::string top, unsigned seed)
    : directory_(std::move(directory)),
      top_(std::move(top)),
      tracked_(seed % 2 == 1),
      random_(seed) {}

std::string World::metrics() const {
  return top_ + (tracked_ ? "/.orchestrator/metrics" : "/.git/git-session/records");
}

std::string World::issues() const {
  return top_ + (tracked_ ? "/.orchestrator/issues" : "/.git/git-session/issues");
}

std::string World::state() const {
  if (tracked_) return top_ + "/.orchestrator/STATE.md";
  for (const char* place : {"sessions", "closed"}) {
    const std::string directory = top_ + "/.git/git-session/" + place;
    if (!fs::exists(directory)) continue;
    for (const auto& session : fs::directory_iterator(directory))
      return session.path().string() + "/STATE.md";
  }
  return "";
}

Run World::run(const std::vector<std::string>& argv, const std::string& input) const {
  ProcessOptions options;
  options.working_directory = top_;
  options.input = input;
  ProcessResult result = run_process(argv, options);
  return {result.ok() ? 0 : (result.exit_status != 0 ? result.exit_status : 255),
          std::move(result.out), std::move(result.err)};
}

std::string World::must(const std::vector<std::string>& argv, const std::string& input) const {
  Run result = run(argv, input);
  if (result.status == 0) return std::move(result.out);
  std::string what = "exit code " + std::to_string(result.status) + ":";
  for (const std::string& argument : argv) what += " " + argument;
  throw Failure(what + "\n" + result.err + result.out.substr(0, 3000));
}

std::string World::fresh_text() {
  std::string text;
  const std::string id = std::to_string(++counter_);
  for (std::size_t i = 0; i < kLines; ++i) {
    text += "text " + id + " line ";
    text += std::to_string(i) + "\n";
  }
  return text;
}

std::string World::changed(const std::string& text, std::size_t line) {
  return replaced(text, line, "change " + std::to_string(++counter_));
}

std::vector<std::string> World::directories() const {
  return {"a", "b", "b/deep", "b/deep/er", "c", "d", "d/sub", "e", "f"};
}

std::string World::directory_of(const std::string& path) const {
  return path.substr(0, path.rfind('/'));
}

std::string World::fresh_path(const std::string& directory) {
  static const std::vector<std::string> odd{" space", "\"quote\"", "'", "\t", "\xc3\xa9", "\xff",
                                            "-x",     "[x]",       "*", "\\", "\n"};
  std::string path = directory + "/n" + std::to_string(++counter_);
  if (odd_names_ && chance(30)) path += odd[below(odd.size())];
  return path + (chance(50) ? ".c" : ".txt");
}

bool World::claimed(const std::string& path) const {
  for (const Pattern& pattern : patterns_) {
    if (pattern.matches(path)) return true;
  }
  return false;
}

bool World::is_clean(const std::string& path) const {
  const auto in_head = head.find(path);
  const auto in_index = index.find(path);
  const auto in_work = work.find(path);
  return in_head != head.end() && in_index != index.end() && in_work != work.end() &&
         in_head->second == in_index->second && in_head->second == in_work->second;
}

bool World::is_free_below(const std::string& path) const {
  for (const Tree* tree : {&head, &index, &work}) {
    const auto next = tree->lower_bound(path + "/");
    if (next != tree->end() && next->first.starts_with(path + "/")) return false;
  }
  return true;
}

bool World::is_free(const std::string& path) const {
  for (const Tree* tree : {&head, &index, &work}) {
    if (tree->contains(path)) return false;
    for (std::size_t slash = path.find('/'); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
      if (tree->contains(path.substr(0, slash))) return false;
    }
  }
  return is_free_below(path);
}

void World::write(const std::string& path, const Entry& entry) {
  const fs::path file = fs::path(top_) / path;
  fs::create_directories(file.parent_path());
  fs::remove(file);
  if (entry.mode == 0120000) {
    fs::create_symlink(entry.content, file);
  } else {
    std::ofstream(file, std::ios::binary) << entry.content;
    fs::permissions(file, entry.mode == 0100755 ? fs::perms(0755) : fs::perms(0644));
  }
  work[path] = entry;
}

void World::remove(const std::string& path) {
  fs::remove(fs::path(top_) / path);
  work.erase(path);
}

void World::stage(const std::string& path) {
  must({"git", "update-index", "--add", "--remove", "--replace", "-z", "--stdin"}, path + '\0');
  const auto now = work.find(path);
  if (now == work.end()) {
    index.erase(path);
    return;
  }
  for (std::size_t slash = path.find('/'); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    index.erase(path.substr(0, slash));
  }
  for (auto each = index.lower_bound(path + "/");
       each != index.end() && each->first.starts_with(path + "/");) {
    each = index.erase(each);
  }
  index[path] = now->second;
}

void World::note(const std::string& who, const std::string& what, const std::string& path) {
  diary_.push_back(who + ": " + what + " " + quote_path(path));
}

void World::first_commit() {
  odd_names_ = chance(40);
  const std::vector<std::string> all = directories();
  const std::size_t count = 20 + below(40);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string path = fresh_path(all[below(all.size())]);
    const unsigned kind = static_cast<unsigned>(below(10));
    if (kind == 0) {
      write(path, {0120000, "target " + std::to_string(++counter_)});
    } else {
      write(path, {kind < 3 ? 0100755U : 0100644U, fresh_text()});
    }
  }
  must({"git", "add", "-A"});
  must({"git", "commit", "-q", "-m", "chore: files"});
  head = index = expected = work;
}

void World::start_session() {
  std::vector<std::string> arguments{"git-session", "start", "-q"};
  std::string plan = "title = \"Something\"\n";
  std::vector<std::string> scope;
  for (const Pattern& pattern : patterns_) {
    if (chance(25)) {
      scope.push_back(pattern.kind == Pattern::Kind::Below && chance(50) ? pattern.directory + "/"
                                                                         : pattern.glob());
      continue;
    }
    plan += "[[item]]\ntitle = \"Item " + std::to_string(++counter_) + "\"\nfiles = [\"" +
            pattern.glob() + "\"]\n";
  }
  if (plan.find("[[item]]") != std::string::npos) {
    const std::string file = directory_ + "/plan.toml";
    std::ofstream(file) << plan;
    arguments.insert(arguments.end(), {"--plan", file});
  }
  for (const std::string& pattern : scope) arguments.insert(arguments.end(), {"--scope", pattern});
  must(arguments);
  note("session", "starts with", join(arguments, " "));
  diary_.push_back(plan);
}

}  // namespace gs::random
