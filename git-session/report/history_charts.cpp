#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "base/text.h"
#include "report/history.h"
#include "report/html.h"

namespace gs::report {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

// In the unit of the pictures, which scale with the page.
constexpr double kWidth = 380;
constexpr double kHeight = 130;
constexpr double kLeft = 34;    // of the axis's numbers
constexpr double kBottom = 20;  // of the dates
constexpr double kTop = 8;

std::string number(double value) {
  const auto tenths = static_cast<long>(std::lround(value * 10));
  std::string text = std::to_string(tenths / 10);
  if (tenths % 10 != 0) text += "." + std::to_string(std::abs(tenths % 10));
  return text;
}

std::string plot(const std::string& label, const std::string& content) {
  return "<svg viewBox=\"0 0 " + number(kWidth) + " " + number(kHeight) +
         "\" role=\"img\" aria-label=\"" + html(label) + "\">" + content + "</svg>\n";
}

std::string text_at(double x, double y, std::string_view anchor, std::string_view text) {
  return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" +
         std::string(anchor) + "\">" + html(text) + "</text>";
}

std::string bar(double x, double y, double width, double height, std::string_view kind,
                const std::string& title) {
  return "<rect class=\"" + std::string(kind) + "\" x=\"" + number(x) + "\" y=\"" + number(y) +
         "\" width=\"" + number(width) + "\" height=\"" + number(height) + "\" rx=\"1\"><title>" +
         html(title) + "</title></rect>";
}

// A span of days with the sessions that ended in it.
struct Column {
  sys_days first;
  std::vector<const PastLine*> sessions = {};
};

sys_days day_of(Timestamp time) {
  return std::chrono::floor<days>(time);
}

sys_days monday_of(sys_days day) {
  return day - (std::chrono::weekday(day) - std::chrono::Monday);
}

sys_days first_of_month(sys_days day) {
  const std::chrono::year_month_day date(day);
  return sys_days(date.year() / date.month() / 1);
}

std::vector<Column> columns_of(const History& history) {
  std::vector<Column> columns;
  if (history.sessions.empty()) return columns;
  const auto [oldest, newest] = std::minmax_element(
      history.sessions.begin(), history.sessions.end(), [](const PastLine& a, const PastLine& b) {
        return a.report.completed_at < b.report.completed_at;
      });
  const sys_days from = day_of(oldest->report.completed_at);
  const sys_days to = day_of(newest->report.completed_at);
  const bool by_month = to - from > days(550);
  const auto start_of = [&](sys_days day) {
    return by_month ? first_of_month(day) : monday_of(day);
  };
  for (sys_days day = start_of(from); day <= to;) {
    columns.push_back({day});
    day = by_month ? first_of_month(day + days(32)) : day + days(7);
  }
  for (const PastLine& session : history.sessions) {
    const sys_days start = start_of(day_of(session.report.completed_at));
    const auto column =
        std::lower_bound(columns.begin(), columns.end(), start,
                         [](const Column& each, sys_days day) { return each.first < day; });
    if (column != columns.end()) column->sessions.push_back(&session);
  }
  return columns;
}

std::string name_of(const Column& column) {
  return format_utc_day(Timestamp(column.first));
}

// What one column shows: amounts that stand on each other, the lowest first.
struct Part {
  std::string_view kind;
  std::size_t amount;
};
using Parts = std::vector<Part>;

std::string axis(double most) {
  const double bottom = kHeight - kBottom;
  std::string lines = "<line class=\"axis\" x1=\"" + number(kLeft) + "\" x2=\"" + number(kWidth) +
                      "\" y1=\"" + number(bottom) + "\" y2=\"" + number(bottom) + "\"/>";
  return lines + text_at(kLeft - 6, bottom, "end", "0") +
         text_at(kLeft - 6, kTop + 8, "end", std::to_string(static_cast<long>(most)));
}

std::string dates_below(const std::vector<Column>& columns, double step) {
  const std::size_t every = std::max<std::size_t>(1, columns.size() / 3);
  std::string texts;
  for (std::size_t i = 0; i < columns.size(); i += every) {
    if (i + every > columns.size() && i != 0) break;
    texts +=
        text_at(kLeft + static_cast<double>(i) * step, kHeight - 5, "start", name_of(columns[i]));
  }
  return texts;
}

std::string stacked(const std::string& label, const std::vector<Column>& columns,
                    const std::function<Parts(const Column&)>& parts_of,
                    const std::function<std::string(const Column&)>& title_of) {
  std::size_t most = 1;
  for (const Column& column : columns) {
    std::size_t sum = 0;
    for (const Part& part : parts_of(column)) sum += part.amount;
    most = std::max(most, sum);
  }
  const double step =
      (kWidth - kLeft) / static_cast<double>(std::max<std::size_t>(1, columns.size()));
  const double width = std::clamp(step * 0.8, 0.8, 18.0);
  const double scale = (kHeight - kBottom - kTop) / static_cast<double>(most);
  std::string content = axis(static_cast<double>(most));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    double y = kHeight - kBottom;
    const double x = kLeft + static_cast<double>(i) * step + (step - width) / 2;
    for (const Part& part : parts_of(columns[i])) {
      if (part.amount == 0) continue;
      const double height = scale * static_cast<double>(part.amount);
      y -= height;
      content += bar(x, y, width, height, part.kind, title_of(columns[i]));
    }
  }
  return plot(label, content + dates_below(columns, step));
}

std::size_t abandoned_in(const Column& column) {
  return static_cast<std::size_t>(
      std::count_if(column.sessions.begin(), column.sessions.end(),
                    [](const PastLine* session) { return session->status == "abandoned"; }));
}

std::size_t sum_of(const Column& column, std::size_t PastLine::*field) {
  std::size_t sum = 0;
  for (const PastLine* session : column.sessions) sum += session->*field;
  return sum;
}

}  // namespace

std::string chart_of_sessions(const History& history) {
  return stacked(
      "Sessions over time", columns_of(history),
      [](const Column& column) {
        const std::size_t abandoned = abandoned_in(column);
        return Parts{{"good", column.sessions.size() - abandoned}, {"weak", abandoned}};
      },
      [](const Column& column) {
        const std::size_t abandoned = abandoned_in(column);
        return name_of(column) + ": " + plural(column.sessions.size(), "session") +
               (abandoned > 0 ? ", " + std::to_string(abandoned) + " abandoned" : "");
      });
}

std::string chart_of_plans(const History& history) {
  return stacked(
      "Planned and done", columns_of(history),
      [](const Column& column) {
        const std::size_t done = sum_of(column, &PastLine::done);
        const std::size_t planned = sum_of(column, &PastLine::planned);
        return Parts{{"good", done}, {"weak", planned > done ? planned - done : 0}};
      },
      [](const Column& column) {
        return name_of(column) + ": " + std::to_string(sum_of(column, &PastLine::done)) + " of " +
               std::to_string(sum_of(column, &PastLine::planned)) + " planned items done";
      });
}

std::string chart_of_durations(const History& history) {
  // Minutes, on a logarithmic scale: a session takes seconds, or days.
  constexpr std::array<std::pair<double, const char*>, 5> kMarks{
      {{1, "1 min"}, {10, "10 min"}, {60, "1 h"}, {480, "8 h"}, {2880, "2 d"}}};
  constexpr double kLeast = 0.5;
  constexpr double kMost = 4000;
  const double bottom = kHeight - kBottom;
  const auto y_of = [&](double minutes) {
    const double share =
        std::log(std::clamp(minutes, kLeast, kMost) / kLeast) / std::log(kMost / kLeast);
    return bottom - share * (bottom - kTop);
  };
  std::string content;
  for (const auto& [minutes, name] : kMarks) {
    const std::string y = number(y_of(minutes));
    content += "<line class=\"grid\" x1=\"" + number(kLeft + 12) + "\" x2=\"" + number(kWidth) +
               "\" y1=\"" + y + "\" y2=\"" + y + "\"/>" +
               text_at(kLeft + 6, y_of(minutes) + 3, "end", name);
  }
  if (!history.sessions.empty()) {
    const Timestamp newest = history.sessions.front().report.completed_at;
    const Timestamp oldest = history.sessions.back().report.completed_at;
    const double span = std::max(1.0, static_cast<double>((newest - oldest).count()));
    for (const PastLine& session : history.sessions) {
      const Report& report = session.report;
      const auto took = duration_of(report);
      const double share = static_cast<double>((report.completed_at - oldest).count()) / span;
      content += "<circle class=\"" + std::string(session.status == "abandoned" ? "weak" : "good") +
                 "\" cx=\"" + number(kLeft + 20 + share * (kWidth - kLeft - 26)) + "\" cy=\"" +
                 number(y_of(static_cast<double>(took.count()) / 60'000)) + "\" r=\"2\"><title>" +
                 html((report.title.empty() ? report.session : report.title) + ", " +
                      format_duration(took)) +
                 "</title></circle>";
    }
    content += text_at(kLeft + 12, kHeight - 5, "start", format_utc_day(oldest)) +
               text_at(kWidth, kHeight - 5, "end", format_utc_day(newest));
  }
  return plot("How long sessions took", content);
}

}  // namespace gs::report
