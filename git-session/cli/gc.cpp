#include "snapshot/gc.h"

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/json_values.h"
#include "cli/terminal.h"
#include "snapshot/sizes.h"

namespace gs::cli {
namespace {

struct GcOptions {
  std::optional<std::string> older_than;
  bool dry_run = false;
};

constexpr const char* kExpiryHelp =
    "an age such as 14.days or 2.weeks.ago, an ISO date, never or now; a bare number is not "
    "accepted, so that a typo deletes nothing";

void require_expiry(const std::string& text) {
  if (git::is_expiry_value(text)) return;
  throw usage_error("--older-than '" + text + "' is not a date or age").with_hint(kExpiryHelp);
}

std::string action_of(const snapshot::GcResult& result, const snapshot::Judged& judged,
                      bool dry_run) {
  switch (judged.verdict) {
    case snapshot::Verdict::Keep:
      return "kept";
    case snapshot::Verdict::Protect:
      return "protected";
    case snapshot::Verdict::Delete:
      break;
  }
  if (dry_run) return "would-delete";
  const bool failed = std::find(result.failed.begin(), result.failed.end(), judged.snapshot.ref) !=
                      result.failed.end();
  return failed ? "failed" : "deleted";
}

// What is held by now, so a dry run's is what there was before.
std::uint64_t held_now(const git::Repository& repository) {
  snapshot::Sizes sizes = snapshot::Sizes::of_all(repository);
  sizes.narrow(repository);
  return sizes.total();
}

Json to_json(const session::Workspace& workspace, const snapshot::GcResult& result,
             const std::string& older_than, bool dry_run) {
  Json refs = Json::array();
  for (const snapshot::Judged& judged : result.judged) {
    refs.push_back({{"ref", judged.snapshot.ref},
                    {"action", action_of(result, judged, dry_run)},
                    {"over_budget", judged.over_budget},
                    {"age_days", judged.age_days}});
  }
  Json stale = Json::array();
  for (const std::string& path : result.stale) stale.push_back(json_path(path));
  return {{"scanned", result.scanned},
          {"deleted", result.deleted},
          {"kept", result.kept},
          {"protected", result.protected_count},
          {"errors", result.errors},
          {"older_than", older_than},
          {"dry_run", dry_run},
          {"refs", refs},
          {"ignored", result.ignored},
          {"stale", stale},
          {"bytes", held_now(workspace.repository)},
          {"max_total", workspace.config.size("snapshot-max-total")}};
}

std::string days(double age) {
  const long whole = static_cast<long>(std::max(age, 0.0));
  return plural(static_cast<std::size_t>(whole), "day");
}

// "older than 14 days"
std::string describe_limit(const std::string& older_than) {
  if (older_than == "never") return "(snapshots never expire)";
  std::string words = older_than;
  std::replace(words.begin(), words.end(), '.', ' ');
  if (words.ends_with(" ago")) words.resize(words.size() - std::string_view(" ago").size());
  return "older than " + words;
}

void print_result(const snapshot::GcResult& result, const std::string& older_than,
                  const GcOptions& options, int verbose) {
  for (const snapshot::Judged& judged : result.judged) {
    const std::string action = action_of(result, judged, options.dry_run);
    const bool goes = judged.verdict == snapshot::Verdict::Delete;
    if (verbose > 0 || judged.over_budget || (options.dry_run && goes)) {
      print_line(report::pad(action, 12) + "  " + short_name(judged.snapshot.ref) + "  (" +
                 days(judged.age_days) + (judged.over_budget ? ", over snapshot-max-total" : "") +
                 ")");
    }
  }
  const auto over_budget = static_cast<std::size_t>(
      std::count_if(result.judged.begin(), result.judged.end(),
                    [](const snapshot::Judged& judged) { return judged.over_budget; }));
  std::string line = "nothing to delete";
  if (result.deleted > 0)
    line = (options.dry_run ? "would delete " : "deleted ") + plural(result.deleted, "snapshot");
  const std::string age = describe_limit(older_than);
  line += over_budget > 0 ? " (" + age + ", or over snapshot-max-total)" : " " + age;
  line += ", kept " + std::to_string(result.kept);
  if (result.protected_count > 0) {
    line += ", " + std::to_string(result.protected_count) + " of running sessions";
  }
  if (!result.stale.empty())
    line += "; " + plural(result.stale.size(), "stale record") + " of ended sessions";
  print_line(line);
}

ExitCode run_gc(const Invocation& invocation, const GcOptions& options) {
  const Common& common = invocation.common;
  if (options.older_than) require_expiry(*options.older_than);
  const session::Workspace workspace = session::open_workspace(common.selection);
  const std::string older_than =
      options.older_than.value_or(workspace.config.required_text("snapshot-expire"));
  const Timestamp now = SystemClock().now();
  const auto expiry = git::parse_expiry(workspace.repository.git(), older_than, now);
  if (!expiry)
    throw usage_error("'" + older_than + "' is not a date or age").with_hint(kExpiryHelp);

  const snapshot::GcResult result = snapshot::collect(workspace, *expiry, now, options.dry_run);
  for (const std::string& text : result.errors) print_error("error: " + text + "\n");
  if (common.json) {
    print_json("gc", to_json(workspace, result, older_than, options.dry_run));
  } else if (!common.quiet) {
    print_result(result, older_than, options, common.verbose);
  }
  if (const auto excess = snapshot::describe_excess(result.budget)) warning(*excess);
  if (result.errors.empty()) return ExitCode::Done;
  if (result.failed.empty()) {
    hint(
        "a session may be running there, so everything was kept; fix the file, or "
        "remove it");
  }
  return ExitCode::No;
}

}  // namespace

void add_gc(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<GcOptions>();
  app.add_option("--older-than", options->older_than,
                 "Delete what is older than WHEN, instead of 'snapshot-expire'")
      ->type_name("WHEN");
  app.add_flag("-n,--dry-run", options->dry_run, "Delete nothing, and show what would be deleted");
  app.callback([&invocation, options] {
    invocation.run = [&invocation, options] { return run_gc(invocation, *options); };
  });
}

}  // namespace gs::cli
