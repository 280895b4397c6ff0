#include "records/lessons.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/ascii.h"
#include "base/text.h"
#include "formats/json.h"

namespace gs::records {
namespace {

constexpr std::size_t kFragileFrom = 3;  // of the session's commits
constexpr std::size_t kMostFragile = 10;
constexpr std::size_t kScopeFrom = 2;  // planned items: one alone says nothing about the size
constexpr std::size_t kRecurringFrom = 2;

void add_fragile_files(const SessionFacts& facts, std::vector<Lesson>& lessons) {
  std::vector<std::pair<std::size_t, std::string>> often;
  for (const auto& [file, commits] : facts.commits_by_file) {
    if (commits >= kFragileFrom) often.emplace_back(commits, file);
  }
  std::stable_sort(often.begin(), often.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  if (often.size() > kMostFragile) often.resize(kMostFragile);
  for (const auto& [commits, file] : often) {
    lessons.push_back(
        {"fragile-file", file,
         "changed repeatedly within one session: review it as a whole before changing it",
         "in " + std::to_string(commits) + " of " + plural(facts.commits, "commit"), false});
  }
}

// A number of agents that completed everything planned is an effective size for such a session,
// unless the same number also left work open.
void add_sizing(const SessionFacts& facts, std::vector<Lesson>& lessons) {
  const session::AgentCounts agents = session::count_agents(facts.waves);
  if (agents.total == 0) return;
  const bool worked = agents.complete == agents.total && facts.carried_over == 0;
  const auto waves = static_cast<std::size_t>(
      std::count_if(facts.waves.begin(), facts.waves.end(),
                    [](const session::Wave& wave) { return !wave.agents.empty(); }));
  const std::string number = std::to_string(agents.total);
  lessons.push_back(
      {"effective-sizing",
       facts.session_type + "-session-with-" + number + (agents.total == 1 ? "-agent" : "-agents"),
       plural(agents.total, "agent") + " in " + plural(waves, "wave") + " did a " +
           facts.session_type + " session of " + plural(facts.planned, "item"),
       std::to_string(agents.complete) + " of " + plural(agents.total, "agent") + " complete, " +
           std::to_string(facts.completed) + " of " + plural(facts.planned, "item") + " done",
       !worked});
}

// Failed in more than one wave: the same agent task, or the same issue.
void add_recurring_issues(const SessionFacts& facts, std::vector<Lesson>& lessons) {
  std::map<std::string, std::set<long>> waves_by_subject;
  for (const session::Wave& wave : facts.waves) {
    for (const session::AgentRun& agent : wave.agents) {
      if (agent.issue)
        waves_by_subject["issue-" + std::to_string(*agent.issue)].insert(wave.number);
      if (agent.status != session::AgentStatus::Complete && !agent.description.empty())
        waves_by_subject[agent.description].insert(wave.number);
    }
  }
  for (const auto& [subject, waves] : waves_by_subject) {
    if (waves.size() < kRecurringFrom) continue;
    std::vector<std::string> numbers;
    for (const long wave : waves) numbers.push_back(std::to_string(wave));
    lessons.push_back({"recurring-issue", subject,
                       "came up in one wave after another: settle its cause first",
                       "in waves " + join(numbers, ", "), false});
  }
}

// Only of a session in waves: that a person's plan was too large teaches that person nothing.
void add_scope(const SessionFacts& facts, std::vector<Lesson>& lessons) {
  if (facts.waves.empty() || facts.planned < kScopeFrom) return;
  const std::string of_type = "-for-a-" + facts.session_type + "-session";
  const std::string evidence = std::to_string(facts.completed) + " of " +
                               plural(facts.planned, "item") + " done, " +
                               std::to_string(facts.carried_over) + " carried over";
  const bool fits = facts.carried_over == 0;
  const bool too_large = facts.carried_over * 2 >= facts.planned;
  if (!fits && !too_large) return;
  lessons.push_back({"scope-guidance", "scope-fits" + of_type,
                     plural(facts.planned, "item") + " fit into one session", evidence, !fits});
  lessons.push_back({"scope-guidance", "scope-too-large" + of_type,
                     plural(facts.planned, "item") + " are more than one session takes", evidence,
                     !too_large});
}

// "[2026-11-22T11:40:00Z] Phase 2.3: staleness overridden (3 findings)" → "phase-staleness-…": the
// part that recurs: words, without times, numbers and parentheses.
std::string deviation_kind(std::string_view text) {
  if (text.starts_with('[')) text = text.substr(std::min(text.find(']'), text.size() - 1) + 1);
  text = text.substr(0, text.find('('));
  constexpr std::size_t kMostWords = 6;
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    const bool has_letter =
        std::any_of(word.begin(), word.end(), [](char c) { return !is_digit(c); });
    if (!word.empty() && has_letter && words.size() < kMostWords) words.push_back(word);
    word.clear();
  };
  for (const char c : to_lower(text)) {
    if (is_high(c) || is_alnum(c)) {
      word += c;
    } else {
      end_word();
    }
  }
  end_word();
  return join(words, "-");
}

void add_deviations(const SessionFacts& facts, std::vector<Lesson>& lessons) {
  std::vector<std::string> order;
  std::map<std::string, std::vector<std::string>> by_kind;
  for (const std::string& deviation : facts.deviations) {
    const std::string kind = deviation_kind(deviation);
    if (kind.empty()) continue;
    if (!by_kind.contains(kind)) order.push_back(kind);
    by_kind[kind].push_back(deviation);
  }
  for (const std::string& kind : order) {
    const std::vector<std::string>& texts = by_kind[kind];
    if (facts.waves.empty() && texts.size() < kRecurringFrom) continue;
    std::string evidence = texts.front();
    if (texts.size() > 1) evidence += " (and " + plural(texts.size() - 1, "more time") + ")";
    lessons.push_back({"deviation-pattern", kind,
                       "sessions leave the plan here: leave room for it when planning", evidence,
                       false});
  }
}

void add_stagnations(const SessionFacts& facts, std::vector<Lesson>& lessons) {
  for (const auto& [error_class, count] : facts.stagnation_classes) {
    if (count < kRecurringFrom) continue;
    lessons.push_back({"stagnation-class-frequency", error_class,
                       "agents get stuck on errors of this class",
                       plural(count, "time") + " in one session", false});
  }
}

}  // namespace

std::vector<Lesson> lessons_of(const SessionFacts& facts) {
  std::vector<Lesson> lessons;
  add_fragile_files(facts, lessons);
  add_sizing(facts, lessons);
  add_recurring_issues(facts, lessons);
  add_scope(facts, lessons);
  add_deviations(facts, lessons);
  add_stagnations(facts, lessons);
  return lessons;
}

std::string noted_line(const Lesson& lesson, Timestamp noted_at) {
  const Json value = {{"noted_at", format_utc(noted_at)}, {"type", lesson.type},
                      {"subject", lesson.subject},        {"insight", lesson.insight},
                      {"evidence", lesson.evidence},      {"contradicts", lesson.contradicts}};
  return formats::to_json_line(value) + "\n";
}

Noted parse_noted(std::string_view text) {
  const formats::JsonLines parsed = formats::parse_json_lines(text);
  const std::vector<std::string_view> lines = split_lines(text);
  std::set<std::size_t> unread(parsed.broken.begin(), parsed.broken.end());
  Noted noted;
  for (const formats::JsonLines::Record& record : parsed.records) {
    const auto text_of = [&](const char* key) {
      const auto found = record.value.find(key);
      return found != record.value.end() && found->is_string() ? found->get<std::string>()
                                                               : std::string();
    };
    const auto contradicts = record.value.find("contradicts");
    Lesson lesson{text_of("type"), text_of("subject"), text_of("insight"), text_of("evidence"),
                  contradicts != record.value.end() && *contradicts == true};
    if (lesson.type.empty() || lesson.subject.empty()) {
      unread.insert(record.line);
    } else {
      noted.lessons.push_back(std::move(lesson));
    }
  }
  for (const std::size_t line : unread) noted.unread.append(lines.at(line - 1)).append("\n");
  return noted;
}

}  // namespace gs::records
