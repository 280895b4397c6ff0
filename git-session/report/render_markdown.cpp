#include <utility>

#include "base/text.h"
#include "report/figures.h"
#include "report/report.h"

namespace gs::report {
namespace {

std::string or_na(std::string text) {
  return text.empty() ? "n/a" : std::move(text);
}

std::string name_of(const Item& item) {
  const std::string title = one_line(item.title);
  return item.issue ? "Issue #" + std::to_string(*item.issue) + ": " + title : title;
}

std::string behind_dash(std::string_view text) {
  return text.empty() ? "" : " — " + std::string(text);
}

class MarkdownRenderer {
 public:
  explicit MarkdownRenderer(const Report& report) : report_(report) {}

  std::string render() {
    out_ = "## Session Summary\n\n";
    head();
    items("Completed", report_.completed, "- [x] ");
    items("Carried Over", report_.carried_over, "- [ ] ");
    new_issues();
    metrics();
    docs_coverage();
    notes("Findings", finding_lines(report_));
    left_alone();
    notes("Deviations", report_.deviations);
    notes("Warnings", report_.warnings);
    heading("Next Session Recommendations");
    list(recommendation_lines(report_));
    if (report_.recommendations.empty()) line("None.");
    return std::move(out_);
  }

 private:
  void line(std::string_view text) {
    out_ += text;
    out_ += '\n';
  }

  void heading(std::string_view title) { out_ += "\n### " + std::string(title) + "\n\n"; }

  void figure(std::string_view label, std::string text) {
    line("- " + std::string(label) + ": " + or_na(std::move(text)));
  }

  void list(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) line("- " + one_line(text));
  }

  void notes(std::string_view title, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    heading(title);
    list(texts);
  }

  void head() {
    const std::string title = one_line(report_.title);
    line((title.empty() ? "Session `" : "**" + title + "** — session `") +
         one_line(report_.session) + "`, " + or_na(one_line(report_.type)) + ", closed " +
         format_utc(report_.completed_at));
  }

  void items(std::string_view title, const std::vector<Item>& items, std::string_view box) {
    heading(title);
    for (const Item& item : items) {
      const std::string follow_up = one_line(item.follow_up.name());
      const std::string created =
          "new issue " + follow_up + (follow_up.starts_with('#') ? " created" : "");
      line(std::string(box) + name_of(item) + behind_dash(one_line(item.evidence)) +
           behind_dash(follow_up.empty() ? "" : created));
    }
    if (items.empty()) line("None.");
  }

  void new_issues() {
    heading("New Issues Created");
    for (const NewIssue& issue : report_.new_issues) {
      line("- " + one_line(issue.reference.name()) + ": " + one_line(issue.title) +
           " (priority: " + or_na(one_line(issue.priority)) + ", status: ready)");
    }
    if (report_.new_issues.empty()) line("None.");
  }

  void metrics() {
    heading("Metrics");
    figure("Duration", duration_figure(report_));
    if (const std::string paused = paused_figure(report_); !paused.empty())
      figure("Paused", paused);
    figure("Waves", waves_figure(report_));
    figure("Agents", agents_figure(report_));
    figure("Files changed", std::to_string(report_.files_changed));
    if (!report_.waves.empty()) line("- Per-wave breakdown:");
    for (const WaveLine& wave : report_.waves) {
      line("  - Wave " + std::to_string(wave.number) + " (" + one_line(wave.role) +
           "): " + wave_figure(wave));
    }
    figure("Tests", tests());
    gates();
    if (const std::string tree = tested_tree_figure(report_); !tree.empty())
      figure("Tested tree", report_.not_isolated.empty() ? "`" + tree + "`" : tree);
    figure("Commits", commits_figure(report_));
    for (const CommitLine& commit : report_.commits) {
      line("  - `" + short_oid(commit) + "` " + one_line(commit.subject) + " (" +
           plural(commit.files, "file") + ")" +
           (commit.hooks.empty() ? "" : ": " + one_line(commit.hooks)));
    }
    figure("Push", one_line(report_.push));
    figure("Mirror", one_line(report_.mirror));
    if (!report_.request.empty()) figure("Request", one_line(report_.request));
    figure("Docs Health", one_line(report_.docs_health));
    figure("Enforcement", one_line(report_.enforcement));
    figure("Circuit breaker", breaker_figure(report_));
    figure("Metrics written to",
           report_.metrics_file.empty() ? "" : "`" + one_line(report_.metrics_file) + "`");
    figure("Learnings", one_line(report_.learnings));
  }

  // "12/14": passed, of passed and failed.
  [[nodiscard]] std::string tests() const {
    if (!report_.tests_passed) return "";
    const std::size_t failed = report_.tests_failed.value_or(0);
    return std::to_string(*report_.tests_passed) + "/" +
           std::to_string(*report_.tests_passed + failed);
  }

  void gates() {
    line(report_.gates.empty() ? "- Gates: n/a" : "- Gates:");
    for (const GateLine& gate : report_.gates) {
      line("  - " + one_line(gate.name) + ": " + one_line(gate.outcome) +
           behind_dash(one_line(gate.detail)));
    }
  }

  // A table cell; '|' would end it.
  static std::string cell(std::string_view text) {
    std::string escaped;
    for (const char c : one_line(text)) {
      if (c == '|') escaped += '\\';
      escaped += c;
    }
    return or_na(std::move(escaped));
  }

  void docs_coverage() {
    if (!report_.docs_coverage) return;
    const DocsCoverage& coverage = *report_.docs_coverage;
    heading("Documentation Coverage (docs-orchestrator)");
    line("Mode: " + one_line(coverage.mode));
    line("Tasks verified: " + std::to_string(coverage.tasks.size()));
    line("");
    line("| Task ID | Audience | Target pattern | Wave | Status |");
    line("|---------|----------|----------------|------|--------|");
    for (const DocsTaskLine& task : coverage.tasks) {
      const std::string_view symbol = task.status == "ok"        ? "✅ "
                                      : task.status == "partial" ? "⚠ "
                                                                 : "❌ ";
      line("| " + cell(task.id) + " | " + cell(task.audience) + " | " + cell(task.target) + " | " +
           cell(task.wave) + " | " + std::string(symbol) + one_line(task.status) + " |");
    }
    line("");
    line("Summary: " + coverage_figure(coverage));
    for (const DocsTaskLine& task : coverage.tasks) {
      if (!task.note.empty()) line("- " + one_line(task.id) + behind_dash(one_line(task.note)));
    }
  }

  void left_alone() {
    if (report_.left_alone.empty()) return;
    heading("Left in the Tree");
    for (const LeftAlone& left : report_.left_alone) {
      line("- `" + one_line(left.path) + "` (" + one_line(left.owner) + ")" +
           behind_dash(one_line(left.reason)));
    }
  }

  const Report& report_;
  std::string out_;
};

}  // namespace

std::string render_markdown(const Report& report) {
  return MarkdownRenderer(report).render();
}

}  // namespace gs::report
