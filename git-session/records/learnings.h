#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

// .orchestrator/metrics/learnings.jsonl (docs/formats.md, "Learnings").
namespace gs::records {

// A session's statement: something learned, or that an earlier learning is wrong.
struct Lesson {
  std::string type;     // fragile-file, effective-sizing, …
  std::string subject;  // identifies the learning, with the type
  std::string insight;
  std::string evidence;
  bool contradicts = false;
  bool operator==(const Lesson&) const = default;
};

struct LearningRules {
  std::string session;
  Timestamp now;
  double decay_rate = 0.05;
  long expiry_days = 30;
  std::function<std::string()> new_id;
};

struct LearningChanges {
  std::size_t added = 0, confirmed = 0, contradicted = 0;
  std::size_t expired = 0;     // by date, or without any confidence left
  std::size_t merged = 0;      // duplicates of a better one
  std::size_t unreadable = 0;  // lines that are not a learning: kept in place
};

// A learning after the update, for the vault's notes.
struct Learning {
  std::string id, type, subject, insight, evidence, source_session;
  std::string created_at, expires_at;
  double confidence = 0;
  bool touched = false;  // added, confirmed or contradicted now
};

struct LearningsUpdate {
  std::string text;  // of the whole file
  LearningChanges changes;
  std::vector<Learning> learnings;
};

// One session's update of the learnings: confirms and contradicts, adds, decays the untouched ones,
// drops expired ones and those without confidence, and merges duplicates, in that order. Unknown
// keys and lines that are not a learning are preserved.
[[nodiscard]] LearningsUpdate update_learnings(std::string_view text,
                                               const std::vector<Lesson>& lessons,
                                               const LearningRules& rules);

// Whether the file has a learning of this type and subject.
[[nodiscard]] bool has_learning(std::string_view text, std::string_view type,
                                std::string_view subject);

}  // namespace gs::records
