#include "cli/status_text.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "cli/json_values.h"
#include "cli/status_files.h"
#include "git/typed_path.h"
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
  StatusPage(const workflow::Overview& overview, const Style& style, Timestamp now, Detail detail,
             const std::string& prefix)
      : overview_(overview),
        style_(style),
        now_(now),
        whole_(detail == Detail::Whole),
        prefix_(prefix) {}

  std::string render() {
    if (overview_.session) {
      head();
      plan();
      changes();
    } else if (!overview_.is_paused) {
      const std::string none = session::none_is_open(one_line(overview_.absence));
      text(overview_.is_set_up ? sentence(none) : "Not set up yet.");
    }
    paused();
    unfinished_close();
    others();
    // If all are paused, their lines say it.
    if (!overview_.next_step.empty() && !overview_.is_paused) {
      text_ += "\n";
      text("Next: " + overview_.next_step);
      if (overview_.unfinished_close)
        text("  or: git session close --abort" + paint("  puts back what it wrote", Tone::Dim));
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

  static std::string sentence(std::string words) {
    if (words.starts_with("no ")) words[0] = 'N';
    return words.ends_with('?') ? words : words + ".";
  }

  // "#3 #7": those that no plan item shows.
  [[nodiscard]] std::string issues_without_item() const {
    const session::CurrentSession& session = *overview_.session;
    std::vector<std::string> numbers;
    for (const long issue : session.state.issues) {
      const bool is_item =
          session.plan &&
          std::any_of(session.plan->items.begin(), session.plan->items.end(),
                      [issue](const session::PlanItem& item) { return item.issue == issue; });
      if (!is_item) numbers.push_back("#" + std::to_string(issue));
    }
    return join(numbers, " ");
  }

  // What a person has taken, not the program by itself.
  [[nodiscard]] std::size_t snapshots() const {
    return static_cast<std::size_t>(std::count_if(
        overview_.snapshots.begin(), overview_.snapshots.end(),
        [](const snapshot::Snapshot& one) { return !is_automatic(one.name, one.subject); }));
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
    title = title.empty() ? session.id : one_line(title);
    std::vector<std::string> facts;
    if (!overview_.head.empty()) facts.push_back(one_line(overview_.head));
    if (state.started_at) {
      const auto took = now_ - *state.started_at - time_paused(session.pauses, nullptr, now_);
      if (took >= std::chrono::minutes(1))
        facts.push_back(
            format_minutes(std::chrono::duration_cast<std::chrono::milliseconds>(took)));
    }
    if (const std::string issues = issues_without_item(); !issues.empty()) facts.push_back(issues);
    if (overview_.commits > 0) facts.push_back(plural(overview_.commits, "commit"));
    if (snapshots() > 0) facts.push_back(plural(snapshots(), "snapshot"));
    if (overview_.unfinished_close) {
      facts.emplace_back("closing");
    } else if (state.status != session::Status::Active)
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
        "git session resume" +
        (is_only ? "" : " " + quote_shell(paused.name.empty() ? paused.id : paused.name));
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
      files += (i > 0 ? " " : "") + shown(result.touched[i]);
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
      const std::size_t taken = (whole_ ? 7 : 4) + title_width + issue_width + 2;
      const std::string number = whole_ ? report::pad(std::to_string(result.index + 1), 3) : "";
      std::string line = "  " + paint(number, Tone::Dim) +
                         paint(mark(result.status), tone(result.status)) + " " + title +
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

  [[nodiscard]] std::string shown(const RepoPath& path) const {
    return quote_path(git::relative_path(path.bytes(), prefix_));
  }
  // The files beside and below their owner, as many as three lines hold.
  void files_of(const std::string& heading, Tone heading_tone,
                const std::vector<const OwnedChange*>& changed) {
    const std::vector<FileEntry> files = entries_of(overview_, changed, prefix_);
    std::vector<std::string> lines = {""};
    std::size_t shown = 0;
    const std::size_t room = style_.columns > kOwnerWidth + 20 ? style_.columns - kOwnerWidth : 20;
    constexpr std::size_t kCount = 6;  // of the "+123" at the end
    constexpr std::size_t kMostLines = 3;
    constexpr std::size_t kMostWithoutTerminal = 10;
    for (const FileEntry& file : files) {
      if (style_.columns == report::kUnlimited && shown == kMostWithoutTerminal) break;
      const std::string entry = file.text(room - kCount);
      const std::size_t wide = report::display_width(lines.back());
      if (!lines.back().empty() && wide + 2 + report::display_width(entry) + kCount > room) {
        if (lines.size() == kMostLines) break;
        lines.emplace_back();
      }
      lines.back() += (lines.back().empty() ? "" : "  ") + entry;
      ++shown;
    }
    if (shown < files.size()) lines.back() += "  +" + std::to_string(files.size() - shown);
    std::string label = paint(report::pad(heading, kOwnerWidth), heading_tone);
    for (const std::string& line : lines) {
      text_ += label + line + "\n";
      label = std::string(kOwnerWidth, ' ');
    }
  }

  static std::string heading(Owner owner) {
    return report::owner_shown(session::owner_name(owner));
  }

  // A line for each, with why it is whose.
  void all_files_of(Owner owner, const std::vector<const OwnedChange*>& files) {
    std::size_t width = 0;
    std::vector<std::string> names;
    for (const OwnedChange* file : files) {
      names.push_back(entry_of(overview_, *file, prefix_).text(report::kUnlimited));
      width = std::max(width, report::display_width(names.back()));
    }
    width = std::min(width, style_.columns / 2);
    text_ += paint(heading(owner), tone(owner)) + "\n";
    for (std::size_t i = 0; i < files.size(); ++i) {
      const OwnedChange* file = files[i];
      const std::string entry = report::pad(names[i], width);
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
        if (change.owner == owner && !change.made_by_commands) files.push_back(&change);
      }
      if (files.empty()) continue;
      if (std::exchange(first, false)) text_ += "\n";
      if (whole_) {
        all_files_of(owner, files);
      } else {
        files_of(heading(owner), tone(owner), files);
      }
    }
    made_by_checks(first);
  }

  // What gates and `verify` commands have left: a close leaves it alone.
  void made_by_checks(bool is_first) {
    std::vector<const OwnedChange*> files;
    for (const OwnedChange& change : overview_.changes) {
      if (change.made_by_commands) files.push_back(&change);
    }
    if (files.empty()) return;
    if (is_first) text_ += "\n";
    files_of("By checks", Tone::Dim, files);
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
  const std::string& prefix_;
  std::string text_;
};

}  // namespace

std::string render_status(const workflow::Overview& overview, const Style& style, Timestamp now,
                          Detail detail, const std::string& prefix) {
  return StatusPage(overview, style, now, detail, prefix).render();
}

}  // namespace gs::cli
