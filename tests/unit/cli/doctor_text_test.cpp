#include "cli/doctor_text.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace gs;
using namespace gs::cli;
using session::Area;

namespace {

session::Diagnoses sample() {
  session::Diagnosis lock = session::wrong(Area::Locks, "2 locks left by a killed git session",
                                           {"git session doctor --fix"});
  lock.repair = session::Repair::RefLocks;
  session::Diagnosis hook = session::wrong(
      Area::Hooks, "'.git/hooks/pre-push' is another version's", {"git session hooks install"});
  hook.repair = session::Repair::HookScripts;
  return {
      session::fine(Area::Versions, "git-session 1.0"),
      session::fine(Area::Versions, "git 2.39.5"),
      session::checked(Area::Versions, "HOME can be written"),
      session::fine(Area::Hooks, "post-commit"),
      hook,
      session::note(Area::Agents, "Codex does not ask", {"add to 'x':", "  [a]", "b = 1"}),
      lock,
      session::checked(Area::Records, "nothing"),
      session::broken(Area::Close, "the close is unfinished", {"'git session close --continue'"}),
      session::broken(Area::Close, "an undo was interrupted", {"'git session undo' finishes it"})};
}

std::string render(const session::Diagnoses& found, DiagnosisDetail detail,
                   std::size_t columns = 1000) {
  Style style;
  style.columns = columns;
  return render_diagnoses(found, detail, style);
}

}  // namespace

TEST_CASE("an area that is fine is one line, what is wrong has its fix below") {
  CHECK(render(sample(), DiagnosisDetail::Usual) ==
        "✓ versions       git-session 1.0, git 2.39.5\n"
        "! hooks          '.git/hooks/pre-push' is another version's\n"
        "                 → git session hooks install (or: git session doctor --fix)\n"
        "- agents         Codex does not ask\n"
        "                 → add to 'x':\n"
        "                       [a]\n"
        "                     b = 1\n"
        "! locks          2 locks left by a killed git session\n"
        "                 → git session doctor --fix\n"
        "✗ close          the close is unfinished\n"
        "                 → 'git session close --continue'\n"
        "✗                an undo was interrupted\n"
        "                 → 'git session undo' finishes it\n"
        "\n"
        "2 errors, 2 warnings, 1 note. 'git session doctor --fix' fixes 2.\n");
}

TEST_CASE("-v shows everything that was checked, -q only what is wrong") {
  const std::string all = render(sample(), DiagnosisDetail::All);
  CHECK(all.find("✓ versions       git-session 1.0\n✓                git 2.39.5\n"
                 "✓                HOME can be written\n") == 0);
  CHECK(all.find("✓ hooks          post-commit\n!                '.git") != std::string::npos);
  CHECK(all.find("✓ records        nothing\n") != std::string::npos);
  const std::string quiet = render(sample(), DiagnosisDetail::Problems);
  CHECK(quiet.find("versions") == std::string::npos);
  CHECK(quiet.find("agents") == std::string::npos);
  CHECK(quiet.find("errors") == std::string::npos);
  CHECK(quiet.find("! hooks") == 0);
}

TEST_CASE("with nothing wrong the last line says so") {
  const session::Diagnoses fine{session::fine(Area::Versions, "git 2.39.5")};
  CHECK(render(fine, DiagnosisDetail::Usual) ==
        "✓ versions       git 2.39.5\n\nNothing is wrong.\n");
  CHECK(render(fine, DiagnosisDetail::Problems).empty());
  const session::Diagnoses noted{session::note(Area::Hooks, "none", {"install"})};
  CHECK(render(noted, DiagnosisDetail::Usual).ends_with("\nNothing is wrong; 1 note.\n"));
}

TEST_CASE("every line of text fits the terminal") {
  const std::string path = "'.git/git-session/sessions/main-2026-11-28-0254/wave-scope.json'";
  session::Diagnoses found{
      session::broken(Area::Sessions, "see " + path + ", " + std::string(70, 'x'), {path}),
      session::broken(
          Area::Configuration,
          "'.git-session.toml:3': persistence is 'perhaps', and allowed is true or false and more "
          "words",
          {"correct it there, with an editor or by the command that has just been named here"})};
  for (const std::size_t columns : {40U, 60U, 80U}) {
    const std::string text = render(found, DiagnosisDetail::Usual, columns);
    for (const std::string_view line : split_lines(text))
      CHECK(report::display_width(line) <= columns);
  }
}

TEST_CASE("text from elsewhere stays on its line") {
  const session::Diagnoses found{session::broken(Area::Sessions, "a\nb", {"c\nd"})};
  CHECK(render(found, DiagnosisDetail::Problems) ==
        "✗ sessions       a b\n                 → c d\n");
}

TEST_CASE("JSON has everything, also what the screen leaves out") {
  const Json json = diagnoses_json(sample());
  CHECK(json["errors"] == 2);
  CHECK(json["warnings"] == 2);
  CHECK(json["notes"] == 1);
  CHECK(json["findings"].size() == 10);
  CHECK(json["findings"][std::size_t{4}] ==
        Json{{"area", "hooks"},
             {"level", "warning"},
             {"text", "'.git/hooks/pre-push' is another version's"},
             {"fix", Json::array({"git session hooks install"})},
             {"fixable", true}});
}
