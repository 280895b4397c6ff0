#include "git/index/index_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include "base/file/file.h"
#include "fuzz.h"

// An index is read whole or not at all, and its lookups agree with the list of entries.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using gs::git::IndexFile;
  const gs::UniqueFd file(::memfd_create("index", MFD_CLOEXEC));
  gs::fuzz::require(file.valid());
  gs::fuzz::require(::write(file.get(), data, size) == static_cast<ssize_t>(size));
  const auto index = IndexFile::read("/proc/self/fd/" + std::to_string(file.get()));
  if (!index) return 0;
  std::string_view previous;
  for (const gs::git::IndexEntry& entry : index->entries()) {
    gs::fuzz::require(previous <= entry.path && !entry.path.empty());
    gs::fuzz::require(index->contains(entry.path));
    gs::fuzz::require(!index->entries_at(entry.path).empty());
    static_cast<void>(entry.oid());
    static_cast<void>(entry.stat_data());
    if (const std::size_t slash = entry.path.find('/'); slash != 0 && slash != entry.path.npos)
      gs::fuzz::require(!index->entries_below(entry.path.substr(0, slash)).empty());
    previous = entry.path;
  }
  return 0;
}
