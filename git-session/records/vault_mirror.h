#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Notes that mirror records into a vault (docs/formats.md, "Mirrored notes").
namespace gs::records {

struct MirrorNote {
  std::string kind;  // session, learning
  std::string id;    // of the record
  std::string slug;  // file name and note id; "" for an invalid record
  std::string title;
  std::string created, updated;  // days: 2026-11-22
  std::string expires;           // a day, "" for none
  std::string tag;               // session/feature, learning/fragile-file
  std::string source;            // source session; "" for none
  std::string body;              // Markdown after the title
};

enum class MirrorAction { Created, Updated, Noop, Handwritten, CollisionResolved, Invalid };
[[nodiscard]] std::string_view action_name(MirrorAction action);  // "created", "skipped-noop", …

struct Mirrored {
  MirrorAction action;
  std::string kind, id;
  std::string path;                    // in the vault; "" for an invalid record
  std::optional<std::string> content;  // to be written; absent: nothing to write
};

// Letters, digits and single dashes, at most `longest`; "" if nothing is left.
[[nodiscard]] std::string slug_of(std::string_view text, std::size_t longest = 100);
// The session's id if it is a slug, else "session-<first 8 characters>".
[[nodiscard]] std::string session_slug(std::string_view session);

// The file's content under that slug.
[[nodiscard]] std::string render_mirror_note(const MirrorNote& note, const std::string& slug);

// The action for each note, in order. `read` returns a file of the vault.
[[nodiscard]] std::vector<Mirrored> plan_mirror(
    const std::vector<MirrorNote>& notes,
    const std::function<std::optional<std::string>(const std::string& path)>& read);

}  // namespace gs::records
