#include <algorithm>
#include <map>
#include <utility>

#include "base/text.h"
#include "report/figures.h"
#include "report/report.h"

namespace gs::report {
namespace {

constexpr std::size_t kNarrowest = 40;  // below that, the terminal breaks the lines itself
constexpr std::size_t kWidest = 100;    // beyond that, lines are hard to read
constexpr std::size_t kBeside = 60;     // below that, a commit's line begins under its label
constexpr std::size_t kLabelWidth = 17;
constexpr std::size_t kMostLeftAlone = 8;

std::string join_figures(const std::vector<std::string>& parts, std::string_view separator) {
  std::vector<std::string> there;
  for (const std::string& part : parts) {
    if (!part.empty()) there.push_back(part);
  }
  return join(there, separator);
}

std::string title_of(const Item& item) {
  const std::string title = one_line(item.title);
  return item.issue ? "#" + std::to_string(*item.issue) + " " + title : title;
}

class TextRenderer {
 public:
  TextRenderer(const Report& report, Colour colour, std::size_t columns)
      : report_(report),
        colour_(colour),
        is_cut_(columns != kUnlimited),
        width_(std::clamp(columns, kNarrowest, kWidest)) {}

  std::string render() {
    head();
    completed();
    carried_over();
    new_issues();
    metrics();
    docs_coverage();
    notes("Findings", finding_lines(report_), "•", Tone::Plain);
    left_alone();
    notes("Deviations", report_.deviations, "•", Tone::Plain);
    notes("Warnings", report_.warnings, "!", Tone::Warn);
    notes("Next", recommendation_lines(report_), "→", Tone::Accent);
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string painted(std::string_view text, Tone tone) const {
    return paint(text, tone, colour_);
  }

  void line(std::string_view text) {
    out_ += text;
    out_ += '\n';
  }

  void heading(std::string_view title) {
    out_ += '\n';
    line(painted(hang(title, width_, 2), Tone::Bold));
  }

  // Cut to `room` columns for a terminal; whole for any other reader.
  [[nodiscard]] std::string cut(std::string_view text, std::size_t room) const {
    return is_cut_ ? fit(one_line(text), room) : one_line(text);
  }

  // `first` (painted already, `taken` columns wide), then `text` beside and below it.
  void hanging(const std::string& first, std::size_t taken, std::string_view text, Tone tone) {
    const std::string indent(taken, ' ');
    const std::string lines = wrap(text, width_, indent);
    bool is_first = true;
    for (const std::string_view wrapped : split(lines, '\n')) {
      line((is_first ? first : indent) + painted(wrapped.substr(taken), tone));
      is_first = false;
    }
  }

  void bullet(std::string_view symbol, Tone symbol_tone, std::string_view text, Tone tone) {
    hanging("  " + painted(symbol, symbol_tone) + " ", 4, text, tone);
  }

  void below_bullet(std::string_view text) {
    if (!text.empty()) hanging("    ", 4, text, Tone::Dim);
  }

  void row(std::string_view label, std::string_view text, Tone tone = Tone::Plain) {
    const std::string first = "  " + pad(label, kLabelWidth);
    hanging(first, display_width(first), text, tone);
  }

  // What was not measured, not done or none of has no line: Markdown and JSON say it.
  void figure(std::string_view label, std::string_view text) {
    const bool says_nothing =
        text.empty() || text.starts_with("skipped (") ||
        (text.starts_with("0 ") && text.find_first_of("123456789") == std::string_view::npos);
    if (!says_nothing) row(label, text);
  }

  void head() {
    const std::string title = one_line(report_.title);
    const std::string session = one_line(report_.session);
    hanging("", 0, title.empty() ? "Session " + session : title, Tone::Bold);
    hanging("", 0,
            join_figures({title.empty() ? "" : session, one_line(report_.type),
                          one_line(report_.branch), duration_figure(report_)},
                         " · "),
            Tone::Dim);
  }

  void completed() {
    if (report_.completed.empty() && report_.carried_over.empty()) {
      out_ += '\n';
      line(painted("Nothing was planned", Tone::Dim));
    }
    if (report_.completed.empty()) return;
    heading("Completed");
    for (const Item& item : report_.completed) {
      const bool dropped = item.status == "dropped";
      bullet(dropped ? "–" : "✓", dropped ? Tone::Dim : Tone::Good, title_of(item), Tone::Plain);
      below_bullet(one_line(item.evidence));
    }
  }

  void carried_over() {
    if (report_.carried_over.empty()) return;
    heading("Carried over");
    for (const Item& item : report_.carried_over) {
      const std::string follow_up = one_line(item.follow_up.name());
      bullet("○", Tone::Warn, title_of(item) + (follow_up.empty() ? "" : " → " + follow_up),
             Tone::Plain);
      below_bullet(one_line(item.evidence));
    }
  }

  void new_issues() {
    if (report_.new_issues.empty()) return;
    heading("New issues");
    std::size_t widest = 0;
    for (const NewIssue& issue : report_.new_issues) {
      widest = std::max(widest, display_width(one_line(issue.reference.name())));
    }
    for (const NewIssue& issue : report_.new_issues) {
      const std::string priority = one_line(issue.priority);
      const std::string first = "  " + pad(one_line(issue.reference.name()), widest) + "  ";
      hanging(first, display_width(first),
              one_line(issue.title) + (priority.empty() ? "" : " (" + priority + ")"), Tone::Plain);
    }
  }

  void metrics() {
    heading("Metrics");
    row("Duration", duration_figure(report_));
    if (const std::string paused = paused_figure(report_); !paused.empty()) row("Paused", paused);
    waves();
    figure("Agents", agents_figure(report_));
    row("Files changed", std::to_string(report_.files_changed));
    figure("Tests", tests());
    gates();
    if (const std::string tree = tested_tree_figure(report_); !tree.empty())
      row("Tested tree", tree);
    commits();
    figure("Push", one_line(report_.push));
    figure("Mirror", one_line(report_.mirror));
    if (!report_.request.empty()) row("Request", one_line(report_.request));
    const std::string docs = one_line(report_.docs_health);
    figure("Docs health", docs.ends_with("skipped (disabled)") ? "" : docs);
    figure("Enforcement", one_line(report_.enforcement));
    if (report_.agents) row("Circuit breaker", breaker_figure(report_));
    figure("Learnings", one_line(report_.learnings));
    figure("Metrics file", one_line(report_.metrics_file));
  }

  void waves() {
    std::string label = "Waves";
    for (const WaveLine& wave : report_.waves) {
      row(label,
          std::to_string(wave.number) + " " + one_line(wave.role) + ": " + wave_figure(wave));
      label.clear();
    }
  }

  [[nodiscard]] std::string tests() const {
    return join_figures(
        {report_.tests_passed ? std::to_string(*report_.tests_passed) + " passed" : "",
         report_.tests_failed ? std::to_string(*report_.tests_failed) + " failed" : ""},
        ", ");
  }

  void gates() {
    std::size_t widest = 0;
    for (const GateLine& gate : report_.gates) {
      widest = std::max(widest, display_width(one_line(gate.name)));
    }
    std::string label = "Gates";
    for (const GateLine& gate : report_.gates) {
      const bool passed = gate.outcome == "passed";
      const bool idle = gate.outcome == "skipped" || gate.outcome == "not-found";
      const std::string_view symbol = passed ? "✓" : idle ? "○" : "✗";
      const Tone tone = passed ? Tone::Good : idle ? Tone::Dim : Tone::Bad;
      const std::string name = pad(one_line(gate.name), widest);
      hanging("  " + pad(label, kLabelWidth) + painted(symbol, tone) + " " + name + "  ",
              2 + kLabelWidth + 2 + widest + 2,
              join_figures({passed ? "" : one_line(gate.outcome), one_line(gate.detail)}, ": "),
              Tone::Plain);
      label.clear();
    }
  }

  void commits() {
    row("Commits", commits_figure(report_));
    std::size_t widest = 0;
    for (const CommitLine& commit : report_.commits) {
      widest = std::max(widest, plural(commit.files, "file").size());
    }
    for (const CommitLine& commit : report_.commits) {
      const std::string oid = short_oid(commit);
      const std::string files = pad(plural(commit.files, "file"), widest);
      const std::string left(width_ < kBeside ? 4 : 2 + kLabelWidth, ' ');
      hanging(left + painted(oid, Tone::Accent) + "  " + painted(files, Tone::Dim) + "  ",
              left.size() + display_width(oid) + 2 + widest + 2, one_line(commit.subject),
              Tone::Plain);
      if (!commit.hooks.empty())
        hanging(left + "  ", left.size() + 2, one_line(commit.hooks), Tone::Dim);
    }
  }

  void docs_coverage() {
    if (!report_.docs_coverage) return;
    heading("Documentation coverage: " + coverage_figure(*report_.docs_coverage));
    for (const DocsTaskLine& task : report_.docs_coverage->tasks) {
      const bool ok = task.status == "ok";
      const bool partial = task.status == "partial";
      const std::string who = join_figures(
          {one_line(task.audience), task.wave.empty() ? "" : "wave " + one_line(task.wave)}, ", ");
      bullet(
          ok        ? "✓"
          : partial ? "!"
                    : "✗",
          ok        ? Tone::Good
          : partial ? Tone::Warn
                    : Tone::Bad,
          one_line(task.id) + (who.empty() ? "" : " (" + who + ")") + ": " + one_line(task.target),
          Tone::Plain);
      below_bullet(one_line(task.note));
    }
  }

  // By owner; an owner's name and a reason only where they change.
  void left_alone() {
    if (report_.left_alone.empty()) return;
    heading("Left in the tree (" + std::to_string(report_.left_alone.size()) + ")");
    std::vector<LeftAlone> files = report_.left_alone;
    std::map<std::string, std::size_t> order;
    for (const LeftAlone& file : files) order.emplace(file.owner, order.size());
    std::stable_sort(files.begin(), files.end(), [&](const LeftAlone& a, const LeftAlone& b) {
      return order[a.owner] < order[b.owner];
    });
    const std::size_t hidden = files.size() > kMostLeftAlone ? files.size() - kMostLeftAlone : 0;
    files.resize(files.size() - hidden);
    std::size_t widest = 0;
    for (const LeftAlone& file : files) {
      widest = std::max(widest, display_width(one_line(file.path)));
    }
    if (is_cut_) widest = std::min(widest, width_ / 2);
    LeftAlone above;
    for (const LeftAlone& file : files) {
      left_file(file, above, widest);
      above = file;
    }
    if (hidden > 0)
      line(painted("  … and " + std::to_string(hidden) + " more ('git status' shows them)",
                   Tone::Dim));
  }

  void left_file(const LeftAlone& file, const LeftAlone& above, std::size_t path_width) {
    constexpr std::size_t kOwnerWidth = 13;
    const std::string first =
        "  " + pad(file.owner == above.owner ? "" : owner_shown(file.owner), kOwnerWidth);
    const bool same = file.owner == above.owner && file.reason == above.reason;
    const std::size_t taken = 2 + kOwnerWidth + path_width + 2;
    const std::string path = cut(file.path, path_width);
    if (same || file.reason.empty()) {
      line(first + path);
      return;
    }
    // Where it does not fit beside the path, below it.
    const std::string reason = one_line(file.reason);
    if (!is_cut_ || taken + display_width(reason) <= width_) {
      line(first + pad(path, path_width) + "  " + painted(reason, Tone::Dim));
      return;
    }
    line(first + path);
    hanging(std::string(2 + kOwnerWidth + 2, ' '), 2 + kOwnerWidth + 2, reason, Tone::Dim);
  }

  void notes(std::string_view title, const std::vector<std::string>& texts, std::string_view symbol,
             Tone tone) {
    if (texts.empty()) return;
    heading(title);
    for (const std::string& text : texts) bullet(symbol, tone, one_line(text), Tone::Plain);
  }

  const Report& report_;
  Colour colour_;
  bool is_cut_;
  std::size_t width_;
  std::string out_;
};

}  // namespace

std::string render_text(const Report& report, Colour colour, std::size_t columns) {
  return TextRenderer(report, colour, columns).render();
}

}  // namespace gs::report
