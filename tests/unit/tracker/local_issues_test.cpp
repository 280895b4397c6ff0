#include "tracker/local_issues.h"

#include <doctest/doctest.h>

#include <string>

#include "base/file/file.h"
#include "tracker/issue.h"

namespace gs::tracker {
namespace {

constexpr const char* kDirectory = ".orchestrator/issues";
const Timestamp kNow = *parse_iso8601("2026-11-22T12:59:15.123Z");
const Timestamp kLater = *parse_iso8601("2026-11-23T08:00:00Z");

// A work tree with issue files, written as the caller of LocalIssues does.
class Tree {
 public:
  void write(std::string_view name, std::string_view content) const {
    const std::string directory = join_path(tree_.path(), kDirectory);
    make_directories(directory);
    write_file_atomically(join_path(directory, name), content);
  }
  void write(const FileEdit& edit) const {
    make_directories(join_path(tree_.path(), kDirectory));
    write_file_atomically(join_path(tree_.path(), edit.path.bytes()), edit.content);
  }
  [[nodiscard]] LocalIssues load() const {
    return LocalIssues::load(RepoPath(kDirectory), tree_.path());
  }

 private:
  TemporaryDirectory tree_;
};

NewIssue new_issue(const std::string& title) {
  return {title, "What is left.", {"priority:high", "status:ready"}, "high", "main-1", "carryover"};
}

TEST_CASE("a tree without issues has none, and no problem") {
  const LocalIssues issues = Tree().load();
  CHECK(issues.issues().empty());
  CHECK(issues.problems().empty());
  CHECK_FALSE(issues.find(1));
}

TEST_CASE("a number that an unfinished close has planned is taken") {
  const TemporaryDirectory tree;
  LocalIssues issues =
      LocalIssues::load(RepoPath(kDirectory), tree.path(),
                        {RepoPath(".orchestrator/issues/0007-planned.md"),
                         RepoPath("0009-elsewhere.md"), RepoPath(".orchestrator/issues/notes.md")});
  CHECK(issues.issues().empty());
  CHECK(issues.create(new_issue("next"), kNow).issue.id == 8);
}

TEST_CASE("markers are not for reading") {
  const std::string mark = marker({"t", "", {}, "", "s", "manual"});
  CHECK(without_markers("\nbody\n\n" + mark + "\n") == "\nbody\n");
  CHECK(without_markers("a\n\n" + mark + "\n\n## Comment\n\nb\n\n" + mark + "\n") ==
        "a\n\n## Comment\n\nb\n");
  CHECK(without_markers(mark).empty());
  CHECK(without_markers("a <!-- b -->\n\n\nc") == "a <!-- b -->\n\n\nc");
}

TEST_CASE("an issue that is filed by hand again has a marker of its own") {
  NewIssue issue{"t", "", {}, "", "s", "manual"};
  const std::string first = marker(issue);
  issue.occasion = "2026-01-01T00:00:00.000Z";
  CHECK(marker(issue) != first);
}

TEST_CASE("a new issue is a file with frontmatter, body and marker") {
  LocalIssues issues = Tree().load();
  const NewIssue issue = new_issue("Retry uploads, with backoff!");
  const LocalIssues::Created created = issues.create(issue, kNow);
  REQUIRE(created.edit);
  CHECK(created.edit->path.bytes() == ".orchestrator/issues/0001-retry-uploads-with-backoff.md");
  CHECK(created.edit->content ==
        "---\nid: 1\ntitle: \"Retry uploads, with backoff!\"\nstate: open\n"
        "labels: [priority:high, status:ready]\npriority: high\n"
        "created: 2026-11-22T12:59:15.123Z\nclosed:\nsession: main-1\norigin: carryover\n---\n\n"
        "What is left.\n\n" +
            marker(issue) + "\n");
}

TEST_CASE("what was created is read back the same") {
  for (const std::string& title :
       {std::string("Plain words"), std::string("a: colon, 'single' and \"double\" quotes"),
        std::string("two\nlines\twith a tab"), std::string("[Carryover] #1 {x} & *y* - z"),
        std::string("yes"), std::string("007"), std::string("2026-11-22"), std::string("null"),
        std::string("~"), std::string("back\\slash"), std::string("größer → weiter"),
        std::string("ends with colon:"), std::string("a # comment"), std::string("%x @y `z`"),
        std::string(" blanks "), std::string("- item"), std::string("\x7F and \u0085"),
        std::string("1.5")}) {
    CAPTURE(title);
    const Tree tree;
    LocalIssues issues = tree.load();
    NewIssue issue = new_issue(title);
    issue.labels = {"priority:high", "needs, care", "x: y", "[z]", "on"};
    tree.write(*issues.create(issue, kNow).edit);
    const LocalIssues read = tree.load();
    CHECK(read.problems().empty());
    REQUIRE(read.issues().size() == 1);
    const Issue found = read.issues()[0];
    CHECK(found.title == title);
    CHECK(found.labels == issue.labels);
    CHECK(found.priority == "high");
    CHECK(found.session == "main-1");
    CHECK(found.origin == "carryover");
    CHECK(found.open);
    CHECK(found.body.find("What is left.") != std::string::npos);
  }
}

TEST_CASE("a title without a letter still gives a file name") {
  LocalIssues issues = Tree().load();
  CHECK(issues.create(new_issue("→ ☃"), kNow).edit->path.name() == "0001-issue.md");
}

TEST_CASE("a long title is cut between words in the file name") {
  LocalIssues issues = Tree().load();
  const auto created = issues.create(
      new_issue("one two three four five six seven eight nine ten eleven twelve"), kNow);
  CHECK(created.edit->path.name() == "0001-one-two-three-four-five-six-seven-eight-nine-ten.md");
}

TEST_CASE("the same issue is created once, in one run and in the next, also when it is closed") {
  const Tree tree;
  LocalIssues issues = tree.load();
  const auto first = issues.create(new_issue("Retry"), kNow);
  const auto again = issues.create(new_issue("Retry"), kLater);
  CHECK_FALSE(again.edit);
  CHECK(again.issue.id == first.issue.id);
  tree.write(*first.edit);
  tree.write(*issues.close(1, "done", kLater));
  LocalIssues next = tree.load();
  const auto third = next.create(new_issue("Retry"), kLater);
  CHECK_FALSE(third.edit);
  CHECK(third.issue.id == 1);
  CHECK_FALSE(third.issue.open);
}

TEST_CASE("another title, session or origin is another issue") {
  const NewIssue issue = new_issue("Retry");
  NewIssue other = issue;
  other.session = "main-2";
  CHECK(marker(other) != marker(issue));
  other = issue;
  other.origin = "gate";
  CHECK(marker(other) != marker(issue));
  CHECK(marker(new_issue("Retry more")) != marker(issue));
  other = issue;
  other.body = "another body";
  CHECK(marker(other) == marker(issue));
}

TEST_CASE("numbers go on after the highest, also one of a file that cannot be read") {
  const Tree tree;
  tree.write("0007-broken.md", "no frontmatter\n");
  tree.write("12345-many.md", "---\nid: 12345\ntitle: many\nstate: open\n---\n");
  tree.write("notes.md", "not an issue\n");
  tree.write("99999999999999999999-x.md", "---\n---\n");
  LocalIssues issues = tree.load();
  REQUIRE(issues.problems().size() == 1);
  CHECK(issues.problems()[0].find("0007-broken.md") != std::string::npos);
  CHECK(issues.issues().size() == 1);
  CHECK(issues.create(new_issue("Next"), kNow).edit->path.name() == "12346-next.md");
}

TEST_CASE("issues with one number are listed and left alone, as one that is not its name's") {
  const Tree tree;
  tree.write("0001-a.md", "---\nid: 1\ntitle: a\n---\n");
  tree.write("0001-b.md", "---\nid: 1\ntitle: b\n---\n");
  tree.write("0002-c.md", "---\nid: 3\ntitle: c\n---\n");
  tree.write("0004-d.md", "---\nid: \"0004\"\ntitle: d\n---\n");
  LocalIssues issues = tree.load();
  CHECK(issues.problems().size() == 2);
  CHECK(issues.issues().size() == 3);
  CHECK_FALSE(issues.find(1));
  CHECK_FALSE(issues.close(1, "", kLater));
  CHECK_FALSE(issues.comment(1, "x", kLater));
  CHECK_FALSE(issues.set_labels(1, {"x"}, {}));
  CHECK_FALSE(issues.find(2));
  CHECK(issues.find(4));
}

constexpr std::string_view kByHand =
    "---\r\n# by hand\r\nid: 3\r\nstate: open   # still\r\ntitle: 'Slow start'\r\n"
    "labels:\r\n  - bug\r\n  - status:ready\r\nextra: kept\r\n---\r\n\r\nIt takes long.\r\n";

TEST_CASE("closing changes the state, adds the comment and keeps every other byte") {
  const Tree tree;
  tree.write("0003-slow-start.md", kByHand);
  LocalIssues issues = tree.load();
  const auto edit = issues.close(3, "Fixed by caching.\nSee the docs.", kLater);
  REQUIRE(edit);
  CHECK(edit->path.bytes() == ".orchestrator/issues/0003-slow-start.md");
  CHECK(edit->content ==
        "---\r\n# by hand\r\nid: 3\r\nstate: closed   # still\r\ntitle: 'Slow start'\r\n"
        "labels:\r\n  - bug\r\n  - status:ready\r\nextra: kept\r\n"
        "closed: 2026-11-23T08:00:00.000Z\r\n---\r\n\r\nIt takes long.\r\n\r\n"
        "## Comment 2026-11-23T08:00:00.000Z\r\n\r\nFixed by caching.\r\nSee the docs.\r\n");
  CHECK_FALSE(issues.find(3)->open);
  CHECK_FALSE(issues.close(3, "again", kLater));
  CHECK_FALSE(issues.close(4, "nobody", kLater));
}

TEST_CASE("labels are changed in place, whatever way the list was written") {
  const Tree tree;
  tree.write("0003-slow-start.md", kByHand);
  LocalIssues issues = tree.load();
  const auto edit = issues.set_labels(3, {"status:done", "bug"}, {"status:ready"});
  REQUIRE(edit);
  CHECK(edit->content.find("labels: [bug, status:done]\r\nextra: kept\r\n") != std::string::npos);
  CHECK(edit->content.find("  - bug") == std::string::npos);
  CHECK(issues.find(3)->labels == std::vector<std::string>{"bug", "status:done"});
  CHECK_FALSE(issues.set_labels(3, {"bug"}, {"status:ready"}));
  CHECK_FALSE(issues.set_labels(9, {"bug"}, {}));
}

TEST_CASE("each change sees the ones before it") {
  const Tree tree;
  LocalIssues issues = tree.load();
  const long id = issues.create(new_issue("Retry"), kNow).issue.id;
  REQUIRE(issues.comment(id, "first", kNow));
  REQUIRE(issues.set_labels(id, {"type:bug"}, {}));
  const auto last = issues.close(id, "second", kLater);
  REQUIRE(last);
  CHECK(last->content.find("\n\n## Comment 2026-11-22T12:59:15.123Z\n\nfirst\n\n## Comment "
                           "2026-11-23T08:00:00.000Z\n\nsecond\n") != std::string::npos);
  CHECK(last->content.find("labels: [priority:high, status:ready, type:bug]") != std::string::npos);
  tree.write(*last);
  CHECK(tree.load().problems().empty());
}

TEST_CASE("an empty comment changes nothing, and closing works without one") {
  LocalIssues issues = Tree().load();
  const long id = issues.create(new_issue("Retry"), kNow).issue.id;
  CHECK_FALSE(issues.comment(id, " \n", kNow));
  CHECK_FALSE(issues.comment(99, "text", kNow));
  const auto edit = issues.close(id, "", kLater);
  REQUIRE(edit);
  CHECK(edit->content.find("## Comment") == std::string::npos);
}

TEST_CASE("a carryover title has its prefix once and at most seventy characters") {
  CHECK(carryover_title("Progress bar") == "[Carryover] Progress bar");
  CHECK(carryover_title("[Carryover] Progress bar") == "[Carryover] Progress bar");
  CHECK(carryover_title("two\nlines") == "[Carryover] two lines");
  const std::string cut = carryover_title(std::string(100, 'x'));
  CHECK(cut == "[Carryover] " + std::string(57, 'x') + "…");
}

}  // namespace
}  // namespace gs::tracker
