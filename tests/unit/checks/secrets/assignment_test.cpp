// How many secrets under a name are found, and how much else: on samples generated from how
// languages and tools assign, how people name, and what generators of secrets make.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/text.h"
#include "checks/secrets/secrets.h"

namespace gs::checks {
namespace {

// A line of a file: {snake}, {UPPER}, {camel}, {Pascal}, {kebab} and {dotted} are the name, {v} the
// value.
struct Form {
  const char* path;
  const char* text;
};

constexpr auto kForms = std::to_array<Form>({
    {"a.py", "{UPPER} = \"{v}\""},
    {"a.py", "{snake} = '{v}'"},
    {"a.py", "os.environ[\"{UPPER}\"] = \"{v}\""},
    {"a.py", "client = Client(host, {snake}=\"{v}\")"},
    {"a.py", "    \"{snake}\": \"{v}\","},
    {"a.py", "{snake}: str = \"{v}\""},
    {"a.py", "def connect(host, {snake}=\"{v}\"):"},
    {"a.py", "{snake} = os.getenv(\"{UPPER}\", \"{v}\")"},
    {"a.py", "{snake} = os.environ.get('{UPPER}') or '{v}'"},
    {"a.py", "{snake} = b\"{v}\""},
    {"a.py", "self.{snake} = f\"{v}\""},
    {"a.js", "const {camel} = \"{v}\";"},
    {"a.ts", "let {camel}: string = '{v}';"},
    {"a.ts", "  private readonly {camel} = '{v}';"},
    {"a.js", "  {camel}: \"{v}\","},
    {"a.js", "process.env.{UPPER} = `{v}`;"},
    {"a.js", "export const {UPPER} = '{v}';"},
    {"a.js", "const {camel} = process.env.{UPPER} || '{v}';"},
    {"a.js", "const {camel} = process.env.{UPPER} ?? \"{v}\";"},
    {"a.js", "localStorage.setItem(\"{camel}\", \"{v}\");"},
    {"a.js", "headers: { 'X-{kebab}': '{v}' }"},
    {"a.js", "if ({camel} === '{v}') {"},
    {"a.go", "{camel} := \"{v}\""},
    {"a.go", "const {Pascal} = \"{v}\""},
    {"a.go", "\t{Pascal}: \"{v}\","},
    {"a.go", "os.Setenv(\"{UPPER}\", \"{v}\")"},
    {"a.go", "var {camel} string = `{v}`"},
    {"a.c", "#define {UPPER} \"{v}\""},
    {"a.c", "static const char *{snake} = \"{v}\";"},
    {"a.c", "const char {snake}[] = \"{v}\";"},
    {"a.cpp", "constexpr std::string_view k{Pascal} = \"{v}\";"},
    {"a.cpp", "std::string {snake}(\"{v}\");"},
    {"a.cpp", "const std::string {snake}{\"{v}\"};"},
    {"a.java", "private static final String {UPPER} = \"{v}\";"},
    {"a.java", "properties.setProperty(\"{dotted}\", \"{v}\");"},
    {"a.java", "config.set{Pascal}(\"{v}\");"},
    {"a.java", "    .{camel}(\"{v}\")"},
    {"a.java", "@Value(\"${{dotted}:{v}}\")"},
    {"a.cs", "public string {Pascal} { get; set; } = \"{v}\";"},
    {"a.cs", "settings[\"{Pascal}\"] = \"{v}\";"},
    {"a.cs", "var {camel} = @\"{v}\";"},
    {"a.rb", "{snake}: '{v}',"},
    {"a.rb", ":{snake} => \"{v}\""},
    {"a.rb", "ENV['{UPPER}'] = '{v}'"},
    {"a.rb", "{snake} = ENV.fetch('{UPPER}', '{v}')"},
    {"a.php", "define('{UPPER}', '{v}');"},
    {"a.php", "'{snake}' => '{v}',"},
    {"a.php", "${snake} = \"{v}\";"},
    {"a.php", "$this->{camel} = '{v}';"},
    {"a.rs", "const {UPPER}: &str = \"{v}\";"},
    {"a.rs", "let {snake} = String::from(\"{v}\");"},
    {"a.rs", "    {snake}: \"{v}\".to_string(),"},
    {"a.kt", "private val {camel}: String = \"{v}\""},
    {"a.swift", "static let {camel} = \"{v}\""},
    {"a.lua", "local {snake} = '{v}'"},
    {"a.pl", "my ${snake} = '{v}';"},
    {"a.dart", "final String {camel} = '{v}';"},
    {"a.scala", "val {camel} = \"{v}\""},
    {"a.ex", "config :app, {snake}: \"{v}\""},
    {"a.ps1", "$env:{UPPER} = \"{v}\""},
    {"a.ps1",
     "$"
     "{Pascal} = '{v}'"},
    {"a.sh", "export {UPPER}={v}"},
    {"a.sh", "{UPPER}=\"{v}\""},
    {"a.sh", "{UPPER}='{v}' ./run"},
    {"a.sh", "    {UPPER}={v}"},
    {"a.sh", "local {snake}=\"{v}\""},
    {"a.sh", "tool login --{kebab}={v} --host db"},
    {"a.sh", "tool login --{kebab} {v} --host db"},
    {"a.sh", "tool login --{kebab} '{v}'"},
    {"a.sh", "docker run -e {UPPER}={v} image"},
    {"a.sh", ": \"${{UPPER}:={v}}\""},
    {"a.sh", "{UPPER}=${{UPPER}:-{v}}"},
    {"a.sh", "curl -H \"X-{kebab}: {v}\" https://api.acme.io"},
    {"a.sh", "curl 'https://api.acme.io/v1/list?{snake}={v}&page=2'"},
    {"a.fish", "set -gx {UPPER} {v}"},
    {"Dockerfile", "ENV {UPPER}={v}"},
    {"Dockerfile", "ENV {UPPER} {v}"},
    {"Dockerfile", "ARG {UPPER}=\"{v}\""},
    {"Makefile", "{UPPER} := {v}"},
    {"Makefile", "{UPPER} ?= {v}"},
    {"CMakeLists.txt", "set({UPPER} \"{v}\")"},
    {".env", "{UPPER}={v}"},
    {".env.production", "{UPPER}=\"{v}\""},
    {"a.yml", "{snake}: {v}"},
    {"a.yml", "  {camel}: \"{v}\""},
    {"a.yaml", "    {kebab}: '{v}'  # prod"},
    {"docker-compose.yml", "      - {UPPER}={v}"},
    {"a.yml", "      {UPPER}: {v}"},
    {"a.yml", "  - {name: {UPPER}, value: \"{v}\"}"},
    {"a.json", "  \"{snake}\": \"{v}\","},
    {"a.json", "{\"host\":\"db\",\"{camel}\":\"{v}\",\"port\":1}"},
    {"a.json", "\"{Pascal}\" : \"{v}\""},
    {"a.toml", "{snake} = \"{v}\""},
    {"a.toml", "server = { host = \"db\", {snake} = '{v}' }"},
    {"a.ini", "{snake} = {v}"},
    {"a.ini", "{Pascal}={v}"},
    {"a.properties", "{dotted}={v}"},
    {"a.properties", "app.{kebab}: {v}"},
    {"a.conf", "{snake} \"{v}\";"},
    {"a.conf", "{snake} {v}"},
    {"a.tf", "  {snake} = \"{v}\""},
    {"a.tfvars", "{snake} = \"{v}\""},
    {"a.nix", "{camel} = \"{v}\";"},
    {"a.xml", "<{camel}>{v}</{camel}>"},
    {"a.xml", "<add key=\"{Pascal}\" value=\"{v}\" />"},
    {"a.xml", "<property name=\"{dotted}\" value=\"{v}\"/>"},
    {"a.xml", "<entry key=\"{dotted}\">{v}</entry>"},
    {"a.xml", "<string name=\"{snake}\">{v}</string>"},
    {"a.xml", "<server host=\"db\" {camel}=\"{v}\"/>"},
    {"a.gradle", "    {camel} = '{v}'"},
    {"a.sql", "ALTER USER app SET {snake} = '{v}';"},
    {"a.ipynb", "    \"{snake} = '{v}'\\n\","},
});

constexpr auto kNames = std::to_array<const char*>({"password",
                                                    "db password",
                                                    "passwd",
                                                    "secret",
                                                    "client secret",
                                                    "api key",
                                                    "auth token",
                                                    "access token",
                                                    "refresh token",
                                                    "secret key",
                                                    "encryption key",
                                                    "jwt secret",
                                                    "webhook secret",
                                                    "smtp pass",
                                                    "signing key",
                                                    "aws secret access key",
                                                    "stripe api key",
                                                    "session secret",
                                                    "redis password",
                                                    "token",
                                                    "private key",
                                                    "admin password",
                                                    "github token",
                                                    "service account key",
                                                    "database passwd",
                                                    "oauth client secret",
                                                    "bot token",
                                                    "mysql root password",
                                                    "consumer secret",
                                                    "app secret",
                                                    "api token",
                                                    "passphrase",
                                                    "master key",
                                                    "deploy token",
                                                    "registry password",
                                                    "slack signing secret",
                                                    "storage account key",
                                                    "hmac secret",
                                                    "user password",
                                                    "license key"});

// What is under a secret's name and yet none.
constexpr auto kNoSecrets = std::to_array<const char*>({"changeme",
                                                        "change-me-in-production",
                                                        "<your-key>",
                                                        "<API_KEY>",
                                                        "your-api-key-here",
                                                        "YOUR_SECRET_HERE",
                                                        "xxxxxxxxxxxxxxxxxxxxxxxx",
                                                        "XXXX-XXXX-XXXX-XXXX",
                                                        "****************",
                                                        "...",
                                                        "null",
                                                        "None",
                                                        "true",
                                                        "undefined",
                                                        "",
                                                        "${SECRET_FROM_ENV}",
                                                        "$SECRET_FROM_ENV",
                                                        "$(cat /run/secrets/db1)",
                                                        "{{ vault_password_2 }}",
                                                        "%(password1)s",
                                                        "#{ENV['TOKEN_1']}",
                                                        "%ENV_SECRET_1%",
                                                        "ENC[AES256_GCM]",
                                                        "arn:aws:secretsmanager:eu-west-1:key",
                                                        "example",
                                                        "placeholder-value-1",
                                                        "my-app-secret-name",
                                                        "/run/secrets/db_password_v2",
                                                        "REDACTED",
                                                        "replace_with_real_value_1",
                                                        "test-password-123456",
                                                        "dummy-token-000000",
                                                        "process.env.KEY1",
                                                        "config/credentials.yml",
                                                        "https://example.org/oauth2/token",
                                                        "Bearer",
                                                        "hunter2",
                                                        "password",
                                                        "secret",
                                                        "correct horse battery",
                                                        "Enter your password",
                                                        "must have 8 characters",
                                                        "00000000-0000-0000-0000-000000000000",
                                                        "user.password_v2",
                                                        "settings.getApiKey2()",
                                                        "kube-system/tls-cert-2024",
                                                        "deadbeefdeadbeefdeadbeefdeadbeef",
                                                        "aaaaaaaaaaaaaaaaaaaaaaaa",
                                                        "1234567890123456",
                                                        "abcdefghijklmnopqrstuvwxyz",
                                                        "2024-05-01T12:00:00Z",
                                                        "v2.11.3-alpine",
                                                        "@Microsoft.KeyVault(SecretUri)",
                                                        "op://vault/item/field",
                                                        "vault:secret/data/app#key1"});

// Random values under names that say what they are.
constexpr auto kNeutral = std::to_array<Form>({
    {"a.py", "sha256 = \"{hex64}\""},
    {"a.yml", "checksum: {hex64}"},
    {"a.json", "\"integrity\": \"sha512-{b64}==\","},
    {"a.json", "\"id\": \"{uuid}\","},
    {"a.py", "request_id = \"{uuid}\""},
    {"a.yml", "commit: {hex40}"},
    {"a.yml", "  rev: {hex40}"},
    {"a.rb", "revision = '{hex40}'"},
    {"a.html", "<img src=\"data:image/png;base64,{b64}{b64}\">"},
    {"a.css", "background: url(data:image/gif;base64,{b64});"},
    {"a.js", "const etag = \"{hex32}\";"},
    {"a.go", "digest := \"sha256:{hex64}\""},
    {"Dockerfile", "FROM alpine@sha256:{hex64}"},
    {"a.yml", "uses: actions/checkout@{hex40}"},
    {"a.tf", "  ami = \"ami-{hex16}\""},
    {"a.py", "password_hash = \"{b62}\""},
    {"a.py", "public_key = \"{b64}\""},
    {"a.js", "const cacheKey = \"{b62}\";"},
    {"a.js", "primaryKey: \"{uuid}\","},
    {"a.py", "next_page_token = \"{b62}\""},
    {"a.js", "csrfToken: \"{b62}\","},
    {"a.xml", "<ProjectGuid>{uuid}</ProjectGuid>"},
    {"a.sh", "EXPECTED_MD5={hex32}"},
    {"a.py", "trace_id = '{hex32}'"},
    {"a.java", "serialVersion = \"{b62}\";"},
    {"a.py", "assert digest(token) == \"{hex64}\""},
    {"a.json", "\"tokenizer\": \"{b62}\","},
    {"a.py", "secret_id = \"{uuid}\""},
    {"a.yml", "keyFingerprint: {hex40}"},
    {"a.js", "import x from './chunk-{hex16}.js'"},
});

class Generator {
 public:
  std::size_t below(std::size_t count) { return random_() % count; }
  std::string of(std::string_view alphabet, std::size_t length) {
    std::string text;
    while (text.size() < length) text += alphabet[below(alphabet.size())];
    return text;
  }
  std::string hex(std::size_t length) { return of("0123456789abcdef", length); }
  std::string base62(std::size_t length) { return of(kAlnum, length); }
  std::string uuid() {
    return hex(8) + "-" + hex(4) + "-4" + hex(3) + "-a" + hex(3) + "-" + hex(12);
  }
  std::string secret() {
    switch (below(9)) {
      case 0:
        return hex(32);
      case 1:
        return hex(40 + 24 * below(2));
      case 2:
        return base62(16 + below(33));
      case 3:
        return of(std::string(kAlnum) + "-_", 32 + below(33));
      case 4:
        return of(std::string(kAlnum) + "+/", 43) + "=";
      case 5:
        return of(std::string(kAlnum) + "!*-_+=?^", 14 + below(10));
      case 6:
        return of("abcdefghijklmnopqrstuvwxyz0123456789", 20 + below(21));
      case 7:
        return of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 32);
      default:
        return uuid();
    }
  }

 private:
  static constexpr std::string_view kAlnum =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::mt19937 random_{20240501};
};

void replace_all(std::string& text, std::string_view what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

std::string spelled(std::string_view name, char separator, bool upper) {
  std::string text(name);
  for (char& c : text) {
    if (c == ' ') c = separator;
    if (upper && is_lower(c)) c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

std::string humps(std::string_view name, bool first) {
  std::string text;
  bool upper = first;
  for (const char c : name) {
    if (c != ' ') text += upper && is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
    upper = c == ' ';
  }
  return text;
}

std::string sample(const Form& form, std::string_view name, const std::string& value) {
  std::string line = form.text;
  replace_all(line, "{snake}", spelled(name, '_', false));
  replace_all(line, "{UPPER}", spelled(name, '_', true));
  replace_all(line, "{kebab}", spelled(name, '-', false));
  replace_all(line, "{dotted}", "app." + spelled(name, '.', false));
  replace_all(line, "{camel}", humps(name, false));
  replace_all(line, "{Pascal}", humps(name, true));
  replace_all(line, "{v}", value);
  return line;
}

std::string neutral(const Form& form, Generator& generator) {
  std::string line = form.text;
  replace_all(line, "{hex16}", generator.hex(16));
  replace_all(line, "{hex32}", generator.hex(32));
  replace_all(line, "{hex40}", generator.hex(40));
  replace_all(line, "{hex64}", generator.hex(64));
  replace_all(line, "{uuid}", generator.uuid());
  replace_all(line, "{b62}", generator.base62(32));
  replace_all(line, "{b64}", generator.base62(60));
  return line;
}

bool is_found(const char* path, const std::string& line) {
  return !find_secrets(path, {{1, line}}).empty();
}

std::string list(const std::vector<std::string>& lines) {
  return std::to_string(lines.size()) + ":\n" + join(lines, "\n");
}

TEST_CASE("nineteen of twenty secrets under a name are found, whatever the language") {
  Generator generator;
  std::vector<std::string> missed;
  std::size_t samples = 0;
  for (const Form& form : kForms) {
    for (int i = 0; i < 10; ++i) {
      const std::string line =
          sample(form, kNames[generator.below(kNames.size())], generator.secret());
      ++samples;
      if (!is_found(form.path, line)) missed.push_back(std::string(form.path) + ": " + line);
    }
  }
  REQUIRE(samples >= 1000);
  INFO("missed of " << samples << ", " << list(missed));
  CHECK(missed.size() * 20 <= samples);
}

TEST_CASE("what only looks like a secret is left alone") {
  Generator generator;
  std::vector<std::string> wrong;
  std::size_t samples = 0;
  const auto check = [&](const char* path, const std::string& line) {
    ++samples;
    if (is_found(path, line)) wrong.push_back(std::string(path) + ": " + line);
  };
  for (const char* value : kNoSecrets) {
    for (int i = 0; i < 20; ++i) {
      const Form& form = kForms[generator.below(kForms.size())];
      check(form.path, sample(form, kNames[generator.below(kNames.size())], value));
    }
  }
  for (const Form& form : kNeutral) {
    for (int i = 0; i < 10; ++i) check(form.path, neutral(form, generator));
  }
  REQUIRE(samples >= 1000);
  INFO("wrong of " << samples << ", " << list(wrong));
  CHECK(wrong.size() <= 5);
}

}  // namespace
}  // namespace gs::checks
