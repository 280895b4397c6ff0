#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

#include "base/text.h"
#include "git/history.h"
#include "support/temp_repo.h"

namespace gs::git {
namespace {

using test::TempRepo;

ObjectId id_of(const TempRepo& repo, const std::string& revision) {
  return *ObjectId::parse(repo.git({"rev-parse", revision}));
}

std::set<std::string> as_set(const std::vector<ObjectId>& ids) {
  std::set<std::string> texts;
  for (const ObjectId& id : ids) texts.insert(id.hex());
  return texts;
}

std::set<std::string> lines_of(const std::string& text) {
  std::set<std::string> lines;
  for (const std::string_view line : gs::split_lines(text)) lines.emplace(line);
  return lines;
}

// `count` commits, each with up to three of the earlier ones as parents; branches b0, b1, ….
void make_history(const TempRepo& repo, std::mt19937& random, unsigned count, bool wrong_clocks) {
  std::string stream;
  for (unsigned i = 0; i < count; ++i) {
    const auto name = [](unsigned number) { return "refs/heads/b" + std::to_string(number); };
    const auto offset = wrong_clocks ? static_cast<unsigned>(random()) % (10 * count) : 10 * i;
    const unsigned time = 1700000000 + offset;
    stream += "reset " + name(i) + "\ncommit " + name(i) + "\ncommitter A <a@example.org> " +
              std::to_string(time) + " +0000\ndata 2\nc\n";
    std::set<unsigned> parents;
    for (unsigned n = random() % 4; n > 0 && i > 0; --n) {
      parents.insert(i - 1 - static_cast<unsigned>(random()) % std::min(i, 6U));
    }
    bool first = true;
    for (const unsigned parent : parents) {
      stream += (first ? "from " : "merge ") + name(parent) + "\n";
      first = false;
    }
    stream += "\n";
  }
  repo.write("stream", stream);
  repo.git({"-c", "alias.import=!git fast-import --quiet --force <stream", "import"});
}

}  // namespace

TEST_CASE("over random histories a walk finds what git finds, whatever the clocks said") {
  for (unsigned seed = 0; seed < 12; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    TempRepo repo;
    make_history(repo, random, 30, seed % 3 == 2);
    const auto repository = Repository::open(repo.path());
    const auto pick = [&] { return "b" + std::to_string(random() % 30); };
    for (unsigned round = 0; round < 5; ++round) {
      const std::vector<std::string> names{pick(), pick(), pick(), pick()};
      std::vector<ObjectId> ids;
      for (const std::string& name : names) ids.push_back(id_of(repo, name));
      CHECK(as_set(commits_of_tips(repository, {ids[0], ids[1]}, {ids[2], ids[3]}, SIZE_MAX)) ==
            lines_of(repo.git({"rev-list", names[0], names[1], "^" + names[2], "^" + names[3]})));
      CHECK(as_set(commits_of_tips(repository, {ids[0]}, {}, SIZE_MAX)) ==
            lines_of(repo.git({"rev-list", names[0]})));
      const auto bases = lines_of(repo.try_git({"merge-base", "--all", names[0], names[1]}).out);
      const auto base = repository.merge_base(ids[0], ids[1]);
      CHECK(base.has_value() == !bases.empty());
      if (base) CHECK(bases.contains(base->hex()));
      CHECK(repository.is_ancestor(ids[0], ids[1]) ==
            repo.try_git({"merge-base", "--is-ancestor", names[0], names[1]}).ok());
    }
  }
}

TEST_CASE("grafts, replacements and forged ends of a shallow clone change no walk") {
  TempRepo repo;
  repo.commit_all("one");
  repo.commit_all("two");
  repo.commit_all("three");
  const std::string all = repo.git({"rev-list", "HEAD"});
  const std::string oldest = repo.git({"rev-parse", "HEAD~2"});
  const std::string newest = repo.git({"rev-parse", "HEAD"});
  SUBCASE("graft") {
    repo.write(".git/info/grafts", newest + " " + oldest + "\n");
  }
  SUBCASE("replacement") {
    repo.git({"replace", newest, oldest});
  }
  SUBCASE("end") {
    repo.write(".git/shallow", newest + "\n");
  }
  const auto repository = Repository::open(repo.path());
  const ObjectId tip = *ObjectId::parse(newest);
  CHECK(as_set(repository.commits_between(std::nullopt, tip, 10)) == lines_of(all));
  CHECK(repository.commits_between(ObjectId::parse(oldest), tip, 10).size() == 2);
  CHECK(repository.commit(tip).parents.size() == 1);
  CHECK(repository.resolve_commit("HEAD~2")->hex() == oldest);
  CHECK(repository.is_ancestor(*ObjectId::parse(oldest), tip));
}

TEST_CASE("a parent that is missing ends a walk only where a shallow clone does") {
  TempRepo repo;
  repo.commit_all("one");
  repo.commit_all("two");
  const std::string parent = repo.git({"rev-parse", "HEAD~1"});
  const ObjectId tip = id_of(repo, "HEAD");
  repo.remove(".git/objects/" + parent.substr(0, 2) + "/" + parent.substr(2));
  CHECK_THROWS(
      static_cast<void>(walk_history(StoredObjects::open(repo.path(".git")), {tip}, {}, SIZE_MAX)));
  repo.write(".git/shallow", tip.hex() + "\n");
  const auto objects = StoredObjects::open(repo.path(".git"));
  CHECK(walk_history(objects, {tip}, {}) == std::vector<ObjectId>{tip});
  // What the remote has and was never fetched hides nothing.
  CHECK(walk_history(objects, {tip}, {*ObjectId::parse(std::string(40, '1'))}).size() == 1);
  CHECK(walk_history(objects, {tip}, {tip}).empty());
}

}  // namespace gs::git
