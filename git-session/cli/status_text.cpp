#include "cli/status_text.h"

#include <algorithm>
#include <utility>

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

constexpr std::size_t kOwnerWidth = 14;  // width of the owners' column
constexpr std::size_t kMostTouched = 3;  // files of a plan item that are named

class StatusPage {
 public:
  StatusPage(const workflow::Overview& overview, const Style& style, Timestamp now, Detail detail)
      : overview_(overview), style_(style), now_(now), whole_(detail == Detail::Whole) {}

  std::string render() {
    if (overview_.session) {
      head();
      plan();
      changes();
    } else if (!overview_.is_paused) {
      const std::string none = session::none_is_open(one_line(overview_.absence));
      text(overview_.is_set_up ? "N" + none.substr(1) + "." : "Not set up yet.");
    }
    paused();
    unfinished_close();
    others();
    // If all are paused, their lines say it.
    if (!overview_.next_step.empty() && !overview_.is_paused) {
      text_ += "\n";
      text("Next: " + overview_.next_step);
    }
    return std::move(text_);
  }

 private:
  [[nodiscard]] std::string paint(std::string_view text, Tone tone) const {
    return report::paint(text, tone, style_.colour);
  }
  void text(const std::string& text) { text_ += report::hang(text, style_.columns, 0) + "\n"; }
  void row(std::string_view label, const std::string& rest) {
    text_ += paint(report::pad(label, kOwnerWidth), Tone::Dim) +
             report::hang(rest, style_.columns, kOwnerWidth) + "\n";
  }

  // With the facts beside or below it.
  void titled(const std::string& title, const std::string& facts) {
    const bool beside =
        report::display_width(title) + 5 + report::display_width(facts) <= style_.columns;
    text_ += paint(report::hang(title, style_.columns, 0), Tone::Bold);
    if (!facts.empty()) text_ += beside ? "     " : "\n";
    text_ += paint(report::hang(facts, style_.columns, 0), Tone::Dim) + "\n";
  }

  void head() {
    const session::CurrentSession& session = *overview_.session;
    const session::StateFile& state = session.state;
    std::string title = state.title;
    if (title.empty() && session.plan) title = session.plan->title;
    title = title.empty() ? session.id : one_line(title);
    std::vector<std::string> facts;
    if (!state.branch.empty()) facts.push_back(one_line(state.branch));
    if (state.started_at && now_ - *state.started_at >= std::chrono::minutes(1))
      facts.push_back(format_minutes(now_ - *state.started_at));
    if (overview_.commits > 0) facts.push_back(plural(overview_.commits, "commit"));
    if (!overview_.snapshots.empty())
      facts.push_back(plural(overview_.snapshots.size(), "snapshot"));
    if (state.status != session::Status::Active)
      facts.emplace_back(session::status_name(state.status));
    titled(title, join(facts, ", "));
    if (!whole_) return;
    row("session", one_line(session.id));
    if (!state.name.empty()) row("name", one_line(state.name));
    if (!state.session_type.empty()) row("type", one_line(state.session_type));
    if (session.base) row("since", session.base->abbreviated() + ", " + session.base_reason);
    if (!overview_.snapshots.empty()) {
      const snapshot::Snapshot& newest = overview_.snapshots.front();
      row("snapshot",
          short_name(newest.ref, session.id) + ", " + format_age(now_ - newest.created_at));
    }
  }

  // How it is taken up: by its id where another one is meant without.
  [[nodiscard]] std::string resume_of(const workflow::PausedSession& paused) const {
    const auto here = std::count_if(overview_.paused.begin(), overview_.paused.end(),
                                    [](const auto& one) { return one.is_here; });
    const bool is_only = paused.is_here ? here == 1 : overview_.paused.size() == 1;
    const std::string command =
        "git session resume" + (is_only ? "" : " " + quote_shell(paused.id));
    return paused.is_here ? command
                          : "git switch " + quote_shell(paused.branch) + ", then " + command;
  }

  // The title, with the facts beside or below it, then since when and the way back.
  void paused() {
    for (const workflow::PausedSession& one : overview_.paused) {
      if (!text_.empty()) text_ += "\n";
      std::vector<std::string> facts;
      if (!one.title.empty()) facts.push_back(one_line(one.id));
      if (!one.name.empty()) facts.push_back(one_line(one.name));
      if (one.shelved > 0) facts.push_back(plural(one.shelved, "file") + " shelved");
      if (one.in_tree > 0) facts.push_back(plural(one.in_tree, "file") + " in the tree");
      titled(one_line(one.title.empty() ? one.id : one.title), join(facts, ", "));
      const std::string since = one.since ? " since " + short_time(*one.since, now_) : "";
      text("Paused" + since + ", on " + one_line(one.branch) + ": " + resume_of(one));
      if (!one.note.empty()) text("Note: " + one_line(one.note));
    }
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

  // What there is of an item; with -v all that is known.
  [[nodiscard]] std::string evidence(const checks::ItemResult& result) const {
    if (whole_ || result.status == ItemStatus::Dropped) return result.evidence;
    std::string files;
    for (std::size_t i = 0; i < std::min(result.touched.size(), kMostTouched); ++i)
      files += (i > 0 ? " " : "") + result.touched[i].quoted();
    if (result.touched.size() > kMostTouched)
      files += " +" + std::to_string(result.touched.size() - kMostTouched);
    return files;
  }

  void plan() {
    if (overview_.items.empty()) return;
    text_ += "\n";
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
      const std::string what = one_line(evidence(result));
      const std::size_t width = what.empty() && issue_width == 0
                                    ? std::max(style_.columns, std::size_t{8}) - 4
                                    : title_width;
      const std::string title = report::pad(report::fit(one_line(item.title), width), title_width);
      const std::string issue =
          report::pad(item.issue ? "  #" + std::to_string(*item.issue) : "", issue_width);
      const std::size_t taken = 4 + title_width + issue_width + 2;
      std::string line = "  " + paint(mark(result.status), tone(result.status)) + " " + title +
                         paint(issue, Tone::Dim);
      if (!what.empty() && taken < style_.columns)
        line += "  " + paint(report::fit(what, style_.columns - taken), Tone::Dim);
      while (line.ends_with(' ')) line.pop_back();
      text_ += line + "\n";
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

  [[nodiscard]] std::string_view heading(Owner owner) const {
    switch (owner) {
      case Owner::Ours:
        return "Yours";
      case Owner::Mixed:
        return "Partly yours";
      case Owner::Contested:
        return "Contested";
      case Owner::Unclaimed:
        return overview_.session->plan ? "Not in plan" : "Unclaimed";
      case Owner::Foreign:
        break;
    }
    return "Not yours";
  }

  [[nodiscard]] char letter(const session::Change& change) const {
    if (overview_.unmerged.contains(change.path)) return 'U';
    if (change.untracked) return '?';
    if (!change.worktree.present()) return 'D';
    return change.head.present() ? 'M' : 'A';
  }

  [[nodiscard]] std::string name(const OwnedChange& change,
                                 std::size_t room = report::kUnlimited) const {
    return std::string(1, letter(change.change)) + " " +
           report::fit_path(change.change.path.quoted(), room - 2);
  }

  // The files beside and below their owner, as many as two lines hold.
  void files_of(Owner owner, const std::vector<const OwnedChange*>& files) {
    std::vector<std::string> lines = {""};
    std::size_t shown = 0;
    const std::size_t room = style_.columns > kOwnerWidth + 20 ? style_.columns - kOwnerWidth : 20;
    constexpr std::size_t kCount = 6;  // of the "+123" at the end
    constexpr std::size_t kMostLines = 3;
    constexpr std::size_t kMostWithoutTerminal = 10;
    for (const OwnedChange* file : files) {
      if (style_.columns == report::kUnlimited && shown == kMostWithoutTerminal) break;
      const std::string entry = name(*file, room - kCount);
      const std::size_t wide = report::display_width(lines.back());
      if (!lines.back().empty() && wide + 2 + report::display_width(entry) + kCount > room) {
        if (lines.size() == kMostLines) break;
        lines.emplace_back();
      }
      lines.back() += (lines.back().empty() ? "" : "  ") + entry;
      ++shown;
    }
    if (shown < files.size()) lines.back() += "  +" + std::to_string(files.size() - shown);
    std::string label = paint(report::pad(heading(owner), kOwnerWidth), tone(owner));
    for (const std::string& line : lines) {
      text_ += label + line + "\n";
      label = std::string(kOwnerWidth, ' ');
    }
  }

  // A line for each, with why it is whose.
  void all_files_of(Owner owner, const std::vector<const OwnedChange*>& files) {
    std::size_t width = 0;
    for (const OwnedChange* file : files)
      width = std::max(width, report::display_width(name(*file)));
    width = std::min(width, style_.columns / 2);
    text_ += paint(heading(owner), tone(owner)) + "\n";
    for (const OwnedChange* file : files) {
      const std::string entry = report::pad(name(*file), width);
      text_ += "  " + entry + "  " +
               paint(report::hang(one_line(file->reason), style_.columns,
                                  4 + report::display_width(entry)),
                     Tone::Dim) +
               "\n";
    }
  }

  void changes() {
    bool first = true;
    for (const Owner owner :
         {Owner::Ours, Owner::Mixed, Owner::Contested, Owner::Unclaimed, Owner::Foreign}) {
      std::vector<const OwnedChange*> files;
      for (const OwnedChange& change : overview_.changes) {
        if (change.owner == owner) files.push_back(&change);
      }
      if (files.empty()) continue;
      if (std::exchange(first, false)) text_ += "\n";
      if (whole_) {
        all_files_of(owner, files);
      } else {
        files_of(owner, files);
      }
    }
  }

  void unfinished_close() {
    if (!overview_.unfinished_close) return;
    const auto began = parse_iso8601(*overview_.unfinished_close);
    text_ += "\n";
    text(paint("A close is not finished" +
                   (began ? "; it began " + format_age(now_ - *began) : std::string()) + ".",
               Tone::Warn));
  }

  void others() {
    bool first = true;
    for (const session::RunningSession& other : overview_.others) {
      if (first) text_ += "\n";
      std::string facts = one_line(other.name.empty() ? other.id : other.name);
      if (!other.branch.empty()) facts += " on " + one_line(other.branch);
      if (other.status != session::Status::Active)
        facts += ", " + std::string(session::status_name(other.status));
      if (!other.state_directory.empty()) facts += ", " + one_line(other.state_directory);
      facts +=
          other.worktree.empty() ? ", its worktree is gone" : ", in " + one_line(other.worktree);
      row(first ? "Also open" : "", facts);
      first = false;
    }
  }

  const workflow::Overview& overview_;
  const Style& style_;
  Timestamp now_;
  bool whole_;
  std::string text_;
};

}  // namespace

std::string render_status(const workflow::Overview& overview, const Style& style, Timestamp now,
                          Detail detail) {
  return StatusPage(overview, style, now, detail).render();
}

}  // namespace gs::cli
