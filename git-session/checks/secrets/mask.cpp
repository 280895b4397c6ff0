#include "checks/secrets/mask.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/screen.h"
#include "base/text.h"

namespace gs::checks {
namespace {

constexpr std::string_view kMask = "****";

// Also those that are not reported in such a file: what is shown has none of them.
std::vector<SecretMatch> with_all_secrets(std::string_view line, std::vector<SecretMatch> matches) {
  constexpr std::size_t kShownAtMost = 2000;
  add_apart(matches, find_assigned_secrets(line.substr(0, kShownAtMost), true));
  auto header = find_private_key_header(line);
  // A key written on one line continues after its header.
  if (header && has_key_material(line.substr(header->end))) {
    header->end = line.size();
    add_apart(matches, {std::move(*header)});
  }
  return matches;
}

}  // namespace

std::string mask_matches(std::string_view line, std::vector<SecretMatch> matches) {
  std::string masked;
  std::size_t done = 0;
  for (const SecretMatch& match : with_all_secrets(line, std::move(matches))) {
    masked += line.substr(done, match.begin + match.shown - done);
    masked += kMask;
    done = match.end;
  }
  return masked + std::string(line.substr(done));
}

std::string mask_secrets(std::string_view line) {
  return mask_matches(line, find_tokens(line));
}

std::string LineMasker::mask(std::string_view line) {
  constexpr std::string_view kEnd = "-----END ";
  if (in_key_) {
    in_key_ = line.find(kEnd) == std::string_view::npos;
    return has_key_material(line) ? std::string(kMask) : mask_secrets(line);
  }
  in_key_ = find_private_key_header(line) && line.find(kEnd) == std::string_view::npos;
  return mask_secrets(line);
}

std::string StreamMasker::add(std::string_view chunk) {
  pending_ += chunk;
  std::string masked;
  std::size_t done = 0;
  for (std::size_t end; (end = pending_.find('\n', done)) != std::string::npos; done = end + 1)
    masked += lines_.mask(std::string_view(pending_).substr(done, end - done)) + "\n";
  pending_.erase(0, done);
  // A dash may begin "-----BEGIN … PRIVATE KEY-----".
  const auto may_begin_secret = [](char c) { return is_alnum(c) || c == '-'; };
  if (std::none_of(pending_.begin(), pending_.end(), may_begin_secret))
    masked += std::exchange(pending_, "");
  return masked;
}

std::string StreamMasker::rest() {
  return lines_.mask(std::exchange(pending_, ""));
}

std::string mask_text(std::string_view text) {
  LineMasker masker;
  std::string masked;
  for (const std::string_view line : split_lines(text)) masked += masker.mask(line) + "\n";
  if (!text.ends_with('\n') && !masked.empty()) masked.pop_back();
  return masked;
}

Json mask_strings(const Json& value) {
  if (value.is_string()) return mask_text(value.get_ref<const std::string&>());
  if (value.is_array()) {
    Json masked = Json::array();
    for (const Json& element : value) masked.push_back(mask_strings(element));
    return masked;
  }
  if (!value.is_object()) return value;
  Json masked = Json::object();
  for (const auto& [key, element] : value.items()) masked[key] = mask_strings(element);
  return masked;
}

std::string detail_of(std::string_view masked) {
  constexpr std::size_t kLongestDetail = 120;
  return ellipsize(escape_hidden(trim(masked)), kLongestDetail);
}

}  // namespace gs::checks
