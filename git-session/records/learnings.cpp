#include "records/learnings.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "formats/json.h"

namespace gs::records {
namespace {

constexpr double kFirst = 0.5;
constexpr double kConfirmed = 0.15;
constexpr double kContradicted = 0.2;

using Key = std::pair<std::string, std::string>;  // type and subject

std::string text_of(const Json& value, const char* key) {
  const auto found = value.find(key);
  return found != value.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool is_learning(const Json& value) {
  const auto confidence = value.find("confidence");
  return !text_of(value, "type").empty() && !text_of(value, "subject").empty() &&
         confidence != value.end() && confidence->is_number();
}

Key key_of(const Json& value) {
  return {text_of(value, "type"), text_of(value, "subject")};
}

// Decimal fractions, not what adding them up in binary leaves.
double rounded(double confidence) {
  return std::round(confidence * 1e6) / 1e6;
}

std::string midnight_in(long days, Timestamp now) {
  const auto today = std::chrono::floor<std::chrono::days>(now);
  return format_utc(Timestamp(today + std::chrono::days(days)));
}

struct Line {
  std::string_view raw;
  std::optional<Json> learning;  // absent: a line that is none
  bool touched = false;          // added, confirmed or contradicted
  bool changed = false;
  bool dropped = false;

  [[nodiscard]] double confidence() const { return (*learning)["confidence"].get<double>(); }
  void set_confidence(double value) {
    (*learning)["confidence"] = rounded(value);
    changed = true;
  }
};

class Updater {
 public:
  Updater(std::string_view text, const LearningRules& rules) : text_(text), rules_(rules) {
    for (const std::string_view raw : split_lines(text)) lines_.push_back({raw, std::nullopt});
    formats::JsonLines parsed = formats::parse_json_lines(text);
    changes_.unreadable = parsed.broken.size();
    for (formats::JsonLines::Record& record : parsed.records) {
      if (!is_learning(record.value)) {
        ++changes_.unreadable;
        continue;
      }
      by_key_.emplace(key_of(record.value), record.line - 1);
      lines_[record.line - 1].learning = std::move(record.value);
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
  // The same said twice in a session counts once.
  void apply(const Lesson& lesson) {
    const Key key{lesson.type, lesson.subject};
    if (!said_.emplace(key, lesson.contradicts).second) return;
    const auto [first, last] = by_key_.equal_range(key);
    if (first == last) {
      if (!lesson.contradicts) new_.push_back(lesson);
      return;
    }
    for (auto found = first; found != last; ++found) {
      Line& line = lines_[found->second];
      line.touched = true;
      if (lesson.contradicts) {
        line.set_confidence(std::max(line.confidence() - kContradicted, 0.0));
      } else {
        line.set_confidence(std::min(line.confidence() + kConfirmed, 1.0));
        (*line.learning)["expires_at"] = midnight_in(rules_.expiry_days, rules_.now);
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
      lines_.push_back({{}, std::move(value), true, true, false});
      ++changes_.added;
    }
  }

  void decay() {
    if (rules_.decay_rate <= 0) return;
    for (Line& line : lines_) {
      if (!line.learning || line.touched) continue;
      const double left = std::max(line.confidence() - rules_.decay_rate, 0.0);
      if (left != line.confidence()) line.set_confidence(left);
    }
  }

  void prune() {
    const std::string today = format_utc_day(rules_.now);
    for (Line& line : lines_) {
      if (!line.learning) continue;
      const auto expires = parse_iso8601(text_of(*line.learning, "expires_at"));
      const bool expired = expires && format_utc_day(*expires) < today;
      if (!expired && line.confidence() > 0) continue;
      line.dropped = true;
      ++changes_.expired;
    }
  }

  void merge() {
    std::map<Key, Line*> best;
    for (Line& line : lines_) {
      if (!line.learning || line.dropped) continue;
      const auto [found, is_first] = best.emplace(key_of(*line.learning), &line);
      if (is_first) continue;
      Line*& kept = found->second;
      Line* worse = &line;
      if (line.confidence() > kept->confidence()) std::swap(kept, worse);
      worse->dropped = true;
      ++changes_.merged;
    }
  }

  [[nodiscard]] std::string text() const {
    const bool same = std::none_of(lines_.begin(), lines_.end(),
                                   [](const Line& line) { return line.changed || line.dropped; });
    if (same) return std::string(text_);
    std::string text;
    text.reserve(text_.size() + text_.size() / 8);
    for (const Line& line : lines_) {
      if (line.dropped) continue;
      text += line.changed ? formats::to_json_line(*line.learning) : std::string(line.raw);
      if (line.changed && line.raw.ends_with('\r')) text += '\r';
      text += '\n';
    }
    return text;
  }

  [[nodiscard]] std::vector<Learning> learnings() const {
    std::vector<Learning> all;
    for (const Line& line : lines_) {
      if (!line.learning || line.dropped) continue;
      const Json& value = *line.learning;
      all.push_back({text_of(value, "id"), text_of(value, "type"), text_of(value, "subject"),
                     text_of(value, "insight"), text_of(value, "evidence"),
                     text_of(value, "source_session"), text_of(value, "created_at"),
                     text_of(value, "expires_at"), line.confidence(), line.touched});
    }
    return all;
  }

  std::string_view text_;
  const LearningRules& rules_;
  std::vector<Line> lines_;
  std::multimap<Key, std::size_t> by_key_;
  std::set<std::pair<Key, bool>> said_;
  std::vector<Lesson> new_;
  LearningChanges changes_;
};

}  // namespace

LearningsUpdate update_learnings(std::string_view text, const std::vector<Lesson>& lessons,
                                 const LearningRules& rules) {
  return Updater(text, rules).update(lessons);
}

bool has_learning(std::string_view text, std::string_view type, std::string_view subject) {
  const formats::JsonLines lines = formats::parse_json_lines(text);
  return std::any_of(lines.records.begin(), lines.records.end(), [&](const auto& record) {
    return is_learning(record.value) && text_of(record.value, "type") == type &&
           text_of(record.value, "subject") == subject;
  });
}

}  // namespace gs::records
