#include <doctest/doctest.h>

#include <random>

#include "base/file/file.h"
#include "base/process/process.h"
#include "base/text.h"

using namespace gs;

TEST_CASE("a path is quoted exactly where git quotes it with core.quotePath=false") {
  const TemporaryDirectory directory;
  const auto git = [&](std::vector<std::string> args) {
    args.insert(args.begin(), "git");
    ProcessOptions options;
    options.working_directory = directory.path();
    options.environment = {{"GIT_CONFIG_GLOBAL", "/dev/null"}, {"GIT_CONFIG_NOSYSTEM", "1"}};
    return run_process(args, options);
  };
  REQUIRE(git({"init", "-q"}).ok());
  for (int c = 1; c < 128; ++c) {
    if (c != '/' && c != '.') {
      write_file_atomically(join_path(directory.path(), std::string(1, static_cast<char>(c))), "");
    }
  }
  write_file_atomically(join_path(directory.path(), "Zürich \"x\"\t"), "");
  const auto raw = git({"ls-files", "-o", "-z"}).out;
  std::string ours;
  for (const std::string_view name : split(raw, '\0')) {
    ours += name.empty() ? "" : quote_path(name) + "\n";
  }
  CHECK(ours == git({"-c", "core.quotePath=false", "ls-files", "-o"}).out);
}

TEST_CASE("a path that is not UTF-8 is quoted with every high byte in octal") {
  CHECK(quote_path("\xFF") == "\"\\377\"");
  CHECK(quote_path("ä\xFF") == "\"\\303\\244\\377\"");
  CHECK(quote_path("ä b") == "ä b");
  CHECK(quote_path("") == "");
}

TEST_CASE("terminal controls are taken out and the text between them is kept") {
  CHECK(strip_terminal_controls("\x1B[1;31mred\x1B[0m") == "red");
  CHECK(strip_terminal_controls("\x1B]0;title\apath") == "path");
  CHECK(strip_terminal_controls("\x1B]8;;http://x\x1B\\link\x1B]8;;\x1B\\") == "link");
  CHECK(strip_terminal_controls("a\x1BPq#0\x1B\\b") == "ab");
  CHECK(strip_terminal_controls("a\x1B(Bb\x1B=c") == "abc");
  CHECK(strip_terminal_controls("a\b\r\x7Fz") == "az");
  CHECK(strip_terminal_controls("tab\tline\n") == "tab\tline\n");
  CHECK(strip_terminal_controls("ü € 😀") == "ü € 😀");
}

TEST_CASE("8-bit controls are taken out in UTF-8 and as stray bytes") {
  CHECK(strip_terminal_controls("\xC2\x9B"
                                "31mred") == "red");
  CHECK(strip_terminal_controls("\xC2\x9D"
                                "0;t\xC2\x9C"
                                "x") == "x");
  CHECK(strip_terminal_controls("a\x9B"
                                "b\xFF") == "ab\xFF");
}

TEST_CASE("a control that is not ended cannot swallow what follows its line") {
  CHECK(strip_terminal_controls("\x1B]0;never ended\nnext") == "\nnext");
  CHECK(strip_terminal_controls("\x1B[12") == "");
  CHECK(strip_terminal_controls("x\x1B") == "x");
  CHECK(strip_terminal_controls("\x1B[3\nnext") == "\nnext");
}

TEST_CASE("no control is left of random bytes") {
  std::mt19937 random(7);
  const std::string_view alphabet =
      "\x1B\x1B[]P\\;0m\a\n\t\r\xC2\x9B\x9C\x80\xE2\x82\xAC"
      "ab";
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes;
    for (std::size_t n = random() % 24; n > 0; --n) {
      bytes += alphabet[random() % alphabet.size()];
    }
    const std::string plain = strip_terminal_controls(bytes);
    for (const char c : plain) {
      REQUIRE((static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t'));
    }
    REQUIRE(plain.find("\xC2\x9B") == std::string::npos);
  }
}
