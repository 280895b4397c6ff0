#include "git/config/files.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <random>

#include "git/config/values.h"
#include "git/repository.h"
#include "support/scoped_environment.h"
#include "support/temp_repo.h"

using gs::git::ConfigValue;
using gs::git::Repository;
using gs::test::ScopedEnvironment;
using gs::test::TempRepo;

namespace {

std::string text_of(const std::vector<ConfigValue>& values) {
  std::string text;
  for (const ConfigValue& value : values) {
    text += value.scope + ' ' + value.origin + ' ' + value.key + '=' + value.value + '\n';
  }
  return text;
}

// What the process reads in `directory` is what git answers there.
void compare(const std::string& directory) {
  const Repository repository = Repository::open(directory);
  CHECK(text_of(gs::git::configuration(repository)) ==
        text_of(gs::git::read_all_config(repository.git())));
}

bool is_read_here(const TempRepo& repo) {
  const std::string git_dir = gs::real_path(repo.path(".git"));
  return gs::git::read_config_files(git_dir, git_dir, ".git").has_value();
}

}  // namespace

TEST_CASE("the process reads the configuration as git does, origins included") {
  TempRepo repo;
  const std::string home = *gs::environment_variable("HOME");
  repo.git({"config", "--global", "Section.Sub.Dir.Key", "a # b ; \" \\ c\td\ne "});
  std::filesystem::create_directories(home + "/.config/git");
  gs::write_file_atomically(home + "/.config/git/config", "[xdg]\n\tkey = 1\n");
  repo.commit_all("first");
  compare(repo.path());
  std::filesystem::create_directory(repo.path("d"));
  compare(repo.path("d"));

  const gs::TemporaryDirectory elsewhere;
  const std::string other = elsewhere.path() + "/worktree";
  repo.git({"worktree", "add", "-q", other});
  compare(other);
  repo.git({"config", "extensions.worktreeConfig", "true"});
  repo.git({"-C", other, "config", "--worktree", "own.key", "theirs"});
  repo.git({"config", "--worktree", "own.key", "ours"});
  compare(other);
  compare(repo.path());
  repo.git({"clone", "-q", repo.path(), repo.path("module")});
  repo.git({"submodule", "add", "-q", "./module", "sub"});
  compare(repo.path("sub"));
  CHECK(is_read_here(repo));
  {
    const ScopedEnvironment git_dir("GIT_DIR", repo.path(".git"));
    compare(repo.path());
  }
  {
    const ScopedEnvironment xdg("XDG_CONFIG_HOME", home + "/none");
    compare(repo.path());
  }
  {
    const ScopedEnvironment xdg("XDG_CONFIG_HOME", "");
    compare(repo.path());
    CHECK(gs::git::last_value(gs::git::configuration(Repository::open(repo.path())), "xdg.key") ==
          "1");
  }
  {
    const ScopedEnvironment global("GIT_CONFIG_GLOBAL", "/dev/null");
    const ScopedEnvironment nosystem("GIT_CONFIG_NOSYSTEM", "0");
    const ScopedEnvironment system("GIT_CONFIG_SYSTEM", home + "/.config/git/config");
    compare(repo.path());
    CHECK(is_read_here(repo));
  }
  repo.git({"config", "--global", "--unset", "section.Sub.Dir.key"});
  std::filesystem::remove_all(home + "/.config");
}

TEST_CASE("what only git can read is left to git") {
  TempRepo repo;
  CHECK(is_read_here(repo));
  for (const char* variable : {"GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"}) {
    const ScopedEnvironment set(variable, "0");
    CHECK_FALSE(is_read_here(repo));
  }
  {
    const ScopedEnvironment nosystem("GIT_CONFIG_NOSYSTEM", "what");
    CHECK_FALSE(is_read_here(repo));
  }
  {
    const ScopedEnvironment nosystem("GIT_CONFIG_NOSYSTEM", std::nullopt);
    const ScopedEnvironment path("PATH", "/nowhere");
    CHECK_FALSE(is_read_here(repo));
  }
  {
    const ScopedEnvironment home("HOME", std::nullopt);
    CHECK_FALSE(is_read_here(repo));
  }
  for (const char* include : {"include.path", "includeIf.onbranch:main.path"}) {
    repo.git({"config", include, "/dev/null"});
    CHECK_FALSE(is_read_here(repo));
    compare(repo.path());
    repo.git({"config", "--unset", include});
    CHECK(is_read_here(repo));
  }
}

// Git reads every text as we do, or we leave it to git.
TEST_CASE("random configuration files are read as git reads them") {
  static constexpr const char* kParts[] = {"[a]",
                                           "[a \"b\"]",
                                           "[A.b]",
                                           "[a \"B\\\"c\"]",
                                           "[a  \"x]\"]",
                                           "[]",
                                           "[ a]",
                                           "[a]]",
                                           "\n",
                                           "\n",
                                           "\n",
                                           "\r\n",
                                           "\r",
                                           "\t",
                                           " ",
                                           "  ",
                                           "key",
                                           "K-1",
                                           "1",
                                           "=",
                                           "=",
                                           "= ",
                                           " =",
                                           "\"",
                                           "\"",
                                           "\\\"",
                                           "\\\\",
                                           "\\n",
                                           "\\\n",
                                           "\\\r\n",
                                           "\\t",
                                           "\\b",
                                           "\\x",
                                           "\\",
                                           "#",
                                           ";",
                                           "true",
                                           "word",
                                           "a\tb",
                                           "\xc3\xbc",
                                           "\xef\xbb\xbf",
                                           "[a]\n",
                                           "[a]k=",
                                           "\n\tk = v\n"};
  TempRepo repo;
  const gs::git::GitCommand git(repo.path());
  std::mt19937 random(1);  // NOLINT: the same texts every time
  int read = 0;
  for (int round = 0; round < 600; ++round) {
    std::string text;
    if (random() % 4 != 0) text = random() % 2 == 0 ? "[a]\n" : "[a]\nk=";
    for (std::size_t i = 0; i < 1 + random() % 12; ++i) {
      text += kParts[random() % std::size(kParts)];
    }
    CAPTURE(text);
    const auto settings = gs::git::parse_config(text);
    if (!settings) continue;
    ++read;
    repo.write("file", text);
    const auto listed = git.run({"config", "--file", "file", "--list", "-z"});
    CHECK(listed.ok());
    std::string ours;
    for (const auto& setting : *settings) ours += setting.key + '\n' + setting.value + '\0';
    std::string theirs;
    for (std::string_view rest = listed.out; !rest.empty();) {
      const std::string_view one = rest.substr(0, rest.find('\0'));
      theirs += std::string(one) + (one.find('\n') == one.npos ? "\ntrue" : "") + '\0';
      rest.remove_prefix(one.size() + 1);
    }
    CHECK(ours == theirs);
  }
  CHECK(read > 100);
}
