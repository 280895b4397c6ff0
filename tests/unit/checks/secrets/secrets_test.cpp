#include <doctest/doctest.h>

#include <chrono>
#include <string>

#include "checks/secrets/mask.h"
#include "checks/secrets/secrets.h"
#include "checks/secrets/value.h"

namespace gs::checks {
namespace {

// Tokens are put together, so that this file holds none.
const std::string kGitHub = std::string("ghp") + "_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17";
constexpr std::string_view kRandom =
    "q7Zt2Kx9Bv4Lm8Rp1Wd6Hs3Yc5Nf0Gj7Ta2Qe9Xu4Ib8Ok1Pz6Av3Dw5Ry0Fh7Mg2Jl9Sc4Tn8Ue1Vi6Bx3Cq5Kz0"
    "Ew7Gr2Hp9";
constexpr std::string_view kHex =
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
constexpr std::string_view kCapitals = "Q7ZT2KX9BV4LM8RP5WD6HS3YC5NF4GJ7TA2QE9XU4IB8OK5PZ6AV3DW5RY";

std::string random(std::size_t length) {
  return std::string(kRandom.substr(0, length));
}
std::string hex(std::size_t length) {
  return std::string(kHex.substr(0, length));
}

std::vector<git::AddedLine> lines(const std::vector<std::string>& texts) {
  std::vector<git::AddedLine> added;
  for (const std::string& text : texts) added.push_back({added.size() + 1, text});
  return added;
}

std::vector<session::Finding> find(std::string_view path, const std::string& text) {
  return find_secrets(path, lines({text}));
}

void check_nothing(std::string_view path, const std::string& text) {
  CAPTURE(path);
  CAPTURE(text);
  CHECK(find(path, text).empty());
}

void check_found(std::string_view path, const std::string& text) {
  CAPTURE(path);
  CAPTURE(text);
  CHECK(find(path, text).size() == 1);
}

TEST_CASE("tokens of every provider's format are found wherever they stand") {
  const std::vector<std::string> tokens = {
      kGitHub,
      std::string("AKIA") + "Q7ZT2KX5BV4LM6RP",
      "github_pat" + std::string("_") + random(22) + "_" + random(59),
      "glpat" + std::string("-") + random(20),
      "xoxb" + std::string("-") + "2847561930284-3958672041395-" + random(24),
      "https://hooks.slack.com" + std::string("/services/") + "T7ZT2KX9B/B4LM8RP5W/" + random(24),
      "sk_live" + std::string("_") + random(24),
      "AIza" + random(35),
      "npm" + std::string("_") + random(36),
      "pypi-AgEIcHlwaS5vcmc" + random(90),
      "sk-proj" + std::string("-") + random(40) + "T3BlbkFJ" + random(40),
      "sk-" + random(20) + "T3BlbkFJ" + random(20),
      "sk-ant" + std::string("-api03-") + random(93) + "AA",
      "hf" + std::string("_") + random(34),
      "dop_v1" + std::string("_") + hex(64),
      "SG" + std::string(".") + random(22) + "." + random(43),
      "AGE-SECRET-KEY-1" + std::string(kCapitals),
  };
  for (const std::string& token : tokens) {
    for (const auto& [before, after] :
         std::vector<std::pair<std::string, std::string>>{{"", ""},
                                                          {"x = \"", "\";"},
                                                          {"curl -H 'Authorization: Bearer ", "'"},
                                                          {"\\n", "\\n"}}) {
      const std::string line = before + token + after;
      const auto found = find("src/a.py", line);
      CAPTURE(line);
      REQUIRE(found.size() == 1);
      CHECK(found[0].severity == session::Severity::Critical);
      CHECK(found[0].detail.find(token) == std::string::npos);
      CHECK(mask_secrets(line).find(token.substr(token.size() - 10)) == std::string::npos);
      CHECK(mask_secrets(line).starts_with(before));
    }
  }
}

TEST_CASE("a token within a longer word is none") {
  check_nothing("a.py", "x" + kGitHub);
  check_nothing("a.py", kGitHub + "x");
  check_nothing("a.py", "data:AAAAAKIA" + std::string("Q7ZT2KX5BV4LM6RP") + "AAAA");
}

TEST_CASE("a GitHub token without its checksum is less certain") {
  std::string wrong = kGitHub;
  wrong.back() = '8';
  const auto found = find("a.py", wrong);
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == session::Severity::High);
  CHECK(found[0].confidence == 60);
  CHECK(find("a.py", kGitHub)[0].confidence == 100);
}

TEST_CASE("what only stands in a token's place is none") {
  check_nothing("a.py", "ghp_" + std::string(36, 'x'));
  check_nothing("a.py", std::string("AKIA") + "IOSFODNN7EXAMPLE");
  check_nothing("a.py", "glpat-your-token-goes-here-please");
  check_nothing("a.py", "xoxb-" + std::string("123456789012-123456789012-") + random(24));
  check_nothing("a.py", "sk_live_" + std::string(30, '1'));
}

TEST_CASE("a private key counts where the key itself is there") {
  const std::string begin = std::string("-----BEGIN ") + "RSA PRIVATE KEY-----";
  const std::string body = random(64);
  CHECK(find_secrets("server.key", lines({begin, body})).size() == 1);
  CHECK(find_secrets("a.js", lines({"const k = `" + begin, body})).size() == 1);
  CHECK(find_secrets("a.c", lines({"\"" + begin + "\\n\"", "\"" + body + "\\n\""})).size() == 1);
  const auto inline_key = find("a.json", "\"key\": \"" + begin + "\\n" + body + "\\n\"");
  REQUIRE(inline_key.size() == 1);
  CHECK(inline_key[0].detail.find(body.substr(0, 20)) == std::string::npos);
  CHECK(find_secrets("k", lines({begin, "Proc-Type: 4,ENCRYPTED", "DEK-Info: AES", "", body}))
            .size() == 1);
  CHECK(find_secrets("README.md", lines({begin, "...", "-----END"})).empty());
  CHECK(find_secrets("a.py", lines({"if text.startswith('" + begin + "'):", "  pass"})).empty());
  CHECK(find_secrets("k.pem", lines({"-----BEGIN CERTIFICATE-----", body})).empty());
  CHECK(find_secrets("tests/server.key", lines({begin, body})).empty());
  std::vector<git::AddedLine> apart = lines({begin, body});
  apart[1].number = 9;
  CHECK(find_secrets("server.key", apart).empty());
}

TEST_CASE("a random value under a secret's name is found in the ways that languages assign") {
  for (const std::string& line : {
           "API_KEY = \"" + random(32) + "\"",
           "const apiKey: string = '" + random(32) + "';",
           "  \"client_secret\": \"" + random(32) + "\",",
           "config['secret_key'] = '" + random(32) + "'",
           ":password => \"" + random(20) + "\"",
           "String dbPassword = \"" + random(20) + "\";",
           "token := `" + hex(40) + "`",
           "aws_secret_access_key=\"" + random(40) + "\"",
       }) {
    check_found("src/settings.x", line);
    CHECK(mask_secrets(line).find(random(12)) == std::string::npos);
  }
  check_found("app/.env", "SECRET_KEY_BASE=" + hex(64));
  check_found("app/.env", "export AUTH_TOKEN=" + random(30));
  check_found("deploy.yml", "  - password: " + random(24) + "  # prod");
}

TEST_CASE("a key may be a UUID") {
  check_found("src/settings.x", "heroku_api_key = \"3f2b9c1e-7d54-4a8b-9e60-c2d1f0a7b86e\"");
  check_found("app/.env", "ACCESS_TOKEN=3f2b9c1e-7d54-4a8b-9e60-c2d1f0a7b86e");
}

TEST_CASE("headers, URLs, calls and markup assign too") {
  check_found("src/a.py", "headers = {'Authorization': 'Bearer " + random(32) + "'}");
  check_found("src/a.sh",
              "curl -H 'authorization: bearer " + random(32) + "' https://api.internal");
  check_found("src/a.php", "define('DB_PASSWORD', '" + random(20) + "');");
  check_found("app.config", "<add key=\"ApiKey\" value=\"" + random(24) + "\" />");
  const std::string url = "DATABASE_URL = 'postgres://app:kV7-dLm2_Qx@db.internal:5432/app'";
  check_found("src/settings.py", url);
  CHECK(mask_secrets(url) == "DATABASE_URL = 'postgres://app:****@db.internal:5432/app'");
  check_nothing("src/a.py", "postgres://app:kV7dLm2Qx@localhost/app");
  check_nothing("src/a.py", "https://user:password@host.internal/");
  check_nothing("src/a.py", "https://user:${PASSWORD}@host.internal/");
  check_nothing("src/a.py", "https://example.com:8080/a@b");
  check_nothing("src/a.py", "the bearer of this-letter-has-a-long-word-in-it");
}

TEST_CASE("every secret of a line is masked, whichever is reported") {
  const std::string both = "token = '" + kGitHub + "'; password = '" + random(20) +
                           "'; url = 'https://app:kV7-dLm2_Qx@db.internal/'";
  const std::string masked =
      "token = 'ghp_****'; password = '****'; url = 'https://app:****@db.internal/'";
  CHECK(mask_secrets(both) == masked);
  const auto in_source = find("src/a.py", both);
  REQUIRE(in_source.size() == 3);
  const auto in_test = find("tests/a.py", both);
  REQUIRE(in_test.size() == 1);
  for (const auto& finding : {in_source[0], in_source[1], in_source[2], in_test[0]}) {
    CHECK(finding.detail == masked);
  }
}

TEST_CASE("a secret's name in a title is a name") {
  const auto found =
      find("app.config", "<add key=\"\x1b]0;x\x07 ApiKey\" value=\"" + random(24) + "\" />");
  REQUIRE(found.size() == 1);
  CHECK(found[0].title == "value of 'ApiKey' in added lines");
}

TEST_CASE("a line of a million words that begin like tokens is read once") {
  for (const char* word :
       {"fm2_/", "ops_eyJ/", "ATCTT3x/", "ey0123456789abcdefg.ey/", "glc_/", "sig=%"}) {
    std::string line;
    while (line.size() < 2'000'000) line += word;
    CHECK(find_tokens(line).empty());
    CHECK(find_tokens(line + " " + kGitHub).size() == 1);
  }
}

TEST_CASE("lines made of what assignments are made of are read in a bounded number of steps") {
  for (const char* word : {"=", ":", "\"", "'", ">", "<a>", "\"=", "key=", "token: ", "${X:-"}) {
    std::string line;
    while (line.size() < 1990) line += word;
    const std::vector<std::string> many(100, line);
    CHECK(find_secrets("a.yml", lines(many)).empty());
  }
}

TEST_CASE("a token counts in a patch too where it is context") {
  check_found("a.patch", " token = '" + kGitHub + "'");
  check_nothing("a.patch", " password = '" + random(32) + "'");
}

TEST_CASE("names and texts that are no file are searched") {
  const auto in_name = find_secrets_in_name("src/" + kGitHub, "in a file name");
  REQUIRE(in_name.size() == 1);
  CHECK(in_name[0].file == "src/ghp_****");
  CHECK(in_name[0].title == "GitHub personal access token in a file name");
  const auto in_text = find_secrets_in_text("feat: a\n\npassword: " + random(24), "in a message");
  REQUIRE(in_text.size() == 1);
  CHECK(in_text[0].line == 3);
  CHECK(in_text[0].detail == "password: ****");
}

TEST_CASE("in binary content only a token's own prefix tells") {
  CHECK(find_secrets_in_strings("a.out", {"xx " + kGitHub + " yy"}, "in binary content").size() ==
        1);
  CHECK(find_secrets_in_strings("a.out", {"password = \"" + random(32) + "\""}, "").empty());
}

TEST_CASE("no path hides a token") {
  for (const char* path : {"package-lock.json", "dist/app.min.js", "tests/fixtures/a.json",
                           "docs/README.md", "go.sum"}) {
    check_found(path, kGitHub);
  }
  check_nothing("dist/app.min.js", "API_KEY = \"" + random(32) + "\"");
}

TEST_CASE("names of something else, and values that nobody has to keep, are passed over") {
  const std::string value = random(32);
  for (const std::string& line : {
           "public_key = \"" + value + "\"",
           "csrf_token = \"" + value + "\"",
           "next_page_token = \"" + value + "\"",
           "password_hash = \"" + value + "\"",
           "checksum = \"" + value + "\"",
           "primary_key = \"" + value + "\"",
           "token_url = \"" + value + "\"",
           "if (token != \"" + value + "\"",
           std::string("password = \"my-very-secret-password-1\""),
           std::string("password = \"com.example.auth.PasswordHandler2\""),
           std::string("secret = \"${SECRET_FROM_ENVIRONMENT_2}\""),
           std::string("secret = \"https://example.org/a1b2c3d4e5f6\""),
           std::string("token = \"550e8400-e29b-41d4-a716-446655440000\""),
           std::string("password = \"$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9\""),
           std::string("password = \"Please enter your 2 passwords\""),
           std::string("secret_key = \"abcdefghijklmnop1234\""),
       }) {
    check_nothing("src/settings.x", line);
  }
  check_nothing("src/a.py", "SECRET=" + value);  // no quotes: not a string of Python
  check_nothing("README.md", "api_key = \"" + value + "\"");
  check_nothing("tests/a.py", "api_key = \"" + value + "\"");
  check_nothing("package-lock.json", "\"token\": \"" + value + "\"");
  check_nothing("dist/a.min.js", "apiKey:\"" + value + "\"");
}

TEST_CASE("a line can be allowed in the ways of the usual scanners") {
  check_nothing("a.py", kGitHub + "  # gitleaks:allow");
  check_nothing("a.py", kGitHub + "  # pragma: allowlist secret");
}

TEST_CASE("several secrets of a line are told apart, and each is blanked out") {
  const std::string line = "a = '" + kGitHub + "', b = '" + "hf_" + random(34) + "'";
  CHECK(find("a.py", line).size() == 2);
  CHECK(mask_secrets(line) == "a = 'ghp_****', b = 'hf_****'");
}

TEST_CASE("a line of megabytes takes no longer than its length") {
  std::string line;
  while (line.size() < 4'000'000) line += "ghp_\"sk-AKIA = '";
  const auto started = std::chrono::steady_clock::now();
  CHECK(find("a.py", line).empty());
  CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(20));
}

TEST_CASE("the checksum of GitHub's tokens") {
  CHECK(crc32("123456789") == 0xCBF43926U);
  CHECK(has_base62_checksum(std::string_view(kGitHub).substr(4)));
  CHECK_FALSE(has_base62_checksum("0mLq17"));
  CHECK_FALSE(has_base62_checksum(""));
}

}  // namespace
}  // namespace gs::checks
