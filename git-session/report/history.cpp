#include "report/history.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/figures.h"
#include "report/html.h"

namespace gs::report {
namespace {

constexpr std::string_view kStyle = R"CSS(
:root { color-scheme: light dark; --bg: #fdfdfb; --fg: #22262b; --dim: #6a7178; --line: #e2e2dc; --card: #ffffff;
  --good: #2f7d5b; --weak: #c9b37a; --bad: #b3403a; --mark: #2f6f9f; }
@media (prefers-color-scheme: dark) { :root { --bg: #16181b; --fg: #e3e3de; --dim: #949a9f; --line: #2e3236; --card: #1d2023;
  --good: #5fb08a; --weak: #8d7b47; --bad: #e0807a; --mark: #7db4dc; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 2rem 1.25rem 4rem; background: var(--bg); color: var(--fg);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.05rem; margin: 2.5rem 0 .75rem; }
p.sub, .dim { color: var(--dim); } p.sub { margin: .2rem 0 1.5rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; }
.figures div { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .7rem .9rem; }
.figures b { display: block; font-size: 1.45rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(21rem, 1fr)); gap: .75rem; margin-top: .75rem; }
figure { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .7rem .9rem; }
figcaption { font-weight: 600; margin-bottom: .4rem; } figcaption span { font-weight: 400; color: var(--dim); }
svg { width: 100%; height: auto; display: block; } svg text { fill: var(--dim); font-size: 11px; }
svg .good { fill: var(--good); } svg .weak { fill: var(--weak); }
svg .axis { stroke: var(--dim); } svg .grid { stroke: var(--line); }
.tools { display: flex; gap: 1rem; align-items: baseline; flex-wrap: wrap; margin-bottom: .75rem; }
input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px;
  padding: .35rem .6rem; width: 18rem; max-width: 100%; }
details { border-top: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 3.2rem; }
summary { display: grid; grid-template-columns: 6.5rem 1fr 6rem 9rem 5rem; gap: .75rem; padding: .55rem .4rem;
  cursor: pointer; list-style: none; align-items: baseline; }
summary::-webkit-details-marker { display: none; }
summary:hover, summary:focus-visible { background: var(--card); outline: none; box-shadow: inset 3px 0 0 var(--mark); }
summary .title { font-weight: 600; overflow-wrap: anywhere; } summary .right { text-align: right; }
.num { font-variant-numeric: tabular-nums; white-space: nowrap; }
.track { display: inline-block; width: 4rem; height: .5rem; border-radius: 3px; background: var(--line); vertical-align: middle;
  overflow: hidden; margin-right: .4rem; }
.track i { display: block; height: 100%; background: var(--good); }
.pass { color: var(--good); } .fail { color: var(--bad); }
.body { padding: 0 .4rem 1rem 7.6rem; } .body h3 { font-size: .9rem; margin: .9rem 0 .2rem; }
ul { margin: 0; padding-left: 1.1rem; } li { overflow-wrap: anywhere; } code { font-size: .9em; }
li.open::marker { content: "\25CB\00A0"; color: var(--weak); } li.done::marker { content: "\2713\00A0"; color: var(--good); }
li.bad::marker { content: "!\00A0"; color: var(--bad); }
kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 .3rem; font-size: .8rem; }
@media (max-width: 44rem) { summary { grid-template-columns: 1fr auto; } summary .title { grid-column: 1 / -1; order: -1; }
  .body { padding-left: .4rem; } }
@media print { body { max-width: none; padding: 0; } .tools { display: none; } details { break-inside: avoid; } }
)CSS";

// Opens and filters; without it the page says the same.
constexpr std::string_view kScript = R"JS(
(() => {
  const rows = [...document.querySelectorAll("details")], find = document.querySelector("input");
  const count = document.getElementById("count");
  const show = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !words.every((word) => row.dataset.text.includes(word));
      if (!row.hidden) shown++;
    }
    count.textContent = words.length ? shown + " of " + rows.length : "";
  };
  find.addEventListener("input", show);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.activeElement === find) {
      if (event.key === "Escape") { find.value = ""; show(); find.blur(); }
      return;
    }
    if (event.key === "/") { event.preventDefault(); find.focus(); return; }
    if (event.key !== "j" && event.key !== "k") return;
    const open = rows.filter((row) => !row.hidden);
    const at = open.findIndex((row) => row.contains(document.activeElement));
    const next = open[Math.max(0, Math.min(open.length - 1, at + (event.key === "j" ? 1 : -1)))];
    if (next) next.firstElementChild.focus();
  });
  addEventListener("beforeprint", () => rows.forEach((row) => { row.dataset.was = row.open; row.open = !row.hidden; }));
  addEventListener("afterprint", () => rows.forEach((row) => { row.open = row.dataset.was === "true"; }));
})();
)JS";

std::string percent(std::size_t part, std::size_t whole) {
  if (whole == 0) return "–";
  return std::to_string(
             std::lround(100.0 * static_cast<double>(part) / static_cast<double>(whole))) +
         " %";
}

std::string figure(const std::string& value, std::string_view label) {
  return "<div><b>" + html(value) + "</b><span class=\"dim\">" + html(label) + "</span></div>\n";
}

std::string chart(std::string_view title, std::string_view what, const std::string& svg) {
  return "<figure><figcaption>" + html(title) + " <span>" + html(what) + "</span></figcaption>" +
         svg + "</figure>\n";
}

std::string list(std::string_view title, const std::vector<std::string>& items,
                 std::string_view kind) {
  if (items.empty()) return "";
  std::string text = "<h3>" + html(title) + "</h3><ul>";
  for (const std::string& item : items)
    text += "<li class=\"" + std::string(kind) + "\">" + html(item) + "</li>";
  return text + "</ul>";
}

std::string named(const Item& item) {
  std::string text = item.issue ? "#" + std::to_string(*item.issue) + " " + item.title : item.title;
  if (const std::string follow_up = item.follow_up.name(); !follow_up.empty())
    text += " → " + follow_up;
  return text;
}

class Page {
 public:
  explicit Page(const History& history) : history_(history) {}

  std::string render_one(const PastLine& session) {
    head(session.report.title.empty() ? session.report.session : session.report.title,
         history_.project + ", " + format_utc_day(session.report.completed_at));
    row(session, true);
    end();
    return std::move(out_);
  }

  std::string render() {
    head("Sessions of " + history_.project, span());
    figures();
    out_ += "<div class=\"charts\">\n";
    out_ += chart("Sessions", "closed, abandoned", chart_of_sessions(history_));
    out_ += chart("Plan items", "done, not done", chart_of_plans(history_));
    out_ += chart("Duration", "of each session", chart_of_durations(history_));
    out_ += "</div>\n";
    carried_over();
    sessions();
    learnings();
    out_ += "<script>" + std::string(kScript) + "</script>\n";
    end();
    return std::move(out_);
  }

 private:
  void end() { out_ += "</body>\n</html>\n"; }

  void head(const std::string& title, const std::string& below) {
    out_ =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n<title>" +
        html(title) + "</title>\n<style>" + std::string(kStyle) +
        "</style>\n</head>\n<body>\n<h1>" + html(title) + "</h1>\n<p class=\"sub\">" + html(below) +
        "</p>\n";
  }

  [[nodiscard]] std::string span() const {
    if (history_.sessions.empty()) return "No session has ended yet.";
    const std::string first = format_utc_day(history_.sessions.back().report.completed_at);
    const std::string last = format_utc_day(history_.sessions.front().report.completed_at);
    return (first == last ? first : first + " to " + last) + " · written on " +
           format_utc_day(history_.now) + " by git session log --html";
  }

  void figures() {
    std::size_t planned = 0;
    std::size_t done = 0;
    std::size_t commits = 0;
    std::size_t judged = 0;
    std::size_t passed = 0;
    std::vector<std::chrono::milliseconds> durations;
    for (const PastLine& session : history_.sessions) {
      planned += session.planned;
      done += session.done;
      commits += session.report.commits.size();
      if (session.quality == "pass" || session.quality == "fail") ++judged;
      if (session.quality == "pass") ++passed;
      durations.push_back(duration_of(session.report));
    }
    std::sort(durations.begin(), durations.end());
    out_ += "<div class=\"figures\">\n";
    out_ += figure(std::to_string(history_.sessions.size()), "sessions");
    out_ += figure(durations.empty() ? "–" : format_duration(durations[durations.size() / 2]),
                   "median duration");
    out_ += figure(percent(done, planned), "of " + std::to_string(planned) + " planned items done");
    out_ += figure(percent(passed, judged), "of sessions with gates passed them");
    out_ += figure(std::to_string(commits), "commits");
    out_ += "</div>\n";
  }

  // What the newest reports have left over, each once.
  void carried_over() {
    constexpr std::size_t kSessions = 5;
    std::vector<std::string> items;
    for (std::size_t i = 0; i < std::min(kSessions, history_.sessions.size()); ++i) {
      for (const Item& item : history_.sessions[i].report.carried_over) {
        std::string text = named(item);
        if (std::find(items.begin(), items.end(), text) == items.end())
          items.push_back(std::move(text));
      }
    }
    if (items.empty()) return;
    out_ += "<h2>Carried over by the newest sessions</h2>\n<ul>";
    for (const std::string& item : items) out_ += "<li class=\"open\">" + html(item) + "</li>\n";
    out_ += "</ul>\n";
  }

  void sessions() {
    if (history_.sessions.empty()) return;
    out_ +=
        "<h2>All sessions</h2>\n<div class=\"tools\"><label>Find <input type=\"search\"></label>"
        "<span id=\"count\" class=\"dim\"></span><span class=\"dim\"><kbd>/</kbd> finds, "
        "<kbd>j</kbd> <kbd>k</kbd> move, <kbd>Enter</kbd> opens</span></div>\n";
    for (const PastLine& session : history_.sessions) row(session, false);
  }

  void row(const PastLine& session, bool open) {
    const Report& report = session.report;
    const std::string title = report.title.empty() ? report.session : report.title;
    out_ += std::string(open ? "<details open" : "<details") + " data-text=\"" +
            html(to_lower(title + " " + report.session + " " + report.branch + " " + report.type +
                          " " + session.status)) +
            "\"><summary><span class=\"num dim\">" + format_utc_day(report.completed_at) +
            "</span><span class=\"title\">" + html(title) +
            (session.status == "abandoned" ? " <span class=\"dim\">abandoned</span>" : "") +
            "</span><span class=\"num dim\">" + format_duration(duration_of(report)) +
            "</span><span class=\"num\">" + done(session) + "</span><span class=\"num right\">" +
            gates(session) + "</span></summary><div class=\"body\">" + body(session) +
            "</div></details>\n";
  }

  static std::string done(const PastLine& session) {
    if (session.planned == 0) return "";
    const auto share = std::min<std::size_t>(100, 100 * session.done / session.planned);
    return "<span class=\"track\"><i style=\"width:" + std::to_string(share) + "%\"></i></span>" +
           std::to_string(session.done) + " of " + std::to_string(session.planned);
  }

  static std::string gates(const PastLine& session) {
    if (session.quality == "pass") return "<span class=\"pass\">✓ gates</span>";
    if (session.quality == "fail") return "<span class=\"fail\">✗ gates</span>";
    return "";
  }

  static std::string body(const PastLine& session) {
    const Report& report = session.report;
    std::vector<std::string> facts{report.session};
    for (const std::string& fact :
         {report.type, report.branch, plural(report.files_changed, "file"), report.push}) {
      if (!fact.empty()) facts.push_back(fact);
    }
    std::vector<std::string> completed;
    std::vector<std::string> carried;
    std::vector<std::string> gate_lines;
    std::vector<std::string> commits;
    for (const Item& item : report.completed) completed.push_back(named(item));
    for (const Item& item : report.carried_over)
      carried.push_back(named(item) + (item.evidence.empty() ? "" : ": " + item.evidence));
    for (const GateLine& gate : report.gates) {
      gate_lines.push_back(gate.name + " " + gate.outcome +
                           (gate.detail.empty() ? "" : ": " + gate.detail));
    }
    for (const CommitLine& commit : report.commits)
      commits.push_back(short_oid(commit) + "  " + commit.subject);
    return "<span class=\"dim\">" + html(join(facts, " · ")) + "</span>" +
           list("Completed", completed, "done") + list("Carried over", carried, "open") +
           list("Commits", commits, "") + list("Gates", gate_lines, "") +
           list("Findings", finding_lines(report), "bad") +
           list("Warnings", report.warnings, "bad") +
           list("Next", recommendation_lines(report), "");
  }

  void learnings() {
    if (history_.learnings.empty()) return;
    out_ += "<h2>Learnings</h2>\n<ul>";
    for (const LearningLine& learning : history_.learnings) {
      const long share = std::lround(std::clamp(learning.confidence, 0.0, 1.0) * 100);
      out_ += "<li><span class=\"track\" title=\"confidence " + std::to_string(share) +
              " %\"><i style=\"width:" + std::to_string(share) + "%\"></i></span><b>" +
              html(learning.subject) + "</b> <span class=\"dim\">" + html(learning.type) +
              "</span>" + (learning.insight.empty() ? "" : " " + html(learning.insight)) +
              "</li>\n";
    }
    out_ += "</ul>\n";
  }

  const History& history_;
  std::string out_;
};

}  // namespace

std::string html(std::string_view text) {
  std::string escaped;
  for (const char c : one_line(text)) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string render_html(const History& history) {
  return Page(history).render();
}

std::string render_html(const std::string& project, const PastLine& session) {
  const History history{project, {}, {}, {}};
  return Page(history).render_one(session);
}

}  // namespace gs::report
