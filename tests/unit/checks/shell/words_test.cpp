#include "checks/shell/words.h"

#include <doctest/doctest.h>

using namespace gs::checks;

namespace {

// "a|b c" for the commands [a] and [b, c].
std::string flat(std::string_view text) {
  std::string all;
  for (const ShellCommand& command : parse_shell(text).commands) {
    if (!all.empty()) all += '|';
    std::string words;
    for (const ShellWord& word : command.words) words += (words.empty() ? "" : " ") + word.text;
    all += words;
  }
  return all;
}

}  // namespace

TEST_CASE("words are what the command gets") {
  CHECK(flat("git  push\t--force") == "git push --force");
  CHECK(flat("'git' \"push\" --fo'r'ce") == "git push --force");
  CHECK(flat("g\\it pu\"s\"h") == "git push");
  CHECK(flat("$'rm' $'-\\x72f' $\"x\"") == "rm -rf x");
  CHECK(flat("git pu\\\nsh \\\n --force") == "git push --force");
  CHECK(flat("echo \"a \\\"b\\\" \\$c \\d\"") == "echo a \"b\" $c \\d");
  CHECK(parse_shell("a 'b c'").commands.at(0).words ==
        std::vector<ShellWord>{{"a", false}, {"b c", true}});
  CHECK(parse_shell("a ''").commands.at(0).words.size() == 2);
}

TEST_CASE("every operator ends a command") {
  CHECK(flat("a;b&&c||d|e&f\ng") == "a|b|c|d|e|f|g");
  CHECK(flat("(a b; c) && { d; }") == "a b|c|{ d|}");
  CHECK(flat("a |& b") == "a|b");
  CHECK(flat("case x in y) rm z;; esac") == "case x in y|rm z|esac");
}

TEST_CASE("redirections are no words") {
  CHECK(flat("git >out push 2>/dev/null --force <in &>x >>y 2>&1") == "git push --force");
  CHECK(flat("a 2 >x") == "a 2");
  CHECK(flat("cat <(rm x) >(b)") == "cat|rm x|b");
}

TEST_CASE("comments are no commands") {
  CHECK(flat("a # rm -rf\nb") == "a|b");
  CHECK(flat("a#b") == "a#b");
}

TEST_CASE("substitutions are commands, wherever they stand") {
  CHECK(flat("a $(b c) d") == "a $() d|b c");
  CHECK(flat("a \"x $(b 'c') y\"") == "a x $() y|b c");
  CHECK(flat("a `b c`") == "a ``|b c");
  CHECK(flat("a \"`b`\"") == "a ``|b");
  CHECK(flat("a $(b $(c))") == "a $()|b $()|c");
  CHECK(flat("a ${x:-$(b)} c") == "a ${x:-$()} c|b");
  CHECK(flat("a '$(b)'") == "a $(b)");
  CHECK(flat("a \"$((b); c)\" d") == "a $() d|b|c");
  CHECK(flat("a \"$(case x in y) b;; esac)\" d") == "a $() d|case x in y|b|esac");
  CHECK(flat("$(a; b) c") == "$() c|a|b");
}

TEST_CASE("a here-document is input, and what is substituted in it runs") {
  const ShellScript script = parse_shell("bash <<EOF x\nrm -rf $(b)\nEOF\nc");
  REQUIRE(script.commands.size() == 3);
  CHECK(script.commands[0].input == "rm -rf $(b)\n");
  CHECK(script.commands[0].words.size() == 2);
  CHECK(flat("cat <<'EOF'\n$(b)\nEOF\nc") == "cat|c");
  CHECK(flat("cat <<-EOF\n\tx\n\tEOF\nc") == "cat|c");
  CHECK(parse_shell("sh <<< 'a b'").commands.at(0).input == "a b\n");
}

TEST_CASE("a pipe is told from a list") {
  const ShellScript script = parse_shell("a | b || c");
  CHECK(script.commands.at(0).piped);
  CHECK_FALSE(script.commands.at(1).piped);
}

TEST_CASE("broken text ends with the text") {
  for (const char* text :
       {"'", "\"", "a \"$(", "`", "${", "\\", "<<", "<<EOF", ">", "$'\\x", "a <<E\n"}) {
    CHECK_MESSAGE(parse_shell(text).commands.size() <= 2, text);
  }
}

TEST_CASE("what is nested too deep is said") {
  std::string text;
  for (int i = 0; i < 100000; ++i) text += "$(";
  CHECK(parse_shell(text).too_deep);
  CHECK_FALSE(parse_shell("$($(a))").too_deep);
}

TEST_CASE("tokens say what joins the commands") {
  using Kind = ShellToken::Kind;
  const auto tokens = shell_tokens("(a 'b' 2>&1 &) && c || d | e; f\n");
  REQUIRE(tokens);
  std::string flat_tokens;
  for (const ShellToken& token : *tokens) {
    constexpr std::string_view kSigns = "wt&|p;b()";
    flat_tokens += kSigns[static_cast<std::size_t>(token.kind)];
  }
  CHECK(flat_tokens == "(wwtb)&w|wpw;w;");
  CHECK(tokens->at(2) == ShellToken{Kind::Word, {"b", true}});
  CHECK(tokens->at(3) == ShellToken{Kind::Target, {"1", false}});
}

TEST_CASE("there are no tokens where only a shell can judge") {
  for (const char* text : {"a $(b)", "a `b`", "a \"$(b)\"", "a ${b}", "a <<E\nE\n", "a <<< b",
                           "a <(b)", "case a in b) c;; esac", "a 'b", "a \"b", "a $'b", "a >"}) {
    CHECK_MESSAGE(!shell_tokens(text), text);
  }
  CHECK_FALSE(shell_tokens(std::string_view("a\0b", 3)));
}
