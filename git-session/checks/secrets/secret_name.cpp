#include "checks/secrets/secret_name.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/text.h"

namespace gs::checks {
namespace {

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
     "sendbird",    "shopify",      "zoom",         "yandex",      "alibaba"});
// A name with one of these is not a secret: it is public, a placeholder, or only a marker.
constexpr std::array<std::string_view, 23> kOtherWords{
    "public",      "csrf",     "xsrf",    "hash",         "hashed",      "digest",
    "checksum",    "fake",     "mock",    "dummy",        "example",     "sample",
    "test",        "page",     "next",    "continuation", "cursor",      "sync",
    "placeholder", "expected", "invalid", "site",         "authenticity"};

constexpr auto kSuffixes = std::to_array<std::string_view>(
    {"base", "value", "string", "str", "prod", "production", "live", "dev", "staging", "plain",
     "text", "env", "default", "raw", "hex"});

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

}  // namespace

bool is_name_character(char c) {
  return is_word(c) || c == '-' || c == '.' || c == '$';
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

}  // namespace gs::checks
