#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git/objects/merge.h"
#include "session/finding.h"

namespace gs::checks {

struct SecretMatch {
  std::size_t begin = 0, end = 0;
  std::string name;       // "GitHub personal access token"
  std::size_t shown = 0;  // leading bytes that every such secret shares: these may be shown
  session::Severity severity = session::Severity::Critical;
  int confidence = 100;
};
// Tokens in the formats of their providers: prefix, characters, length, and the checksum if the
// format has one. Placeholders do not count.
[[nodiscard]] std::vector<SecretMatch> find_tokens(std::string_view line);
// A random value that is assigned to something called a password, secret, token or key, or follows
// "Bearer", or a password in a URL. `bare`: values need no quotes (configuration and environment
// files). None in a line of more than 2,000 bytes, which a program wrote.
[[nodiscard]] std::vector<SecretMatch> find_assigned_secrets(std::string_view line, bool bare);
// "-----BEGIN RSA PRIVATE KEY-----"; the key itself may follow.
[[nodiscard]] std::optional<SecretMatch> find_private_key_header(std::string_view line);
// A long run of base 64 other than a single repeated character.
[[nodiscard]] bool has_key_material(std::string_view text);
// Adds those of `more` that overlap no match; all in the order of the line.
void add_apart(std::vector<SecretMatch>& matches, std::vector<SecretMatch> more);

inline constexpr std::string_view kInAddedLines = "in added lines";

// Private keys, tokens and assigned secrets in the lines that a change adds to `path`; only tokens
// in tests, examples, lock files and generated files. Skips a line with "gitleaks:allow" or
// "pragma: allowlist secret". No finding contains a secret. `where` ends each title.
[[nodiscard]] std::vector<session::Finding> find_secrets(std::string_view path,
                                                         const std::vector<git::AddedLine>& lines,
                                                         std::string_view where = kInAddedLines);
// Tokens with a prefix that says what they are, in the printable runs of a binary file.
[[nodiscard]] std::vector<session::Finding> find_secrets_in_strings(
    std::string_view path, const std::vector<std::string>& strings, std::string_view where);
// In a commit's message, a title, the text of an issue.
[[nodiscard]] std::vector<session::Finding> find_secrets_in_text(std::string_view text,
                                                                 std::string_view where);
// Tokens in a file's name; the finding's own file is masked.
[[nodiscard]] std::vector<session::Finding> find_secrets_in_name(std::string_view path,
                                                                 std::string_view where);

}  // namespace gs::checks
