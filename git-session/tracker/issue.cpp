#include "tracker/issue.h"

#include <algorithm>

#include "base/text.h"
#include "git/repository.h"

namespace gs::tracker {
namespace {

constexpr std::size_t kMarkerDigits = 16;

// NUL separates, since a title may hold anything else.
std::string mark_of(const std::string& session, const std::string& origin,
                    const std::string& subject) {
  const std::string key = session + '\0' + origin + '\0' + subject;
  return "<!-- git-session:" + git::Repository::hash_blob(key).hex().substr(0, kMarkerDigits) +
         " -->";
}

}  // namespace

std::string marker(const NewIssue& issue) {
  return mark_of(issue.session, issue.origin, issue.title);
}

std::string comment_marker(const std::string& session, const std::string& origin, long number) {
  return mark_of(session, origin, "#" + std::to_string(number));
}

std::string with_marker(std::string_view text, const std::string& mark) {
  std::string marked(trim(text));
  if (marked.find(mark) == std::string::npos) marked += (marked.empty() ? "" : "\n\n") + mark;
  return marked;
}

bool bears(const Issue& issue, const std::string& mark) {
  const auto has = [&](const std::string& text) { return text.find(mark) != std::string::npos; };
  return has(issue.body) || std::any_of(issue.comments.begin(), issue.comments.end(), has);
}

}  // namespace gs::tracker
