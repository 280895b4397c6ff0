#include "checks/lines/probes.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "base/screen.h"
#include "base/text.h"
#include "checks/lines/source_line.h"
#include "checks/secrets/mask.h"

namespace gs::checks {
namespace {

using session::Severity;

constexpr std::size_t kLinesOfComment = 4;  // that may continue an annotation

struct Mark {
  std::string_view word;
  Severity severity;
};
constexpr std::array<Mark, 4> kMarks{{{"FIXME", Severity::Medium},
                                      {"HACK", Severity::Medium},
                                      {"XXX", Severity::Medium},
                                      {"TODO", Severity::Low}}};

// The comment's words, without the language's or the author's leading characters.
std::string_view words_of(std::string_view comment) {
  const std::size_t start = comment.find_first_not_of("/*#-!;<>%@ \t");
  return start == std::string_view::npos ? std::string_view{} : comment.substr(start);
}

// A mark for something left to do: it begins the comment, or a colon or an author follows. In the
// middle of a sentence it is only a mention.
const Mark* mark_of(std::string_view comment) {
  const std::string_view words = words_of(comment);
  for (const Mark& mark : kMarks) {
    for (std::size_t at = words.find(mark.word); at != std::string_view::npos;
         at = words.find(mark.word, at + 1)) {
      const std::size_t end = at + mark.word.size();
      const char after = end < words.size() ? words[end] : ' ';
      if ((at > 0 && (is_word(words[at - 1]) || words[at - 1] == '\'' || words[at - 1] == '"' ||
                      words[at - 1] == '`')) ||
          is_word(after)) {
        continue;
      }
      const bool begins =
          at == 0 && (after == ' ' || after == ':' || after == '(' || after == '!' ||
                      after == '-' || after == '\t' || after == '[' || after == '\r');
      if (begins || after == ':' || (after == '(' && at > 0 && words[at - 1] == ' ')) return &mark;
    }
  }
  return nullptr;
}

long number_at(std::string_view text, std::size_t at) {
  constexpr long kMost = 100'000'000;
  long number = 0;
  for (; at < text.size() && is_digit(text[at]) && number < kMost; ++at) {
    number = number * 10 + (text[at] - '0');
  }
  return number < kMost ? number : 0;
}

// "ABC-12": a tracker's key, unlike "UTF-8".
bool ends_key(std::string_view text, std::size_t dash) {
  std::size_t start = dash;
  while (start > 0 && (is_upper(text[start - 1]) || is_digit(text[start - 1]))) --start;
  const std::string_view key = text.substr(start, dash - start);
  if (key.size() < 2 || !is_upper(key.front()) || (start > 0 && is_word(text[start - 1]))) {
    return false;
  }
  for (const std::string_view name : {"UTF", "ISO", "SHA", "AES", "RFC", "CP", "IEEE", "ECMA"}) {
    if (key == name) return false;
  }
  return true;
}

// "issue 12", "bug #12", "ticket: 12": a number shortly after the word.
bool has_number_after(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t number = text.find_first_not_of("s :#-", at + word.size());
    if (number != std::string_view::npos && is_digit(text[number])) return true;
  }
  return false;
}

struct Line {
  std::size_t number;
  std::string comment;
  const git::AddedLine* added;
};

std::vector<Line> comment_lines(std::string_view path, const std::vector<git::AddedLine>& lines) {
  std::vector<Line> comments;
  SourceReader reader(language_of(path));
  for (const git::AddedLine& line : lines) {
    SourceLine source = reader.read(line.number, line.text);
    if (!source.comment.empty()) {
      comments.push_back({line.number, std::move(source.comment), &line});
    }
  }
  return comments;
}

// The annotation and the lines of its comment that continue it.
std::string whole_comment(const std::vector<Line>& comments, std::size_t at) {
  std::string text = comments[at].comment;
  for (std::size_t i = at + 1; i < comments.size() && i <= at + kLinesOfComment; ++i) {
    const bool follows = comments[i].number == comments[i - 1].number + 1;
    if (!follows || words_of(comments[i].comment).empty() ||
        mark_of(comments[i].comment) != nullptr) {
      break;
    }
    text.append(" ").append(comments[i].comment);
  }
  return text;
}

void collect_references(std::string_view text, std::size_t line,
                        std::vector<IssueReference>& references) {
  for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
    if (at > 0 && is_word(text[at - 1])) continue;  // "owner/project#12" is another project's
    if (const long issue = number_at(text, at + 1); issue > 0) references.push_back({line, issue});
  }
}

}  // namespace

bool names_an_issue(std::string_view text) {
  for (std::size_t at = text.find_first_of("#-"); at != std::string_view::npos;
       at = text.find_first_of("#-", at + 1)) {
    if (at + 1 >= text.size() || !is_digit(text[at + 1])) continue;
    if (text[at] == '#' || ends_key(text, at)) return true;
  }
  const std::string lower = to_lower(text);
  for (const std::string_view word :
       {"issue", "bug", "ticket", "see", "gh-", "bpo-", "b/", "pull/"}) {
    if (has_number_after(lower, word)) return true;
  }
  return lower.find("http://") != std::string::npos || lower.find("https://") != std::string::npos;
}

Annotations find_annotations(std::string_view path, const std::vector<git::AddedLine>& lines) {
  Annotations annotations;
  const Language language = language_of(path);
  if (language == Language::Unknown || language == Language::Prose) return annotations;
  const std::vector<Line> comments = comment_lines(path, lines);
  for (std::size_t i = 0; i < comments.size(); ++i) {
    const Mark* mark = mark_of(comments[i].comment);
    if (mark == nullptr) continue;
    const std::string text = whole_comment(comments, i);
    if (names_an_issue(text)) {
      collect_references(text, comments[i].number, annotations.references);
      continue;
    }
    session::Finding finding;
    finding.source = "annotation";
    finding.severity = mark->severity;
    finding.confidence = 90;
    finding.file = path;
    finding.line = comments[i].number;
    finding.title = std::string(mark->word) + " without an issue";
    finding.detail = detail_of(mask_secrets(comments[i].added->text));
    finding.recommendation = "do it, or file an issue and name it in the comment";
    annotations.findings.push_back(std::move(finding));
  }
  return annotations;
}

}  // namespace gs::checks
