#include "checks/notes/drift.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "base/text.h"
#include "formats/lines.h"
#include "formats/markdown.h"

namespace gs::checks {
namespace {

constexpr std::array<std::string_view, 11> kForward = {
    "what's next",   "whats next", "backlog",    "open issue", "open issues", "offene themen",
    "offene issues", "todo",       "next steps", "next step",  "roadmap"};
constexpr std::array<std::string_view, 11> kBackward = {
    "recently closed", "closed",    "done",   "archive",   "history",   "changelog",
    "decision",        "decisions", "status", "reference", "references"};

// Whether a byte belongs to a word, in any script.
bool is_word(char c) {
  return gs::is_word(c) || is_high(c);
}

// "What’s  next?" → "what's next?"
std::string plain_words(std::string_view heading) {
  static constexpr std::string_view kApostrophe = "\xE2\x80\x99";
  std::string text;
  for (std::size_t i = 0; i < heading.size(); ++i) {
    const bool space = is_space_or_tab(heading[i]);
    if (heading.substr(i).starts_with(kApostrophe)) {
      text += '\'';
      i += kApostrophe.size() - 1;
    } else if (!space || text.empty() || text.back() != ' ') {
      text += space ? ' ' : heading[i];
    }
  }
  return to_lower(text);
}

bool has_phrase(std::string_view text, std::string_view phrase) {
  for (std::size_t at = text.find(phrase); at != std::string_view::npos;
       at = text.find(phrase, at + 1)) {
    const std::size_t behind = at + phrase.size();
    const bool begins = at == 0 || !is_word(text[at - 1]);
    const bool ends = behind == text.size() || !is_word(text[behind]);
    if (begins && ends) return true;
  }
  return false;
}

// The number at the start of `text`, of at most nine digits; -1 if there is none.
long leading_number(std::string_view text, std::size_t* length) {
  long number = 0;
  std::size_t i = 0;
  for (; i < text.size() && is_digit(text[i]); ++i) {
    if (i == 9) return -1;
    number = number * 10 + (text[i] - '0');
  }
  *length = i;
  return i == 0 ? -1 : number;
}

bool is_path_byte(char c) {
  return is_word(c) || c == '/' || c == '.' || c == '-' || c == '@' || c == '+';
}

// A placeholder for other paths: "/home/<user>", "/Users/$USER", "/home/…", "/home/*/x".
bool is_placeholder(std::string_view path, char behind) {
  return std::string_view("<>$%{}*[\\").find(behind) != std::string_view::npos ||
         path.find("...") != std::string_view::npos ||
         path.find("\xE2\x80\xA6") != std::string_view::npos;
}

void find_paths(std::string_view line, std::size_t number, DocumentClaims& claims) {
  for (std::size_t at = line.find('/'); at != std::string_view::npos; at = line.find('/', at)) {
    const std::string_view rest = line.substr(at);
    const std::size_t root = rest.starts_with("/home/") ? 6 : rest.starts_with("/Users/") ? 7 : 0;
    const char before = at == 0 ? ' ' : line[at - 1];
    if (root == 0 || is_path_byte(before) || before == '~' || before == '}' || before == ':') {
      // Not a Windows drive, a URL, or part of a longer path.
      ++at;
      continue;
    }
    std::size_t length = 0;
    while (length < rest.size() && is_path_byte(rest[length])) ++length;
    const char behind = length < rest.size() ? rest[length] : ' ';
    std::string_view path = rest.substr(0, length);
    at += length;
    if (is_placeholder(path, behind)) continue;
    while (path.ends_with('.')) path.remove_suffix(1);
    if (path.size() > root) claims.paths.push_back({number, std::string(path)});
  }
}

void find_counts(std::string_view line, std::size_t number, DocumentClaims& claims) {
  static constexpr std::array<std::string_view, 5> kWords = {"registered", "project", "projects",
                                                             "subfolder", "subfolders"};
  for (std::size_t at = line.find('('); at != std::string_view::npos; at = line.find('(', at + 1)) {
    const std::string_view rest = line.substr(at + 1);
    std::size_t digits = 0;
    const long count = leading_number(rest, &digits);
    if (count < 0) continue;
    const std::string_view behind = rest.substr(digits, 40);
    const std::size_t close = behind.find(')');
    if (close == std::string_view::npos || behind.empty() || formats::indentation(behind) == 0)
      continue;
    const std::string word = to_lower(trim(behind.substr(0, close)));
    if (std::find(kWords.begin(), kWords.end(), word) == kWords.end()) continue;
    claims.counts.push_back({number, count, std::string(line.substr(at, digits + close + 2))});
  }
}

void find_issues(std::string_view line, std::size_t number, std::string_view heading,
                 DocumentClaims& claims) {
  for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
    // "org/repo#12" is another repository's, "&#12;" a character.
    const char before = at == 0 ? ' ' : line[at - 1];
    if (is_word(before) || before == '/' || before == '#' || before == '&') continue;
    const std::string_view rest = line.substr(at + 1);
    std::size_t digits = 0;
    const long issue = leading_number(rest, &digits);
    if (issue <= 0 || (digits < rest.size() && is_word(rest[digits]))) continue;
    claims.issues.push_back({number, issue, std::string(heading)});
  }
}

// "2026-11-22-"
bool is_day_prefix(std::string_view name) {
  static constexpr std::string_view kShape = "dddd-dd-dd-";
  if (name.size() < kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    if (kShape[i] == 'd' ? !is_digit(name[i]) : name[i] != '-') return false;
  }
  return true;
}

void find_session_files(std::string_view line, std::size_t number, DocumentClaims& claims) {
  static constexpr std::string_view kDirectory = "50-sessions/";
  for (std::size_t at = line.find(kDirectory); at != std::string_view::npos;
       at = line.find(kDirectory, at)) {
    at += kDirectory.size();
    const std::string_view rest = line.substr(at);
    std::size_t length = 0;
    while (length < rest.size() && is_path_byte(rest[length]) && rest[length] != '/') ++length;
    const std::string_view token = rest.substr(0, length);
    const std::size_t ending = token.rfind(".md");
    if (ending == std::string_view::npos || !is_day_prefix(token.substr(0, ending))) continue;
    claims.session_files.push_back(
        {number, std::string(kDirectory).append(token.substr(0, ending + 3))});
  }
}

// Direction of the headings that are open.
class Headings {
 public:
  explicit Headings(std::string_view text) : sections_(formats::markdown_sections(text)) {}

  // Advances to the line; returns the heading that makes it forward-looking, "" for none.
  std::string_view forward_at(std::size_t line) {
    for (; next_ < sections_.size() && sections_[next_].line <= line; ++next_) {
      const formats::MarkdownSection& section = sections_[next_];
      while (!open_.empty() && open_.back()->level >= section.level) open_.pop_back();
      open_.push_back(&section);
      changed_ = true;
    }
    if (std::exchange(changed_, false)) forward_ = judge();
    return forward_;
  }
  [[nodiscard]] bool is_heading(std::size_t line) const {
    return next_ > 0 && sections_[next_ - 1].line == line;
  }

 private:
  [[nodiscard]] std::string_view judge() const {
    std::string_view forward;
    for (const formats::MarkdownSection* section : open_) {
      const Looking way = looking(section->title);
      if (way == Looking::Backward) return {};
      if (way == Looking::Forward) forward = section->title;
    }
    return forward;
  }

  std::vector<formats::MarkdownSection> sections_;
  std::vector<const formats::MarkdownSection*> open_;
  std::size_t next_ = 0;
  bool changed_ = false;
  std::string_view forward_;
};

}  // namespace

Looking looking(std::string_view heading) {
  const std::string text = plain_words(heading);
  const auto is_in = [&](std::string_view phrase) { return has_phrase(text, phrase); };
  if (std::any_of(kBackward.begin(), kBackward.end(), is_in)) return Looking::Backward;
  if (std::any_of(kForward.begin(), kForward.end(), is_in)) return Looking::Forward;
  return Looking::Neither;
}

DocumentClaims scan_document(std::string_view text) {
  DocumentClaims claims;
  Headings headings(text);
  formats::CodeFence fence;
  std::size_t number = 0;
  for (std::string_view line : split_lines(text)) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    find_counts(line, number, claims);
    find_session_files(line, number, claims);
    if (fence.take(line) || fence.inside()) continue;
    find_paths(line, number, claims);
    const std::string_view forward = headings.forward_at(number);
    if (!forward.empty() && !headings.is_heading(number))
      find_issues(line, number, forward, claims);
  }
  return claims;
}

}  // namespace gs::checks
