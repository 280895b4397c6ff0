#include "workflow/doctor/bundle.h"

#include <fcntl.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

#include "base/error.h"
#include "base/file/file.h"
#include "base/process/process.h"
#include "base/process/trace2.h"
#include "base/text.h"
#include "formats/json.h"
#include "git/temporary_worktree.h"
#include "session/closing.h"

namespace gs::workflow {
namespace {

constexpr std::size_t kLongest = 200;    // characters of a text in a journal or a trace
constexpr std::size_t kMostLines = 400;  // of a journal or a trace
constexpr int kMostOfTrace = 512 << 10;  // bytes that are read of one

void add_both(Disguise& disguise, const std::string& path, const std::string& placeholder) {
  disguise.add_path(path, placeholder);
  if (const auto real = resolve_symlinks(path)) disguise.add_path(*real, placeholder);
}

std::string host_name() {
  std::array<char, 256> buffer{};
  return gethostname(buffer.data(), buffer.size() - 1) == 0 ? buffer.data() : "";
}

std::string first_line_of(const std::vector<std::string>& command) {
  ProcessOptions options;
  options.timeout = std::chrono::seconds(5);
  const ProcessResult result = run_process(command, options);
  const auto lines = split_lines(result.out);
  return result.ok() && !lines.empty() ? std::string(lines.front()) : "";
}

// "Debian GNU/Linux 12 (bookworm)"
std::string distribution() {
  constexpr std::string_view kName = "PRETTY_NAME=";
  const std::string text = read_file_if_exists("/etc/os-release").value_or("");
  for (const std::string_view line : split_lines(text)) {
    if (!line.starts_with(kName)) continue;
    std::string name(line.substr(kName.size()));
    std::erase(name, '"');
    return name;
  }
  return "";
}

bool matters(const std::string& key) {
  constexpr std::array<std::string_view, 27> kSections{
      "branch.",    "color.",  "commit.", "core.",    "diff.",        "extensions.", "feature.",
      "fetch.",     "filter.", "gc.",     "gpg.",     "hook.",        "i18n.",       "include.",
      "includeif.", "index.",  "init.",   "log.",     "maintenance.", "merge.",      "pull.",
      "push.",      "rebase.", "remote.", "session.", "status.",      "submodule."};
  return std::any_of(kSections.begin(), kSections.end(),
                     [&key](std::string_view section) { return key.starts_with(section); });
}

bool is_personal(const std::string& key) {
  return key.starts_with("user.") || key.starts_with("author.") || key.starts_with("committer.");
}

// The first line and the last ones.
std::string shortened(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t left_out = lines.size() > kMostLines ? lines.size() - kMostLines : 0;
    if (i == 1 && left_out > 0) {
      text += "… " + plural(left_out, "line") + " left out …\n";
      i += left_out;
    }
    text += lines[i] + "\n";
  }
  return text;
}

// Lines of JSON; any other is disguised as a text.
std::string disguised_lines(std::string_view text, const Disguise& disguise) {
  std::vector<std::string> lines;
  for (const std::string_view line : split_lines(text)) {
    const formats::JsonLines parsed = formats::parse_json_lines(line);
    lines.push_back(parsed.records.size() == 1 ? formats::to_json_line(disguise.value(
                                                     parsed.records.front().value, kLongest))
                                               : ellipsize(disguise.text(line), kLongest));
  }
  return shortened(lines);
}

// The newest file in a directory of traces that is not this process's own.
std::string newest_in(const std::string& directory) {
  std::array<char, 16> own{};
  (void)std::snprintf(own.data(), own.size(), "-P%08x", static_cast<unsigned>(getpid()));
  std::string newest;
  std::optional<Timestamp> latest;
  for (const std::string& name : list_directory(directory)) {
    if (name.find(own.data()) != std::string::npos) continue;
    const std::string path = join_path(directory, name);
    const auto info = file_info(path);
    if (!info || info->type != FileType::Regular || (latest && info->modified <= *latest)) continue;
    latest = info->modified;
    newest = path;
  }
  return newest;
}

// Whole lines.
std::string end_of_file(const std::string& path) {
  constexpr std::chrono::seconds kPatience{2};
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!fd.valid()) throw system_error("read", path, errno);
  const off_t size = ::lseek(fd.get(), 0, SEEK_END);
  const off_t begin = std::max<off_t>(size - kMostOfTrace, 0);
  if (size <= 0 || ::lseek(fd.get(), begin, SEEK_SET) < 0) return "";
  std::string text = read_bounded(fd.get(), kMostOfTrace, kPatience).text;
  if (begin > 0) text.erase(0, text.find('\n') + 1);
  return text;
}

std::string end_of_trace(const std::string& target) {
  if (!target.starts_with('/')) return "";
  const auto info = file_info(target);
  const bool is_directory = info && info->type == FileType::Directory;
  const std::string file = is_directory ? newest_in(target) : target;
  return file.empty() || !file_info(file) ? "" : end_of_file(file);
}

}  // namespace

Disguise disguise_for(const session::Workspace* workspace) {
  Disguise disguise;
  if (workspace != nullptr) {
    add_both(disguise, workspace->repository.work_tree(), "<work tree>");
    add_both(disguise, workspace->repository.git_dir(), "<git dir>");
    add_both(disguise, workspace->repository.common_dir(), "<common git dir>");
    for (const git::ConfigValue& value : workspace->git_config) {
      if (!is_personal(value.key)) continue;
      disguise.add_name(value.value, "<" + value.key + ">");
    }
  }
  add_both(disguise, environment_variable("HOME").value_or(""), "<home>");
  add_both(disguise, environment_variable("TMPDIR").value_or(""), "<tmp>");
  if (const auto here = resolve_symlinks(".")) disguise.add_path(*here, "<here>");
  for (const char* variable : {"USER", "LOGNAME", "SUDO_USER"}) {
    const std::string login = environment_variable(variable).value_or("");
    if (login != "root") disguise.add_name(login, "<user>");
  }
  for (const char* variable : {"GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME",
                               "GIT_COMMITTER_EMAIL", "EMAIL"}) {
    disguise.add_name(environment_variable(variable).value_or(""), "<user>");
  }
  const std::string host = host_name();
  if (host != "localhost") disguise.add_name(host, "<host>");
  return disguise;
}

BundlePart system_part(const Disguise& disguise) {
  std::string text;
  const auto add = [&text](const std::string& name, const std::string& value) {
    if (!value.empty()) text += name + ": " + value + "\n";
  };
  utsname system{};
  if (uname(&system) == 0) {
    add("system", std::string(system.sysname) + " " + system.release + " " + system.machine);
  }
  add("distribution", distribution());
  for (const char* program : {"git", "gh", "glab", "git-lfs", "bash"}) {
    const auto path = find_program(program);
    if (path) add(program, first_line_of({program, "--version"}) + " (" + *path + ")");
  }
  for (const char* variable :
       {"LANG", "LC_ALL", "TERM", "SO_PLATFORM", "GIT_SESSION", "GIT_SESSION_HOOKS", "GIT_DIR",
        "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM",
        "GIT_CONFIG_COUNT", "GIT_CEILING_DIRECTORIES", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"}) {
    add(variable, environment_variable(variable).value_or(""));
  }
  return {"System", disguise.text(text)};
}

BundlePart git_config_part(const std::vector<git::ConfigValue>& config, const Disguise& disguise) {
  std::string text;
  std::size_t others = 0;
  for (const git::ConfigValue& value : config) {
    if (is_personal(value.key)) {
      text += value.scope + "\t" + value.key + " is set\n";
    } else if (matters(value.key)) {
      text += value.scope + "\t" + value.origin + "\t" + value.key + "=" +
              ellipsize(value.value, kLongest) + "\n";
    } else {
      ++others;
    }
  }
  if (others > 0) text += plural(others, "other setting") + ": left out\n";
  return {"Configuration of git", disguise.text(text)};
}

BundlePart journal_part(const session::Workspace& workspace, const Disguise& disguise) {
  const std::string& git_dir = workspace.repository.git_dir();
  for (const auto& [title, file] :
       {std::pair("Journal of the unfinished close", session::journal_file(git_dir)),
        std::pair("Journal of the last close", session::undo_journal_file(git_dir))}) {
    const auto text = read_file_if_exists(file);
    if (text) return {title, disguised_lines(*text, disguise)};
  }
  return {"Journal", "none\n"};
}

BundlePart trace_part(const std::string& recorded, const Disguise& disguise) {
  std::string text = "This examination:\n" + disguised_lines(recorded, disguise);
  for (const std::string& target : trace2::named_targets()) {
    try {
      const std::string trace = end_of_trace(target);
      if (trace.empty()) continue;
      text += "\nThe end of " + disguise.text(target) + ":\n" + disguised_lines(trace, disguise);
    } catch (const Error& error) {
      text += "\n" + disguise.text(error.message()) + "\n";
    }
  }
  return {"Trace", text};
}

}  // namespace gs::workflow
