#include "session/scope_edit.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "formats/json.h"

namespace gs::session {

namespace {

constexpr const char* kFromTheTop =
    "patterns are matched against whole paths from the top of the work tree, such as 'src/**'";

Error bad_pattern(const std::string& pattern, const std::string& why) {
  return usage_error("the pattern '" + quote_path(pattern) + "' " + why).with_hint(kFromTheTop);
}

void set_list(Json& object, const char* key, const std::vector<std::string>& items, bool add) {
  if (items.empty()) return;
  Json list = Json::array();
  if (add && object.contains(key) && object[key].is_array()) list = object[key];
  for (const std::string& item : items) {
    if (std::find(list.begin(), list.end(), Json(item)) == list.end()) list.push_back(item);
  }
  object[key] = std::move(list);
}

Json parse_object(const std::string& text, const std::string& file) {
  constexpr const char* kMend =
      "fix it by hand, or remove it with 'git session scope clear' and set it anew";
  Json object;
  try {
    object = formats::parse_json(text, file);
  } catch (const Error& error) {
    throw error.with_hint(kMend);
  }
  if (!object.is_object()) throw fatal(file + ": not a JSON object").with_hint(kMend);
  return object;
}

}  // namespace

FileLock lock_wave_scope(const git::Repository& repository) {
  return git::lock_list(repository, {"scope", "the scope"});
}

void check_scope_pattern(const std::string& pattern) {
  if (pattern.empty()) throw usage_error("an empty pattern matches nothing").with_hint(kFromTheTop);
  if (!is_utf8(pattern)) {
    throw usage_error("the pattern '" + quote_path(pattern) + "' is not UTF-8")
        .with_hint("wave-scope.json can hold only text; use '*' for those bytes");
  }
  if (pattern.starts_with('/')) throw bad_pattern(pattern, "is an absolute path");
  for (const std::string_view segment : split(pattern, '/')) {
    if (segment == "." || segment == "..") throw bad_pattern(pattern, "can match no path");
  }
}

std::string edit_wave_scope(const std::optional<std::string>& text, const std::string& file,
                            const ScopeEdit& edit, Enforcement configured,
                            const std::vector<std::string>& gates_off) {
  Json object = parse_object(text ? *text : render_wave_scope({}, configured, gates_off), file);
  set_list(object, "allowedPaths", edit.patterns, edit.add);
  set_list(object, "blockedCommands", edit.blocked_commands, edit.add);
  if (edit.enforcement) object["enforcement"] = enforcement_name(*edit.enforcement);
  if (edit.wave) object["wave"] = *edit.wave;
  if (edit.role) object["role"] = *edit.role;
  return formats::to_json_text(object) + "\n";
}

}  // namespace gs::session
