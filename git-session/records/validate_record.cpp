// The rules for a line of sessions.jsonl (docs/formats.md, "Records").
#include <algorithm>
#include <initializer_list>
#include <utility>

#include "base/ascii.h"
#include "records/session_record.h"

namespace gs::records {
namespace {

class Validator {
 public:
  explicit Validator(const Json& record) : record_(record) {}

  std::vector<std::string> problems() {
    if (!record_.is_object()) return {"the record is not an object"};
    check_identity();
    check_times();
    check_waves();
    check_counts(record_, "agent_summary", {"complete", "partial", "failed", "spiral"}, true);
    check_count(record_, "", "total_agents");
    check_count(record_, "", "total_files_changed");
    check_effectiveness();
    check_counts(record_, "grounding", {"planned", "touched", "unplanned", "untouched"}, false);
    check_counts(record_, "discovery_stats",
                 {"probes_run", "findings_raw", "findings_verified", "false_positives",
                  "user_dismissed", "issues_created"},
                 false);
    check_counts(record_, "review_stats",
                 {"total_findings", "high_confidence", "auto_fixed", "manual_required"}, false);
    check_tested_tree();
    check_absent_at_zero("stagnation_events", "total");
    check_absent_at_zero("grounding_injections", "count");
    return std::move(problems_);
  }

 private:
  void problem(std::string text) { problems_.push_back(std::move(text)); }

  static bool is_count(const Json& value) { return value.integer().value_or(-1) >= 0; }

  static const Json* find(const Json& object, std::string_view key) {
    const auto found = object.find(std::string(key));
    return found == object.end() ? nullptr : &*found;
  }

  void check_text(std::string_view key) {
    const Json* value = find(record_, key);
    if (value == nullptr || !value->is_string() || value->get_ref<const std::string&>().empty()) {
      problem("'" + std::string(key) + "' must be a text that is not empty");
    }
  }

  void check_one_of(const Json& object, const std::string& where, std::string_view key,
                    std::initializer_list<std::string_view> allowed) {
    const Json* value = find(object, key);
    const bool known = value != nullptr && value->is_string() &&
                       std::find(allowed.begin(), allowed.end(),
                                 value->get_ref<const std::string&>()) != allowed.end();
    if (known) return;
    std::string text = "'" + where + std::string(key) + "' must be one of";
    for (const std::string_view word : allowed) text += " " + std::string(word);
    problem(text);
  }

  void check_count(const Json& object, const std::string& where, std::string_view key) {
    const Json* value = find(object, key);
    if (value == nullptr || !is_count(*value)) {
      problem("'" + where + std::string(key) + "' must be an integer, 0 or more");
    }
  }

  // An object of counts. An optional one that was not measured is absent, never null.
  void check_counts(const Json& object, const std::string& key,
                    std::initializer_list<std::string_view> names, bool required) {
    const Json* group = find(object, key);
    if (group == nullptr && !required) return;
    if (group == nullptr || !group->is_object()) {
      problem("'" + key + "' must be an object");
      return;
    }
    for (const std::string_view name : names) check_count(*group, key + ".", name);
  }

  void check_absent_at_zero(const std::string& key, std::string_view total) {
    check_counts(record_, key, {total}, false);
    const Json* group = find(record_, key);
    const Json* value = group != nullptr && group->is_object() ? find(*group, total) : nullptr;
    if (value != nullptr && is_count(*value) && *value == 0) {
      problem("'" + key + "' must be absent when there is none");
    }
  }

  void check_identity() {
    check_text("session_id");
    check_one_of(record_, "", "session_type", {"feature", "deep", "housekeeping"});
    if (const Json* version = find(record_, "schema_version");
        version != nullptr && *version != 1) {
      problem("'schema_version' must be 1");
    }
    if (find(record_, "status") != nullptr)
      check_one_of(record_, "", "status", {"completed", "abandoned"});
    for (const std::string_view key : {"platform", "branch"}) {
      const Json* value = find(record_, key);
      if (value != nullptr && !value->is_string()) {
        problem("'" + std::string(key) + "' must be a text");
      }
    }
  }

  // "2026-11-22T12:59:15Z", with or without milliseconds, and no other form of ISO 8601.
  static std::optional<Timestamp> parse_time(const std::string& text) {
    constexpr std::string_view kShort = "0000-00-00T00:00:00Z";
    constexpr std::string_view kLong = "0000-00-00T00:00:00.000Z";
    const std::string_view shape = text.size() == kShort.size() ? kShort : kLong;
    if (text.size() != shape.size()) return std::nullopt;
    for (std::size_t i = 0; i < shape.size(); ++i) {
      const bool digit = is_digit(text[i]);
      if (shape[i] == '0' ? !digit : text[i] != shape[i]) return std::nullopt;
    }
    return parse_iso8601(text);
  }

  std::optional<Timestamp> time(std::string_view key) {
    const Json* value = find(record_, key);
    const auto parsed = value != nullptr && value->is_string()
                            ? parse_time(value->get_ref<const std::string&>())
                            : std::nullopt;
    if (!parsed) problem("'" + std::string(key) + "' must be YYYY-MM-DDTHH:MM:SS[.mmm]Z");
    return parsed;
  }

  void check_times() {
    const auto started = time("started_at");
    const auto completed = time("completed_at");
    if (started && completed && *completed < *started) {
      problem("'completed_at' must not be before 'started_at'");
    }
    for (const std::string_view key : {"duration_seconds", "paused_seconds"})
      if (find(record_, key) != nullptr) check_count(record_, "", key);
    const Json* clamped = find(record_, "_clamped");
    const bool original = find(record_, "_original_completed_at") != nullptr;
    if ((clamped != nullptr) != original) {
      problem("'_clamped' and '_original_completed_at' must stand together");
    }
    if (clamped != nullptr && *clamped != true) problem("'_clamped' must be true");
    if (original) static_cast<void>(time("_original_completed_at"));
  }

  void check_tested_tree() {
    const Json* tree = find(record_, "tested_tree");
    const Json* reasons = find(record_, "not_isolated");
    if (tree != nullptr) {
      const std::string id = tree->is_string() ? tree->get<std::string>() : "";
      constexpr std::size_t kDigits = 40;
      if (id.size() != kDigits || !std::all_of(id.begin(), id.end(), is_hex_digit))
        problem("'tested_tree' must be an object id");
    }
    if (reasons == nullptr) return;
    const bool texts = reasons->is_array() && !reasons->empty() &&
                       std::all_of(reasons->begin(), reasons->end(),
                                   [](const Json& reason) { return reason.is_string(); });
    if (!texts) problem("'not_isolated' must be a list of texts that is not empty");
    if (tree != nullptr) problem("'tested_tree' must be absent if it was not isolated");
  }

  void check_waves() {
    check_count(record_, "", "total_waves");
    const Json* waves = find(record_, "waves");
    if (waves == nullptr || !waves->is_array()) {
      problem("'waves' must be a list");
      return;
    }
    for (std::size_t i = 0; i < waves->size(); ++i) {
      check_wave((*waves)[i], "waves[" + std::to_string(i) + "]");
    }
  }

  void check_wave(const Json& wave, const std::string& name) {
    if (!wave.is_object()) {
      problem("'" + name + "' must be an object");
      return;
    }
    const Json* number = find(wave, "wave");
    if (number == nullptr || !is_count(*number) || number->get<double>() < 1) {
      problem("'" + name + ".wave' must be an integer, 1 or more");
    }
    const Json* role = find(wave, "role");
    if (role == nullptr || !role->is_string() || role->get_ref<const std::string&>().empty()) {
      problem("'" + name + ".role' must be a text that is not empty");
    }
    check_count(wave, name + ".", "agent_count");
    check_count(wave, name + ".", "files_changed");
    check_one_of(wave, name + ".", "quality", {"pass", "fail", "skip"});
  }

  void check_effectiveness() {
    check_counts(record_, "effectiveness", {"planned_issues", "completed", "carryover", "emergent"},
                 false);
    const Json* group = find(record_, "effectiveness");
    if (group == nullptr || !group->is_object()) return;
    const Json* rate = find(*group, "completion_rate");
    if (rate == nullptr || !rate->is_number() || rate->get<double>() < 0.0 ||
        rate->get<double>() > 1.0) {
      problem("'effectiveness.completion_rate' must be a number from 0 to 1");
    }
  }

  const Json& record_;
  std::vector<std::string> problems_;
};

}  // namespace

std::vector<std::string> validate_session_record(const Json& record) {
  return Validator(record).problems();
}

}  // namespace gs::records
