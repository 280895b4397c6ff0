#include "checks/notes/staleness.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "base/file/file.h"

namespace gs::checks {
namespace {

const Timestamp kNow = *parse_iso8601("2026-11-22T12:00:00Z");

class Vault {
 public:
  void write(const std::string& path, const std::string& content) const {
    const std::string file = this->path(path);
    make_directories(file.substr(0, file.rfind('/')));
    write_file_atomically(file, content);
  }
  void note(const std::string& path, const std::string& frontmatter) const {
    write("01-projects/" + path, "---\n" + frontmatter + "---\n");
  }
  [[nodiscard]] std::string path(const std::string& name) const {
    return join_path(directory_.path(), name);
  }
  [[nodiscard]] StalenessCheck check(const StalenessThresholds& thresholds = {}) const {
    return check_staleness(TreeFiles(directory_.path()), thresholds, kNow, "vault/").value();
  }

 private:
  TemporaryDirectory directory_;
};

TEST_CASE("a vault without projects is none") {
  const Vault vault;
  CHECK_FALSE(check_staleness(TreeFiles(vault.path("")), {}, kNow, ""));
}

TEST_CASE("projects are stale a day after they were synchronized, and more so after a week") {
  const auto severity = [](const std::string& frontmatter) {
    const Vault vault;
    vault.note("a/_overview.md", frontmatter);
    const StalenessCheck check = vault.check();
    CHECK(check.projects == 1);
    REQUIRE(check.findings.size() <= 1);
    return check.findings.empty()
               ? std::string("fresh")
               : std::string(session::severity_name(check.findings[0].severity)) + " " +
                     std::to_string(check.findings[0].confidence);
  };
  CHECK(severity("lastSync: 2026-11-22T11:00:00Z\n") == "fresh");
  CHECK(severity("lastSync: 2026-11-21T12:00:00Z\n") == "fresh");
  CHECK(severity("lastSync: 2027-01-01\n") == "fresh");
  CHECK(severity("lastSync: 2026-11-21T11:59:00Z\n") == "low 90");
  CHECK(severity("lastSync: 2026-11-15T12:00:00Z\n") == "low 90");
  CHECK(severity("lastSync: \"2026-11-15T11:00:00Z\"\n") == "medium 90");
  CHECK(severity("lastSync: 2026-11-14\n") == "medium 90");
  CHECK(severity("tier: top\n") == "medium 80");
  CHECK(severity("lastSync:\n") == "medium 80");
  CHECK(severity("lastSync: ''\n") == "medium 80");
  CHECK(severity("lastSync: yesterday\n") == "low 60");
  CHECK(severity("lastSync: [2026-11-22]\n") == "low 60");
  CHECK(severity("lastSync: 20261122\n") == "low 60");
  CHECK(severity("a: &a [x]\nb: [*a, *a]\n") == "low 60");
}

TEST_CASE("what is not a project is not looked at") {
  const Vault vault;
  vault.write("01-projects/file.md", "");
  vault.note(".hidden/_overview.md", "a: b\n");
  vault.note("empty/readme.md", "a: b\n");
  REQUIRE(symlink(".", vault.path("01-projects/loop").c_str()) == 0);
  const StalenessCheck check = vault.check();
  CHECK(check.projects == 0);
  CHECK(check.directories == 1);
  CHECK(check.findings.empty());
}

TEST_CASE("narratives are stale after their tier's days, and more so after twice and thrice") {
  const auto severity = [](const std::string& tier, const std::string& updated) {
    const Vault vault;
    vault.note("a/_overview.md", "lastSync: 2026-11-22\n" + tier);
    vault.note("a/context.md", updated);
    const StalenessCheck check = vault.check({10, 20, 40});
    CHECK(check.narratives == 1);
    if (check.findings.empty()) return std::string("fresh");
    REQUIRE(check.stale_narratives.size() == 1);
    return std::string(session::severity_name(check.findings[0].severity)) + " " +
           std::to_string(check.findings[0].confidence) + " " +
           std::to_string(check.stale_narratives[0].threshold);
  };
  CHECK(severity("", "updated: 2026-11-02T12:00:00Z\n") == "fresh");
  CHECK(severity("", "updated: 2026-11-02T11:00:00Z\n") == "low 90 20");
  CHECK(severity("tier: odd\n", "updated: 2026-10-13T12:00:00Z\n") == "low 90 20");
  CHECK(severity("tier: active\n", "updated: 2026-10-13T11:00:00Z\n") == "medium 90 20");
  CHECK(severity("tier: active\n", "updated: 2026-09-23T12:00:00Z\n") == "medium 90 20");
  CHECK(severity("tier: active\n", "updated: 2026-09-23T11:00:00Z\n") == "high 90 20");
  CHECK(severity("tier: Top\n", "updated: 2026-11-12T11:00:00Z\n") == "low 90 10");
  CHECK(severity("tier: archived\n", "updated: 2026-10-13T11:00:00Z\n") == "low 90 40");
  CHECK(severity("tier: archived\n", "updated: 2026-10-14\n") == "fresh");
  CHECK(severity("", "other: 1\n") == "low 70 20");
  CHECK(severity("", "updated: soon\n") == "low 60 20");
  CHECK(severity("", "updated: [\n") == "low 60 20");
}

TEST_CASE("every narrative of every project counts, with its place; a missing one does not") {
  const Vault vault;
  vault.write("01-projects/b/context.md", "no frontmatter\n");
  vault.note("a/_overview.md", "tier: top\nlastSync: 2026-11-01\n");
  vault.note("a/decisions.md", "updated: 2026-01-01\n");
  vault.note("a/people.md", "updated: 2026-11-22\n");
  vault.note("a/other.md", "updated: 2020-01-01\n");
  const StalenessCheck check = vault.check();
  CHECK(check.directories == 2);
  CHECK(check.projects == 1);
  CHECK(check.narratives == 3);
  REQUIRE(check.findings.size() == 3);
  CHECK(check.findings[0].file == "vault/01-projects/a/_overview.md");
  CHECK(check.findings[0].title == "a was synchronized on 2026-11-01, more than a week ago");
  CHECK(check.findings[1].title ==
        "a/decisions.md was updated on 2026-01-01, more than three times 30 days ago (tier top)");
  CHECK(check.findings[2].title == "b/context.md has no 'updated'");
  CHECK(check.project_errors == 0);
  CHECK(check.narrative_errors == 0);
  REQUIRE(check.stale_narratives.size() == 2);
  CHECK(check.stale_narratives[0].days == 326);
  CHECK_FALSE(check.stale_narratives[1].days);
}

TEST_CASE("a note of 50 MB is an error, and is not read") {
  const Vault vault;
  vault.note("a/_overview.md", "lastSync: 2026-11-22\n");
  REQUIRE(truncate(vault.path("01-projects/a/_overview.md").c_str(), 50'000'000) == 0);
  const StalenessCheck check = vault.check();
  CHECK(check.project_errors == 1);
  REQUIRE(check.findings.size() == 1);
  CHECK(check.findings[0].title == "a cannot be read: larger than 8 MiB");
}

}  // namespace
}  // namespace gs::checks
