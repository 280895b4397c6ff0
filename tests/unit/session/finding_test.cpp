#include "session/finding.h"

#include <doctest/doctest.h>

using namespace gs;
using namespace gs::session;

TEST_CASE("a finding is JSON with all its keys") {
  const Finding finding{.source = "conflict-marker",
                        .severity = Severity::Critical,
                        .confidence = 90,
                        .file = "src/a.cpp",
                        .line = 7,
                        .title = "conflict marker",
                        .detail = "<<<<<<<",
                        .recommendation = "resolve it"};
  CHECK(to_json(finding) == Json{{"source", "conflict-marker"},
                                 {"severity", "critical"},
                                 {"confidence", 90},
                                 {"file", "src/a.cpp"},
                                 {"line", 7},
                                 {"title", "conflict marker"},
                                 {"detail", "<<<<<<<"},
                                 {"recommendation", "resolve it"}});
}

TEST_CASE("a finding without a place has neither file nor line") {
  const Json json = to_json(Finding{});
  CHECK(json["file"].is_null());
  CHECK(json["line"].is_null());
}

TEST_CASE("a file name that is no UTF-8 appears as git quotes it") {
  Finding finding;
  finding.file = "a\xff.txt";
  CHECK(to_json(finding)["file"] == "\"a\\377.txt\"");
}
