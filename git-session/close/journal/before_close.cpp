#include "close/journal/before_close.h"

#include <algorithm>

#include "base/error.h"
#include "snapshot/store.h"

namespace gs::close {

namespace {
// All that exist, whoever made them.
Json before_close_refs(const git::Repository& repository, const std::string& session) {
  Json refs = Json::array();
  for (const snapshot::Snapshot& snapshot : snapshot::list(repository, session).snapshots) {
    if (is_before_close(snapshot.name)) refs.push_back(snapshot.ref);
  }
  return refs;
}

}  // namespace

void save_before_close(Context& context) {
  if (!context.workspace.config.flag("persistence")) return;
  (void)context.journal.step(
      "before-close",
      [&]() -> Json {
        return {{"session", context.session->id},
                {"earlier", before_close_refs(context.repository(), context.session->id)}};
      },
      [](const Json&) { return std::optional<Json>(); },
      [&](const Json&) -> std::optional<Json> {
        snapshot::SaveRequest request;
        request.session = context.session->id;
        request.wave = context.session->state.current_wave.value_or(0);
        request.label = snapshot::kBeforeCloseLabel;
        request.capture.largest_untracked = context.workspace.config.size("snapshot-max-file");
        request.now = context.clock.now();
        request.durable = true;
        // Home directories are allowed: a session in one was started there on purpose.
        const snapshot::SaveResult saved = snapshot::save(context.repository(), request, true);
        return Json{{"ref", saved.ref}};
      });
}

void drop_before_close(const session::Workspace& workspace, const Journal& journal) {
  for (const Json& event : journal.events()) {
    // The first time only: a later try's "earlier" includes what this close itself saved.
    if (event.value("event", "") != "begin" || event.value("step", "") != "before-close") continue;
    const Json& intent = event.at("intent");
    const std::string session = intent.at("session").get<std::string>();
    std::vector<std::string> refs;
    for (const Json& ref : before_close_refs(workspace.repository, session)) {
      const Json& earlier = intent.at("earlier");
      if (std::find(earlier.begin(), earlier.end(), ref) == earlier.end()) {
        refs.push_back(ref.get<std::string>());
      }
    }
    for (const snapshot::DropResult& dropped : snapshot::drop(workspace.repository, refs)) {
      if (!dropped.ok)
        throw fatal("cannot delete snapshot '" + dropped.ref + "': " + dropped.error)
            .with_hint("when that is fixed, run the same command again");
    }
    return;
  }
}

bool is_before_close(const snapshot::Name& name) {
  // With the ".2", ".3" appended to a taken name.
  return name.label == snapshot::kBeforeCloseLabel ||
         name.label.starts_with(std::string(snapshot::kBeforeCloseLabel) + ".");
}

}  // namespace gs::close
