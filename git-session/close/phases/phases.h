#pragma once

#include "close/context.h"

// One function for each phase of the table in close/phases.cpp; each stands in the file of its id.
namespace gs::close {

[[nodiscard]] PhaseResult look_bootstrap(Context& context);
[[nodiscard]] PhaseResult look_session(Context& context);
[[nodiscard]] PhaseResult look_plan(Context& context);
[[nodiscard]] PhaseResult look_grounding(Context& context);
[[nodiscard]] PhaseResult look_discovery(Context& context);
[[nodiscard]] PhaseResult look_safety(Context& context);
[[nodiscard]] PhaseResult look_review(Context& context);
[[nodiscard]] PhaseResult look_gate(Context& context);
[[nodiscard]] PhaseResult look_vault(Context& context);
[[nodiscard]] PhaseResult look_drift(Context& context);
[[nodiscard]] PhaseResult look_staleness(Context& context);
[[nodiscard]] PhaseResult look_docs(Context& context);
[[nodiscard]] PhaseResult look_ssot(Context& context);
[[nodiscard]] PhaseResult look_staging_plan(Context& context);
[[nodiscard]] PhaseResult preview_cleanup_scope(Context& context);
[[nodiscard]] PhaseResult write_cleanup_scope(Context& context);
[[nodiscard]] PhaseResult preview_handover(Context& context);
[[nodiscard]] PhaseResult write_handover(Context& context);
[[nodiscard]] PhaseResult preview_memory(Context& context);
[[nodiscard]] PhaseResult write_memory(Context& context);
[[nodiscard]] PhaseResult preview_learnings(Context& context);
[[nodiscard]] PhaseResult write_learnings(Context& context);
[[nodiscard]] PhaseResult preview_metrics(Context& context);
[[nodiscard]] PhaseResult write_metrics(Context& context);
[[nodiscard]] PhaseResult preview_mirror_vault(Context& context);
[[nodiscard]] PhaseResult write_mirror_vault(Context& context);
[[nodiscard]] PhaseResult preview_state(Context& context);
[[nodiscard]] PhaseResult write_state(Context& context);
[[nodiscard]] PhaseResult preview_stage(Context& context);
[[nodiscard]] PhaseResult write_stage(Context& context);
[[nodiscard]] PhaseResult preview_commit(Context& context);
[[nodiscard]] PhaseResult write_commit(Context& context);
[[nodiscard]] PhaseResult preview_records(Context& context);
[[nodiscard]] PhaseResult write_records(Context& context);
[[nodiscard]] PhaseResult preview_push(Context& context);
[[nodiscard]] PhaseResult write_push(Context& context);
[[nodiscard]] PhaseResult preview_mirror(Context& context);
[[nodiscard]] PhaseResult write_mirror(Context& context);
[[nodiscard]] PhaseResult preview_issues(Context& context);
[[nodiscard]] PhaseResult write_issues(Context& context);
[[nodiscard]] PhaseResult preview_snapshots(Context& context);
[[nodiscard]] PhaseResult write_snapshots(Context& context);
[[nodiscard]] PhaseResult preview_report(Context& context);
[[nodiscard]] PhaseResult write_report(Context& context);

}  // namespace gs::close
