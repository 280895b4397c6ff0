#include "workflow/pattern_advice.h"

#include <doctest/doctest.h>

#include "support/temp_repo.h"

using namespace gs::workflow;
using Advice = std::vector<std::string>;

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
  CHECK(of("src") == Advice{"the pattern 'src' is read as 'src/'"});
  CHECK(of(".") == Advice{"the pattern '.' is read as '**'"});
  CHECK(of("*.{md,txt}") == Advice{"the pattern '*.{md,txt}' is read as '*.md', '*.txt'"});
  CHECK(of("readme.md") ==
        Advice{"the pattern 'readme.md' matches no file yet; 'README.md' is spelled so"});
  CHECK(of("retry.c") ==
        Advice{"the pattern 'retry.c' matches no file yet; 'src/upload/retry.c' is there"});
  CHECK(of("src/uplaod/**") ==
        Advice{"the pattern 'src/uplaod/**' matches no file yet; 'src/upload/' is there"});
  CHECK(of("upload/re*") ==
        Advice{"the pattern 'upload/re*' matches no file yet; 'src/upload/' is there"});
  const Advice composed =
      of("docs/\xC3\x9C"
         "bersicht.md");
  REQUIRE(composed.size() == 1);
  CHECK(composed[0].find("in another Unicode form") != std::string::npos);
  CHECK(pattern_advice(repository, {}).empty());
}
