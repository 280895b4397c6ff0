#include "tracker/issue.h"

#include <algorithm>

#include "base/text.h"
#include "git/repository.h"

namespace gs::tracker {
namespace {

constexpr std::size_t kMarkerDigits = 16;
constexpr std::string_view kMarkerStart = "<!-- git-session:";
constexpr std::string_view kMarkerEnd = " -->";

// NUL separates, since a title may hold anything else.
std::string mark_of(const std::string& session, const std::string& origin,
                    const std::string& subject) {
  const std::string key = session + '\0' + origin + '\0' + subject;
  return std::string(kMarkerStart) +
         git::Repository::hash_blob(key).hex().substr(0, kMarkerDigits) + std::string(kMarkerEnd);
}

}  // namespace

std::string marker(const NewIssue& issue) {
  const std::string apart = issue.occasion.empty() ? "" : " " + issue.occasion;
  return mark_of(issue.session, issue.origin + apart, issue.title);
}

std::string comment_marker(const std::string& session, const std::string& origin, long number) {
  return mark_of(session, origin, "#" + std::to_string(number));
}

std::string with_marker(std::string_view text, const std::string& mark) {
  std::string marked(trim(text));
  if (marked.find(mark) == std::string::npos) marked += (marked.empty() ? "" : "\n\n") + mark;
  return marked;
}

std::string without_markers(std::string_view text) {
  std::string rest;
  bool after_marker = false;
  for (const std::string_view line : split_lines(text)) {
    const std::string_view words = trim(line);
    const bool is_marker = words.starts_with(kMarkerStart) && words.ends_with(kMarkerEnd);
    if (is_marker) {
      while (rest.ends_with("\n\n") || rest == "\n") rest.pop_back();
    } else if (!after_marker || !words.empty() || !rest.ends_with("\n\n")) {
      rest.append(line).append("\n");
    }
    after_marker = is_marker;
  }
  if (!text.ends_with('\n') && rest.ends_with('\n')) rest.pop_back();
  return rest;
}

bool bears(const Issue& issue, const std::string& mark) {
  const auto has = [&](const std::string& text) { return text.find(mark) != std::string::npos; };
  return has(issue.body) || std::any_of(issue.comments.begin(), issue.comments.end(), has);
}

}  // namespace gs::tracker
