#include "checks/discovery.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/names.h"
#include "base/text.h"
#include "checks/grounding.h"
#include "checks/lines/probes.h"
#include "checks/lines/source_line.h"
#include "checks/secrets/secrets.h"

namespace gs::checks {
namespace {

constexpr auto kCategoryNames = std::to_array<Name<Category>>({{Category::Code, "code"},
                                                               {Category::Infra, "infra"},
                                                               {Category::Ui, "ui"},
                                                               {Category::Arch, "arch"},
                                                               {Category::Session, "session"},
                                                               {Category::Vault, "vault"}});
static_assert(is_complete(kCategoryNames));

constexpr std::uint64_t kLargeBinary = 1U << 20U;
std::size_t count_of(const Json& stats, const char* key) {
  constexpr std::int64_t kMost = 1'000'000;
  const auto found = stats.find(key);
  const std::int64_t count = found == stats.end() ? 0 : found->integer().value_or(0);
  return static_cast<std::size_t>(std::clamp<std::int64_t>(count, 0, kMost));
}

}  // namespace

std::string_view category_name(Category category) {
  return name_of(kCategoryNames, category);
}

Discovery::Discovery(DiscoverySettings settings) : settings_(std::move(settings)) {}

bool Discovery::wants(Category category) const {
  return std::any_of(
      settings_.probes.begin(), settings_.probes.end(),
      [&](const std::string& name) { return name == "all" || name == category_name(category); });
}

std::vector<IssueReference> Discovery::probe_lines(const std::string& path,
                                                   const std::vector<git::AddedLine>& lines) {
  for (session::Finding& secret : find_secrets(path, lines)) add(Category::Code, std::move(secret));
  for (Artifact& artifact : find_artifacts(path, lines)) {
    add(Category::Code, std::move(artifact.finding));
  }
  if (is_foreign(path, lines)) return {};
  for (session::Finding& mark : find_focused_tests(path, lines))
    add(Category::Code, std::move(mark));
  Annotations annotations = find_annotations(path, lines);
  for (session::Finding& finding : annotations.findings) add(Category::Code, std::move(finding));
  return std::move(annotations.references);
}

void Discovery::probe_binary(const std::string& path, std::uint64_t size) {
  if (size < kLargeBinary) return;
  session::Finding finding;
  finding.source = "large-binary";
  finding.severity = session::Severity::Medium;
  finding.confidence = 90;
  finding.file = path;
  finding.title = "a binary of " + std::to_string(size >> 20U) + " MiB";
  finding.recommendation = "keep it outside the repository, or in Git LFS";
  add(Category::Infra, std::move(finding));
}

void Discovery::add(Category category, session::Finding finding) {
  found_.push_back({std::string(category_name(category)), std::move(finding)});
}

void Discovery::add(const ToolFindings& findings, const Json& answer) {
  const Json stats = answer.value("stats", Json::object());
  if (stats.is_object()) {
    count_probes(std::max<std::size_t>(1, count_of(stats, "probes_run")));
    stats_.false_positives += count_of(stats, "false_positives");
    stats_.dismissed += count_of(stats, "user_dismissed");
    stats_.raw += count_of(stats, "false_positives") + count_of(stats, "user_dismissed");
  }
  for (const ToolFindings::Entry& entry : findings.entries) {
    found_.push_back({entry.category.empty() ? "code" : entry.category, entry.finding});
  }
}

std::vector<session::Finding> Discovery::findings() {
  std::vector<session::Finding> verified;
  for (Found& found : found_) {
    if (!found.finding.file.empty() && matches_any(settings_.exclude, found.finding.file)) continue;
    ++stats_.raw;
    if (found.finding.confidence < settings_.least_confidence) {
      ++stats_.false_positives;
      continue;
    }
    if (found.finding.severity > settings_.least_severity) continue;
    ++stats_.verified;
    ++stats_.by_category[found.category];
    verified.push_back(std::move(found.finding));
  }
  found_.clear();
  std::stable_sort(
      verified.begin(), verified.end(),
      [](const session::Finding& a, const session::Finding& b) { return a.severity < b.severity; });
  return verified;
}

}  // namespace gs::checks
