#include "checks/notes/staleness.h"

#include <array>
#include <cmath>

#include "base/error.h"
#include "base/file/file.h"
#include "base/file/walk.h"
#include "base/text.h"
#include "formats/frontmatter.h"
#include "formats/yaml.h"

namespace gs::checks {
namespace {

using session::Severity;
using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::array<const char*, 3> kNarratives = {"context.md", "decisions.md", "people.md"};

double hours_in(milliseconds time) {
  return static_cast<double>(time.count()) / 3'600'000.0;
}

// The frontmatter of a note; an empty object if it has none. Throws if it cannot be read.
Json frontmatter_of(const TreeFiles& files, const RepoPath& path) {
  const auto info = files.info(path);
  if (info && info->size > static_cast<std::uint64_t>(FileLimit::Note))
    throw fatal("larger than 8 MiB");
  const std::string text = files.read(path, FileLimit::Note).value_or("");
  const auto parts = formats::split_frontmatter(text);
  if (!parts) return Json::object();
  Json values = formats::parse_yaml(parts->yaml, path.bytes(), 2);
  return values.is_object() ? values : Json::object();
}

// A date in the frontmatter.
struct Date {
  std::optional<std::string> text;  // absent: not given
  std::optional<Timestamp> time;    // absent: not a date
};
Date date_in(const Json& values, const char* key) {
  const auto found = values.find(key);
  if (found == values.end() || found->is_null() || *found == "") return {};
  const std::string text =
      found->is_string() ? found->get<std::string>() : formats::to_json_line(*found);
  return {text, found->is_string() ? parse_iso8601(text) : std::nullopt};
}

class StalenessChecker {
 public:
  StalenessChecker(const TreeFiles& files, const StalenessThresholds& thresholds, Timestamp now,
                   std::string shown_as, StalenessCheck& check)
      : files_(files),
        thresholds_(thresholds),
        now_(now),
        shown_as_(std::move(shown_as)),
        check_(check) {}

  void check_project(const std::string& slug) {
    const RepoPath overview(slug + "/_overview.md");
    if (!files_.is_file(overview)) return;
    ++check_.projects;
    const std::string note = slug + "/_overview.md";
    Date last_sync;
    try {
      last_sync = date_in(frontmatter_of(files_, overview), "lastSync");
    } catch (const Error& error) {
      ++check_.project_errors;
      add_project({slug, Severity::Low, {}, {}}, note, 60, "cannot be read: " + error.message());
      return;
    }
    if (!last_sync.text) {
      add_project({slug, Severity::Medium, {}, {}}, note, 80, "has no lastSync");
    } else if (!last_sync.time) {
      ++check_.project_errors;
      add_project({slug, Severity::Low, last_sync.text, {}}, note, 60,
                  "lastSync is '" + ellipsize(*last_sync.text, 60) + "', not a date");
    } else if (const double hours = hours_in(now_ - *last_sync.time); hours > 24) {
      add_project({slug, hours > 168 ? Severity::Medium : Severity::Low, last_sync.text, hours},
                  note, 90,
                  "was synchronized on " + format_utc_day(*last_sync.time) + ", more than " +
                      (hours > 168 ? "a week" : "a day") + " ago");
    }
  }

  void check_narratives(const std::string& slug) {
    ++check_.directories;
    const std::string tier = tier_of(slug);
    for (const char* name : kNarratives) {
      const RepoPath path(slug + "/" + name);
      if (!files_.is_file(path)) continue;
      ++check_.narratives;
      check_narrative(path, {slug, name, tier, Severity::Low, {}, threshold_of(tier)});
    }
  }

 private:
  void check_narrative(const RepoPath& path, NarrativeStaleness narrative) {
    Date updated;
    try {
      updated = date_in(frontmatter_of(files_, path), "updated");
    } catch (const Error& error) {
      ++check_.narrative_errors;
      add_narrative(narrative, 60, "cannot be read: " + error.message());
      return;
    }
    if (!updated.text) {
      add_narrative(narrative, 70, "has no 'updated'");
      return;
    }
    if (!updated.time) {
      ++check_.narrative_errors;
      add_narrative(narrative, 60,
                    "'updated' is '" + ellipsize(*updated.text, 60) + "', not a date");
      return;
    }
    const double days = hours_in(now_ - *updated.time) / 24;
    const auto threshold = static_cast<double>(narrative.threshold);
    if (days <= threshold) return;
    narrative.days = std::lround(days);
    if (days > threshold * 2) narrative.severity = Severity::Medium;
    if (days > threshold * 3) narrative.severity = Severity::High;
    const char* times = days > threshold * 3   ? "three times "
                        : days > threshold * 2 ? "twice "
                                               : "";
    add_narrative(narrative, 90,
                  "was updated on " + format_utc_day(*updated.time) + ", more than " + times +
                      plural(static_cast<std::size_t>(narrative.threshold), "day") + " ago (tier " +
                      narrative.tier + ")");
  }

  [[nodiscard]] std::string tier_of(const std::string& slug) const {
    try {
      const Json values = frontmatter_of(files_, RepoPath(slug + "/_overview.md"));
      const auto tier = values.find("tier");
      if (tier == values.end() || !tier->is_string()) return "active";
      const std::string name = to_lower(tier->get<std::string>());
      return name == "top" || name == "archived" ? name : "active";
    } catch (const Error&) {  // reported for the project
      return "active";
    }
  }
  [[nodiscard]] long threshold_of(const std::string& tier) const {
    if (tier == "top") return thresholds_.top;
    return tier == "archived" ? thresholds_.archived : thresholds_.active;
  }

  void add_project(ProjectStaleness project, const std::string& note, int confidence,
                   const std::string& what) {
    add(project.severity, note, confidence, project.slug + " " + what, "synchronize it");
    check_.stale_projects.push_back(std::move(project));
  }
  void add_narrative(NarrativeStaleness narrative, int confidence, const std::string& what) {
    const std::string note = narrative.slug + "/" + narrative.file;
    add(narrative.severity, note, confidence, note + " " + what,
        "bring it up to date, and set 'updated'");
    check_.stale_narratives.push_back(std::move(narrative));
  }
  void add(Severity severity, const std::string& note, int confidence, const std::string& title,
           const std::string& recommendation) {
    check_.findings.push_back({.source = "staleness",
                               .severity = severity,
                               .confidence = confidence,
                               .file = shown_as_ + note,
                               .title = title,
                               .recommendation = recommendation});
  }

  const TreeFiles& files_;
  const StalenessThresholds& thresholds_;
  Timestamp now_;
  std::string shown_as_;
  StalenessCheck& check_;
};

}  // namespace

std::optional<StalenessCheck> check_staleness(const TreeFiles& files,
                                              const StalenessThresholds& thresholds, Timestamp now,
                                              const std::string& shown_as) {
  const TreeFiles projects = files.below(RepoPath("01-projects"));
  if (!projects.exists()) return std::nullopt;
  StalenessCheck check;
  StalenessChecker checker(projects, thresholds, now, shown_as + "01-projects/", check);
  std::vector<std::string> slugs;
  for (const std::string& name : projects.list(RepoPath())) {
    if (!name.starts_with('.') && projects.is_directory(RepoPath(name))) slugs.push_back(name);
  }
  const auto start = steady_clock::now();
  for (const std::string& slug : slugs) checker.check_project(slug);
  const auto between = steady_clock::now();
  for (const std::string& slug : slugs) checker.check_narratives(slug);
  check.project_time = duration_cast<milliseconds>(between - start);
  check.narrative_time = duration_cast<milliseconds>(steady_clock::now() - between);
  return check;
}

}  // namespace gs::checks
