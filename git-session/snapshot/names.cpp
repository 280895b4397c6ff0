#include "snapshot/names.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/text.h"
#include "session/baseline.h"

namespace gs::snapshot {
namespace {

constexpr std::array kAutomaticLabels{session::kBaselineLabel, kBeforeCloseLabel,
                                      kBeforeRestoreLabel, kPausedLabel};
constexpr std::string_view kSubjectStart = "so-snapshot ";
constexpr std::string_view kWave = "wave-";
constexpr std::string_view kLock = ".lock";
// A loose ref is a file: with "wave-<N>-", a counter and git's ".lock" the name stays below 255
// bytes.
constexpr std::size_t kLongestComponent = 200;

// Removes the number at the start of `text` and returns it; digits only.
std::optional<long> take_number(std::string_view& text) {
  long number = 0;
  if (text.empty() || text.front() == '-') return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

struct Reading {
  std::string session;
  long wave = 0;
  std::string_view label;
};

// Ids and labels may contain " wave 3 ", so a subject can be ambiguous.
std::vector<Reading> readings(std::string_view subject) {
  constexpr std::string_view separator = " wave ";
  std::vector<Reading> found;
  if (!subject.starts_with(kSubjectStart)) return found;
  subject.remove_prefix(kSubjectStart.size());
  for (auto at = subject.find(separator); at != std::string_view::npos;
       at = subject.find(separator, at + 1)) {
    std::string_view rest = subject.substr(at + separator.size());
    const auto wave = take_number(rest);
    if (!wave || !rest.starts_with(' ')) continue;
    found.push_back({std::string(subject.substr(0, at)), *wave, rest.substr(1)});
  }
  return found;
}

// `label` itself, or with a counter.
bool is_label_or_counted(std::string_view label, std::string_view plain) {
  if (!label.starts_with(plain)) return false;
  label.remove_prefix(plain.size());
  if (label.empty()) return true;
  if (label.front() != '.') return false;
  label.remove_prefix(1);
  return take_number(label).has_value() && label.empty();
}

}  // namespace

std::string map_component(std::string_view raw) {
  std::string mapped(raw.substr(0, kLongestComponent));
  for (char& c : mapped) {
    if (!is_plain(c)) c = '-';
  }
  for (auto dots = mapped.find(".."); dots != std::string::npos; dots = mapped.find("..", dots)) {
    mapped[dots + 1] = '-';
  }
  if (mapped.empty()) return "-";
  if (mapped.front() == '.') mapped.front() = '-';
  if (mapped.back() == '.') mapped.back() = '-';
  if (mapped.ends_with(kLock)) mapped[mapped.size() - kLock.size()] = '-';
  return mapped;
}

std::string undo_ref(std::string_view worktree) {
  std::string ref(kUndoPrefix);
  // The name of a linked one's directory is never ".".
  return ref + (worktree == "." ? "main" : "worktrees/" + map_component(worktree));
}

std::string ref_name(const Name& name) {
  std::string ref(kRefPrefix);
  ref += name.session;
  ref += '/';
  ref += kWave;
  ref += std::to_string(name.wave);
  ref += '-';
  ref += name.label;
  return ref;
}

std::string shown_name(const Name& name, std::string_view own) {
  std::string text;
  if (own.empty() || map_component(own) != name.session) text += name.session + "/";
  if (name.wave != 0) text += std::to_string(name.wave) + "/";
  return text + name.label;
}

std::optional<Name> parse_ref_name(std::string_view whole) {
  std::string_view ref = whole;
  if (!ref.starts_with(kRefPrefix)) return std::nullopt;
  ref.remove_prefix(kRefPrefix.size());
  const auto slash = ref.find('/');
  if (slash == std::string_view::npos || slash == 0) return std::nullopt;
  const std::string_view session = ref.substr(0, slash);
  ref.remove_prefix(slash + 1);
  if (!ref.starts_with(kWave) || ref.find('/') != std::string_view::npos) return std::nullopt;
  ref.remove_prefix(kWave.size());
  const auto wave = take_number(ref);
  if (!wave || !ref.starts_with('-') || ref.size() < 2) return std::nullopt;
  Name name{std::string(session), *wave, std::string(ref.substr(1))};
  // "wave-03-x" would be taken for another ref.
  if (ref_name(name) != whole) return std::nullopt;
  return name;
}

std::string subject(std::string_view session, long wave, std::string_view label) {
  std::string text(kSubjectStart);
  text += session;
  text += " wave ";
  text += std::to_string(wave);
  text += ' ';
  text += label;
  return text;
}

std::optional<std::string> session_in_subject(std::string_view subject) {
  auto found = readings(subject);
  if (found.empty()) return std::nullopt;
  return std::move(found.front().session);
}

std::optional<std::string> raw_session(const Name& name, std::string_view subject) {
  for (auto& reading : readings(subject)) {
    if (reading.wave == name.wave && map_component(reading.session) == name.session &&
        is_label_or_counted(name.label, map_component(reading.label))) {
      return std::move(reading.session);
    }
  }
  return std::nullopt;
}

bool is_automatic_label(std::string_view raw) {
  return std::find(kAutomaticLabels.begin(), kAutomaticLabels.end(), raw) != kAutomaticLabels.end();
}

namespace {

bool has_label(const Name& name, std::string_view subject,
               const std::function<bool(std::string_view raw)>& is_meant) {
  const auto found = readings(subject);
  return std::any_of(found.begin(), found.end(), [&](const Reading& reading) {
    return is_meant(reading.label) && reading.wave == name.wave &&
           map_component(reading.session) == name.session &&
           is_label_or_counted(name.label, reading.label);
  });
}

}  // namespace

bool is_automatic(const Name& name, std::string_view subject) {
  return has_label(name, subject, is_automatic_label);
}

bool is_of_pause(const Name& name, std::string_view subject) {
  return has_label(name, subject, [](std::string_view raw) { return raw == kPausedLabel; });
}

}  // namespace gs::snapshot
