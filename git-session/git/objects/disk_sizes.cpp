#include "git/objects/disk_sizes.h"

#include <limits>

#include "base/file/file.h"
#include "base/process/process.h"
#include "base/text.h"

namespace gs::git {
namespace {

// Of packed objects; one line for each.
void ask_git(const Repository& repository, const std::vector<ObjectId>& oids,
             const std::vector<std::size_t>& places, std::vector<std::uint64_t>& sizes) {
  ProcessOptions options;
  options.environment["GIT_NO_LAZY_FETCH"] = "1";
  options.environment["GIT_NO_REPLACE_OBJECTS"] = "1";
  options.output_limit = std::numeric_limits<std::size_t>::max();
  for (const std::size_t place : places) options.input += oids[place].hex() + '\n';
  const std::string answer =
      repository.git().output({"cat-file", "--batch-check=%(objectsize:disk)"}, options);
  constexpr std::size_t kMostDigits = 18;
  std::size_t next = 0;
  for (const std::string_view line : split_lines(answer)) {
    if (next == places.size()) break;
    // "<object> missing" has no size.
    const auto size = parse_number(line, kMostDigits);
    sizes[places[next++]] = size ? static_cast<std::uint64_t>(*size) : 0;
  }
}

std::string objects_directory(const Repository& repository) {
  return environment_variable("GIT_OBJECT_DIRECTORY")
      .value_or(join_path(repository.common_dir(), "objects"));
}

}  // namespace

std::vector<std::uint64_t> disk_sizes(const Repository& repository,
                                      const std::vector<ObjectId>& oids) {
  const std::string directory = objects_directory(repository);
  std::vector<std::uint64_t> sizes(oids.size());
  std::vector<std::size_t> not_loose;
  for (std::size_t i = 0; i < oids.size(); ++i) {
    const std::string hex = oids[i].hex();
    const auto info = file_info(join_path(directory, hex.substr(0, 2) + '/' + hex.substr(2)));
    if (info) {
      sizes[i] = info->size;
    } else {
      not_loose.push_back(i);
    }
  }
  if (!not_loose.empty()) ask_git(repository, oids, not_loose, sizes);
  return sizes;
}

bool objects_take_more_than(const Repository& repository, std::uint64_t limit) {
  const std::string directory = objects_directory(repository);
  std::uint64_t bytes = 0;
  for (const std::string& name : list_directory(directory)) {
    if (name.size() != 2 && name != "pack") continue;
    const std::string place = join_path(directory, name);
    for (const std::string& file : list_directory(place)) {
      const auto info = file_info(join_path(place, file));
      if (info) bytes += info->size;
      if (bytes > limit) return true;
    }
  }
  return false;
}

}  // namespace gs::git
