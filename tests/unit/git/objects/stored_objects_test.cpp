#include "git/objects/stored_objects.h"

#include <doctest/doctest.h>

#include "support/temp_repo.h"

namespace gs::git {
namespace {

using test::TempRepo;

const std::string kId(40, '1');
const std::string kOther(40, '2');

ObjectId id_of(const TempRepo& repo, const std::string& revision) {
  return *ObjectId::parse(repo.git({"rev-parse", revision}));
}

}  // namespace

TEST_CASE("a commit is read as it is stored") {
  const Commit commit =
      parse_commit({}, "tree " + kId + "\nparent " + kOther + "\nparent " + kId +
                           "\nauthor A <a> 1700000000 +0100\ncommitter B <b> 1700000001 +0000\n"
                           "gpgsig x\n parent " +
                           kOther + "\n\nsubject\n\nparent " + kOther + "\n");
  CHECK(commit.tree.hex() == kId);
  REQUIRE(commit.parents.size() == 2);
  CHECK(commit.parents[0].hex() == kOther);
  CHECK(commit.subject == "subject");
  CHECK(commit.message == "subject\n\nparent " + kOther + "\n");
  CHECK(commit.author_time == Timestamp(std::chrono::seconds(1700000000)));
  CHECK(commit.committer_time == Timestamp(std::chrono::seconds(1700000001)));
}

TEST_CASE("a broken commit is refused, odd times and messages are not") {
  for (const std::string& bad : {std::string(), std::string("tree x\n"), "tree " + kId.substr(1),
                                 "tree " + kId + "\nparent x\n"}) {
    CAPTURE(bad);
    CHECK_THROWS(static_cast<void>(parse_commit({}, bad)));
  }
  const auto with = [](const std::string& rest) {
    return parse_commit({}, "tree " + kId + "\n" + rest);
  };
  CHECK(with("").subject.empty());
  CHECK(with("\nx").subject == "x");
  CHECK(with("author nobody\ncommitter nobody\n\n\n\nx\n").subject == "x");
  CHECK(with("author A <a> 99999999999999999999 +0000\n\nx").author_time == Timestamp{});
  CHECK(with("author A <a> 9223372036854775807 +0000\n\nx").author_time > Timestamp{});
  CHECK(with(std::string("\nx\0y", 4)).message == "x");
}

TEST_CASE("objects are found behind tags, in a bare repository too, and no replacement counts") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.commit_all("one");
  repo.git({"tag", "-a", "-m", "t", "t1", "HEAD:a"});
  repo.git({"-c", "advice.nestedTag=false", "tag", "-a", "-m", "t", "t2", "t1"});
  repo.write("a", "2\n");
  repo.commit_all("two");
  const ObjectId tagged = id_of(repo, "HEAD~1:a");
  repo.git({"replace", "HEAD", "HEAD~1"});
  repo.git({"clone", "-q", "--mirror", ".", "bare.git"});
  repo.git({"config", "core.bare", "true"});
  for (const char* directory : {".git", "bare.git"}) {
    CAPTURE(directory);
    const auto objects = StoredObjects::open(repo.path(directory));
    const auto target = objects.peel(id_of(repo, "t2"));
    CHECK(target.type == ObjectType::Blob);
    CHECK(target.oid == tagged);
    CHECK_FALSE(objects.peel_to_commit(id_of(repo, "t2")));
    CHECK_FALSE(objects.peel_to_commit(*ObjectId::parse(kId)));
    CHECK(objects.commit(id_of(repo, "HEAD")).subject == "two");
    const auto entries = objects.tree(objects.commit(id_of(repo, "HEAD")).tree);
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].name == "a");
    CHECK(objects.find(entries[0].entry.oid)->bytes == "2\n");
    CHECK_FALSE(objects.find(*ObjectId::parse(kId)));
    CHECK_FALSE(objects.find_commit(entries[0].entry.oid));
    CHECK_THROWS(static_cast<void>(objects.tree(entries[0].entry.oid)));
    CHECK(objects.refs("refs/tags/").size() == 2);
  }
}

}  // namespace gs::git
