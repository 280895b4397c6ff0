#include "records/learnings.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "formats/json.h"

namespace gs::records {
namespace {

constexpr double kFirst = 0.5;
constexpr double kConfirmed = 0.15;
constexpr double kContradicted = 0.2;

// Type and subject in one; the separator does not occur in text.
std::string key_of(std::string_view type, std::string_view subject) {
  std::string key;
  key.reserve(type.size() + subject.size() + 1);
  return key.append(type).append(1, '\0').append(subject);
}

using Members = std::vector<formats::JsonMember>;

// Of a duplicate key, the last one counts.
const formats::JsonMember* find(const Members& members, std::string_view key) {
  for (auto member = members.rbegin(); member != members.rend(); ++member) {
    if (member->key == key) return &*member;
  }
  return nullptr;
}

std::string text_of(const Members& members, std::string_view key) {
  const formats::JsonMember* const member = find(members, key);
  return member != nullptr && member->value.is_string() ? member->value.get<std::string>() : "";
}

// Rounded to decimal fractions, without the errors of binary addition.
double rounded(double confidence) {
  return std::round(confidence * 1e6) / 1e6;
}

std::string midnight_in(long days, Timestamp now) {
  const auto today = std::chrono::floor<std::chrono::days>(now);
  return format_utc(Timestamp(today + std::chrono::days(days)));
}

// A learning of the file, or a new one.
struct Entry {
  std::string key;
  double confidence = 0;
  std::string expires_at;
  bool touched = false;         // added, confirmed or contradicted
  bool new_confidence = false;  // differs from the line
  bool new_expires_at = false;
};

struct Line {
  std::string_view raw;
  Members members;             // their places in `raw`
  std::optional<Entry> entry;  // absent: a line that is not a learning
  std::string added;           // a new line
  bool dropped = false;

  void set_confidence(double value) {
    entry->confidence = rounded(value);
    entry->new_confidence = true;
  }
  [[nodiscard]] bool changed() const {
    return !added.empty() || (entry && (entry->new_confidence || entry->new_expires_at));
  }
};

std::optional<Entry> entry_of(const Members& members) {
  const std::string type = text_of(members, "type");
  const std::string subject = text_of(members, "subject");
  const formats::JsonMember* const confidence = find(members, "confidence");
  if (type.empty() || subject.empty() || confidence == nullptr || !confidence->value.is_number()) {
    return std::nullopt;
  }
  return Entry{key_of(type, subject), confidence->value.get<double>(),
               text_of(members, "expires_at")};
}

// The line with new values; the rest is preserved byte for byte.
std::string rewritten(const Line& line) {
  struct Edit {
    std::size_t at, length;
    std::string text;
  };
  std::vector<Edit> edits;
  const auto offset = [&](std::string_view value) {
    return static_cast<std::size_t>(value.data() - line.raw.data());
  };
  if (line.entry->new_confidence) {
    const std::string_view confidence = find(line.members, "confidence")->written;
    edits.push_back({offset(confidence), confidence.size(),
                     formats::to_json_line(Json(line.entry->confidence))});
  }
  if (line.entry->new_expires_at) {
    const std::string text = "\"" + line.entry->expires_at + "\"";
    if (const formats::JsonMember* const expires = find(line.members, "expires_at")) {
      edits.push_back({offset(expires->written), expires->written.size(), text});
    } else {
      edits.push_back({line.raw.rfind('}'), 0, ",\"expires_at\":" + text});
    }
  }
  std::string text(line.raw);
  std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.at > b.at; });
  for (const Edit& edit : edits) text.replace(edit.at, edit.length, edit.text);
  return text;
}

class Updater {
 public:
  Updater(std::string_view text, const LearningRules& rules) : text_(text), rules_(rules) {
    for (const std::string_view raw : split_lines(text)) {
      Line line{raw, {}, {}, {}, false};
      if (auto members = formats::json_members(raw)) {
        line.entry = entry_of(*members);
        line.members = std::move(*members);
      }
      if (line.entry) by_key_.emplace(line.entry->key, lines_.size());
      if (!line.entry && !trim(raw).empty()) ++changes_.unreadable;
      lines_.push_back(std::move(line));
    }
  }

  LearningsUpdate update(const std::vector<Lesson>& lessons) {
    for (const Lesson& lesson : lessons) apply(lesson);
    add_new();
    decay();
    prune();
    merge();
    return {text(), changes_, learnings()};
  }

 private:
  // A statement repeated within a session counts once.
  void apply(const Lesson& lesson) {
    const std::string key = key_of(lesson.type, lesson.subject);
    if (!said_.emplace(key, lesson.contradicts).second) return;
    const auto [first, last] = by_key_.equal_range(key);
    if (first == last) {
      if (!lesson.contradicts) new_.push_back(lesson);
      return;
    }
    for (auto found = first; found != last; ++found) {
      Line& line = lines_[found->second];
      line.entry->touched = true;
      if (lesson.contradicts) {
        line.set_confidence(std::max(line.entry->confidence - kContradicted, 0.0));
      } else {
        line.set_confidence(std::min(line.entry->confidence + kConfirmed, 1.0));
        line.entry->expires_at = midnight_in(rules_.expiry_days, rules_.now);
        line.entry->new_expires_at = true;
      }
    }
    ++(lesson.contradicts ? changes_.contradicted : changes_.confirmed);
  }

  void add_new() {
    for (const Lesson& lesson : new_) {
      Json value;
      value["schema_version"] = 1;
      value["id"] = rules_.new_id();
      value["type"] = lesson.type;
      value["subject"] = lesson.subject;
      value["insight"] = lesson.insight;
      value["evidence"] = lesson.evidence;
      value["confidence"] = kFirst;
      value["source_session"] = rules_.session;
      value["created_at"] = format_utc(rules_.now);
      value["expires_at"] = midnight_in(rules_.expiry_days, rules_.now);
      Line& line = lines_.emplace_back();
      line.added = formats::to_json_line(value);
      ++changes_.added;
    }
    // From here on their places are fixed.
    for (Line& line : lines_) {
      if (line.added.empty()) continue;
      line.members = formats::json_members(line.added).value_or(Members{});
      line.entry = entry_of(line.members);
      if (line.entry) line.entry->touched = true;
    }
  }

  void decay() {
    if (rules_.decay_rate <= 0) return;
    for (Line& line : lines_) {
      if (!line.entry || line.entry->touched) continue;
      const double left = std::max(line.entry->confidence - rules_.decay_rate, 0.0);
      if (left != line.entry->confidence) line.set_confidence(left);
    }
  }

  void prune() {
    const auto today = std::chrono::floor<std::chrono::days>(rules_.now);
    for (Line& line : lines_) {
      if (!line.entry) continue;
      const auto expires = parse_iso8601(line.entry->expires_at);
      const bool expired = expires && std::chrono::floor<std::chrono::days>(*expires) < today;
      if (!expired && line.entry->confidence > 0) continue;
      line.dropped = true;
      ++changes_.expired;
    }
  }

  void merge() {
    std::unordered_map<std::string_view, Line*> best;
    best.reserve(lines_.size());
    for (Line& line : lines_) {
      if (!line.entry || line.dropped) continue;
      const auto [found, is_first] = best.emplace(line.entry->key, &line);
      if (is_first) continue;
      Line*& kept = found->second;
      Line* worse = &line;
      if (line.entry->confidence > kept->entry->confidence) std::swap(kept, worse);
      worse->dropped = true;
      ++changes_.merged;
    }
  }

  [[nodiscard]] std::string text() const {
    const bool same = std::none_of(lines_.begin(), lines_.end(),
                                   [](const Line& line) { return line.changed() || line.dropped; });
    if (same) return std::string(text_);
    std::string text;
    text.reserve(text_.size() + text_.size() / 8);
    for (const Line& line : lines_) {
      if (line.dropped) continue;
      if (!line.added.empty()) {
        text += line.added;
      } else if (line.changed()) {
        text += rewritten(line);
      } else {
        text += line.raw;
      }
      text += '\n';
    }
    return text;
  }

  [[nodiscard]] std::vector<Learning> learnings() const {
    std::vector<Learning> all;
    for (const Line& line : lines_) {
      if (!line.entry || line.dropped) continue;
      const Members& members = line.members;
      all.push_back({text_of(members, "id"), text_of(members, "type"), text_of(members, "subject"),
                     text_of(members, "insight"), text_of(members, "evidence"),
                     text_of(members, "source_session"), text_of(members, "created_at"),
                     line.entry->expires_at, line.entry->confidence, line.entry->touched});
    }
    return all;
  }

  std::string_view text_;
  const LearningRules& rules_;
  std::vector<Line> lines_;
  std::unordered_multimap<std::string, std::size_t> by_key_;
  std::set<std::pair<std::string, bool>> said_;
  std::vector<Lesson> new_;
  LearningChanges changes_;
};

}  // namespace

LearningsUpdate update_learnings(std::string_view text, const std::vector<Lesson>& lessons,
                                 const LearningRules& rules) {
  return Updater(text, rules).update(lessons);
}

bool has_learning(std::string_view text, std::string_view type, std::string_view subject) {
  const std::string key = key_of(type, subject);
  for (const std::string_view line : split_lines(text)) {
    const auto members = formats::json_members(line);
    const auto entry = members ? entry_of(*members) : std::nullopt;
    if (entry && entry->key == key) return true;
  }
  return false;
}

}  // namespace gs::records
