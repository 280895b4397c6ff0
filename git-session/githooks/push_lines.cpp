#include "githooks/push_lines.h"

#include "base/text.h"

namespace gs::githooks {

std::string PushedRef::refspec() const {
  if (is_deletion()) return ":" + target;
  return source == target ? source : source + ":" + target;
}

std::vector<PushedRef> parse_pushed_refs(std::string_view input) {
  std::vector<PushedRef> refs;
  for (const std::string_view line : split_lines(input)) {
    const std::vector<std::string_view> words = split(line, ' ');
    // What was typed as the source may hold spaces ("main@{2 days ago}").
    if (words.size() < 4) continue;
    const auto there_before = git::ObjectId::parse(words.back());
    const std::string_view target = words[words.size() - 2];
    const auto object = git::ObjectId::parse(words[words.size() - 3]);
    if (!there_before || !object) continue;
    const auto end = static_cast<std::size_t>(words[words.size() - 3].data() - line.data());
    refs.push_back(
        {std::string(line.substr(0, end - 1)), *object, std::string(target), *there_before});
  }
  return refs;
}

}  // namespace gs::githooks
