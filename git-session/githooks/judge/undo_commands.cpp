#include "githooks/judge/undo_commands.h"

#include <algorithm>

#include "base/file/file.h"
#include "base/text.h"

namespace gs::githooks {

namespace {

constexpr std::size_t kMostNamed = 20;

bool is_printable(const std::string& bytes) {
  return is_utf8(bytes) && std::none_of(bytes.begin(), bytes.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte < 0x20 || byte == 0x7f;
         });
}

std::string pathspec(const RepoPath& path) {
  return ":(top,literal)" + path.bytes();
}

bool needs_file(const std::vector<RepoPath>& paths) {
  return paths.size() > kMostNamed ||
         std::any_of(paths.begin(), paths.end(),
                     [](const RepoPath& path) { return !is_printable(path.bytes()); });
}

// What follows `git reset …`: " -- a b", or the file with the list.
std::string paths_argument(const UndoRequest& request) {
  if (needs_file(request.paths)) {
    return " --pathspec-file-nul --pathspec-from-file=" + quote_shell(path_list_file(request));
  }
  std::string words = " --";
  for (const RepoPath& path : request.paths) {
    words += " " + shell_pathspec(path, request.prefix);
  }
  return words;
}

std::vector<std::string> take_all(const UndoRequest& request) {
  return {request.root ? "git update-ref -d HEAD" : "git reset -q --soft HEAD~1",
          "git reset -q" + paths_argument(request)};
}

}  // namespace

std::string shell_pathspec(const RepoPath& path, const std::string& prefix) {
  const bool plain = prefix.empty() && path.bytes().find_first_of("*?[\\:") == std::string::npos;
  return quote_shell(plain ? path.bytes() : pathspec(path));
}

std::vector<std::string> undo_commands(const UndoRequest& request) {
  if (request.whole) return take_all(request);
  const std::string out =
      (request.root ? "git rm -q --cached -f" : "git reset -q HEAD~1") + paths_argument(request);
  const std::string amend = "git commit -q --amend --no-edit";
  if (!request.others_are_staged) return {out, amend};
  // In a private index: an amend would include other staged changes.
  const std::string index =
      "GIT_INDEX_FILE=" + quote_shell(join_path(request.directory, "take-apart-index")) + " ";
  return {index + "git read-tree HEAD", index + out, index + amend,
          "git reset -q" + paths_argument(request)};
}

std::string unstage_hint(const std::vector<RepoPath>& paths, const std::string& prefix) {
  if (needs_file(paths)) return "unstage them with 'git reset -q -- PATH...'";
  std::string command = "unstage with: git reset -q --";
  for (const RepoPath& path : paths) command += " " + shell_pathspec(path, prefix);
  return command;
}

std::string path_list_file(const UndoRequest& request) {
  return join_path(request.directory, "take-apart-" + request.commit);
}

std::optional<std::string> path_list(const UndoRequest& request) {
  if (!needs_file(request.paths)) return std::nullopt;
  std::string list;
  for (const RepoPath& path : request.paths) list += pathspec(path) + '\0';
  return list;
}

}  // namespace gs::githooks
