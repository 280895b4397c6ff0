#include "base/error.h"
#include "snapshot_fixture.h"

using namespace gs;
using namespace gs::test;

namespace {

// Three snapshots: a/b and a-b share a ref name, "other" stands alone.
struct Three {
  TempRepo repo;
  snapshot::SaveResult slash, dash, other;

  Three() {
    repo.write("a.txt", "a\n");
    repo.commit_all("base");
    slash = save("a/b", "x");
    dash = save("a-b", "x");
    other = save("other", "only");
  }
  [[nodiscard]] snapshot::SaveResult save(const std::string& session,
                                          const std::string& label) const {
    auto asked = request(label);
    asked.session = session;
    repo.write("a.txt", session);
    return snapshot::save(open(), asked);
  }
  [[nodiscard]] git::Repository open() const { return git::Repository::open(repo.path()); }
  [[nodiscard]] snapshot::Snapshot find(const std::string& text,
                                        const std::optional<std::string>& session = {}) const {
    return snapshot::find(open(), text, session);
  }
  [[nodiscard]] std::string error(const std::string& text,
                                  const std::optional<std::string>& session = {}) const {
    try {
      return "found " + find(text, session).ref;
    } catch (const Error& e) {
      CHECK_FALSE(e.hint().empty());
      return e.message();
    }
  }
};

}  // namespace

TEST_CASE("a snapshot is found by its full ref") {
  const Three three;
  CHECK(three.find(three.dash.ref).oid == three.dash.oid);
  CHECK(three.error("refs/heads/main") == "'refs/heads/main' is not the name of a snapshot");
  CHECK(three.error("refs/so-snapshots/a-b/wave-9-x") ==
        "there is no snapshot 'refs/so-snapshots/a-b/wave-9-x'");
}

TEST_CASE("a snapshot is found by session and label, the session raw or mapped") {
  const Three three;
  CHECK(three.find("a/b/wave-1-x").oid == three.slash.oid);
  CHECK(three.find("a-b/wave-1-x").oid == three.slash.oid);
  CHECK(three.find("a-b/wave-1-x.2").oid == three.dash.oid);
  CHECK(three.error("a/b/wave-1-x.2") == "there is no snapshot 'a/b/wave-1-x.2'");
  CHECK(three.error("nobody/wave-1-x") == "there is no snapshot 'nobody/wave-1-x'");
}

TEST_CASE("a label alone is looked for in the session, or everywhere without one") {
  const Three three;
  CHECK(three.find("wave-1-x", "a/b").oid == three.slash.oid);
  CHECK(three.find("wave-1-only").oid == three.other.oid);
  CHECK(three.error("wave-1-only", "a/b") == "there is no snapshot 'wave-1-only'");
  three.repo.git({"update-ref", "refs/so-snapshots/more/wave-1-only", three.other.oid.hex()});
  CHECK(three.error("wave-1-only") == "'wave-1-only' names 2 snapshots");
  CHECK(three.error("nonsense") == "there is no snapshot 'nonsense'");
}

TEST_CASE("a snapshot is found by its object id, in part and in capitals too") {
  const Three three;
  const std::string hex = three.other.oid.hex();
  CHECK(three.find(hex).ref == three.other.ref);
  CHECK(three.find(hex.substr(0, 12)).ref == three.other.ref);
  std::string capitals = hex;
  for (char& c : capitals) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  CHECK(three.find(capitals).ref == three.other.ref);
  CHECK(three.error("0000000000") == "there is no snapshot '0000000000'");
}

TEST_CASE("the id of a stash that no ref of ours points at will do") {
  const Three three;
  three.repo.write("a.txt", "stashed\n");
  const std::string stash = three.repo.git({"stash", "create"});
  const auto found = three.find(stash.substr(0, 20));
  CHECK(found.oid.hex() == stash);
  CHECK(found.ref.empty());
  CHECK(found.base.hex() == three.repo.git({"rev-parse", "HEAD"}));
}

TEST_CASE("any other commit is refused, and a branch named like an id is not taken for one") {
  const Three three;
  const std::string head = three.repo.git({"rev-parse", "HEAD"});
  CHECK(three.error(head) == "commit " + head.substr(0, 10) + " is not a snapshot, nor a stash");
  three.repo.git({"branch", "feedbeef"});
  CHECK(three.error("feedbeef") == "there is no snapshot 'feedbeef'");
}

TEST_CASE("a merge commit is not taken for a stash") {
  const Three three;
  three.repo.git({"checkout", "-q", "-f", "-b", "side", "HEAD"});
  three.repo.git({"commit", "-q", "--allow-empty", "-m", "side"});
  three.repo.git({"commit", "-q", "--allow-empty", "-m", "side again"});
  three.repo.git({"checkout", "-q", "main"});
  three.repo.git({"merge", "-q", "--no-ff", "-m", "merge", "side"});
  const std::string merge = three.repo.git({"rev-parse", "HEAD"});
  CHECK(three.error(merge) == "commit " + merge.substr(0, 10) + " is not a snapshot, nor a stash");
}
