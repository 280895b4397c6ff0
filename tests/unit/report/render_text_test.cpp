#include <doctest/doctest.h>

#include <string>

#include "base/screen.h"
#include "base/text.h"
#include "report/golden.h"
#include "report/report.h"
#include "report/sample.h"

namespace gs::report {
namespace {

TEST_CASE("a full report on a terminal of 80 and of 120 columns, with and without colour") {
  const Report report = test::full_report();
  test::check_golden("report/full-80.txt", render_text(report, Colour::Off, 80));
  test::check_golden("report/full-120.txt", render_text(report, Colour::Off, 120));
  test::check_golden("report/full-80-colour.txt", to_screen(render_text(report, Colour::On, 80)));
}

TEST_CASE("a small report says little") {
  test::check_golden("report/small-80.txt", render_text(test::small_report(), Colour::Off, 80));
}

TEST_CASE("no line is longer than the terminal, and none ends in blanks") {
  for (const std::size_t columns : {56U, 60U, 80U, 100U, 120U}) {
    const std::string text = render_text(test::full_report(), Colour::Off, columns);
    for (const std::string_view line : split_lines(text)) {
      CAPTURE(columns);
      CAPTURE(line);
      CHECK(display_width(line) <= columns);
      CHECK_FALSE(line.ends_with(' '));
    }
  }
}

TEST_CASE("a terminal that is too narrow for columns gets the narrowest ones") {
  const Report report = test::full_report();
  CHECK(render_text(report, Colour::Off, 0) == render_text(report, Colour::Off, 40));
}

TEST_CASE("nothing is cut where the reader is not a terminal") {
  Report report = test::full_report();
  report.left_alone[0].reason = std::string(120, 'x');
  report.left_alone[1].path = std::string(120, 'y');
  const std::string text = render_text(report, Colour::Off, kUnlimited);
  CHECK(text.find(std::string(120, 'x')) != std::string::npos);
  CHECK(text.find(std::string(120, 'y')) != std::string::npos);
}

TEST_CASE("what was dropped is not marked as done") {
  Report report = test::small_report();
  report.completed = {{7, "Gone", "dropped: superseded", {}, "dropped"}};
  CHECK(render_text(report, Colour::Off, 80).find("  – #7 Gone\n") != std::string::npos);
}

TEST_CASE("colour adds escape sequences and changes nothing else") {
  for (const Report& report : {test::full_report(), test::small_report()}) {
    const std::string coloured = to_screen(render_text(report, Colour::On, 80));
    const std::string plain = render_text(report, Colour::Off, 80);
    CHECK(coloured != plain);
    CHECK(plain.find('\x1B') == std::string::npos);
    CHECK(strip_attributes(coloured) == plain);
  }
}

TEST_CASE("what the report quotes cannot drive the terminal") {
  Report report = test::small_report();
  report.title = "a\x1B]0;title\x07 title\nof two lines";
  report.warnings = {"\x1B[2Jcleared"};
  report.commits[0].subject = "fix: \x1B[31mred";
  const std::string text = render_text(report, Colour::Off, 80);
  CHECK(text.find('\x1B') == std::string::npos);
  CHECK(text.starts_with("a\\x1b]0;title\\x07 title of two lines\n"));
}

TEST_CASE("of many files that were left alone eight are listed, by owner") {
  const std::string text = render_text(test::full_report(), Colour::Off, 80);
  CHECK(text.find("Left in the tree (10)\n") != std::string::npos);
  CHECK(text.find("  … and 2 more ('git status' shows them)\n") != std::string::npos);
  CHECK(text.find("lib/other/g.cpp") < text.find("notes.txt"));
}

TEST_CASE("sections without content are left out") {
  const std::string text = render_text(test::small_report(), Colour::Off, 80);
  for (const char* title : {"Completed", "Carried over", "New issues", "Left in the tree",
                            "Deviations", "Warnings", "Next\n"}) {
    CAPTURE(title);
    CHECK(text.find(title) == std::string::npos);
  }
  CHECK(text.find("Nothing was planned") != std::string::npos);
}

}  // namespace
}  // namespace gs::report
