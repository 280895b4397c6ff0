#include "checks/notes/vault.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file/file.h"

namespace gs::checks {
namespace {

class NotesFixture {
 public:
  void write(const std::string& path, const std::string& content) const {
    const std::string file = join_path(directory_.path(), path);
    make_directories(file.substr(0, file.rfind('/')));
    write_file_atomically(file, content);
  }
  void note(const std::string& path, const std::string& body = "") const {
    write(path,
          "---\nid: a-note\ntype: note\ncreated: 2026-11-22\nupdated: 2026-11-22\n---\n" + body);
  }
  [[nodiscard]] std::string path(const std::string& name) const {
    return join_path(directory_.path(), name);
  }
  [[nodiscard]] VaultCheck check(const std::vector<std::string>& exclude = {}) const {
    return check_vault(TreeFiles(directory_.path()), exclude, "vault/");
  }
  [[nodiscard]] std::vector<std::string> warnings() const {
    std::vector<std::string> titles;
    for (const session::Finding& finding : check().warnings)
      titles.push_back(finding.file + ":" + std::to_string(finding.line) + " " + finding.title);
    return titles;
  }

 private:
  TemporaryDirectory directory_;
};

TEST_CASE("notes are counted, and what is not a note of the vault is not visited") {
  const NotesFixture vault;
  vault.note("a.md");
  vault.note("x/b.md");
  vault.write("plain.md", "# no frontmatter\n");
  vault.write("picture.png", "---\n");
  for (const char* hidden : {".obsidian/c.md", ".git/d.md", "node_modules/e.md", "90-archive/f.md",
                             ".hidden.md", "x/.trash/g.md"})
    vault.write(hidden, "---\nid: WRONG\n---\n");
  const VaultCheck check = vault.check();
  CHECK(check.notes == 2);
  CHECK(check.without_frontmatter == 1);
  CHECK(check.errors.empty());
}

TEST_CASE("errors name the note with its place in the vault") {
  const NotesFixture vault;
  vault.write("x/b.md", "---\nid: WRONG\ntype: note\ncreated: 2026-11-22\nupdated: now\n---\n");
  const VaultCheck check = vault.check();
  REQUIRE(check.errors.size() == 2);
  CHECK(check.errors[0].file == "vault/x/b.md");
  CHECK(check.errors[0].line == 2);
  CHECK(check.errors[1].line == 5);
  CHECK(check.errors[0].severity == session::Severity::High);
}

TEST_CASE("globs leave notes out, which still are what links lead to") {
  const NotesFixture vault;
  vault.note("a.md", "[[one]] [[t/two]]");
  vault.write("t/one.md", "---\n{{date}}: [\n---\n");
  vault.write("t/two.md", "---\nid: {{x}}\n---\n");
  vault.write("note1.md", "---\nid: X\n---\n");
  CHECK(vault.check().errors.size() > 2);
  const VaultCheck check = vault.check({"**/t/*.md", "note?.md"});
  CHECK(check.errors.empty());
  CHECK(check.warnings.empty());
  CHECK(check.excluded == 3);
}

TEST_CASE("links lead to the vault's top, the note's directory, or any note's base name") {
  const NotesFixture vault;
  vault.note("x/y/a.md",
             "[[x/b]] [[beside]] [[sub/deep.md]] [[../c]] [[far]] [[picture.png]] [[90-archive/z]]"
             "\n[[nowhere]] [[x/nowhere]]\n[[../../../etc/passwd]]");
  vault.note("x/b.md");
  vault.note("x/y/beside.md");
  vault.note("x/y/sub/deep.md");
  vault.note("x/c.md");
  vault.note("q/far.md");
  vault.write("files/picture.png", "");
  vault.note("90-archive/z.md");
  CHECK(vault.warnings() ==
        std::vector<std::string>{"vault/x/y/a.md:8 no note for the link [[nowhere]]",
                                 "vault/x/y/a.md:8 no note for the link [[x/nowhere]]",
                                 "vault/x/y/a.md:9 no note for the link [[../../../etc/passwd]]"});
}

TEST_CASE("of many dangling links in a note the first are named") {
  const NotesFixture vault;
  std::string body;
  for (int i = 0; i < 30; ++i) body += "[[no-" + std::to_string(i) + "]] ";
  vault.note("a.md", body);
  const auto warnings = vault.warnings();
  REQUIRE(warnings.size() == 21);
  CHECK(warnings.back() == "vault/a.md:0 10 more links without a note");
}

TEST_CASE("a note of 50 MB is an error that says so, and is not read") {
  const NotesFixture vault;
  vault.note("big.md");
  REQUIRE(truncate(vault.path("big.md").c_str(), 50'000'000) == 0);
  const VaultCheck check = vault.check();
  REQUIRE(check.errors.size() == 1);
  CHECK(check.errors[0].title == "larger than 8 MiB: not checked");
  CHECK(check.errors[0].file == "vault/big.md");
  CHECK(vault.check({"big.md"}).errors.empty());
}

TEST_CASE("loops of symbolic links, pipes and broken links hold nothing up") {
  const NotesFixture vault;
  vault.note("x/a.md", "[[alias]] [[loop/x/a]]");
  REQUIRE(symlink("..", vault.path("x/loop").c_str()) == 0);
  REQUIRE(symlink("a.md", vault.path("x/alias.md").c_str()) == 0);
  REQUIRE(symlink("self.md", vault.path("self.md").c_str()) == 0);
  REQUIRE(symlink("/nowhere/at/all.md", vault.path("broken.md").c_str()) == 0);
  REQUIRE(mkfifo(vault.path("pipe.md").c_str(), 0600) == 0);
  const VaultCheck check = vault.check();
  CHECK(check.notes == 1);
  CHECK(check.errors.empty());
  CHECK(check.warnings.empty());
}

TEST_CASE("a name that is no UTF-8 and a link that no path can hold are no trouble") {
  const NotesFixture vault;
  vault.note("caf\xe9.md", "[[caf\xe9]] [[" + std::string(390, 'x') + "]]");
  const VaultCheck check = vault.check();
  CHECK(check.notes == 1);
  CHECK(check.warnings.size() == 1);
}

}  // namespace
}  // namespace gs::checks
