#include "cli/json_values.h"

#include "base/text.h"

namespace gs::cli {

std::string json_path(std::string_view path) {
  return is_utf8(path) ? std::string(path) : quote_path(path);
}

Json json_counts(const snapshot::Counts& counts) {
  return {{"staged", counts.staged},
          {"unstaged", counts.unstaged},
          {"untracked", counts.untracked},
          {"deleted", counts.deleted},
          {"unmerged", counts.unmerged}};
}

Json json_snapshot(const snapshot::Snapshot& snapshot) {
  return {{"ref", snapshot.ref},
          {"oid", snapshot.oid.hex()},
          {"session", snapshot.session},
          {"wave", snapshot.name.wave},
          {"label", snapshot.name.label},
          {"created_at", format_utc(snapshot.created_at)},
          {"base", snapshot.base.is_null() ? Json() : Json(snapshot.base.hex())},
          {"subject", snapshot.subject}};
}

std::string describe(const snapshot::Counts& counts) {
  std::string text;
  const auto add = [&text](std::size_t count, std::string_view what) {
    if (count == 0) return;
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(what);
  };
  add(counts.changed, "changed");
  add(counts.untracked, "new");
  add(counts.unmerged, "unmerged");
  return text;
}

std::string short_name(std::string_view ref, std::string_view own_session) {
  const auto name = snapshot::parse_ref_name(ref);
  return name ? snapshot::shown_name(*name, own_session) : std::string(ref);
}

}  // namespace gs::cli
