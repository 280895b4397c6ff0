#include <doctest/doctest.h>

#include <string>

#include "checks/gates/command_run.h"

namespace gs::checks {
namespace {

void check_counts(std::string_view output, std::string_view runner, std::size_t passed,
                  std::size_t failed, std::size_t skipped) {
  CAPTURE(output);
  const auto counts = parse_test_counts(output);
  REQUIRE(counts);
  CHECK(counts->runner == runner);
  CHECK(counts->passed == passed);
  CHECK(counts->failed == failed);
  CHECK(counts->skipped == skipped);
}

TEST_CASE("ctest's summary is read, and a skipped test does not count as passed") {
  check_counts(
      "      Start 12: unit/base\n12/12 Test #12: unit/base ........   Passed    0.02 sec\n\n"
      "100% tests passed, 0 tests failed out of 12\n\nTotal Test time (real) =   1.20 sec\n",
      "ctest", 12, 0, 0);
  check_counts(
      "75% tests passed, 1 tests failed out of 4\n\nTotal Test time (real) =   0.05 sec\n\n"
      "The following tests did not run:\n\t  3 - network (Skipped)\n\n"
      "The following tests FAILED:\n\t  2 - parser (Failed)\nErrors while running CTest\n",
      "ctest", 2, 1, 1);
}

TEST_CASE("what ctest runs does not count beside ctest's own summary") {
  check_counts(
      "1: [doctest] test cases:  5 |  4 passed | 1 failed | 0 skipped\n"
      "0% tests passed, 1 tests failed out of 1\n",
      "ctest", 0, 1, 0);
}

TEST_CASE("pytest's last line is read with and without its rule") {
  check_counts(
      "tests/test_a.py ..F.s                     [100%]\n\n"
      "=========================== short test summary info ===========================\n"
      "FAILED tests/test_a.py::test_b - assert 1 == 2\n"
      "============== 3 failed, 12 passed, 1 skipped, 2 warnings in 0.31s ==============\n",
      "pytest", 12, 3, 1);
  check_counts("....\n4 passed in 0.02s\n", "pytest", 4, 0, 0);
  check_counts("===== 1 passed, 2 xfailed, 1 error in 75.20s (0:01:15) =====\n", "pytest", 1, 1, 2);
}

TEST_CASE("a pytest run without tests has no counts") {
  CHECK_FALSE(parse_test_counts("============ no tests ran in 0.01s ============\n"));
}

TEST_CASE("unittest gives the total and what did not pass") {
  check_counts(
      "F.s..\n----------------------------------------------------------------------\n"
      "Ran 5 tests in 0.003s\n\nFAILED (failures=1, errors=1, skipped=2)\n",
      "unittest", 1, 2, 2);
  check_counts("Ran 1 test in 0.000s\n\nOK\n", "unittest", 1, 0, 0);
  check_counts("Ran 7 tests in 0.1s\n\nOK (skipped=2, expected failures=1)\n", "unittest", 4, 0, 3);
}

TEST_CASE("jest's Tests line is read, its suites are not") {
  check_counts(
      "Test Suites: 1 failed, 2 passed, 3 total\nTests:       1 failed, 5 passed, 6 total\n"
      "Snapshots:   0 total\nTime:        1.2 s\n",
      "jest", 5, 1, 0);
  check_counts("Tests:       2 skipped, 1 todo, 4 passed, 7 total\n", "jest", 4, 0, 3);
}

TEST_CASE("jest's lines behind the prefix of a workspace runner add up") {
  check_counts(
      "packages/a test: Tests:       5 passed, 5 total\n"
      "packages/b test: Tests:       1 failed, 2 passed, 3 total\n",
      "jest", 7, 1, 0);
}

TEST_CASE("vitest's Tests line is read, its files are not") {
  check_counts(
      " Test Files  1 passed (1)\n      Tests  3 passed | 1 skipped (4)\n   Start at  10:00:00\n",
      "vitest", 3, 0, 1);
  check_counts("      Tests  2 failed (2)\n", "vitest", 0, 2, 0);
}

TEST_CASE("escape sequences and carriage returns do not hide a summary") {
  check_counts(
      "\x1B[2m      Tests \x1B[22m \x1B[1m\x1B[32m3 passed\x1B[39m\x1B[22m\x1B[90m (3)\x1B[39m\r\n",
      "vitest", 3, 0, 0);
  check_counts("running 1\rrunning 2\r4 passed, 1 failed\r\n", "plain", 4, 1, 0);
}

TEST_CASE("cargo's summaries of several binaries add up") {
  check_counts(
      "running 6 tests\ntest a ... ok\n\n"
      "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in "
      "0.00s\n\n   Doc-tests demo\n\n"
      "test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 3 filtered out; finished in "
      "0.10s\n",
      "cargo", 7, 1, 1);
}

TEST_CASE("nextest's summary is read") {
  check_counts("     Summary [   0.012s] 5 tests run: 4 passed (1 slow), 1 failed, 2 skipped\n",
               "nextest", 4, 1, 2);
}

TEST_CASE("go's tests are counted when they are listed") {
  check_counts(
      "=== RUN   TestA\n--- PASS: TestA (0.00s)\n=== RUN   TestB\n=== RUN   TestB/sub\n"
      "--- FAIL: TestB (0.01s)\n    --- FAIL: TestB/sub (0.00s)\n=== RUN   TestC\n"
      "--- SKIP: TestC (0.00s)\nFAIL\nFAIL\texample.org/a\t0.012s\n",
      "go", 1, 1, 1);
}

TEST_CASE("go's summary of packages is not a count of tests") {
  CHECK_FALSE(parse_test_counts("ok  \texample.org/a\t0.012s\nok  \texample.org/b\t(cached)\n"));
  CHECK_FALSE(parse_test_counts("--- FAIL: TestB (0.01s)\nFAIL\texample.org/a\t0.012s\n"));
}

TEST_CASE("node's runner is read in both of its forms") {
  check_counts(
      "TAP version 13\nok 1 - adds\n1..1\n# tests 5\n# suites 1\n# pass 3\n# fail 1\n"
      "# cancelled 0\n# skipped 1\n# todo 0\n# duration_ms 12.3\n",
      "node", 3, 1, 1);
  check_counts("✔ adds (0.5ms)\nℹ tests 3\nℹ suites 0\nℹ pass 3\nℹ fail 0\nℹ skipped 0\n", "node",
               3, 0, 0);
}

TEST_CASE("TAP lines are counted where there is a plan") {
  check_counts("1..4\nok 1 - a\nnot ok 2 - b\nok 3 # SKIP no network\nnot ok 4 # TODO later\n",
               "tap", 1, 1, 2);
  CHECK_FALSE(parse_test_counts("ok then\nok 1\n"));
}

TEST_CASE("prove's totals are read") {
  check_counts(
      "t/a.t .. ok\nt/b.t .. \nFailed 1/3 subtests \n\nTest Summary Report\n-------------------\n"
      "t/b.t (Wstat: 256 (exited 1) Tests: 3 Failed: 1)\n  Failed test:  2\n"
      "Files=2, Tests=5,  0 wallclock secs ( 0.02 usr +  0.00 sys =  0.02 CPU)\nResult: FAIL\n",
      "prove", 4, 1, 0);
}

TEST_CASE("surefire's final lines add up over modules, and a class's line does not count twice") {
  check_counts(
      "[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 0.04 s -- in a.B\n"
      "[INFO] \n[INFO] Results:\n[INFO] \n"
      "[WARNING] Tests run: 5, Failures: 0, Errors: 0, Skipped: 1\n"
      "[ERROR] Tests run: 4, Failures: 1, Errors: 1, Skipped: 0\n",
      "maven", 6, 2, 1);
}

TEST_CASE("gradle's line is read when it prints one") {
  check_counts("\n5 tests completed, 1 failed, 1 skipped\n\nFAILURE: Build failed\n", "gradle", 3,
               1, 1);
}

TEST_CASE("dotnet's lines are read in both of their forms") {
  check_counts(
      "Passed!  - Failed:     0, Passed:     5, Skipped:     0, Total:     5, Duration: 9 ms - "
      "a.dll (net8.0)\nFailed!  - Failed:     1, Passed:     2, Skipped:     1, Total:     4, "
      "Duration: 9 ms - b.dll (net8.0)\n",
      "dotnet", 7, 1, 1);
  check_counts("Test summary: total: 5, failed: 1, succeeded: 4, skipped: 0, duration: 1.2s\n",
               "dotnet", 4, 1, 0);
}

TEST_CASE("automake's figures add up over directories") {
  check_counts(
      "PASS: a\n# TOTAL: 12\n# PASS:  9\n# SKIP:  1\n# XFAIL: 1\n# FAIL:  1\n# XPASS: 0\n"
      "# ERROR: 0\n# TOTAL: 2\n# PASS:  2\n# SKIP:  0\n# XFAIL: 0\n# FAIL:  0\n# XPASS: 0\n"
      "# ERROR: 0\n",
      "automake", 11, 1, 2);
}

TEST_CASE("meson's figures are read with and without those that are zero") {
  check_counts(
      "Ok:                 12  \nExpected Fail:      1   \nFail:               1   \n"
      "Unexpected Pass:    0   \nSkipped:            2   \nTimeout:            1   \n",
      "meson", 12, 2, 3);
  check_counts("Ok:                 3\nFail:               0\n", "meson", 3, 0, 0);
}

TEST_CASE("the summaries of further runners are read") {
  check_counts(
      "bun test v1.1\n\n 12 pass\n 1 skip\n 2 fail\n 20 expect() calls\n"
      "Ran 15 tests across 3 files. [20.00ms]\n",
      "bun", 12, 2, 1);
  check_counts("\n  12 passing (30ms)\n  2 pending\n  1 failing\n", "mocha", 12, 1, 2);
  check_counts("FAILED | 3 passed | 1 failed | 1 ignored (5ms)\n", "deno", 3, 1, 1);
  check_counts("OK (12 tests, 34 assertions)\n", "phpunit", 12, 0, 0);
  check_counts("Tests: 12, Assertions: 34, Failures: 1, Errors: 1, Skipped: 2.\n", "phpunit", 8, 2,
               2);
  check_counts("12 examples, 1 failure, 2 pending\n", "rspec", 9, 1, 2);
  check_counts("5 runs, 7 assertions, 1 failures, 1 errors, 1 skips\n", "minitest", 2, 2, 1);
  check_counts("Finished in 0.03 seconds\n2 doctests, 5 tests, 1 failure, 1 skipped\n", "exunit", 5,
               1, 1);
  check_counts("[doctest] test cases:  5 |  4 passed | 1 failed | 0 skipped\n", "doctest", 4, 1, 0);
  check_counts(
      "[==========] 5 tests from 2 test suites ran. (0 ms total)\n[  PASSED  ] 3 tests.\n"
      "[  SKIPPED ] 1 test, listed below:\n[  SKIPPED ] A.b\n[  FAILED  ] 1 test, listed below:\n"
      "[  FAILED  ] A.c\n",
      "googletest", 3, 1, 1);
}

TEST_CASE("of several plain summaries the last one counts") {
  check_counts(
      "suite a: 2 passed, 0 failed\nsuite b: 3 passed, 1 failed\n"
      "Total: 5 passed, 1 failed, 2 skipped.\n",
      "plain", 5, 1, 2);
}

TEST_CASE("output that counts nothing gives no counts") {
  for (const std::string_view output :
       {"", "\n", "all good\n", "compiled 3 files\n", "passed, failed\n",
        "it took 5 tests to find\n", "Tests: many\n", "99999999999999999999 passed, 1 failed\n"}) {
    CAPTURE(output);
    CHECK_FALSE(parse_test_counts(output));
  }
}

}  // namespace
TEST_CASE("a plain 'N passed' is a count without failures") {
  const auto counts = parse_test_counts("compiled 3 files\n12 passed\n");
  REQUIRE(counts);
  CHECK(counts->runner == "plain");
  CHECK(counts->passed == 12);
  CHECK(counts->failed == 0);
}

}  // namespace gs::checks
