#include "checks/notes/docs_change.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "checks/lines/source_line.h"
#include "formats/code_fence.h"
#include "git/objects/merge.h"

namespace gs::checks {
namespace {

constexpr std::string_view kOpen = "<!--";
constexpr std::string_view kClose = "-->";

void add_without_space(std::string& text, std::string_view part) {
  std::copy_if(part.begin(), part.end(), std::back_inserter(text),
               [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\f' && c != '\v'; });
}

// What a Markdown or HTML text says: no white space, no comments; code fences as they are.
std::string prose_of(std::string_view text) {
  std::string said;
  formats::CodeFence fence;
  bool in_comment = false;
  for (std::string_view line : split_lines(text)) {
    if (!in_comment && (fence.take(line) || fence.inside())) {
      add_without_space(said, line);
      continue;
    }
    while (!line.empty()) {
      const std::size_t mark = line.find(in_comment ? kClose : kOpen);
      const std::size_t end = std::min(mark, line.size());
      if (!in_comment) add_without_space(said, line.substr(0, end));
      if (mark == std::string_view::npos) break;
      line.remove_prefix(mark + (in_comment ? kClose.size() : kOpen.size()));
      in_comment = !in_comment;
    }
  }
  return said;
}

// Of source code: no white space, and no line that is nothing but a comment.
std::string code_of(Language language, std::string_view text) {
  std::string said;
  SourceReader reader(language);
  std::size_t number = 0;
  for (const std::string_view line : split_lines(text)) {
    const SourceLine parts = reader.read(++number, line);
    if (trim(parts.code).empty() && !trim(parts.comment).empty()) continue;
    add_without_space(said, line);
  }
  return said;
}

std::string said_by(std::string_view path, std::string_view text) {
  const Language language = language_of(path);
  const bool code =
      language != Language::Unknown && language != Language::Prose && language != Language::Markup;
  return code ? code_of(language, text) : prose_of(text);
}

bool asks_for_review(std::string_view line) {
  for (std::size_t at = line.find(kOpen); at != std::string_view::npos;
       at = line.find(kOpen, at + 1)) {
    if (to_lower(trim(line.substr(at + kOpen.size(), 100))).starts_with("review: source needed"))
      return true;
  }
  return false;
}

}  // namespace

DocsChange judge_docs_change(std::string_view path, std::string_view before,
                             std::string_view after) {
  DocsChange change;
  change.of_substance = said_by(path, before) != said_by(path, after);
  const auto added = git::added_lines(before, after);
  change.to_review = std::any_of(added.begin(), added.end(), [](const git::AddedLine& line) {
    return asks_for_review(line.text);
  });
  return change;
}

}  // namespace gs::checks
