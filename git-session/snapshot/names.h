#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gs::snapshot {

inline constexpr std::string_view kRefPrefix = "refs/so-snapshots/";

inline constexpr std::string_view kBeforeCloseLabel = "before-close";      // before close writes
inline constexpr std::string_view kBeforeRestoreLabel = "before-restore";  // before a restore
inline constexpr std::string_view kPausedLabel = "paused";  // of a session that is set aside
// Labels of the snapshots that the program takes by itself: these and the baseline's.
// `snapshot create` refuses them, so that all others are a person's.
[[nodiscard]] bool is_automatic_label(std::string_view raw);

// Where the last close of a worktree keeps what its undo needs. No session's snapshot has such a
// name, which begins with what map_component never makes.
inline constexpr std::string_view kUndoPrefix = "refs/so-snapshots/@undo/";
// `worktree`: as session::worktree_name says.
[[nodiscard]] std::string undo_ref(std::string_view worktree);

struct Name {
  std::string session;  // as mapped for a ref name
  long wave = 0;
  std::string label;  // with its ".2", ".3" if the plain one was taken
};
// Every character outside [A-Za-z0-9._-] becomes '-', and what git would still refuse ("..", a
// leading dot, a trailing ".lock" or dot) is mapped as well; never empty, never too long for a file
// name.
[[nodiscard]] std::string map_component(std::string_view raw);
[[nodiscard]] std::string ref_name(const Name& name);
// As people write it: "LABEL", "N/LABEL" of a wave; of another session than `own`, behind its
// (mapped) name and "/".
[[nodiscard]] std::string shown_name(const Name& name, std::string_view own);
// Absent if it is not "refs/so-snapshots/<session>/wave-<N>-<label>".
[[nodiscard]] std::optional<Name> parse_ref_name(std::string_view ref);

// "so-snapshot <session> wave <N> <label>", with the raw ids.
[[nodiscard]] std::string subject(std::string_view session, long wave, std::string_view label);
// The raw session id in a subject; absent if it is not one of ours.
[[nodiscard]] std::optional<std::string> session_in_subject(std::string_view subject);
// The same for the commit of a ref: of several ways to read the subject (an id may contain
// " wave 3 "), the one that maps to the ref's name. Absent if none does.
[[nodiscard]] std::optional<std::string> raw_session(const Name& name, std::string_view subject);
// Whether it was taken by the program itself: by the raw label in the subject, since other labels
// map to the same name ("before close").
[[nodiscard]] bool is_automatic(const Name& name, std::string_view subject);
// Whether it was taken for a pause: it may be the only place where the work is.
[[nodiscard]] bool is_of_pause(const Name& name, std::string_view subject);

}  // namespace gs::snapshot
