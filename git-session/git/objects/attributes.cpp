#include "git/objects/attributes.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "base/file/file.h"
#include "base/text.h"
#include "git/config/files.h"
#include "git/index/index_listing.h"
#include "git/libgit2.h"

namespace gs::git {
namespace {

constexpr const char* kAttributesFile = ".gitattributes";
// Git ignores a larger one (ATTR_MAX_FILE_SIZE).
constexpr std::uint64_t kIgnoredBytes = 100U << 20U;
// Of all attributes files of the tree; with more, git decides.
constexpr std::uint64_t kMostBytes = 8U << 20U;
constexpr std::string_view kGlobCharacters = "*?[\\";
constexpr std::string_view kSpace = " \t\r";

// What one word of an attributes line enables; may count a disabling word as well.
Conversion conversion_of_word(std::string_view word) {
  const std::string_view name = word.substr(0, word.find('='));
  if (name == "text" || name == "eol" || name == "crlf") return Conversion::LineEndings;
  if (name == "filter" || name == "ident" || name == "working-tree-encoding") {
    return Conversion::Any;
  }
  return Conversion::None;
}

std::string_view take_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(kSpace), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(kSpace));
  line.remove_prefix(word.size());
  return word;
}

// Where git looks for the system-wide file depends on how git was built.
constexpr std::array<const char*, 3> kSystemFiles{
    "/etc/gitattributes", "/usr/local/etc/gitattributes", "/opt/homebrew/etc/gitattributes"};

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && to_lower(a) == to_lower(b);
}

// The paths, and every attributes file that may apply to them.
std::vector<RepoPath> paths_that_matter(const std::vector<RepoPath>& paths) {
  std::set<std::string> names;
  for (const RepoPath& path : paths) {
    const std::string& bytes = path.bytes();
    names.insert(bytes);
    names.insert(".gitattributes");
    for (std::size_t slash = bytes.find('/'); slash != std::string::npos;
         slash = bytes.find('/', slash + 1)) {
      names.insert(bytes.substr(0, slash) + "/.gitattributes");
    }
  }
  return {names.begin(), names.end()};
}

// Our index's entries for them, for a private index. Stage 2 represents an unmerged path, as in
// git's own lookup.
std::string copied_entries(const Repository& repository, const std::vector<RepoPath>& paths) {
  constexpr int kOurs = 2;
  const std::vector<RepoPath> wanted = paths_that_matter(paths);
  const std::set<RepoPath> wanted_set(wanted.begin(), wanted.end());
  std::string lines;
  for (const StagedEntry& staged : list_index(repository, wanted)) {
    const bool counts = staged.stage == 0 || staged.stage == kOurs;
    if (counts && staged.entry.mode != FileMode::Gitlink && wanted_set.contains(staged.path)) {
      lines += index_info_line(staged.path, staged.entry);
    }
  }
  return lines;
}

}  // namespace

Attributes::Attributes(const Repository& repository) : repository_(repository) {
  index_ = repository.impl().known_index;
  if (index_ && !index_->is_still_at(repository.impl().index_path())) index_ = nullptr;
  const std::vector<ConfigValue>& configuration = repository.impl().configuration();
  const std::string autocrlf = last_value(configuration, "core.autocrlf").value_or("false");
  if (parse_bool(autocrlf) != false) add_everywhere(Conversion::LineEndings);
  const bool elsewhere = environment_variable("GIT_ATTR_SOURCE").has_value() ||
                         last_value(configuration, "attr.tree").has_value();
  const auto user = user_file(configuration, "core.attributesfile", "attributes");
  if (elsewhere || !user) add_everywhere(Conversion::Any);
  std::vector<std::string> files{join_path(repository.common_dir(), "info/attributes")};
  if (user && !user->empty()) files.push_back(*user);
  if (parse_bool(environment_variable("GIT_ATTR_NOSYSTEM").value_or("false")) != true) {
    files.insert(files.end(), kSystemFiles.begin(), kSystemFiles.end());
  }
  for (const std::string& file : files) {
    Rules rules = read_rules(file);
    global_.insert(global_.end(), rules.begin(), rules.end());
  }
}

void Attributes::add_everywhere(Conversion conversion) {
  everywhere_ = std::max(everywhere_, conversion);
}

Conversion Attributes::of(const RepoPath& path) {
  const Rules& top = rules_of("");
  Conversion result = everywhere_;  // a macro in the top directory applies everywhere
  const std::string_view bytes = path.bytes();
  const auto look = [&](const Rules& rules, std::size_t depth) {
    for (const Rule& rule : rules) {
      if (rule.conversion > result && may_match(rule.pattern, bytes.substr(depth))) {
        result = rule.conversion;
      }
    }
  };
  look(global_, 0);
  look(top, 0);
  for (std::size_t slash = bytes.find('/'); slash != std::string_view::npos;
       slash = bytes.find('/', slash + 1)) {
    look(rules_of(std::string(bytes.substr(0, slash))), slash + 1);
  }
  return result;
}

const Attributes::Rules& Attributes::rules_of(const std::string& directory) {
  const auto known = directories_.find(directory);
  if (known != directories_.end()) return known->second;
  return directories_.emplace(directory, directory_rules(directory)).first->second;
}

Attributes::Rules Attributes::directory_rules(const std::string& directory) {
  const std::string path =
      directory.empty() ? kAttributesFile : join_path(directory, kAttributesFile);
  const std::string file = join_path(repository_.work_tree(), path);
  // Git uses the one in the index if this one is missing (as in a sparse checkout) or unreadable,
  // and never follows a link.
  const Rules git_knows{{"*", Conversion::Any}};
  try {
    const auto info = file_info(file);
    // Git would wait forever at a FIFO; the scan refuses it.
    if (info && info->type == FileType::Other) return {};
    if (info && info->type != FileType::Symlink) {
      if (info->size >= kIgnoredBytes) return {};
      // Whoever wrote the repository decides how much there is.
      read_ += info->size;
      return read_ > kMostBytes ? git_knows : read_rules(file);
    }
    return info || is_tracked(path) ? git_knows : Rules{};
  } catch (const Error&) {
    return git_knows;
  }
}

bool Attributes::is_tracked(const std::string& path) {
  if (index_) return index_->contains(path);
  if (!head_tree_) {
    const auto commit = repository_.head().commit;
    head_tree_ = commit ? repository_.commit(*commit).tree : Repository::empty_tree();
  }
  return repository_.tree_entry(*head_tree_, RepoPath(path)).present();
}

Attributes::Rules Attributes::read_rules(const std::string& file) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  constexpr std::string_view kMacro = "[attr]";
  Rules rules;
  const auto info = file_info(file);
  if (!info || info->type == FileType::Directory) return rules;
  const std::string content = read_file_if_exists(file).value_or("");
  std::string_view rest = content;
  if (rest.starts_with(kByteOrderMark)) rest.remove_prefix(kByteOrderMark.size());
  for (std::string_view line : split_lines(rest)) {
    const std::string_view pattern = take_word(line);
    if (pattern.empty() || pattern.starts_with('#')) continue;
    Conversion conversion = Conversion::None;
    while (!line.empty()) conversion = std::max(conversion, conversion_of_word(take_word(line)));
    if (conversion == Conversion::None) continue;
    if (pattern.starts_with(kMacro)) {
      add_everywhere(conversion);
    } else {
      // A quoted pattern may contain anything, even spaces.
      rules.push_back({pattern.starts_with('"') ? "*" : std::string(pattern), conversion});
    }
  }
  return rules;
}

bool Attributes::may_match(const std::string& pattern, std::string_view relative) {
  std::string_view literal = pattern;
  if (literal.find('/') == std::string_view::npos) {
    const std::string_view name = relative.substr(relative.rfind('/') + 1);
    const bool is_suffix = literal.starts_with('*');
    if (is_suffix) literal.remove_prefix(1);
    if (literal.find_first_of(kGlobCharacters) != std::string_view::npos) return true;
    if (!is_suffix) return equal_ignoring_case(name, literal);
    return name.size() >= literal.size() &&
           equal_ignoring_case(name.substr(name.size() - literal.size()), literal);
  }
  if (literal.starts_with('/')) literal.remove_prefix(1);
  const std::size_t glob = literal.find_first_of(kGlobCharacters);
  if (glob == std::string_view::npos) return equal_ignoring_case(relative, literal);
  return equal_ignoring_case(relative.substr(0, glob), literal.substr(0, glob));
}

std::vector<std::optional<ObjectId>> convert_with_git(const Repository& repository,
                                                      const std::vector<RepoPath>& paths,
                                                      Storing storing) {
  std::vector<std::optional<ObjectId>> ids(paths.size());
  if (paths.empty()) return ids;
  const GitCommand& git = repository.git();
  const TemporaryDirectory scratch;
  const std::string index = join_path(scratch.path(), "index");
  std::string known = copied_entries(repository, paths);
  run_on_index(git, index, {"update-index", "-z", "--index-info"}, std::move(known));

  std::string names;
  for (const RepoPath& path : paths) names += path.bytes() + '\0';
  std::vector<std::string> args{"update-index", "--add", "--remove", "--replace"};
  if (storing == Storing::HashOnly) args.emplace_back("--info-only");
  args.insert(args.end(), {"-z", "--stdin"});
  run_on_index(git, index, std::move(args), std::move(names));

  std::unordered_map<RepoPath, ObjectId> found;
  for (const StagedEntry& staged : list_index_file(git, index)) {
    found.emplace(staged.path, staged.entry.oid);
  }
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const auto place = found.find(paths[i]);
    if (place != found.end()) ids[i] = place->second;
  }
  return ids;
}

}  // namespace gs::git
