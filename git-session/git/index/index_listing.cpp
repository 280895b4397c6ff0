#include "git/index/index_listing.h"

#include <iterator>

#include "git/libgit2.h"

namespace gs::git {
namespace {

// "mode oid stage TAB path"
StagedEntry parse_staged(std::string_view record) {
  constexpr std::size_t kModeSize = 6;
  constexpr std::size_t kOidStart = kModeSize + 1;
  constexpr std::size_t kStageStart = kOidStart + 2 * ObjectId::kSize + 1;
  constexpr std::size_t kPathStart = kStageStart + 2;
  if (record.size() <= kPathStart || record[kPathStart - 1] != '\t') {
    throw fatal("unexpected output of git ls-files");
  }
  StagedEntry staged;
  staged.stage = record[kStageStart] - '0';
  std::uint32_t mode = 0;
  for (const char digit : record.substr(0, kModeSize)) {
    mode = mode * 8 + static_cast<std::uint32_t>(digit - '0');
  }
  const auto oid = ObjectId::parse(record.substr(kOidStart, 2 * ObjectId::kSize));
  if (!oid) throw fatal("unexpected output of git ls-files");
  staged.entry = {static_cast<FileMode>(mode), *oid};
  staged.path = RepoPath(std::string(record.substr(kPathStart)));
  return staged;
}

std::vector<StagedEntry> parse_listing(std::string_view listing) {
  std::vector<StagedEntry> entries;
  while (!listing.empty()) {
    const std::size_t end = listing.find('\0');
    entries.push_back(parse_staged(listing.substr(0, end)));
    listing.remove_prefix(end == std::string_view::npos ? listing.size() : end + 1);
  }
  return entries;
}

}  // namespace

std::shared_ptr<const IndexFile> own_index(const Repository& repository) {
  Repository::Impl& impl = repository.impl();
  const std::string path = impl.index_path();
  if (!impl.known_index || !impl.known_index->is_still_at(path)) {
    auto read = IndexFile::read(path);
    impl.known_index = read ? std::make_shared<const IndexFile>(*std::move(read)) : nullptr;
  }
  return impl.known_index;
}

std::vector<StagedEntry> list_index(const Repository& repository,
                                    const std::vector<RepoPath>& paths) {
  if (const auto index = own_index(repository)) {
    std::vector<StagedEntry> entries;
    for (const RepoPath& path : paths) {
      for (const IndexEntry& entry : index->entries_at(path.bytes()))
        entries.push_back({entry.stage, {entry.mode, entry.oid()}, path});
    }
    return entries;
  }
  // Beyond this many paths a full listing is faster, and never overflows the arguments.
  constexpr std::size_t kMostPaths = 100;
  constexpr std::size_t kMostBytes = 60'000;
  std::vector<std::string> args{"--literal-pathspecs", "ls-files", "--stage", "-z", "--"};
  std::size_t bytes = 0;
  for (const RepoPath& path : paths) bytes += path.bytes().size() + 1;
  if (paths.size() <= kMostPaths && bytes <= kMostBytes) {
    for (const RepoPath& path : paths) args.push_back(path.bytes());
  }
  return parse_listing(repository.git().output(std::move(args)));
}

std::vector<StagedEntry> list_index_file(const GitCommand& git, const std::string& index_file) {
  return parse_listing(git.output(index_arguments(index_file, {"ls-files", "--stage", "-z"}),
                                  index_options(index_file)));
}

std::vector<std::string> index_arguments(const std::string& index_file,
                                         std::vector<std::string> args) {
  std::vector<std::string> all;
  if (!index_file.empty()) {
    for (const char* setting :
         {"core.hooksPath=/dev/null", "core.splitIndex=false", "core.fsmonitor=false",
          "index.sparse=false", "core.safecrlf=false"}) {
      all.emplace_back("-c");
      all.emplace_back(setting);
    }
  }
  all.insert(all.end(), std::make_move_iterator(args.begin()), std::make_move_iterator(args.end()));
  return all;
}

ProcessOptions index_options(const std::string& index_file) {
  ProcessOptions options;
  if (!index_file.empty()) options.environment["GIT_INDEX_FILE"] = index_file;
  return options;
}

void run_on_index(const GitCommand& git, const std::string& index_file,
                  std::vector<std::string> args, std::string input) {
  const std::string subcommand = args.front();
  ProcessOptions options = index_options(index_file);
  options.input = std::move(input);
  const ProcessResult result =
      run_until_unlocked(git, index_arguments(index_file, std::move(args)), options);
  require_indexed(subcommand, result);
}

void require_indexed(const std::string& subcommand, const ProcessResult& result) {
  if (!result.ok()) throw git_failure(subcommand, result);
  // Git leaves out what an index cannot hold, says so, and succeeds.
  if (result.err.starts_with("Ignoring path ") ||
      result.err.find("\nIgnoring path ") != std::string::npos) {
    throw fatal("git " + subcommand + ": " + git_words(result));
  }
}

std::string index_info_line(const RepoPath& path, const TreeEntry& entry, int stage) {
  return format_mode(entry.mode) + ' ' + entry.oid.hex() + ' ' + std::to_string(stage) + '\t' +
         path.bytes() + '\0';
}

}  // namespace gs::git
