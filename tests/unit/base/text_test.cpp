#include "base/text.h"

#include <doctest/doctest.h>

#include <array>

#include "base/process/process.h"

using namespace gs;
using Views = std::vector<std::string_view>;

TEST_CASE("of a long list the first are named, and how many more there are") {
  const std::vector<std::string> names = {"a", "b", "c"};
  CHECK(join_some(names, 3) == "a, b, c");
  CHECK(join_some(names, 2) == "a, b and 1 more");
  CHECK(join_some({}, 2).empty());
}

TEST_CASE("trim takes ASCII white space off both ends and nothing else") {
  CHECK(trim(" \t\r\n\v\fa b \n") == "a b");
  CHECK(trim(" \n") == "");
  CHECK(trim("") == "");
  CHECK(trim("\xC2\xA0x") == "\xC2\xA0x");
}

TEST_CASE("split keeps empty parts") {
  CHECK(split("a,b,", ',') == Views{"a", "b", ""});
  CHECK(split(",", ',') == Views{"", ""});
  CHECK(split("", ',') == Views{""});
}

TEST_CASE("split_lines counts a last line without an end, not an empty rest") {
  CHECK(split_lines("a\nb\n") == Views{"a", "b"});
  CHECK(split_lines("a\nb") == Views{"a", "b"});
  CHECK(split_lines("a\r\n\n") == Views{"a\r", ""});
  CHECK(split_lines("\n") == Views{""});
  CHECK(split_lines("").empty());
}

TEST_CASE("join puts the separator between parts only") {
  const std::vector<std::string> parts{"a", "", "c"};
  CHECK(join(parts, ", ") == "a, , c");
  CHECK(join(std::vector<std::string>{}, ", ").empty());
}

TEST_CASE("to_lower leaves bytes beyond ASCII alone") {
  CHECK(to_lower("AZaz09[@\xC3\x84") == "azaz09[@\xC3\x84");
}

TEST_CASE("a real shell reads a quoted word back as it was") {
  const std::vector<std::string> words{
      "plain", "",    "a b",    "it's",  "$HOME", "`id`", "a\nb", "*",        "~",     "\\",
      "!x",    "#no", "-opt=1", "VAR=1", "\"q\"", "a;b",  "''",   "\xFF\x01", "{a,b}", "[x]"};
  for (const std::string& word : words) {
    CAPTURE(word);
    const ProcessResult result =
        run_process({"sh", "-c", "printf %s " + quote_shell(word) + "; printf ."});
    CHECK(result.out == word + ".");
  }
}

TEST_CASE("a safe word is not quoted for the shell, an assignment is") {
  CHECK(quote_shell("src/a-b_c.txt") == "src/a-b_c.txt");
  CHECK(quote_shell("--x=1") == "--x=1");
  CHECK(quote_shell("X=1") == "'X=1'");
}

TEST_CASE("edit distance counts insertions, deletions, replacements and swapped neighbours") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("flaw", "lawn") == 2);
  CHECK(edit_distance("lawn", "flaw") == 2);
  CHECK(edit_distance("titel", "title") == 1);
  CHECK(edit_distance("ca", "abc") == 3);
}

TEST_CASE("nearest gives the closest candidate within a third of the word") {
  const std::array<std::string_view, 4> candidates{"persistence", "status", "start", "gc"};
  CHECK(nearest("stauts", candidates) == "status");
  CHECK(nearest("perzistense", candidates) == "persistence");
  CHECK(nearest("status", candidates) == "status");
  CHECK(nearest("g", candidates) == "gc");
  CHECK(nearest("satrt", candidates) == "start");
  CHECK(nearest("unrelated", candidates).empty());
  CHECK(nearest("x", {}).empty());
}

TEST_CASE("plural follows the noun's ending") {
  CHECK(plural(1, "file") == "1 file");
  CHECK(plural(0, "file") == "0 files");
  CHECK(plural(2, "entry") == "2 entries");
  CHECK(plural(2, "day") == "2 days");
  CHECK(plural(3, "branch") == "3 branches");
  CHECK(plural(3, "pass") == "3 passes");
}

TEST_CASE("a number is digits only, and not too many") {
  CHECK(parse_number("007", 3) == 7);
  CHECK(parse_number("999999999999999999", 18) == 999'999'999'999'999'999LL);
  CHECK_FALSE(parse_number("1234", 3));
  CHECK_FALSE(parse_number("", 3));
  CHECK_FALSE(parse_number("-1", 3));
  CHECK_FALSE(parse_number("1 ", 3));
}
