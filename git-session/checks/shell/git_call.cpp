#include "checks/shell/git_call.h"

#include <algorithm>
#include <array>

#include "base/file/file.h"
#include "base/text.h"

namespace gs::checks {
namespace {

using Words = std::span<const ShellWord>;

constexpr int kMostCandidates = 100;

// They run what follows, even if quoted.
constexpr std::array<std::string_view, 14> kWrappers{
    "sudo", "doas",    "env",    "command", "exec",   "nohup",   "nice",
    "time", "timeout", "setsid", "xargs",   "stdbuf", "builtin", "ionice"};

bool is_false(std::string_view value) {
  constexpr std::array<std::string_view, 5> kFalse{"", "0", "no", "off", "false"};
  return is_one_of(to_lower(value), kFalse);
}

}  // namespace

GitCall::GitCall(Words all) : words(all) {
  const std::size_t at = std::min(skip_options(words, 1, true), words.size());
  globals = words.subspan(1, at - 1);
  if (at == words.size()) return;
  verb = words[at].text;
  arguments = words.subspan(at + 1);
}

bool GitCall::turns_off(std::string_view name) const {
  bool off = false;
  for (std::size_t i = 0; i + 1 < globals.size(); ++i) {
    if (globals[i].text != "-c") continue;
    const std::string_view setting = globals[++i].text;
    const std::size_t equals = setting.find('=');
    if (to_lower(setting.substr(0, equals)) != name) continue;
    off = equals != std::string_view::npos && is_false(setting.substr(equals + 1));
  }
  return off;
}

bool GitCall::covers_everything(std::span<const std::string_view> operands,
                                const ShellPlace& place) const {
  std::string directory = place.directory;
  for (std::size_t i = 0; i + 1 < globals.size(); ++i) {
    if (globals[i].text == "-C") directory = path_from(directory, globals[++i].text);
  }
  return cover_everything(operands, directory, place);
}

bool any_call(const ShellCommand& command, std::string_view program,
              const std::function<bool(Words words)>& accept) {
  const Words words(command.words);
  const std::size_t first = command_position(words);
  if (first >= words.size() || only_prints(words)) return false;
  const bool wrapped = is_one_of(base_name(words[first].text), kWrappers);
  // The verb in `git rm` is not a program.
  const std::size_t verb =
      words[first].text == "git" ? skip_options(words, first + 1, true) : words.size();
  int candidates = 0;
  for (std::size_t i = first; i < words.size(); ++i) {
    if (i == verb || (i > first && words[i].quoted && !wrapped)) continue;
    if (base_name(words[i].text) != program && words[i].text != program) continue;
    // A realistic line has fewer; each costs a scan of the rest.
    if (++candidates > kMostCandidates || accept(words.subspan(i))) return true;
  }
  return false;
}

}  // namespace gs::checks
