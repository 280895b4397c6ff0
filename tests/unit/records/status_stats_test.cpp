#include "records/status_stats.h"

#include <doctest/doctest.h>

namespace gs::records {
namespace {

const std::map<std::string, std::string, std::less<>> kFigures = {{"tests", "12/12"},
                                                                  {"updated", "2026-11-22"}};
std::string set(std::string_view text) {
  return set_status_figures(text, kFigures).text;
}

TEST_CASE("what stands between the markers of a figure is replaced, and nothing else") {
  CHECK(set("Tests: <!-- git-session:tests -->3/4<!-- /git-session --> (<!-- git-session:updated "
            "--><!-- /git-session -->)\r\nother 3/4") ==
        "Tests: <!-- git-session:tests -->12/12<!-- /git-session --> (<!-- git-session:updated "
        "-->2026-11-22<!-- /git-session -->)\r\nother 3/4");
  CHECK(set("") == "");
}

TEST_CASE("setting twice is setting once") {
  const std::string once = set("a <!-- git-session:tests -->b<!-- /git-session --> c\n");
  CHECK(set(once) == once);
}

TEST_CASE("a figure that nobody knows is named and left") {
  const std::string text = "<!-- git-session:bugs -->7<!-- /git-session -->\n";
  const StatusStats stats = set_status_figures(text, kFigures);
  CHECK(stats.text == text);
  CHECK(stats.unknown == std::vector<std::string>{"bugs"});
  CHECK(stats.markers == 1);
}

TEST_CASE("markers that are none, and those of a code fence, are left") {
  for (const char* text :
       {"<!-- git-session:tests -->7", "<!-- git-session:tests 7<!-- /git-session -->",
        "<!-- git-session:tests -->\n7<!-- /git-session -->",
        "<!-- git-session:048dd6017d40b987 -->", "<!-- /git-session --><!-- git-session:tests -->",
        "```\n<!-- git-session:tests -->7<!-- /git-session -->\n```\n"}) {
    const StatusStats stats = set_status_figures(text, kFigures);
    CHECK(stats.text == text);
    CHECK(stats.markers == 0);
  }
  // One that is never closed does not swallow the next.
  CHECK(set("<!-- git-session:tests --> <!-- git-session:tests -->1<!-- /git-session -->") ==
        "<!-- git-session:tests --> <!-- git-session:tests -->12/12<!-- /git-session -->");
}

}  // namespace
}  // namespace gs::records
