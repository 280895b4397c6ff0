#include "cli/status_text.h"

#include <algorithm>

#include "base/text.h"
#include "cli/json_values.h"
#include "report/figures.h"

namespace gs::cli {
namespace {

using report::one_line;

using checks::ItemStatus;
using report::Tone;
using session::OwnedChange;
using session::Owner;

constexpr std::size_t kLabel = 11;  // width of the label column

class Page {
 public:
  Page(const workflow::Overview& overview, const Style& style, Timestamp now, std::size_t most)
      : overview_(overview), style_(style), now_(now), most_(most) {}

  std::string render() {
    session_lines();
    plan_lines();
    change_lines();
    history_lines();
    other_lines();
    if (!overview_.next_step.empty()) wrapped("next", overview_.next_step, Tone::Accent);
    return std::move(text_);
  }

 private:
  [[nodiscard]] std::string paint(std::string_view text, Tone tone) const {
    return report::paint(text, tone, style_.colour);
  }
  // Cut to the width of the terminal before it is painted.
  [[nodiscard]] std::string fit(std::string_view text, std::size_t taken) const {
    return report::fit(one_line(text), style_.columns > taken + 3 ? style_.columns - taken : 0);
  }
  void line(std::string_view label, const std::string& rest) {
    text_ += paint(report::pad(label, kLabel), Tone::Dim) + rest + "\n";
  }
  void wrapped(std::string_view label, const std::string& text, Tone tone) {
    const std::string lines =
        report::wrap(text, style_.columns, std::string(kLabel, ' ')).substr(kLabel);
    line(label, paint(lines, tone));
  }

  void session_lines() {
    if (!overview_.session) {
      line("session", "no active session" +
                          (overview_.absence.empty() ? "" : fit(": " + overview_.absence, 28)));
      return;
    }
    const session::CurrentSession& session = *overview_.session;
    const session::StateFile& state = session.state;
    if (state.title.empty()) {
      line("session", paint(fit(session.id, kLabel), Tone::Bold));
    } else {
      line("session", paint(fit(state.title, kLabel), Tone::Bold));
      line("", fit(session.id, kLabel));
    }
    if (!state.name.empty()) line("", fit("--session " + state.name, kLabel));
    std::string facts = std::string(session::status_name(state.status));
    if (!state.session_type.empty()) facts = state.session_type + ", " + facts;
    if (state.started_at) facts += ", started " + format_age(now_ - *state.started_at);
    line("", fit(facts, kLabel));
  }

  static std::string_view mark(ItemStatus status) {
    switch (status) {
      case ItemStatus::Done:
        return "✓";
      case ItemStatus::Partial:
        return "◐";
      case ItemStatus::NotStarted:
        return "○";
      case ItemStatus::Dropped:
        break;
    }
    return "–";
  }
  static Tone tone(ItemStatus status) {
    switch (status) {
      case ItemStatus::Done:
        return Tone::Good;
      case ItemStatus::Partial:
        return Tone::Warn;
      case ItemStatus::NotStarted:
      case ItemStatus::Dropped:
        break;
    }
    return Tone::Dim;
  }

  void plan_lines() {
    if (overview_.items.empty()) return;
    const auto touched =
        std::count_if(overview_.items.begin(), overview_.items.end(),
                      [](const checks::ItemResult& item) { return !item.touched.empty(); });
    text_ += "\n";
    line("plan",
         std::to_string(touched) + " of " + plural(overview_.items.size(), "item") + " touched");
    const auto& items = overview_.session->plan->items;
    std::size_t title_width = 0;
    std::size_t issue_width = 0;
    for (const session::PlanItem& item : items) {
      title_width = std::max(title_width, report::display_width(one_line(item.title)));
      if (item.issue) issue_width = std::max(issue_width, std::to_string(*item.issue).size() + 3);
    }
    title_width =
        std::min(title_width, style_.columns > 70 ? style_.columns - 42 : style_.columns / 2 - 4);
    for (const checks::ItemResult& result : overview_.items) {
      const session::PlanItem& item = items[result.index];
      const std::string title =
          report::pad(report::fit(one_line(item.title), title_width), title_width);
      const std::string issue =
          report::pad(item.issue ? "  #" + std::to_string(*item.issue) : "", issue_width);
      text_ += "  " + paint(mark(result.status), tone(result.status)) + " " + title +
               paint(issue, Tone::Dim) + "  " +
               paint(fit(result.evidence, 6 + title_width + issue_width), Tone::Dim) + "\n";
    }
  }

  static Tone tone(Owner owner) {
    switch (owner) {
      case Owner::Ours:
        return Tone::Good;
      case Owner::Foreign:
        return Tone::Dim;
      case Owner::Mixed:
      case Owner::Unclaimed:
        return Tone::Warn;
      case Owner::Contested:
        break;
    }
    return Tone::Bad;
  }

  [[nodiscard]] char letter(const session::Change& change) const {
    if (overview_.unmerged.contains(change.path)) return 'U';
    if (change.untracked) return '?';
    if (!change.worktree.present()) return 'D';
    return change.head.present() ? 'M' : 'A';
  }

  void changes_of(Owner owner) {
    std::vector<const OwnedChange*> shown;
    for (const OwnedChange& change : overview_.changes) {
      if (change.owner == owner) shown.push_back(&change);
    }
    if (shown.empty()) return;
    const std::size_t listed = std::min(shown.size(), most_);
    std::size_t path_width = 0;
    for (std::size_t i = 0; i < listed; ++i) {
      path_width = std::max(path_width, report::display_width(shown[i]->change.path.quoted()));
    }
    path_width = std::min(path_width, style_.columns / 2);
    text_ += "  " + paint(session::owner_name(owner), tone(owner)) + " (" +
             std::to_string(shown.size()) + ")\n";
    for (std::size_t i = 0; i < listed; ++i) {
      const std::string path = shown[i]->change.path.quoted();
      const std::size_t width = std::max(path_width, report::display_width(path));
      text_ +=
          "    " + std::string(1, letter(shown[i]->change)) + " " + report::pad(path, path_width);
      const bool unmerged = overview_.unmerged.contains(shown[i]->change.path);
      const std::string reason = fit((unmerged ? "unmerged, " : "") + shown[i]->reason, 8 + width);
      if (width + 16 < style_.columns) text_ += "  " + paint(reason, Tone::Dim);
      text_ += "\n";
    }
    if (shown.size() > listed) {
      text_ += paint("    … and " + std::to_string(shown.size() - listed) + " more (-v shows all)",
                     Tone::Dim) +
               "\n";
    }
  }

  void change_lines() {
    if (!overview_.session) return;
    text_ += "\n";
    line("changes", overview_.changes.empty()
                        ? "none that are not committed"
                        : plural(overview_.changes.size(), "file") + " not committed");
    for (const Owner owner :
         {Owner::Ours, Owner::Mixed, Owner::Contested, Owner::Unclaimed, Owner::Foreign}) {
      changes_of(owner);
    }
  }

  void history_lines() {
    if (overview_.session) {
      text_ += "\n";
      const auto& base = overview_.session->base;
      const std::string since = base ? " since " + base->abbreviated() : std::string();
      line("commits", std::to_string(overview_.commits) + since);
      std::string snapshots = std::to_string(overview_.snapshots.size());
      if (!overview_.snapshots.empty()) {
        const snapshot::Snapshot& newest = overview_.snapshots.front();
        snapshots += ", newest " + short_name(newest.ref, overview_.session->id) + " " +
                     format_age(now_ - newest.created_at);
      }
      line("snapshots", fit(snapshots, kLabel));
    }
    if (!overview_.unfinished_close) return;
    const auto began = parse_iso8601(*overview_.unfinished_close);
    line("close",
         paint("not finished" + (began ? ", began " + format_age(now_ - *began) : ""), Tone::Warn));
  }

  void other_lines() {
    bool first = true;
    for (const session::RunningSession& other : overview_.others) {
      const std::string name = other.name.empty() ? "" : other.name + ", ";
      std::string facts =
          other.id + " (" + name + std::string(session::status_name(other.status)) + ")";
      if (!other.state_directory.empty()) facts += " in " + other.state_directory;
      facts += " of " + (other.worktree.empty() ? "a worktree that is gone" : other.worktree);
      line(first ? "others" : "", fit(facts, kLabel));
      first = false;
    }
  }

  const workflow::Overview& overview_;
  const Style& style_;
  Timestamp now_;
  std::size_t most_;
  std::string text_;
};

}  // namespace

std::string render_status(const workflow::Overview& overview, const Style& style, Timestamp now,
                          std::size_t most) {
  return Page(overview, style, now, most).render();
}

}  // namespace gs::cli
