// Secrets that are detected by their context: a random value assigned to a secret's name, in an
// Authorization header, or as a password in a URL.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/text.h"
#include "checks/secrets/secrets.h"
#include "checks/secrets/value.h"

namespace gs::checks {
namespace {

constexpr std::size_t kShortest = 16;
constexpr std::size_t kLongest = 512;
constexpr std::size_t kLongestLine = 2000;  // beyond: generated

// As one word ("apikey"). "api_key" is the word "key" after one of kSecretKeys.
constexpr auto kSecretWords = std::to_array<std::string_view>(
    {"password",   "passwords",  "passwd",       "passwort",     "pwd",         "pass",
     "passphrase", "secret",     "secrets",      "token",        "tokens",      "apikey",
     "authtoken",  "credential", "credentials",  "creds",        "cred",        "auth",
     "bearer",     "accesskey",  "secretkey",    "privatekey",   "apitoken",    "accesstoken",
     "apisecret",  "appsecret",  "clientsecret", "refreshtoken", "licensekey",  "masterkey",
     "signingkey", "authkey",    "dbpassword",   "userpassword", "sharedsecret"});
// What makes a "key" a secret: its use, or the service that it opens.
constexpr auto kSecretKeys = std::to_array<std::string_view>(
    {"api",         "access",       "secret",       "private",     "auth",        "encryption",
     "signing",     "account",      "master",       "service",     "storage",     "deploy",
     "webhook",     "client",       "app",          "application", "consumer",    "license",
     "licence",     "session",      "ssh",          "gpg",         "pgp",         "jwt",
     "hmac",        "aes",          "admin",        "root",        "server",      "subscription",
     "shared",      "ingest",       "integration",  "bot",         "functions",   "crypto",
     "decryption",  "cipher",       "publish",      "upload",      "write",       "management",
     "openai",      "anthropic",    "cohere",       "mistral",     "huggingface", "pinecone",
     "stripe",      "paypal",       "square",       "plaid",       "coinbase",    "binance",
     "kraken",      "bittrex",      "alchemy",      "infura",      "etherscan",   "adafruit",
     "aws",         "azure",        "google",       "gcp",         "firebase",    "maps",
     "mapbox",      "github",       "gitlab",       "bitbucket",   "npm",         "slack",
     "discord",     "telegram",     "twitter",      "facebook",    "linkedin",    "twilio",
     "sendgrid",    "mailgun",      "mailchimp",    "postmark",    "sparkpost",   "brevo",
     "messagebird", "vonage",       "nexmo",        "hubspot",     "intercom",    "zendesk",
     "algolia",     "elastic",      "contentful",   "airtable",    "notion",      "linear",
     "asana",       "jira",         "confluence",   "atlassian",   "dropbox",     "figma",
     "datadog",     "sentry",       "rollbar",      "bugsnag",     "newrelic",    "relic",
     "grafana",     "pagerduty",    "opsgenie",     "honeycomb",   "segment",     "mixpanel",
     "amplitude",   "launchdarkly", "heroku",       "netlify",     "vercel",      "cloudflare",
     "fastly",      "akamai",       "digitalocean", "linode",      "vultr",       "hetzner",
     "okta",        "auth0",        "clerk",        "supabase",    "cosmos",      "mongodb",
     "redis",       "snowflake",    "databricks",   "confluent",   "kafka",       "pusher",
     "ably",        "codecov",      "sonar",        "snyk",        "jfrog",       "artifactory",
     "docker",      "buildkite",    "circleci",     "travis",      "drone",       "nuget",
     "rubygems",    "pypi",         "etsy",         "flickr",      "finnhub",     "rapidapi",
     "sendbird",    "shopify",      "okta",         "zoom",        "yandex",      "alibaba"});
// A name with one of these is not a secret: it is public, a placeholder, or only a marker.
constexpr std::array<std::string_view, 23> kOtherWords{
    "public",      "csrf",     "xsrf",    "hash",         "hashed",      "digest",
    "checksum",    "fake",     "mock",    "dummy",        "example",     "sample",
    "test",        "page",     "next",    "continuation", "cursor",      "sync",
    "placeholder", "expected", "invalid", "site",         "authenticity"};

constexpr auto kSuffixes = std::to_array<std::string_view>(
    {"base", "value", "string", "str", "prod", "production", "live", "dev", "staging", "plain",
     "text", "env", "default", "raw", "hex"});

bool is_name_character(char c) {
  return is_word(c) || c == '-' || c == '.' || c == '$';
}

// "AWS_SECRET_ACCESS_KEY", "clientSecret", "db.password" in lower-case words.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool hump = is_upper(name[i]) && i > 0 && is_alpha(name[i - 1]) && !is_upper(name[i - 1]);
    if ((!is_alpha(name[i]) || hump) && !words.back().empty()) words.emplace_back();
    if (is_alpha(name[i])) words.back() += to_lower(name.substr(i, 1));
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool names_a_secret(std::string_view name) {
  std::vector<std::string> words = words_of(name);
  // Numbering and form do not matter: OLD_PASSWORD_2, secret_key_base, token_value.
  while (words.size() > 1 && is_one_of(words.back(), kSuffixes)) words.pop_back();
  if (words.empty()) return false;
  if (std::any_of(words.begin(), words.end(),
                  [](const std::string& word) { return is_one_of(word, kOtherWords); })) {
    return false;
  }
  if (is_one_of(words.back(), kSecretWords)) return true;
  return words.size() > 1 && words.back() == "key" &&
         is_one_of(words[words.size() - 2], kSecretKeys);
}

std::string_view trim_end(std::string_view text) {
  return text.substr(0, text.find_last_not_of(" \t") + 1);  // npos + 1 is 0
}

// The name at the end of `text`: `api_key`, `"api_key"`, `config["api_key"]`.
std::string_view name_before(std::string_view text) {
  text = trim_end(text);
  while (!text.empty() && (text.back() == ']' || text.back() == '"' || text.back() == '\'')) {
    text.remove_suffix(1);
  }
  std::size_t start = text.size();
  while (start > 0 && is_name_character(text[start - 1])) --start;
  return text.substr(start);
}

// The name that `text`, up to a value, assigns it to; "" if `text` does not end in an assignment.
// Skips a type between name and value: "const apiKey: string = …".
std::string_view assigned_name(std::string_view text) {
  text = trim_end(text);
  bool assigns = false;
  while (!text.empty() && (text.back() == '=' || text.back() == ':' || text.back() == '>')) {
    text.remove_suffix(1);
    assigns = true;
  }
  // define("API_KEY", "…"), env.set('token', '…')
  if (!assigns && text.size() > 1 && text.back() == ',' &&
      (text[text.size() - 2] == '"' || text[text.size() - 2] == '\'')) {
    text.remove_suffix(1);
    assigns = true;
  }
  if (!assigns || text.ends_with('!') || text.ends_with('<')) return {};
  text = trim_end(text);
  const std::string_view name = name_before(text);
  const std::string_view before = trim_end(text.substr(0, text.size() - name.size()));
  if (!names_a_secret(name) && before.ends_with(':')) {
    return name_before(before.substr(0, before.size() - 1));
  }
  return name;
}

std::optional<SecretMatch> judge(std::string_view line, std::string_view name, std::size_t begin,
                                 std::size_t end) {
  const std::string_view value = line.substr(begin, end - begin);
  if (value.size() < kShortest || value.size() > kLongest || !names_a_secret(name) ||
      !(looks_random(value) || (is_uuid(value) && !is_placeholder(value)))) {
    return std::nullopt;
  }
  return SecretMatch{begin, end, "value of '" + std::string(name) + "'", 0, session::Severity::High,
                     80};
}

std::vector<SecretMatch> find_quoted(std::string_view line) {
  std::vector<SecretMatch> matches;
  std::string_view last;  // <add key="Password" value="…"/>
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char quote = line[at];
    if (quote != '"' && quote != '\'' && quote != '`') continue;
    const std::size_t end = line.find(quote, at + 1);
    if (end == std::string_view::npos) break;
    std::string_view name = assigned_name(line.substr(0, at));
    if (name == "value") name = name_before(last);
    if (auto match = judge(line, name, at + 1, end)) matches.push_back(std::move(*match));
    last = line.substr(at + 1, end - at - 1);
    at = end;
  }
  return matches;
}

// "export API_KEY=value", "api-key: value # comment"
std::optional<SecretMatch> find_bare(std::string_view line) {
  std::size_t start = line.find_first_not_of(" \t");
  if (start == std::string_view::npos || line[start] == '#' || line[start] == ';') {
    return std::nullopt;
  }
  if (line.substr(start).starts_with("export ")) start += 7;
  if (line.substr(start).starts_with("- ")) start += 2;
  std::size_t name_end = start;
  while (name_end < line.size() && is_name_character(line[name_end])) ++name_end;
  const std::size_t sign = line.find_first_not_of(" \t", name_end);
  if (sign == std::string_view::npos || (line[sign] != '=' && line[sign] != ':')) {
    return std::nullopt;
  }
  const std::size_t begin = line.find_first_not_of(" \t", sign + 1);
  if (begin == std::string_view::npos) return std::nullopt;
  const std::size_t end = std::min(line.find_first_of(" \t\r", begin), line.size());
  return judge(line, line.substr(start, name_end - start), begin, end);
}

// "Authorization: Bearer …" in code, a curl command or a recorded request.
std::vector<SecretMatch> find_bearers(std::string_view line) {
  constexpr std::size_t kLeast = 20;
  std::vector<SecretMatch> matches;
  for (std::size_t at = line.find("earer "); at != std::string_view::npos;
       at = line.find("earer ", at + 1)) {
    const std::size_t begin = at + 6;
    std::size_t end = begin;
    while (end < line.size() && (is_word(line[end]) || std::string_view("-.=+/~").find(line[end]) !=
                                                           std::string_view::npos)) {
      ++end;
    }
    const std::string_view value = line.substr(begin, end - begin);
    if (value.size() >= kLeast && looks_random(value)) {
      matches.push_back({begin, end, "bearer token", 0, session::Severity::High, 80});
    }
  }
  return matches;
}

// Placeholders that people write for a password.
bool is_example_password(std::string_view user, std::string_view password) {
  constexpr auto kExamples = std::to_array<std::string_view>(
      {"pass",     "pwd",   "token", "root",   "admin", "test",  "guest",
       "postgres", "mysql", "redis", "rabbit", "mongo", "user",  "key",
       "foo",      "bar",   "abc",   "xxx",    "pw",    "login", "hunter2"});
  const std::string lower = to_lower(password);
  return lower == to_lower(user) || is_placeholder(password) ||
         std::any_of(kExamples.begin(), kExamples.end(), [&](std::string_view example) {
           return lower.starts_with(example) && lower.size() < example.size() + 4;
         });
}

// "postgres://app:password@db.internal/app"
std::vector<SecretMatch> find_url_passwords(std::string_view line) {
  constexpr std::size_t kLeast = 8;
  std::vector<SecretMatch> matches;
  for (std::size_t at = line.find("://"); at != std::string_view::npos;
       at = line.find("://", at + 1)) {
    const std::size_t begin = at + 3;
    const std::size_t end = std::min(line.find_first_of("/ \t\"'`<>?#,;()|\\", begin), line.size());
    const std::string_view authority = line.substr(begin, end - begin);
    const std::size_t sign = authority.rfind('@');
    const std::size_t colon = authority.find(':');
    if (sign == std::string_view::npos || colon == std::string_view::npos || colon > sign) continue;
    const std::string_view password = authority.substr(colon + 1, sign - colon - 1);
    const std::string_view host = authority.substr(sign + 1);
    const bool variable = password.find_first_of("${}%*[]") != std::string_view::npos;
    const bool known_host = host.starts_with("localhost") || host.starts_with("127.") ||
                            host.find("example") != std::string_view::npos || host.empty();
    if (password.size() < kLeast || variable || known_host ||
        is_example_password(authority.substr(0, colon), password)) {
      continue;
    }
    matches.push_back(
        {begin + colon + 1, begin + sign, "password in a URL", 0, session::Severity::High, 70});
  }
  return matches;
}

}  // namespace

std::vector<SecretMatch> find_assigned_secrets(std::string_view line, bool bare) {
  if (line.size() > kLongestLine) return {};
  std::vector<SecretMatch> matches = find_quoted(line);
  add_apart(matches, find_url_passwords(line));
  add_apart(matches, find_bearers(line));
  if (!bare) return matches;
  if (auto match = find_bare(line)) add_apart(matches, {std::move(*match)});
  return matches;
}

}  // namespace gs::checks
