#include "session/scope_edit.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "formats/json.h"
#include "session/path_pattern.h"

namespace gs::session {

namespace {

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

std::vector<std::string> scope_patterns(const std::string& written, const TreeFiles& files) {
  if (!is_utf8(written)) {
    throw usage_error("the pattern '" + quote_path(written) + "' is not UTF-8")
        .with_hint("wave-scope.json can hold only text; use '*' for those bytes");
  }
  if (const auto bad = bad_pattern(written)) {
    throw usage_error("the pattern '" + quote_path(written) + "' " + bad->why)
        .with_hint(bad->right_form.empty() ? "patterns are matched against whole paths from the "
                                             "top of the work tree, such as 'src/**'"
                                           : "write '" + bad->right_form + "'");
  }
  std::vector<std::string> patterns = plain_patterns(written);
  for (std::string& pattern : patterns) {
    if (pattern.ends_with('/')) continue;
    const auto info = files.info(RepoPath(pattern));
    if (info && info->type == FileType::Directory) pattern += '/';
  }
  return patterns;
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
