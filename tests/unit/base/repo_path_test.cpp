#include "base/repo_path.h"

#include <doctest/doctest.h>

#include <unordered_set>

using gs::RepoPath;

namespace {

std::string resolve(std::string_view path, std::string_view prefix = "",
                    std::string_view top = "/home/me/repo") {
  const auto resolved = RepoPath::resolve(path, prefix, top);
  return resolved ? "=" + resolved->bytes() : "outside";
}

}  // namespace

TEST_CASE("a typed path is taken relative to the directory it was typed in") {
  CHECK(resolve("a") == "=a");
  CHECK(resolve("a", "dir/") == "=dir/a");
  CHECK(resolve("../a", "dir/sub/") == "=dir/a");
  CHECK(resolve("./a//b/./c/", "") == "=a/b/c");
  CHECK(resolve(".", "dir/") == "=dir");
  CHECK(resolve("..", "dir/") == "=");
  CHECK(resolve("a/../b") == "=b");
  CHECK(resolve("...") == "=...");
}

TEST_CASE("a path that leaves the tree has no place in it") {
  CHECK(resolve("..") == "outside");
  CHECK(resolve("../../x", "dir/") == "outside");
  CHECK(resolve("a/../../x") == "outside");
  CHECK(resolve("../../repo/x", "dir/") == "outside");
}

TEST_CASE("an absolute path counts only below the top") {
  CHECK(resolve("/home/me/repo/a", "dir/") == "=a");
  CHECK(resolve("/home/me/repo") == "=");
  CHECK(resolve("/home/me/./x/../repo/a/") == "=a");
  CHECK(resolve("/home/me/repository/a") == "outside");
  CHECK(resolve("/home/me") == "outside");
  CHECK(resolve("/home/me/repo/../other") == "outside");
  CHECK(resolve("/../x") == "outside");
  CHECK(resolve("/a/b", "", "/") == "=a/b");
}

TEST_CASE("an empty word is not a path") {
  CHECK(resolve("", "dir/") == "outside");
}

TEST_CASE("a path knows its name and its parent") {
  CHECK(RepoPath("a/b/c").name() == "c");
  CHECK(RepoPath("a/b/c").parent() == "a/b");
  CHECK(RepoPath("c").name() == "c");
  CHECK(RepoPath("c").parent() == "");
  CHECK(RepoPath().name() == "");
}

TEST_CASE("is_below compares whole segments and is strict") {
  CHECK(RepoPath("a/b").is_below(RepoPath("a")));
  CHECK(RepoPath("a").is_below(RepoPath()));
  CHECK_FALSE(RepoPath("a").is_below(RepoPath("a")));
  CHECK_FALSE(RepoPath("ab").is_below(RepoPath("a")));
  CHECK_FALSE(RepoPath("ab/c").is_below(RepoPath("a")));
  CHECK_FALSE(RepoPath().is_below(RepoPath()));
}

TEST_CASE("paths order by their bytes and can be hashed") {
  CHECK(RepoPath("a") < RepoPath("b"));
  CHECK(RepoPath("a-b") < RepoPath("a/b"));
  const std::unordered_set<RepoPath> set{RepoPath("a"), RepoPath("a")};
  CHECK(set.size() == 1);
  CHECK(RepoPath("a\nb").quoted() == "\"a\\nb\"");
}

TEST_CASE("a file is inside the tree or outside it") {
  const gs::FilePlace inside = gs::FilePlace::at("/top/docs/a b", "/top");
  CHECK(inside.inside() == gs::RepoPath("docs/a b"));
  CHECK(inside == gs::FilePlace(gs::RepoPath("docs/a b")));
  CHECK(inside.absolute("/top") == "/top/docs/a b");
  CHECK(inside.absolute("/moved") == "/moved/docs/a b");
  const gs::FilePlace outside = gs::FilePlace::at("/topping/a", "/top");
  CHECK(outside.inside() == std::nullopt);
  CHECK(outside == gs::FilePlace::outside("/topping/a"));
  CHECK(outside.absolute("/top") == "/topping/a");
  CHECK(outside != inside);
}
