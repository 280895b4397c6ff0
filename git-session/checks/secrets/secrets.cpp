#include "checks/secrets/secrets.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/text.h"
#include "checks/grounding.h"
#include "checks/lines/source_line.h"
#include "checks/secrets/value.h"

namespace gs::checks {
namespace {

using session::Finding;
using session::Severity;

constexpr std::size_t kDetailLength = 120;
constexpr std::size_t kKeyLine = 40;  // at least so many base 64 characters of a key on one line
constexpr std::size_t kKeyLinesAway = 6;  // headers may come between
constexpr std::string_view kMask = "****";

bool is_base64(char c) {
  return is_alnum(c) || c == '+' || c == '/' || c == '=';
}

// Key material: a long run of base 64 other than a single repeated character.
bool has_key_material(std::string_view text) {
  std::size_t run = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    run = is_base64(text[i]) ? run + 1 : 0;
    if (run == kKeyLine && entropy(text.substr(i + 1 - kKeyLine, kKeyLine)) >= 3.0) return true;
  }
  return false;
}

// "RSA PRIVATE KEY" of "-----BEGIN RSA PRIVATE KEY-----".
std::optional<SecretMatch> private_key_header(std::string_view line) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  const std::size_t begin = line.find(kBegin);
  if (begin == std::string_view::npos) return std::nullopt;
  const std::size_t name = begin + kBegin.size();
  const std::size_t end = line.find("-----", name);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view kind = line.substr(name, end - name);
  if (!kind.ends_with("PRIVATE KEY") && kind != "PGP PRIVATE KEY BLOCK") return std::nullopt;
  return SecretMatch{begin, end + 5, to_lower(kind), end + 5 - begin, Severity::Critical, 95};
}

// The key itself has to follow: on the same line, with "\n" written out, or on those below.
bool key_follows(const std::vector<git::AddedLine>& lines, std::size_t at,
                 const SecretMatch& header) {
  if (has_key_material(std::string_view(lines[at].text).substr(header.end))) return true;
  for (std::size_t i = at + 1; i < lines.size() && i <= at + kKeyLinesAway; ++i) {
    if (lines[i].number != lines[i - 1].number + 1) return false;
    if (has_key_material(lines[i].text)) return true;
  }
  return false;
}

// Files in which values need no quotes.
bool has_bare_values(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  if (name.starts_with(".env") || name.ends_with(".env") || name == ".npmrc" || name == ".pypirc" ||
      name == ".netrc" || name == "credentials") {
    return true;
  }
  for (const std::string_view ending :
       {".properties", ".ini", ".cfg", ".conf", ".yml", ".yaml", ".sh", ".bash", ".tfvars"}) {
    if (name.ends_with(ending)) return true;
  }
  return false;
}

// A line that a patch only quotes: it already exists.
bool is_context_of_patch(std::string_view path, std::string_view line) {
  return (path.ends_with(".patch") || path.ends_with(".diff")) && !line.starts_with('+');
}

bool is_allowed(std::string_view line) {
  return line.find("gitleaks:allow") != std::string_view::npos ||
         line.find("pragma: allowlist secret") != std::string_view::npos;
}

std::string mask(std::string_view line, const std::vector<SecretMatch>& matches) {
  std::string masked;
  std::size_t done = 0;
  for (const SecretMatch& match : matches) {
    masked += line.substr(done, match.begin + match.shown - done);
    masked += kMask;
    done = match.end;
  }
  return masked + std::string(line.substr(done));
}

// A key written on one line continues after its header.
void mask_whole_key(std::string_view line, SecretMatch& header) {
  if (has_key_material(line.substr(header.end))) header.end = line.size();
}

Finding finding_of(std::string_view path, const git::AddedLine& line, const SecretMatch& match,
                   const std::string& masked) {
  Finding finding;
  finding.source = "secret";
  finding.severity = match.severity;
  finding.confidence = match.confidence;
  finding.file = path;
  finding.line = line.number;
  finding.title = match.name + " in added lines";
  finding.detail = ellipsize(strip_terminal_controls(trim(masked)), kDetailLength);
  finding.recommendation =
      "take it out, keep it outside the repository, and revoke it where it has left this machine";
  return finding;
}

// Also those that are not reported in such a file: what is shown has none of them.
std::vector<SecretMatch> with_all_secrets(std::string_view line, std::vector<SecretMatch> matches) {
  constexpr std::size_t kShownAtMost = 2000;
  add_apart(matches, find_assigned_secrets(line.substr(0, kShownAtMost), true));
  if (auto header = private_key_header(line)) {
    mask_whole_key(line, *header);
    if (header->end == line.size()) add_apart(matches, {std::move(*header)});
  }
  return matches;
}

}  // namespace

void add_apart(std::vector<SecretMatch>& matches, std::vector<SecretMatch> more) {
  const auto kept = static_cast<std::ptrdiff_t>(matches.size());
  for (SecretMatch& match : more) {
    const bool apart =
        std::none_of(matches.begin(), matches.begin() + kept, [&match](const SecretMatch& there) {
          return match.begin < there.end && there.begin < match.end;
        });
    if (apart) matches.push_back(std::move(match));
  }
  std::sort(matches.begin(), matches.end(),
            [](const SecretMatch& a, const SecretMatch& b) { return a.begin < b.begin; });
}

std::string mask_secrets(std::string_view line) {
  return mask(line, with_all_secrets(line, find_tokens(line)));
}

std::vector<Finding> find_secrets(std::string_view path, const std::vector<git::AddedLine>& lines) {
  std::vector<Finding> findings;
  // Random values there are hashes and samples; a token is a token anywhere.
  const bool tokens_only = is_test_path(path) || is_generated(path);
  const bool prose = language_of(path) == Language::Prose;
  const bool bare = has_bare_values(path);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const git::AddedLine& line = lines[i];
    if (is_allowed(line.text) || is_context_of_patch(path, line.text)) continue;
    std::vector<SecretMatch> matches = find_tokens(line.text);
    if (!tokens_only) {
      auto header = private_key_header(line.text);
      if (header && key_follows(lines, i, *header)) {
        mask_whole_key(line.text, *header);
        add_apart(matches, {std::move(*header)});
      } else if (!prose) {
        add_apart(matches, find_assigned_secrets(line.text, bare));
      }
    }
    if (matches.empty()) continue;
    const std::string masked = mask(line.text, with_all_secrets(line.text, matches));
    for (const SecretMatch& match : matches) {
      findings.push_back(finding_of(path, line, match, masked));
    }
  }
  return findings;
}

}  // namespace gs::checks
