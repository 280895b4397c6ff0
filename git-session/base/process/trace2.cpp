#include "base/process/trace2.h"

#include <fcntl.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <mutex>
#include <utility>

#include "base/process/process.h"
#include "base/process/trace2_event.h"
#include "base/process/trace2_target.h"
#include "base/text.h"

namespace gs::trace2 {

namespace detail {
bool is_on = false;
}

namespace {

using Steady = std::chrono::steady_clock;
using Kind = Event::Kind;

constexpr const char* kParentSid = "GIT_TRACE2_PARENT_SID";
constexpr const char* kParentName = "GIT_TRACE2_PARENT_NAME";

struct Form {
  const char* variable;
  const char* brief;
  std::string (*line)(const Event& event, const Origin& origin, bool brief);
};
constexpr std::array<Form, 3> kForms{{{"GIT_TRACE2", "GIT_TRACE2_BRIEF", normal_line},
                                      {"GIT_TRACE2_PERF", "GIT_TRACE2_PERF_BRIEF", perf_line},
                                      {"GIT_TRACE2_EVENT", "GIT_TRACE2_EVENT_BRIEF", json_line}}};

// git's rule for a boolean variable.
bool flag(const char* variable, bool otherwise) {
  const auto set = environment_variable(variable);
  if (!set) return otherwise;
  const std::string value = to_lower(*set);
  return !(value.empty() || value == "0" || value == "false" || value == "no" || value == "off");
}

struct State {
  Steady::time_point began = Steady::now();
  std::array<Target, kForms.size()> targets;
  std::array<bool, kForms.size()> brief{};
  std::string sid;
  bool redacts = true;
  UniqueFd childrens_stderr;
  std::vector<int> inherited;
  std::vector<std::string> named;
  std::mutex writing;
  std::atomic<int> children{0};
};

State& state() {
  static State the_state;
  return the_state;
}

std::string* recorded = nullptr;  // the lines of a Recording

struct Times {
  std::string local, utc;
};

Times times_now() {
  timeval now{};
  gettimeofday(&now, nullptr);
  const std::time_t seconds = now.tv_sec;
  std::tm fields{};
  std::array<char, 64> buffer{};
  const auto print = [&](const char* format) {
    const std::size_t length = std::strftime(buffer.data(), buffer.size(), format, &fields);
    std::snprintf(buffer.data() + length, buffer.size() - length, ".%06ld",
                  static_cast<long>(now.tv_usec));
    return std::string(buffer.data());
  };
  localtime_r(&seconds, &fields);
  Times times{print("%H:%M:%S"), ""};
  gmtime_r(&seconds, &fields);
  times.utc = print("%Y-%m-%dT%H:%M:%S") + "Z";
  return times;
}

double since(Steady::time_point time) {
  return std::chrono::duration<double>(Steady::now() - time).count();
}

void compute_sid() {
  if (!state().sid.empty()) return;
  const std::string parent = environment_variable(kParentSid).value_or("");
  state().sid = (parent.empty() ? "" : parent + "/") + own_sid(times_now().utc, parent, getpid());
}

// Standard error of what we start is read by us, so that it needs another number for it.
void hand_stderr_on() {
  constexpr int kHighest = 9;  // a target's value has one digit
  bool any = false;
  for (const Target& target : state().targets) any = any || target.is_stderr();
  if (!any) return;
  state().childrens_stderr = UniqueFd(fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
  const int fd = state().childrens_stderr.get();
  if (fd < 0 || fd > kHighest) return state().childrens_stderr.close();
  state().inherited.push_back(fd);
  for (std::size_t i = 0; i < kForms.size(); ++i) {
    if (state().targets[i].is_stderr()) ::setenv(kForms[i].variable, std::to_string(fd).c_str(), 1);
  }
}

std::vector<std::string> redacted(const std::vector<std::string>& argv) {
  if (!state().redacts) return argv;
  std::vector<std::string> clean;
  for (const std::string& argument : argv) clean.push_back(redact(argument));
  return clean;
}

Event event_of(Kind kind) {
  Event event;
  event.kind = kind;
  event.t_abs = since(state().began);
  return event;
}

void write(const Event& event) {
  Times times = times_now();
  const Origin origin{std::move(times.local), std::move(times.utc), state().sid};
  const std::lock_guard lock(state().writing);
  for (std::size_t i = 0; i < kForms.size(); ++i) {
    Target& target = state().targets[i];
    if (target.is_open()) target.write(kForms[i].line(event, origin, state().brief[i]));
  }
  if (recorded != nullptr) *recorded += json_line(event, origin, false);
}

}  // namespace

std::vector<std::string> begin(int argc, char** argv, std::string_view version) {
  std::vector<std::string> problems;
  bool any = false;
  for (const Form& form : kForms) any = any || std::getenv(form.variable) != nullptr;
  if (!any) return problems;
  State& own = state();
  compute_sid();
  const std::string name = own.sid.substr(own.sid.rfind('/') + 1);
  std::string problem;
  for (std::size_t i = 0; i < kForms.size(); ++i) {
    const auto value = environment_variable(kForms[i].variable);
    if (!value) continue;
    own.named.push_back(*value);
    own.targets[i] = Target(kForms[i].variable, *value, name, problem);
    own.brief[i] = flag(kForms[i].brief, false);
    if (!problem.empty()) problems.push_back(std::exchange(problem, ""));
    detail::is_on = detail::is_on || own.targets[i].is_open();
    if (own.targets[i].is_numbered() && !own.targets[i].is_stderr())
      own.inherited.push_back(own.targets[i].fd());
  }
  if (!is_on()) return problems;
  own.redacts = flag("GIT_TRACE2_REDACT", true);
  ::setenv(kParentSid, own.sid.c_str(), 1);
  hand_stderr_on();
  Event event = event_of(Kind::Version);
  event.text = version;
  write(event);
  event = event_of(Kind::Start);
  event.argv = redacted({argv, argv + argc});
  write(event);
  return problems;
}

void command_name(const std::string& name) {
  if (!is_on()) return;
  Event event = event_of(Kind::CommandName);
  event.text = name;
  event.hierarchy = environment_variable(kParentName).value_or("");
  if (!event.hierarchy.empty()) event.hierarchy += '/';
  event.hierarchy += name;
  ::setenv(kParentName, event.hierarchy.c_str(), 1);
  write(event);
}

void error(const std::string& message) {
  if (!is_on()) return;
  Event event = event_of(Kind::Error);
  event.text = state().redacts ? redact(message) : message;
  write(event);
}

void end(int code) {
  if (!is_on()) return;
  for (const Kind kind : {Kind::Exit, Kind::AtExit}) {
    Event event = event_of(kind);
    event.code = code;
    write(event);
  }
}

ChildEvents::ChildEvents(const std::vector<std::string>& argv, const std::string& directory)
    : number_(state().children++), started_(Steady::now()) {
  Event event = event_of(Kind::ChildStart);
  event.child = number_;
  event.argv = redacted(argv);
  event.text = directory;
  write(event);
}

ChildEvents::~ChildEvents() {
  if (is_open_) ended(-1, -1);
}

void ChildEvents::ended(pid_t pid, int code) {
  is_open_ = false;
  Event event = event_of(Kind::ChildExit);
  event.child = number_;
  event.pid = pid;
  event.code = code;
  event.t_rel = since(started_);
  write(event);
}

const std::vector<int>& inherited_descriptors() {
  return state().inherited;
}

const std::vector<std::string>& named_targets() {
  return state().named;
}

Recording::Recording() : was_on_(is_on()) {
  compute_sid();
  recorded = &lines_;
  detail::is_on = true;
}

Recording::~Recording() {
  recorded = nullptr;
  detail::is_on = was_on_;
}

}  // namespace gs::trace2
