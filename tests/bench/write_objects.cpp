// Writes N blobs into the repository in the current directory, by our object writer or by libgit2's
// object database. usage: write-objects ours|libgit2 N
#include <git2.h>

#include <cstdio>
#include <string>

#include "git/repository.h"

namespace {

// Like a source file: 4 KiB of lines, each object another.
std::string content_of(int number) {
  std::string text = "object " + std::to_string(number) + "\n";
  for (int line = 0; text.size() < 4096; ++line) {
    text += "  value_" + std::to_string((number * 31 + line * 17) % 1000) + " = " +
            std::to_string(line) + ";\n";
  }
  return text;
}

int write_by_libgit2(int count) {
  git_libgit2_init();
  git_repository* repository = nullptr;
  git_odb* odb = nullptr;
  if (git_repository_open(&repository, ".") != 0 || git_repository_odb(&odb, repository) != 0) {
    return 1;
  }
  for (int i = 0; i < count; ++i) {
    const std::string content = content_of(i);
    git_oid oid;
    if (git_odb_write(&oid, odb, content.data(), content.size(), GIT_OBJECT_BLOB) != 0) return 1;
  }
  git_odb_free(odb);
  git_repository_free(repository);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const int count = std::stoi(argv[2]);
  if (std::string(argv[1]) == "libgit2") return write_by_libgit2(count);
  const auto repository = gs::git::Repository::open();
  for (int i = 0; i < count; ++i) (void)repository.write_blob(content_of(i));
  return 0;
}
