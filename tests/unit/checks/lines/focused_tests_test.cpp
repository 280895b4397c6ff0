#include <doctest/doctest.h>

#include <string>

#include "checks/lines/probes.h"

namespace gs::checks {
namespace {

std::vector<session::Finding> find_marks(std::string_view path,
                                         const std::vector<std::string>& texts) {
  std::vector<git::AddedLine> added;
  for (const std::string& text : texts) added.push_back({added.size() + 1, text});
  return find_focused_tests(path, added);
}

void check(std::string_view path, const std::string& text, std::string_view source) {
  CAPTURE(path);
  CAPTURE(text);
  const auto found = find_marks(path, {text});
  REQUIRE(found.size() == (source.empty() ? 0 : 1));
  if (!found.empty()) CHECK(found[0].source == source);
}

TEST_CASE("tests that run alone") {
  check("test/a.js", "  it.only('x', () => {", "focused-test");
  check("a.spec.ts", "fdescribe(\"x\", () => {", "focused-test");
  check("a.test.tsx", "test.only(`x`, async () => {", "focused-test");
  check("test/a.js", "describe.only(", "focused-test");
  check("spec/a_spec.rb", "  fit 'works' do", "focused-test");
  check("src/a.js", "  it.only('x', () => {", "");
  check("test/a.js", "  model.fit(x, y)", "");
  check("test/a.js", "  fit(x, y)", "");
  check("test/a.js", "// it.only('x')", "");
  check("test/a.js", "const s = \"it.only('x')\"", "");
}

TEST_CASE("skipped tests") {
  check("test/a.js", "it.skip('x', () => {", "skipped-test");
  check("test/a.js", "xdescribe('x', () => {", "skipped-test");
  check("tests/test_a.py", "    @unittest.skip('later')", "skipped-test");
  check("tests/test_a.py", "@pytest.mark.skip", "skipped-test");
  check("pkg/a_test.go", "\tt.Skip(\"later\")", "skipped-test");
  check("src/lib.rs", "    #[ignore]", "skipped-test");
  check("src/test/java/ATest.java", "  @Disabled(\"later\")", "skipped-test");
  check("A.Tests/FooTests.cs", "[Fact(Skip = \"later\")]", "skipped-test");
  check("tests/a_test.cpp", "TEST(Suite, DISABLED_Works) {", "skipped-test");
  check("test/a_test.exs", "  @tag :skip", "skipped-test");
}

TEST_CASE("a skip under a condition, or with an issue, is none") {
  check("tests/test_a.py", "@unittest.skipIf(WINDOWS, 'x')", "");
  check("tests/test_a.py", "@pytest.mark.skipif(True)", "");
  check("tests/test_a.py", "@skipUnlessDBFeature('x')", "");
  check("pkg/a_test.go", "\t\tt.Skip(\"short\")", "");
  check("e2e/a.spec.ts", "test.skip(browser === 'firefox', 'x');", "");
  check("test/a.js", "it.skip('x #12', () => {", "");
  CHECK(find_marks("test/a.js", {"// see #12", "it.skip('x', () => {"}).empty());
  check("tests/test_a.py", "@unittest.skip('There is no way to query it.')", "");
  check("src/ATest.java", "@Ignore  // affects only the other runner", "");
  check("tests/ATest.php", "$this->markTestIncomplete('Needs to be written again');",
        "skipped-test");
  check("test/a.js", "it.skip('a title is no reason', () => {", "skipped-test");
  check("tests/a_test.cpp", "TEST(Suite, DISABLED_Works) {}", "");
  check("tests/_files/ATest.php", "$this->markTestIncomplete();", "");
  check("test/a.js", "it.skip('stands for what is left out', () => {});", "");
  CHECK(find_marks("test/a.js", {"// see nothing", "it.skip('x', () => {"}).size() == 1);
}

}  // namespace
}  // namespace gs::checks
