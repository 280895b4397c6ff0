// Tokens in the formats of their providers.
#include <array>

#include "base/ascii.h"
#include "checks/secrets/secrets.h"
#include "checks/secrets/value.h"

namespace gs::checks {
namespace {

using session::Severity;

enum class Proof { Shape, Mixed, Base62, OpenAi };

// A format is text as it stands, with "{set:least-most}" for runs of characters; sets: a letters
// and digits, w these with "-" and "_", u base 32 as AWS writes it, U capitals and digits,
// h and H hexadecimal digits, d digits, b base 64.
struct TokenFormat {
  std::string_view name;
  std::string_view format;
  Proof proof = Proof::Mixed;
};
constexpr auto kFormats = std::to_array<TokenFormat>({
    {"AWS access key", "AKIA{u:16}"},
    {"AWS access key", "ASIA{u:16}"},
    {"GitHub personal access token", "ghp_{a:36}", Proof::Base62},
    {"GitHub OAuth token", "gho_{a:36}", Proof::Base62},
    {"GitHub user token", "ghu_{a:36}", Proof::Base62},
    {"GitHub server token", "ghs_{a:36}", Proof::Base62},
    {"GitHub refresh token", "ghr_{a:36-76}", Proof::Base62},
    {"GitHub fine-grained token", "github_pat_{a:22}_{a:59}"},
    {"GitLab personal access token", "glpat-{w:20-300}"},
    {"GitLab trigger token", "glptt-{h:40}"},
    {"GitLab deploy token", "gldt-{w:20-64}"},
    {"GitLab runner token", "glrt-{w:20-64}"},
    {"GitLab CI job token", "glcbt-{w:20-64}"},
    {"GitLab agent token", "glagent-{w:50-1024}"},
    {"Slack bot token", "xoxb-{d:8-14}-{w:18-200}"},
    {"Slack user token", "xoxp-{d:8-14}-{w:24-200}"},
    {"Slack app token", "xapp-{d:1-2}-{U:8-14}-{d:8-14}-{h:60-70}"},
    {"Slack webhook", "hooks.slack.com/services/T{U:8-12}/B{U:8-12}/{a:23-25}"},
    {"Discord webhook", "discord.com/api/webhooks/{d:17-20}/{w:60-72}"},
    {"Stripe live key", "sk_live_{a:24-110}"},
    {"Stripe restricted key", "rk_live_{a:24-110}"},
    {"Google API key", "AIza{w:35}"},
    {"Google OAuth client secret", "GOCSPX-{w:28}"},
    {"npm access token", "npm_{a:36}"},
    {"PyPI API token", "pypi-AgEIcHlwaS5vcmc{w:60-250}"},
    {"TestPyPI API token", "pypi-AgENdGVzdC5weXBpLm9yZw{w:60-250}"},
    {"OpenAI API key", "sk-proj-{w:40-250}", Proof::OpenAi},
    {"OpenAI API key", "sk-svcacct-{w:40-250}", Proof::OpenAi},
    {"OpenAI admin key", "sk-admin-{w:40-250}", Proof::OpenAi},
    {"OpenAI API key", "sk-{a:20}T3BlbkFJ{a:20}"},
    {"Anthropic API key", "sk-ant-api03-{w:93}AA"},
    {"Anthropic admin key", "sk-ant-admin01-{w:93}AA"},
    {"Anthropic OAuth token", "sk-ant-oat01-{w:80-120}"},
    {"Hugging Face token", "hf_{a:34}"},
    {"Groq API key", "gsk_{a:52}"},
    {"Replicate API token", "r8_{a:37}"},
    {"DigitalOcean token", "dop_v1_{h:64}", Proof::Shape},
    {"DigitalOcean OAuth token", "doo_v1_{h:64}", Proof::Shape},
    {"SendGrid API key", "SG.{w:22}.{w:43}"},
    {"Shopify access token", "shpat_{H:32}", Proof::Shape},
    {"Shopify shared secret", "shpss_{H:32}", Proof::Shape},
    {"Square access token", "sq0atp-{w:22}"},
    {"Square OAuth secret", "sq0csp-{w:43}"},
    {"Databricks token", "dapi{h:32}", Proof::Shape},
    {"Docker Hub token", "dckr_pat_{w:27}"},
    {"HashiCorp Vault token", "hvs.{w:90-300}"},
    {"Linear API key", "lin_api_{a:40}"},
    {"Notion token", "ntn_{d:11}{a:35}"},
    {"Postman API key", "PMAK-{h:24}-{h:34}", Proof::Shape},
    {"Grafana service account token", "glsa_{a:32}_{H:8}"},
    {"New Relic user key", "NRAK-{U:27}"},
    {"Doppler token", "dp.pt.{a:43}"},
    {"Pulumi access token", "pul-{h:40}", Proof::Shape},
    {"RubyGems API key", "rubygems_{h:48}", Proof::Shape},
    {"crates.io token", "cio{a:32}"},
    {"Supabase access token", "sbp_{h:40}", Proof::Shape},
    {"Sentry user token", "sntryu_{h:64}", Proof::Shape},
    {"Figma token", "figd_{w:40}"},
    {"Atlassian API token", "ATATT3{b:150-250}"},
    {"Buildkite token", "bkua_{h:40}", Proof::Shape},
    {"Brevo API key", "xkeysib-{h:64}-{a:16}"},
    {"PlanetScale token", "pscale_tkn_{w:32-64}"},
    {"Tailscale key", "tskey-auth-{a:10-30}-{a:20-40}"},
    {"age secret key", "AGE-SECRET-KEY-1{U:58}"},
    {"Azure storage key", "AccountKey={b:86}=="},
});

bool is_in_set(char c, char set) {
  switch (set) {
    case 'a':
      return is_alnum(c);
    case 'w':
      return is_alnum(c) || c == '-' || c == '_';
    case 'u':
      return is_upper(c) || (c >= '2' && c <= '7');
    case 'U':
      return is_upper(c) || is_digit(c);
    case 'h':
      return is_hex_digit(c) && !is_upper(c);
    case 'H':
      return is_hex_digit(c);
    case 'd':
      return is_digit(c);
    case 'b':
      return is_alnum(c) || c == '+' || c == '/' || c == '-' || c == '_';
    default:
      return false;
  }
}

std::size_t take_count(std::string_view& text) {
  std::size_t count = 0;
  while (!text.empty() && is_digit(text.front())) {
    count = count * 10 + static_cast<std::size_t>(text.front() - '0');
    text.remove_prefix(1);
  }
  return count;
}

// The length of `format` at the start of `text`, 0 where it does not stand there. Each run takes as
// much as it may, so that the time is that of one look at each character.
std::size_t match_format(std::string_view format, std::string_view text) {
  std::size_t at = 0;
  while (!format.empty()) {
    if (format.front() != '{') {
      if (at >= text.size() || text[at] != format.front()) return 0;
      format.remove_prefix(1);
      ++at;
      continue;
    }
    const char set = format[1];
    format.remove_prefix(3);
    const std::size_t least = take_count(format);
    std::size_t most = least;
    if (format.front() == '-') {
      format.remove_prefix(1);
      most = take_count(format);
    }
    format.remove_prefix(1);
    std::size_t run = 0;
    while (run < most && at < text.size() && is_in_set(text[at], set)) ++run, ++at;
    if (run < least) return 0;
  }
  return at;
}

bool is_mixed(std::string_view value) {
  bool digit = false;
  bool letter = false;
  for (const char c : value) {
    digit = digit || is_digit(c);
    letter = letter || is_alpha(c);
  }
  return digit && letter;
}

bool is_proven(Proof proof, std::string_view value) {
  if (is_placeholder(value) || !is_mixed(value)) return false;
  if (proof == Proof::Base62) return has_base62_checksum(value);
  if (proof == Proof::OpenAi) return value.find("T3BlbkFJ") != std::string_view::npos;
  return proof == Proof::Shape || entropy(value) >= 3.0;
}

// A token begins where no word goes on; "\n" within quotes ends one.
bool starts_word(std::string_view line, std::size_t at) {
  if (at == 0) return true;
  if (at > 1 && line[at - 2] == '\\') return true;
  const char before = line[at - 1];
  return !is_alnum(before) && before != '_' && before != '-';
}

bool ends_word(std::string_view line, std::size_t end) {
  if (end >= line.size()) return true;
  const char after = line[end];
  return !is_alnum(after) && after != '_' && !(after == '-' && end + 1 < line.size());
}

// At the start of a word.
std::optional<SecretMatch> match_token(std::string_view line, std::size_t at) {
  for (const TokenFormat& token : kFormats) {
    if (token.format.front() != line[at]) continue;
    const std::size_t length = match_format(token.format, line.substr(at));
    if (length == 0 || !ends_word(line, at + length)) continue;
    const std::size_t prefix = token.format.find('{');
    if (!is_proven(token.proof, line.substr(at + prefix, length - prefix))) continue;
    return SecretMatch{at,     at + length,        std::string(token.name),
                       prefix, Severity::Critical, token.proof == Proof::Base62 ? 100 : 90};
  }
  return std::nullopt;
}

// Which characters a format can begin with.
const std::array<bool, 256>& first_characters() {
  static const std::array<bool, 256> table = [] {
    std::array<bool, 256> first{};
    for (const TokenFormat& token : kFormats) {
      first[static_cast<unsigned char>(token.format.front())] = true;
    }
    return first;
  }();
  return table;
}

}  // namespace

std::vector<SecretMatch> find_tokens(std::string_view line) {
  constexpr std::size_t kShortest = 20;
  std::vector<SecretMatch> matches;
  const std::array<bool, 256>& first = first_characters();
  for (std::size_t at = 0; at + kShortest <= line.size(); ++at) {
    if (!first[static_cast<unsigned char>(line[at])] || !starts_word(line, at)) continue;
    if (auto match = match_token(line, at)) {
      at = match->end - 1;
      matches.push_back(std::move(*match));
    }
  }
  return matches;
}

}  // namespace gs::checks
