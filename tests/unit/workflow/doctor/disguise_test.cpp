#include "workflow/doctor/disguise.h"

#include <doctest/doctest.h>

using namespace gs;
using namespace gs::workflow;

namespace {

Disguise sample() {
  Disguise disguise;
  disguise.add_path("/home/alice", "<home>");
  disguise.add_path("/home/alice/src/project", "<work tree>");
  disguise.add_path("", "<nothing>");
  disguise.add_path("/", "<root>");
  disguise.add_name("Alice Example", "<user.name>");
  disguise.add_name("alice", "<user>");
  disguise.add_name("al", "<short>");
  return disguise;
}

}  // namespace

TEST_CASE("paths become placeholders, the longest first, and only whole ones") {
  const Disguise disguise = sample();
  CHECK(disguise.text("at /home/alice/src/project/a.c:3") == "at <work tree>/a.c:3");
  CHECK(disguise.text("file:/home/alice/.gitconfig") == "file:<home>/.gitconfig");
  CHECK(disguise.text("'/home/alice'\n/home/alice\n") == "'<home>'\n<home>\n");
  CHECK(disguise.text("/home/alice2 /mnt/home/alice/x") == "/home/alice2 /mnt/home/<user>/x");
  CHECK(disguise.text("/home/alice-old") == "/home/<user>-old");
}

TEST_CASE("a directory that is named after a path does not tell it") {
  CHECK(sample().text("/x/projects/-home-alice-src-project/memory") ==
        "/x/projects/<work tree>/memory");
  CHECK(sample().text("--home-alice") == "--home-<user>");
}

TEST_CASE("names are replaced as words") {
  CHECK(sample().text("by Alice Example, alice; malice, alice_x, al") ==
        "by <user.name>, <user>; malice, alice_x, al");
}

TEST_CASE("log-ins in URLs and addresses go, the host stays") {
  const Disguise disguise = sample();
  CHECK(disguise.text("https://bob:hunter2@example.org/x") == "https://<login>@example.org/x");
  CHECK(disguise.text("ssh://git@example.org/x") == "ssh://git@example.org/x");
  CHECK(disguise.text("ssh://bob@example.org/x") == "ssh://<login>@example.org/x");
  CHECK(disguise.text("git@example.org:o/n.git") == "git@example.org:o/n.git");
  CHECK(disguise.text("Bob <bob.b+c@mail.example.org>.") == "Bob <<email>>.");
  CHECK(disguise.text("HEAD@{1} a@b @c") == "HEAD@{1} a@b @c");
}

TEST_CASE("secrets are masked") {
  // In pieces, so that no scanner takes this file for a leak.
  const std::string token = "ghp_" + std::string("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17");
  CHECK(sample().text("token: " + token).find(token) == std::string::npos);
}

TEST_CASE("in a value each string is disguised, hexadecimal paths are decoded, long ones cut") {
  const Json value = {{"outside", "2f686f6d652f616c6963652f78"},  // /home/alice/x
                      {"oid", "2f686f6d652f616c6963652f7800000000000000"},
                      {"list", Json::array({"/home/alice", 1, true, nullptr})},
                      {"/home/alice", "a"},
                      {"text", std::string(30, 'x')}};
  const Json masked = sample().value(value, 10);
  CHECK(masked["outside"] == "<home>/x");
  CHECK(masked["list"] == Json::array({"<home>", 1, true, nullptr}));
  CHECK(masked["<home>"] == "a");
  CHECK(masked["text"] == "xxxxxxxxx… (30 bytes)");
  CHECK(sample().value("2f686f6d652f616c6963652f7800000000000000", 80) ==
        "2f686f6d652f616c6963652f7800000000000000");
}
