#include "checks/gates/ways_back.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "base/file/file.h"

using namespace gs;
using checks::find_ways_back;

namespace {

struct WorkTree {
  TemporaryDirectory temporary;
  std::string top = join_path(real_path(temporary.path()), "repo");

  void write(std::string_view name, std::string_view content) const {
    const std::string path = join_path(top, name);
    make_directories(parent_directory(path));
    write_file_unsynced(path, content);
  }
  void link(const std::string& target, std::string_view name) const {
    const std::string path = join_path(top, name);
    make_directories(parent_directory(path));
    REQUIRE(symlink(target.c_str(), path.c_str()) == 0);
  }
  [[nodiscard]] checks::WaysBack ways(std::size_t most = 1000) const {
    return find_ways_back(top, {RepoPath("deps"), RepoPath("venv")}, most);
  }
};

using Places = std::vector<std::string>;

}  // namespace

TEST_CASE(
    "links that leave the shared directories for the work tree are found, the shallow first") {
  const WorkTree tree;
  tree.write("src/a", "");
  tree.write("deps/one/file", "");
  tree.write("venv/file", "");
  tree.link("../../../src", "deps/one/deep/src");
  tree.link("../src", "deps/mine");
  tree.link("one", "deps/two");
  tree.link("../venv/file", "deps/other");
  tree.link("/usr", "deps/usr");
  tree.link("nowhere", "deps/broken");
  tree.link("loop", "deps/loop");
  tree.link("../src/missing", "deps/gone");
  CHECK(tree.ways().places == Places{"deps/gone", "deps/mine", "deps/one/deep/src"});
  CHECK(tree.ways().problems.empty());
}

TEST_CASE("a shared directory that is a link is searched where it leads") {
  const WorkTree tree;
  tree.write("src/a", "");
  tree.write("../elsewhere/file", "");
  tree.link(tree.top + "/src", "../elsewhere/back");
  tree.link("../elsewhere", "deps");
  tree.link("src", "venv");
  CHECK(tree.ways().places == Places{"venv", "deps/back"});
}

TEST_CASE("a search that was cut short says so") {
  const WorkTree tree;
  for (const char* name : {"deps/a", "deps/b", "deps/c"}) tree.write(name, "");
  CHECK(tree.ways(4).problems.empty());
  CHECK(tree.ways(2).problems == Places{"more than 2 files: not all of them were searched"});
}

TEST_CASE("an editable install that cannot be read is not taken for none") {
  const WorkTree tree;
  tree.write("venv/big.pth", std::string((1U << 20U) + 1, '\n'));
  REQUIRE(tree.ways().problems.size() == 1);
  CHECK(tree.ways().problems.front().find("big.pth") != std::string::npos);
}

TEST_CASE("PEP 610: only an editable install of the work tree leads there") {
  const WorkTree tree;
  const auto record = [&](const std::string& url, const std::string& info) {
    tree.write("venv/x.dist-info/direct_url.json",
               R"({"url": ")" + url + R"(", "dir_info": )" + info + "}");
    return tree.ways().places.size();
  };
  CHECK(record("file://" + tree.top, R"({"editable": true})") == 1);
  CHECK(record("file://" + tree.top + "/%73rc", R"({"editable": true})") == 1);
  CHECK(record("file://" + tree.top, R"({"editable": false})") == 0);
  CHECK(record("file://" + tree.top, "7") == 0);
  CHECK(record("file://" + tree.top + "2", R"({"editable": true})") == 0);
  CHECK(record("https://example.org" + tree.top, R"({"editable": true})") == 0);
  tree.write("venv/x.dist-info/direct_url.json", "{\"url\": 7");
  CHECK(tree.ways().places.empty());
}
