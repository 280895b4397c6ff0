#include "git/objects/merge.h"

#include <algorithm>
#include <array>
#include <memory>

#include "git/libgit2.h"

namespace gs::git {
namespace {

class MergeResult {
 public:
  MergeResult() = default;
  MergeResult(const MergeResult&) = delete;
  MergeResult& operator=(const MergeResult&) = delete;
  ~MergeResult() { git_merge_file_result_free(&value); }

  git_merge_file_result value{};
};

git_merge_file_input input_of(std::string_view content) {
  git_merge_file_input input = GIT_MERGE_FILE_INPUT_INIT;
  input.ptr = content.empty() ? "" : content.data();
  input.size = content.size();
  return input;
}

// Git's test for binary content: a NUL among the first bytes.
bool is_binary(std::string_view content) {
  constexpr std::size_t kLooksAt = 8000;
  return content.substr(0, kLooksAt).find('\0') != std::string_view::npos;
}

std::vector<AddedLine> all_lines(std::string_view content) {
  std::vector<AddedLine> lines;
  while (!content.empty()) {
    const std::size_t end = std::min(content.find('\n'), content.size());
    lines.push_back({lines.size() + 1, std::string(content.substr(0, end))});
    content.remove_prefix(std::min(end + 1, content.size()));
  }
  return lines;
}

int collect_line(const git_diff_delta* /*delta*/, const git_diff_hunk* /*hunk*/,
                 const git_diff_line* line, void* payload) {
  if (line->origin != GIT_DIFF_LINE_ADDITION) return 0;
  std::string text(line->content, line->content_len);
  if (text.ends_with('\n')) text.pop_back();
  static_cast<std::vector<AddedLine>*>(payload)->push_back(
      {static_cast<std::size_t>(line->new_lineno), std::move(text)});
  return 0;
}

}  // namespace

std::optional<std::string> merge_contents(std::string_view ancestor, std::string_view ours,
                                          std::string_view theirs) {
  MarkedMerge merged = merge_with_markers(ancestor, ours, theirs);
  return merged.clean ? std::move(merged.content) : std::nullopt;
}

MarkedMerge merge_with_markers(std::string_view ancestor, std::string_view ours,
                               std::string_view theirs) {
  if (is_binary(ancestor) || is_binary(ours) || is_binary(theirs)) return {};
  initialise_libgit2();
  const std::array<git_merge_file_input, 3> inputs{input_of(ancestor), input_of(ours),
                                                   input_of(theirs)};
  git_merge_file_options options = GIT_MERGE_FILE_OPTIONS_INIT;
  options.our_label = "work tree";
  options.their_label = "snapshot";
  MergeResult result;
  require(git_merge_file(&result.value, &inputs[0], &inputs[1], &inputs[2], &options),
          "merge contents");
  std::string content;
  if (result.value.len > 0) content.assign(result.value.ptr, result.value.len);
  return {std::move(content), result.value.automergeable != 0};
}

std::string merge_lines(std::string_view ancestor, std::string_view ours, std::string_view theirs) {
  initialise_libgit2();
  // The later side's lines go last, and ours are the newer ones.
  const std::array<git_merge_file_input, 3> inputs{input_of(ancestor), input_of(theirs),
                                                   input_of(ours)};
  git_merge_file_options options = GIT_MERGE_FILE_OPTIONS_INIT;
  options.favor = GIT_MERGE_FILE_FAVOR_UNION;
  MergeResult result;
  require(git_merge_file(&result.value, &inputs[0], &inputs[1], &inputs[2], &options),
          "merge lines");
  return result.value.len == 0 ? "" : std::string(result.value.ptr, result.value.len);
}

std::vector<AddedLine> added_lines(std::string_view before, std::string_view after) {
  std::vector<AddedLine> lines;
  if (after.empty() || is_binary(before) || is_binary(after)) return lines;
  if (before.empty()) return all_lines(after);
  initialise_libgit2();
  git_diff_options options = GIT_DIFF_OPTIONS_INIT;
  options.context_lines = 0;
  options.flags = GIT_DIFF_INDENT_HEURISTIC | GIT_DIFF_FORCE_TEXT;
  require(git_diff_buffers(before.empty() ? "" : before.data(), before.size(), nullptr,
                           after.data(), after.size(), nullptr, &options, nullptr, nullptr, nullptr,
                           collect_line, &lines),
          "compare contents");
  return lines;
}

TextDifference differ(const std::optional<std::string>& before,
                      const std::optional<std::string>& after, const std::string& path) {
  initialise_libgit2();
  git_diff_options options = GIT_DIFF_OPTIONS_INIT;
  options.flags = GIT_DIFF_INDENT_HEURISTIC;
  const auto data = [](const std::optional<std::string>& side) {
    return side ? side->c_str() : nullptr;
  };
  const auto size = [](const std::optional<std::string>& side) { return side ? side->size() : 0; };
  git_patch* made = nullptr;
  require(git_patch_from_buffers(&made, data(before), size(before), path.c_str(), data(after),
                                 size(after), path.c_str(), &options),
          "compare contents");
  const std::unique_ptr<git_patch, decltype(&git_patch_free)> patch(made, git_patch_free);
  TextDifference difference;
  difference.binary = before && is_binary(*before);
  difference.binary = difference.binary || (after && is_binary(*after));
  require(git_patch_line_stats(nullptr, &difference.added, &difference.removed, patch.get()),
          "compare contents");
  git_buf text = GIT_BUF_INIT;
  const int code = git_patch_to_buf(&text, patch.get());
  if (code == 0 && text.size > 0) difference.patch.assign(text.ptr, text.size);
  git_buf_dispose(&text);
  require(code, "compare contents");
  return difference;
}

}  // namespace gs::git
