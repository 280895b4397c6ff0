#include "tracker/select.h"

#include <doctest/doctest.h>

namespace gs::tracker {
namespace {

std::string project(std::string_view url) {
  const auto found = project_of_url(url);
  return found ? found->host + " " + found->path : "none";
}

TEST_CASE("a project is found in every form of URL that git takes") {
  CHECK(project("https://github.com/owner/name.git") == "github.com owner/name");
  CHECK(project("https://user:secret@GitHub.com/owner/name/") == "github.com owner/name");
  CHECK(project("http://git.example.org:8443/a/b/c.git") == "git.example.org:8443 a/b/c");
  CHECK(project("ssh://git@gitlab.example.org:2222/a/b.git") == "gitlab.example.org a/b");
  CHECK(project("git@github.com:owner/name") == "github.com owner/name");
  CHECK(project("github.com:owner/name.git") == "github.com owner/name");
  CHECK(project("git://example.org/owner/name.git") == "example.org owner/name");
}

TEST_CASE("the hosts of ssh over 443 are those of the web") {
  CHECK(project("ssh://git@ssh.github.com:443/owner/name.git") == "github.com owner/name");
  CHECK(project("git@altssh.gitlab.com:owner/name.git") == "gitlab.com owner/name");
}

TEST_CASE("paths, files, aliases of ssh and halves of a URL are no project") {
  for (const char* url :
       {"", "/srv/git/name.git", "../name.git", "./a:b/c", "file:///srv/owner/name", "work:o/n",
        "https://github.com", "https://github.com/", "https://github.com/owner", "://",
        "x://a.b/c/d", "git@github.com:name"}) {
    CAPTURE(url);
    CHECK(project(url) == "none");
  }
}

}  // namespace
}  // namespace gs::tracker
