#include "records/status_stats.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/text.h"
#include "formats/markdown.h"

namespace gs::records {

namespace {

constexpr std::string_view kOpen = "<!-- git-session:";
constexpr std::string_view kOpenEnd = " -->";
constexpr std::string_view kClose = "<!-- /git-session -->";

bool is_name(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_lower(c) || c == '-'; });
}

void set_in_line(std::string_view line,
                 const std::map<std::string, std::string, std::less<>>& stats,
                 StatusStats& result) {
  std::size_t copied = 0;
  for (std::size_t at = line.find(kOpen); at != std::string_view::npos; at = line.find(kOpen, at)) {
    at += kOpen.size();
    const std::size_t end = line.find(kOpenEnd, at);
    if (end == std::string_view::npos) break;
    const std::string_view name = line.substr(at, end - at);
    const std::size_t begin = end + kOpenEnd.size();
    const std::size_t close = line.find(kClose, begin);
    if (close == std::string_view::npos) break;
    const std::string_view between = line.substr(begin, close - begin);
    if (!is_name(name) || between.find(kOpen) != std::string_view::npos) continue;
    ++result.markers;
    const auto figure = stats.find(name);
    if (figure == stats.end()) {
      result.unknown.emplace_back(name);
    } else {
      result.text.append(line.substr(copied, begin - copied)).append(figure->second);
      copied = close;
    }
    at = close + kClose.size();
  }
  result.text.append(line.substr(copied));
}

}  // namespace

StatusStats set_status_figures(std::string_view text,
                               const std::map<std::string, std::string, std::less<>>& stats) {
  StatusStats result;
  formats::CodeFence fence;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t newline = text.find('\n', begin);
    const std::size_t end = newline == std::string_view::npos ? text.size() : newline + 1;
    const std::string_view line = text.substr(begin, end - begin);
    std::string_view bare = line;
    if (bare.ends_with('\n')) bare.remove_suffix(1);
    if (bare.ends_with('\r')) bare.remove_suffix(1);
    if (fence.take(bare) || fence.inside()) {
      result.text.append(line);
    } else {
      set_in_line(line, stats, result);
    }
    begin = end;
  }
  return result;
}

}  // namespace gs::records
