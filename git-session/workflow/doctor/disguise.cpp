#include "workflow/doctor/disguise.h"

#include <algorithm>
#include <optional>

#include "base/ascii.h"
#include "base/text.h"
#include "checks/secrets/mask.h"
#include "git/object_id.h"

namespace gs::workflow {
namespace {

bool is_word(char c) {
  return is_alnum(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_of_address(char c) {
  return is_alnum(c) || std::string_view("._%+-").find(c) != std::string_view::npos;
}

// "https://me:secret@host/" as "https://<login>@host/"; the user of ssh is "git" in most places.
std::string without_logins(std::string_view text) {
  constexpr std::string_view kSign = "://";
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = text.find(kSign); at != std::string_view::npos;
       at = text.find(kSign, done)) {
    const std::size_t begin = at + kSign.size();
    const std::size_t end = std::min(text.find_first_of("/?# \t\n'\"", begin), text.size());
    const std::size_t sign = text.substr(begin, end - begin).rfind('@');
    out += text.substr(done, begin - done);
    done = begin;
    if (sign == std::string_view::npos || text.substr(begin, sign) == "git") continue;
    out += "<login>";
    done = begin + sign;
  }
  return out + std::string(text.substr(done));
}

// But for "git@host:", which is not an address.
std::string without_addresses(std::string_view text) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t sign = text.find('@'); sign != std::string_view::npos;
       sign = text.find('@', sign + 1)) {
    std::size_t begin = sign;
    while (begin > done && is_of_address(text[begin - 1])) --begin;
    std::size_t end = sign + 1;
    while (end < text.size() && (is_alnum(text[end]) || text[end] == '-' || text[end] == '.'))
      ++end;
    while (end > sign + 1 && text[end - 1] == '.') --end;
    const std::string_view domain = text.substr(sign + 1, end - sign - 1);
    const bool is_address = begin < sign && domain.find('.') != std::string_view::npos &&
                            text.substr(begin, sign - begin) != "git";
    if (!is_address) continue;
    out += text.substr(done, begin - done);
    out += "<email>";
    done = end;
    sign = end - 1;
  }
  return out + std::string(text.substr(done));
}

// A path that a journal keeps in hexadecimal, since its bytes need not be UTF-8.
std::optional<std::string> decoded_path(const std::string& text) {
  constexpr std::string_view kSlash = "2f";
  const bool is_hex = text.size() > 4 && text.size() % 2 == 0 && text.starts_with(kSlash) &&
                      std::all_of(text.begin(), text.end(),
                                  [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
  if (!is_hex) return std::nullopt;
  std::string path = git::from_hex(text);
  const bool is_text = is_utf8(path) && std::none_of(path.begin(), path.end(), [](char c) {
                         return static_cast<unsigned char>(c) < 0x20;
                       });
  return is_text ? std::optional(std::move(path)) : std::nullopt;
}

}  // namespace

void Disguise::add(Replacement replacement) {
  const auto longer = std::find_if(
      replacements_.begin(), replacements_.end(),
      [&](const Replacement& each) { return each.what.size() < replacement.what.size(); });
  replacements_.insert(longer, std::move(replacement));
}

void Disguise::add_path(const std::string& path, const std::string& placeholder) {
  if (path.size() < 2 || !path.starts_with('/')) return;
  std::string name = path;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !is_alnum(c); }, '-');
  add({path, placeholder, Replacement::Kind::Path});
  add({std::move(name), placeholder, Replacement::Kind::PathAsName});
}

void Disguise::add_name(const std::string& name, const std::string& placeholder) {
  constexpr std::size_t kShortest = 3;
  if (name.size() >= kShortest) add({name, placeholder, Replacement::Kind::Name});
}

bool Disguise::matches(const Replacement& each, std::string_view text, std::size_t at) {
  if (!text.substr(at).starts_with(each.what)) return false;
  const char before = at == 0 ? ' ' : text[at - 1];
  const std::size_t end = at + each.what.size();
  const char after = end < text.size() ? text[end] : ' ';
  switch (each.kind) {
    case Replacement::Kind::Path:
      // Neither the end of another path nor the beginning of another name.
      return !is_word(before) && before != '.' && before != '-' && !is_word(after) && after != '-';
    case Replacement::Kind::PathAsName:
      return before == '/' && !is_word(after);
    case Replacement::Kind::Name:
      break;
  }
  return !is_word(before) && !is_word(after);
}

std::string Disguise::replaced(std::string_view text) const {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto found =
        std::find_if(replacements_.begin(), replacements_.end(),
                     [&](const Replacement& each) { return matches(each, text, at); });
    if (found == replacements_.end()) {
      out += text[at++];
    } else {
      out += found->placeholder;
      at += found->what.size();
    }
  }
  return out;
}

std::string Disguise::text(std::string_view text) const {
  return without_addresses(replaced(without_logins(checks::mask_text(text))));
}

Json Disguise::value(const Json& value, std::size_t longest) const {
  if (value.is_string()) {
    const std::string& string = value.get_ref<const std::string&>();
    const std::string clean = text(decoded_path(string).value_or(string));
    if (clean.size() <= longest) return clean;
    return ellipsize(clean, longest) + " (" + std::to_string(clean.size()) + " bytes)";
  }
  if (value.is_array()) {
    Json masked = Json::array();
    for (const Json& element : value) masked.push_back(this->value(element, longest));
    return masked;
  }
  if (!value.is_object()) return value;
  Json masked = Json::object();
  for (const auto& [key, element] : value.items())
    masked[text(key)] = this->value(element, longest);
  return masked;
}

}  // namespace gs::workflow
