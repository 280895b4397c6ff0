#include "git/object_id.h"

#include <doctest/doctest.h>

using gs::git::FileMode;
using gs::git::format_mode;
using gs::git::ObjectId;
using gs::git::TreeEntry;

TEST_CASE("an object name is exactly forty hexadecimal digits") {
  const std::string hex = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
  CHECK(ObjectId::parse(hex)->hex() == hex);
  CHECK(ObjectId::parse("4B825DC642CB6EB9A060E54BF8D69288FBEE4904")->hex() == hex);
  CHECK(ObjectId::parse(hex)->abbreviated() == "4b825dc642");
  CHECK_FALSE(ObjectId::parse(""));
  CHECK_FALSE(ObjectId::parse(hex + "0"));
  CHECK_FALSE(ObjectId::parse(hex.substr(1)));
  CHECK_FALSE(ObjectId::parse("g" + hex.substr(1)));
}

TEST_CASE("the null id is all zeros, and the default") {
  CHECK(ObjectId().is_null());
  CHECK(ObjectId::parse(std::string(40, '0'))->is_null());
  CHECK_FALSE(ObjectId::parse("0" + std::string(38, '0') + "1")->is_null());
}

TEST_CASE("modes print as git prints them") {
  CHECK(format_mode(FileMode::None) == "000000");
  CHECK(format_mode(FileMode::Tree) == "040000");
  CHECK(format_mode(FileMode::Regular) == "100644");
  CHECK(format_mode(FileMode::Executable) == "100755");
  CHECK(format_mode(FileMode::Symlink) == "120000");
  CHECK(format_mode(FileMode::Gitlink) == "160000");
  CHECK_FALSE(TreeEntry{}.present());
}
