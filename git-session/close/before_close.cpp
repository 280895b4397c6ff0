#include "close/before_close.h"

#include "snapshot/store.h"

namespace gs::close {

namespace {
constexpr std::string_view kLabel = "before-close";
}

void save_before_close(Context& context) {
  if (!context.workspace.config.flag("persistence")) return;
  (void)context.journal.step(
      "before-close", [] { return Json::object(); },
      [](const Json&) { return std::optional<Json>(); },
      [&](const Json&) -> std::optional<Json> {
        snapshot::SaveRequest request;
        request.session = context.session->id;
        request.wave = context.session->state.current_wave.value_or(0);
        request.label = kLabel;
        request.now = context.clock.now();
        // Home directories are allowed: whoever closes a session there has one there.
        const snapshot::SaveResult saved = snapshot::save(context.repository(), request, true);
        return Json{{"ref", saved.ref}};
      });
}

bool is_before_close(const snapshot::Name& name) {
  // With the ".2", ".3" that a taken name gets.
  return name.label == kLabel || name.label.starts_with(std::string(kLabel) + ".");
}

}  // namespace gs::close
