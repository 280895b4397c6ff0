#include "tracker/client.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/screen.h"
#include "base/text.h"
#include "git/command.h"

namespace gs::tracker {
namespace {

constexpr std::size_t kWordsLimit = 300;
// GitHub refuses bodies of more than 65,536 characters, and Linux arguments of more than 128 KiB.
constexpr std::size_t kArgumentBytes = 60'000;
constexpr std::size_t kShortened = 14'000;  // characters, of at most four bytes
constexpr std::size_t kMarkerBytes = 100;

struct Sign {
  std::string_view words;  // lower case
  Trouble trouble;
};
// In this order: "401 unauthorized … connect" is about the login.
constexpr std::array<Sign, 32> kSigns{{
    {"rate limit", Trouble::RateLimited},
    {"http 429", Trouble::RateLimited},
    {"429 too many", Trouble::RateLimited},
    {"abuse detection", Trouble::RateLimited},
    {"auth login", Trouble::LoggedOut},
    {"not logged in", Trouble::LoggedOut},
    {"bad credentials", Trouble::LoggedOut},
    {"authentication required", Trouble::LoggedOut},
    {"token was revoked", Trouble::LoggedOut},
    {"token is expired", Trouble::LoggedOut},
    {"unauthenticated", Trouble::LoggedOut},
    {"unauthorized", Trouble::LoggedOut},
    {"http 401", Trouble::LoggedOut},
    {"error connecting to", Trouble::Offline},
    {"check your internet connection", Trouble::Offline},
    {"no such host", Trouble::Offline},
    {"connection refused", Trouble::Offline},
    {"connection reset", Trouble::Offline},
    {"network is unreachable", Trouble::Offline},
    {"no route to host", Trouble::Offline},
    {"temporary failure in name resolution", Trouble::Offline},
    {"dial tcp", Trouble::Offline},
    {"i/o timeout", Trouble::Offline},
    {"tls handshake", Trouble::Offline},
    {"x509", Trouble::Offline},
    {"unexpected eof", Trouble::Offline},
    {"http 502", Trouble::Offline},
    {"http 503", Trouble::Offline},
    {"http 504", Trouble::Offline},
    {"could not resolve to an issue", Trouble::NotFound},
    {"404 issue not found", Trouble::NotFound},
    {"404 not found", Trouble::NotFound},
}};

// The lines before the first empty one: gh prints its usage after a message.
std::string own_words(const ProcessResult& result) {
  const std::string shown =
      escape_hidden(strip_attributes(trim(result.err).empty() ? result.out : result.err));
  std::vector<std::string> lines;
  for (const std::string_view line : split_lines(shown)) {
    const std::string_view words = trim(line);
    if (words.empty() && !lines.empty()) break;
    if (!words.empty()) lines.emplace_back(words);
  }
  return ellipsize(join(lines, "; "), kWordsLimit);
}

// Fit for an argument: no NUL, within the host's limit, and with the marker.
std::string argument(const std::string& text) {
  std::string given = text;
  if (text.size() > kArgumentBytes) {
    const std::size_t last = text.rfind("\n\n");
    given = ellipsize(text, kShortened);
    if (last != std::string::npos && text.size() - last <= kMarkerBytes) given += text.substr(last);
  }
  std::erase(given, '\0');
  return given;
}

std::string how_to_go_on(Trouble trouble, const std::string& program) {
  switch (trouble) {
    case Trouble::NoProgram:
      return "install " + program +
             ", or set 'git session config vcs local' to keep issues in the repository";
    case Trouble::LoggedOut:
      return "log in with '" + program + " auth login'";
    case Trouble::TimedOut:
      return "'git session config tracker-timeout 5m' waits longer";
    default:
      return "";
  }
}

TrackerError error(Trouble trouble, const std::string& program, const std::string& words) {
  return {trouble, refused(program + ": " + words).with_hint(how_to_go_on(trouble, program))};
}

}  // namespace

Client::Client(std::string program, std::string directory, std::string repository,
               Environment environment, std::chrono::milliseconds timeout)
    : program_(std::move(program)),
      directory_(std::move(directory)),
      repository_(std::move(repository)),
      environment_(std::move(environment)),
      timeout_(timeout) {
  // The project is named, or detected from the work tree; never from the environment that git sets
  // for a hook.
  for (const std::string& name : git::local_environment_variables())
    environment_[name] = std::nullopt;
  environment_["NO_COLOR"] = "1";
  for (const char* name :
       {"CLICOLOR_FORCE", "GH_FORCE_TTY", "FORCE_HYPERLINKS", "DEBUG", "GH_DEBUG", "GLAB_DEBUG"})
    environment_[name] = std::nullopt;
  for (const char* name : {"PAGER", "GH_PAGER", "GLAB_PAGER"}) environment_[name] = "cat";
  environment_["LC_ALL"] = "C.UTF-8";
}

Trouble trouble_of(const ProcessResult& result) {
  if (result.timed_out) return Trouble::TimedOut;
  if (result.exit_status == 127 || result.exit_status == 126) return Trouble::NoProgram;
  const std::string words = to_lower(trim(result.err).empty() ? result.out : result.err);
  const auto* const sign = std::find_if(kSigns.begin(), kSigns.end(), [&](const Sign& each) {
    return words.find(each.words) != std::string::npos;
  });
  return sign == kSigns.end() ? Trouble::Refused : sign->trouble;
}

std::string Client::run(const std::vector<std::string>& arguments) const {
  std::vector<std::string> argv{program_};
  for (const std::string& each : arguments) argv.push_back(argument(each));
  if (!repository_.empty()) argv.insert(argv.end(), {"--repo", repository_});
  ProcessOptions options;
  options.working_directory = directory_;
  options.environment = environment_;
  options.timeout = timeout_;
  options.output_limit = 8U << 20U;  // a hundred issues of the longest kind
  ProcessResult result = run_process(argv, options);
  if (result.ok() && result.left_out == 0) return std::move(result.out);
  if (result.interrupted) throw fatal("interrupted while " + program_ + " was running");
  if (result.ok()) throw bad_answer("its answer is too long");
  const Trouble trouble = trouble_of(result);
  std::string words = own_words(result);
  if (trouble == Trouble::TimedOut || words.empty()) words = result.describe();
  if (trouble == Trouble::NoProgram) words = "cannot be run: " + words;
  throw error(trouble, program_, words);
}

Json Client::ask(const std::vector<std::string>& arguments) const {
  const std::string answer = run(arguments);
  if (trim(answer).empty()) return nullptr;
  try {
    return formats::parse_json(answer, "answer of " + program_);
  } catch (const Error&) {
    throw bad_answer("its answer is not JSON: " +
                     ellipsize(escape_hidden(split_lines(trim(answer)).front()), 80));
  }
}

Client Client::for_no_project(std::chrono::milliseconds at_most) const {
  Client client = *this;
  client.repository_.clear();
  client.timeout_ = std::min(timeout_, at_most);
  return client;
}

TrackerError Client::bad_answer(const std::string& what) const {
  return error(Trouble::BadAnswer, program_, what);
}

std::optional<long> number_after(std::string_view output, std::string_view part) {
  const std::size_t at = output.rfind(part);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view digits = output.substr(at + part.size());
  long value = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return failure == std::errc() && value > 0 ? std::optional(value) : std::nullopt;
}

std::optional<long> created_number(std::string_view output) {
  std::optional<long> number;
  for (const std::string_view part : {"/issues/", "/work_items/"}) {
    if (const auto found = number_after(output, part)) number = found;
  }
  return number;
}

std::string label_argument(const std::string& label) {
  if (label.find_first_of(",\"\n\r") == std::string::npos) return label;
  std::string field = "\"";
  for (const char c : label) field += c == '"' ? "\"\"" : std::string(1, c);
  return field + "\"";
}

std::string json_text(const Json& object, const char* key) {
  if (!object.is_object()) return "";
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string priority_of(const std::vector<std::string>& labels) {
  constexpr std::string_view kPrefix = "priority:";
  for (const std::string& label : labels) {
    if (label.starts_with(kPrefix)) return label.substr(kPrefix.size());
  }
  return "";
}

}  // namespace gs::tracker
