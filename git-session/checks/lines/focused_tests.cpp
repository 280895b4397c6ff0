
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "base/screen.h"
#include "base/text.h"
#include "checks/lines/probes.h"
#include "checks/lines/source_line.h"
#include "checks/secrets/mask.h"
#include "checks/secrets/value.h"

namespace gs::checks {
namespace {

using session::Severity;

enum class Kind { Focused, Skipped };
enum class Place {
  Call,   // begins a statement, with a quoted title as its argument
  Start,  // begins the line: a decorator, an annotation, an attribute
  Word,   // anywhere, as a whole word
};
struct TestMark {
  Language language;
  std::string_view token;
  Kind kind;
  Place place;
};
constexpr auto kTestMarks = std::to_array<TestMark>({
    {Language::JavaScript, "describe.only(", Kind::Focused, Place::Call},
    {Language::JavaScript, "context.only(", Kind::Focused, Place::Call},
    {Language::JavaScript, "suite.only(", Kind::Focused, Place::Call},
    {Language::JavaScript, "it.only(", Kind::Focused, Place::Call},
    {Language::JavaScript, "test.only(", Kind::Focused, Place::Call},
    {Language::JavaScript, "specify.only(", Kind::Focused, Place::Call},
    {Language::JavaScript, "fdescribe(", Kind::Focused, Place::Call},
    {Language::JavaScript, "fcontext(", Kind::Focused, Place::Call},
    {Language::JavaScript, "fit(", Kind::Focused, Place::Call},
    {Language::JavaScript, "describe.skip(", Kind::Skipped, Place::Call},
    {Language::JavaScript, "context.skip(", Kind::Skipped, Place::Call},
    {Language::JavaScript, "suite.skip(", Kind::Skipped, Place::Call},
    {Language::JavaScript, "it.skip(", Kind::Skipped, Place::Call},
    {Language::JavaScript, "test.skip(", Kind::Skipped, Place::Call},
    {Language::JavaScript, "xdescribe(", Kind::Skipped, Place::Call},
    {Language::JavaScript, "xcontext(", Kind::Skipped, Place::Call},
    {Language::JavaScript, "xit(", Kind::Skipped, Place::Call},
    {Language::JavaScript, "xtest(", Kind::Skipped, Place::Call},
    {Language::Python, "@unittest.skip", Kind::Skipped, Place::Start},
    {Language::Python, "@skip", Kind::Skipped, Place::Start},
    {Language::Python, "@pytest.mark.skip", Kind::Skipped, Place::Start},
    {Language::Python, "pytestmark = pytest.mark.skip", Kind::Skipped, Place::Start},
    {Language::Ruby, "fdescribe ", Kind::Focused, Place::Call},
    {Language::Ruby, "fcontext ", Kind::Focused, Place::Call},
    {Language::Ruby, "fit ", Kind::Focused, Place::Call},
    {Language::Ruby, "xdescribe ", Kind::Skipped, Place::Call},
    {Language::Ruby, "xcontext ", Kind::Skipped, Place::Call},
    {Language::Ruby, "xit ", Kind::Skipped, Place::Call},
    {Language::Rust, "#[ignore]", Kind::Skipped, Place::Start},
    {Language::Rust, "#[ignore =", Kind::Skipped, Place::Start},
    {Language::CLike, "@Disabled", Kind::Skipped, Place::Start},
    {Language::CLike, "@Ignore", Kind::Skipped, Place::Start},
    {Language::CSharp, "[Ignore", Kind::Skipped, Place::Start},
    {Language::CSharp, "[Fact(Skip", Kind::Skipped, Place::Start},
    {Language::CSharp, "[Theory(Skip", Kind::Skipped, Place::Start},
    {Language::Elixir, "@tag :skip", Kind::Skipped, Place::Start},
    {Language::Elixir, "@moduletag :skip", Kind::Skipped, Place::Start},
    {Language::CLike, "doctest::skip()", Kind::Skipped, Place::Word},
    {Language::Php, "$this->markTestIncomplete(", Kind::Skipped, Place::Start},
});

bool stands_at(const TestMark& mark, std::string_view code) {
  const std::string_view trimmed = trim(code);
  const char last = mark.token.back();
  const auto ends_name = [&](std::string_view rest) {
    return !is_identifier(last) || rest.empty() ||
           (!is_identifier(rest.front()) && rest.front() != '.');
  };
  switch (mark.place) {
    case Place::Start:
      return trimmed.starts_with(mark.token) && ends_name(trimmed.substr(mark.token.size()));
    case Place::Word:
      return trimmed.find(mark.token) != std::string_view::npos;
    case Place::Call:
      break;
  }
  if (!trimmed.starts_with(mark.token)) return false;
  // A quoted title, which the reader has blanked out (backquotes entirely), or one on the next
  // line.
  const std::string_view argument = trim(trimmed.substr(mark.token.size()));
  return argument.empty() || argument.front() == '"' || argument.front() == ',';
}

// The body of a Go test is indented by one tab: a skip at that level is unconditional.
bool skips_go_test(std::string_view text) {
  return text.starts_with("\tt.Skip(") || text.starts_with("\tt.SkipNow(") ||
         text.starts_with("\tt.Skipf(");
}

// TEST(Suite, DISABLED_Name) of GoogleTest.
bool disables_googletest(std::string_view code) {
  return trim(code).starts_with("TEST") && (code.find(", DISABLED_") != std::string_view::npos ||
                                            code.find("(DISABLED_") != std::string_view::npos);
}

std::optional<Kind> kind_of(Language language, std::string_view text, std::string_view code) {
  for (const TestMark& mark : kTestMarks) {
    if (mark.language == language && stands_at(mark, code)) return mark.kind;
  }
  if (language == Language::Go && skips_go_test(text)) return Kind::Skipped;
  if (language == Language::CLike && disables_googletest(code)) return Kind::Skipped;
  return std::nullopt;
}

// Several words are a reason; "later" or "broken" is not.
bool is_sentence(std::string_view text) {
  std::size_t words = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_identifier(text[i]) && (i == 0 || text[i - 1] == ' ')) ++words;
  }
  return words >= 3;
}

// After the mark, in a string or a comment: the reason for the skip.
bool says_why(std::string_view text) {
  const std::size_t quote = text.find_first_of("\"'");
  if (quote != std::string_view::npos) {
    const std::size_t end = text.find(text[quote], quote + 1);
    if (is_sentence(text.substr(quote + 1, end - quote - 1))) return true;
  }
  for (const std::string_view mark : {"// ", "# "}) {
    const std::size_t comment = text.find(mark);
    if (comment != std::string_view::npos && is_sentence(text.substr(comment + mark.size()))) {
      return true;
    }
  }
  return false;
}

// A text after the mark that is the test's title, or names what is still to be written, is not a
// reason.
bool is_explained(Language language, std::string_view text) {
  if (trim(text).ends_with("{}")) return true;
  if (language == Language::JavaScript) return trim(text).ends_with("() => {});");
  if (language == Language::Ruby || text.find("markTestIncomplete(") != std::string_view::npos) {
    return false;
  }
  return says_why(text);
}

// On the line itself or an adjacent added line.
bool names_issue(const std::vector<git::AddedLine>& lines, std::size_t at) {
  const auto names = [&](std::size_t other) {
    const std::size_t apart = other > at ? lines[other].number - lines[at].number
                                         : lines[at].number - lines[other].number;
    return apart <= 1 && names_an_issue(lines[other].text);
  };
  return names(at) || (at > 0 && names(at - 1)) || (at + 1 < lines.size() && names(at + 1));
}

session::Finding finding_of(std::string_view path, const git::AddedLine& line, Kind kind) {
  session::Finding finding;
  finding.source = kind == Kind::Focused ? "focused-test" : "skipped-test";
  finding.severity = kind == Kind::Focused ? Severity::High : Severity::Low;
  finding.confidence = 90;
  finding.file = path;
  finding.line = line.number;
  finding.title = kind == Kind::Focused ? "a focused test: the others do not run"
                                        : "a skipped test without an issue or a reason";
  finding.detail = detail_of(mask_secrets(line.text));
  finding.recommendation = kind == Kind::Focused
                               ? "remove the focus, so that the other tests run again"
                               : "fix it, or file an issue and name it there";
  return finding;
}

}  // namespace

std::vector<session::Finding> find_focused_tests(std::string_view path,
                                                 const std::vector<git::AddedLine>& lines) {
  std::vector<session::Finding> findings;
  const Language language = language_of(path);
  // Rust has its tests beside the tested code; "_files" directories hold input of tests.
  if (!is_test_path(path) && language != Language::Rust) return findings;
  if (path.find("/_files/") != std::string_view::npos) return findings;
  SourceReader reader(language);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const SourceLine source = reader.read(lines[i].number, lines[i].text);
    const std::optional<Kind> kind = kind_of(language, lines[i].text, source.code);
    if (!kind || (*kind == Kind::Skipped &&
                  (names_issue(lines, i) || is_explained(language, lines[i].text)))) {
      continue;
    }
    findings.push_back(finding_of(path, lines[i], *kind));
  }
  return findings;
}

}  // namespace gs::checks
