#include "session/scope_edit.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "formats/json.h"
#include "session/baseline.h"
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

using Texts = std::set<std::string>;

Texts allowed_in(const WaveScope& scope) {
  Texts patterns;
  for (const Glob& pattern : scope.allowed_paths) patterns.insert(pattern.pattern());
  return patterns;
}

Texts blocked_in(const WaveScope& scope) {
  return {scope.blocked_commands.begin(), scope.blocked_commands.end()};
}

Texts gates_off_in(const WaveScope& scope) {
  return {scope.gates_off.begin(), scope.gates_off.end()};
}

// A line for each of `more` that `less` does not have.
std::string lines_of(const char* start, const Texts& more, const Texts& less) {
  std::string lines;
  for (const std::string& text : more) {
    if (!less.contains(text)) lines += start + text + "\n";
  }
  return lines;
}

std::string loosened(const WaveScope& before, const WaveScope& after) {
  std::string lines = lines_of("+ allowed ", allowed_in(after), allowed_in(before)) +
                      lines_of("- blocked ", blocked_in(before), blocked_in(after)) +
                      lines_of("- gate ", gates_off_in(after), gates_off_in(before));
  if (after.enforcement != Enforcement::Strict)
    lines += "enforcement " + std::string(enforcement_name(after.enforcement)) + "\n";
  return lines;
}

}  // namespace

FileLock lock_wave_scope(const git::Repository& repository) {
  return git::lock_list(repository, {"scope", "the scope"});
}

std::vector<std::string> scope_patterns(const std::string& written, const TreeFiles& files,
                                        std::string_view top) {
  if (!is_utf8(written)) {
    throw usage_error("the pattern '" + quote_path(written) + "' is not UTF-8")
        .with_hint("wave-scope.json can hold only text; use '*' for those bytes");
  }
  if (const auto bad = bad_pattern(written, top)) {
    throw usage_error("the pattern '" + written + "' " + bad->why).with_hint(bad->hint);
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

std::optional<ScopeLoosening> find_loosening(const std::optional<std::string>& before,
                                             const std::optional<std::string>& after,
                                             const FilePlace& file, Enforcement configured) {
  const std::string text = after.value_or("");
  std::string detail;
  if (before) {
    const WaveScope old = parse_wave_scope(*before, file);
    if (old.enforcement != Enforcement::Strict) return std::nullopt;
    detail = after ? loosened(old, parse_wave_scope(text, file))
                   : lines_of("- allowed ", allowed_in(old), {}) +
                         lines_of("- blocked ", blocked_in(old), {}) + "no scope: every path\n";
  } else if (after && configured == Enforcement::Strict) {
    const WaveScope scope = parse_wave_scope(text, file);
    if (scope.enforcement != Enforcement::Strict) detail = loosened(scope, scope);
  }
  if (detail.empty()) return std::nullopt;
  detail.pop_back();  // the last line's end
  constexpr std::size_t kAnswerDigits = 12;
  return ScopeLoosening{detail, scope_digest(after).hex().substr(0, kAnswerDigits)};
}

}  // namespace gs::session
