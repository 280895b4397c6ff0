#include <doctest/doctest.h>

#include <string>

#include "formats/markdown.h"
#include "report/golden.h"
#include "report/report.h"
#include "report/sample.h"

namespace gs::report {
namespace {

TEST_CASE("reports as Markdown") {
  test::check_golden("report/full.md", render_markdown(test::full_report()));
  test::check_golden("report/small.md", render_markdown(test::small_report()));
}

TEST_CASE("the sections stand in their order, also where they are empty") {
  for (const Report& report : {test::full_report(), test::small_report()}) {
    const std::string text = render_markdown(report);
    std::size_t last = 0;
    for (const char* title :
         {"## Session Summary\n", "### Completed\n", "### Carried Over\n",
          "### New Issues Created\n", "### Metrics\n", "### Next Session Recommendations\n"}) {
      CAPTURE(title);
      const std::size_t at = text.find(title);
      REQUIRE(at != std::string::npos);
      CHECK(at >= last);
      last = at;
    }
  }
}

TEST_CASE("what stands in a report starts no section of its own") {
  Report report = test::small_report();
  report.completed = {{7, "title\n## Heading", "evidence\n- [x] another"}};
  report.warnings = {"first\n### Metrics"};
  const std::string text = render_markdown(report);
  CHECK(text.find("- [x] Issue #7: title ## Heading — evidence - [x] another\n") !=
        std::string::npos);
  CHECK_FALSE(formats::find_markdown_section(text, 2, "Heading"));
}

}  // namespace
}  // namespace gs::report
