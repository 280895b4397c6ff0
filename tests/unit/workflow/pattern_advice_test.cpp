#include "workflow/pattern_advice.h"

#include <doctest/doctest.h>

#include "support/temp_repo.h"

using namespace gs::workflow;
using Advice = std::vector<PatternAdvice>;

TEST_CASE("patterns that are read otherwise, or nearly match, are pointed out") {
  const gs::test::TempRepo repo;
  repo.write("src/upload/retry.c", "1\n");
  repo.write("README.md", "1\n");
  repo.write(
      "docs/U\xCC\x88"
      "bersicht.md",
      "1\n");
  repo.commit_all("first");
  const auto repository = gs::git::Repository::open(repo.path());
  const auto of = [&](const std::string& written) { return pattern_advice(repository, {written}); };
  CHECK(of("src/**").empty());
  CHECK(of("src/upload/retry.c").empty());
  CHECK(of("src/upload/new.c").empty());
  CHECK(of("brand/new.c").empty());
  CHECK(of("new.c").empty());
  CHECK(of("README.mdx").size() == 1);
  CHECK(of("src/upload/rety.c") ==
        Advice{{"src/upload/rety.c", "did you mean 'src/upload/retry.c'?"}});
  CHECK(of("src/upload/rerty.c") ==
        Advice{{"src/upload/rerty.c", "did you mean 'src/upload/retry.c'?"}});
  CHECK(of("src/upload/retry2.c").empty());
  CHECK(of("src/upload/retri.c").empty());
  CHECK(of("src") == Advice{{"src", "is read as 'src/'", false}});
  CHECK(describe(of("src")[0]) == "the pattern 'src' is read as 'src/'");
  CHECK(of(".") == Advice{{".", "is read as '**'", false}});
  CHECK(of("*.{md,txt}") == Advice{{"*.{md,txt}", "is read as '*.md', '*.txt'", false}});
  CHECK(of("readme.md") == Advice{{"readme.md", "did you mean 'README.md'?"}});
  CHECK(describe(of("readme.md")[0]) ==
        "the pattern 'readme.md' matches no file yet; did you mean 'README.md'?");
  CHECK(of("retry.c") == Advice{{"retry.c", "did you mean 'src/upload/retry.c'?"}});
  CHECK(of("src/uplaod/**") == Advice{{"src/uplaod/**", "did you mean 'src/upload/'?"}});
  CHECK(of("upload/re*") == Advice{{"upload/re*", "did you mean 'src/upload/'?"}});
  const Advice composed =
      of("docs/\xC3\x9C"
         "bersicht.md");
  REQUIRE(composed.size() == 1);
  CHECK(composed[0].advice.find("in another Unicode form") != std::string::npos);
  CHECK(pattern_advice(repository, {}).empty());
}
