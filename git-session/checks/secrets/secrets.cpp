#include "checks/secrets/secrets.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/repo_path.h"
#include "base/screen.h"
#include "base/text.h"
#include "checks/grounding.h"
#include "checks/lines/source_line.h"
#include "checks/secrets/mask.h"
#include "checks/secrets/value.h"

namespace gs::checks {
namespace {

using session::Finding;
using session::Severity;

constexpr std::size_t kKeyLine = 40;  // at least so many base 64 characters of a key on one line
constexpr std::size_t kKeyLinesAway = 6;  // headers may come between
constexpr std::size_t kLongLine = 2000;

bool is_base64(char c) {
  return is_alnum(c) || c == '+' || c == '/' || c == '=';
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
      name == ".netrc" || name == ".pgpass" || name == "credentials") {
    return true;
  }
  if (name.starts_with("Dockerfile") || name == "Containerfile" || name == "Makefile") return true;
  static constexpr auto kEndings = std::to_array<std::string_view>(
      {".properties", ".ini", ".cfg", ".cnf", ".conf", ".yml", ".yaml", ".sh", ".bash", ".zsh",
       ".fish", ".envrc", ".ps1", ".bat", ".cmd", ".mk", ".tfvars", ".service", ".dockerfile"});
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

bool is_allowed(std::string_view line) {
  return line.find("gitleaks:allow") != std::string_view::npos ||
         line.find("pragma: allowlist secret") != std::string_view::npos;
}

// The line with its secrets masked; of a long one just the match.
std::string shown(std::string_view line, const std::vector<SecretMatch>& matches,
                  const SecretMatch& match) {
  if (line.size() > kLongLine) {
    return "…" + std::string(line.substr(match.begin, match.shown)) + "****…";
  }
  return detail_of(mask_matches(line, matches));
}

Finding finding_of(std::string_view path, std::size_t line, const SecretMatch& match,
                   std::string detail, std::string_view where) {
  Finding finding;
  finding.source = "secret";
  finding.severity = match.severity;
  finding.confidence = match.confidence;
  finding.file = mask_secrets(path);
  finding.line = line;
  finding.title = match.name + " " + std::string(where);
  finding.detail = std::move(detail);
  finding.recommendation =
      "remove it, keep it outside the repository, and revoke it if it has left this machine";
  return finding;
}

// What is looked for in lines besides tokens.
struct Search {
  bool keys = true;
  bool assigned = true;
  bool bare = false;
  bool patch = false;  // lines that do not begin with '+' exist already: only tokens count there
};

Search search_of(std::string_view path) {
  // Random values there are hashes and samples; a token is a token anywhere.
  const bool tokens_only = is_test_path(path) || is_generated(path);
  return {.keys = !tokens_only,
          .assigned = !tokens_only && language_of(path) != Language::Prose,
          .bare = has_bare_values(path),
          .patch = path.ends_with(".patch") || path.ends_with(".diff")};
}

std::vector<SecretMatch> find_in_line(const std::vector<git::AddedLine>& lines, std::size_t at,
                                      const Search& search) {
  const std::string& line = lines[at].text;
  std::vector<SecretMatch> matches = find_tokens(line);
  if (search.patch && !line.starts_with('+')) return matches;
  auto header = search.keys ? find_private_key_header(line) : std::nullopt;
  if (header && key_follows(lines, at, *header)) {
    // A key written on one line continues after its header.
    if (has_key_material(std::string_view(line).substr(header->end))) header->end = line.size();
    add_apart(matches, {std::move(*header)});
  } else if (search.assigned) {
    add_apart(matches, find_assigned_secrets(line, search.bare));
  }
  return matches;
}

std::vector<Finding> find_in_lines(std::string_view path, const std::vector<git::AddedLine>& lines,
                                   const Search& search, std::string_view where) {
  std::vector<Finding> findings;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const git::AddedLine& line = lines[i];
    const std::vector<SecretMatch> matches = find_in_line(lines, i, search);
    if (matches.empty() || is_allowed(line.text)) continue;
    for (const SecretMatch& match : matches) {
      findings.push_back(
          finding_of(path, line.number, match, shown(line.text, matches, match), where));
    }
  }
  return findings;
}

}  // namespace

bool has_key_material(std::string_view text) {
  std::size_t run = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    run = is_base64(text[i]) ? run + 1 : 0;
    if (run == kKeyLine && entropy(text.substr(i + 1 - kKeyLine, kKeyLine)) >= 3.0) return true;
  }
  return false;
}

std::optional<SecretMatch> find_private_key_header(std::string_view line) {
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

std::vector<Finding> find_secrets(std::string_view path, const std::vector<git::AddedLine>& lines,
                                  std::string_view where) {
  return find_in_lines(path, lines, search_of(path), where);
}

std::vector<Finding> find_secrets_in_strings(std::string_view path,
                                             const std::vector<std::string>& strings,
                                             std::string_view where) {
  constexpr std::size_t kTellingPrefix = 4;
  std::vector<Finding> findings;
  for (const std::string& run : strings) {
    for (const SecretMatch& match : find_tokens(run)) {
      if (match.shown < kTellingPrefix) continue;
      findings.push_back(
          finding_of(path, 0, match, run.substr(match.begin, match.shown) + "****", where));
    }
  }
  return findings;
}

std::vector<Finding> find_secrets_in_text(std::string_view text, std::string_view where) {
  std::vector<git::AddedLine> lines;
  for (const std::string_view line : split_lines(text))
    lines.push_back({lines.size() + 1, std::string(line)});
  return find_in_lines("", lines, {.bare = true}, where);
}

std::vector<Finding> find_secrets_in_name(std::string_view path, std::string_view where) {
  std::vector<Finding> findings;
  for (const SecretMatch& match : find_tokens(path)) {
    findings.push_back(finding_of(path, 0, match, mask_secrets(path), where));
  }
  return findings;
}

}  // namespace gs::checks
