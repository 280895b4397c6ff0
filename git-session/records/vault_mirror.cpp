#include "records/vault_mirror.h"

#include <map>

#include "base/ascii.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/names.h"
#include "base/screen.h"
#include "base/text.h"
#include "formats/frontmatter.h"
#include "formats/json.h"
#include "formats/quoted.h"
#include "formats/yaml.h"
#include "git/repository.h"

namespace gs::records {
namespace {

constexpr auto kMirrorActionNames = std::to_array<Name<MirrorAction>>(
    {{MirrorAction::Created, "created"},
     {MirrorAction::Updated, "updated"},
     {MirrorAction::Noop, "skipped-noop"},
     {MirrorAction::Handwritten, "skipped-handwritten"},
     {MirrorAction::CollisionResolved, "skipped-collision-resolved"},
     {MirrorAction::Invalid, "skipped-invalid"}});
static_assert(is_complete(kMirrorActionNames));

constexpr std::string_view kGenerator = "session-orchestrator-vault-mirror@1";
constexpr std::string_view kGeneratorName = "session-orchestrator-vault-mirror@";
constexpr std::size_t kLongestTitle = 200;

bool is_slug_char(char c) {
  return is_lower(c) || is_digit(c);
}

// A vault note written by a mirror; absent for a hand-written one and for unreadable frontmatter.
struct Generated {
  std::string id, record, updated;
};
std::optional<Generated> read_generated(std::string_view text) {
  const auto parts = formats::split_frontmatter(text);
  if (!parts) return std::nullopt;
  try {
    const Json fields = formats::parse_yaml(parts->yaml, "note");
    const auto field = [&](const char* key) {
      const auto found = fields.is_object() ? fields.find(key) : fields.end();
      return found != fields.end() && found->is_string() ? found->get<std::string>()
                                                         : std::string();
    };
    if (!field("_generator").starts_with(kGeneratorName)) return std::nullopt;
    return Generated{field("id"), field("source-record"), field("updated")};
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool is_same_record(const Generated& there, const MirrorNote& note, const std::string& slug) {
  if (!there.record.empty()) return there.record == note.id;
  return there.id == slug || there.id == note.id;
}

// By day: a note is not renewed on the same day.
bool is_newer(const MirrorNote& note, const Generated& there) {
  const auto updated = parse_iso8601(there.updated);
  return !updated || format_utc_day(*updated) < note.updated;
}

std::string yaml_text(std::string_view text) {
  return formats::quoted(text, formats::Quoting::Yaml);
}

std::string path_of(const MirrorNote& note, const std::string& slug) {
  return (note.kind == "session" ? "50-sessions/" : "40-learnings/") + slug + ".md";
}

// The first 8 characters of the id, or of its hash if the slug is already the start of the id.
std::string slug_beside(const MirrorNote& note) {
  const std::string first = slug_of(note.id.substr(0, 8));
  const bool in_slug = note.kind == "session" || first.empty();
  return note.slug + "-" +
         (in_slug ? git::Repository::hash_blob(note.id).hex().substr(0, 8) : first);
}

class Planner {
 public:
  explicit Planner(const std::function<std::optional<std::string>(const std::string&)>& read)
      : read_(read) {}

  Mirrored plan(const MirrorNote& note) {
    if (note.slug.empty()) {
      const std::string& name = note.id.empty() ? note.title : note.id;
      return {MirrorAction::Invalid, note.kind, name, "", std::nullopt};
    }
    const auto there = existing(path_of(note, note.slug));
    if (!there) return write(note, note.slug, MirrorAction::Created);
    const auto generated = read_generated(*there);
    if (!generated) return keep(note, note.slug, MirrorAction::Handwritten);
    if (is_same_record(*generated, note, note.slug)) {
      return is_newer(note, *generated) ? write(note, note.slug, MirrorAction::Updated)
                                        : keep(note, note.slug, MirrorAction::Noop);
    }
    return plan_beside(note, slug_beside(note));
  }

 private:
  // The name is taken by another record's note.
  Mirrored plan_beside(const MirrorNote& note, const std::string& slug) {
    const auto there = existing(path_of(note, slug));
    if (there) {
      const auto generated = read_generated(*there);
      if (!generated || !is_same_record(*generated, note, slug))
        return keep(note, slug, MirrorAction::Handwritten);
      if (!is_newer(note, *generated)) return keep(note, slug, MirrorAction::Noop);
    }
    return write(note, slug, MirrorAction::CollisionResolved);
  }

  std::optional<std::string> existing(const std::string& path) {
    const auto found = planned_.find(path);
    return found != planned_.end() ? std::optional(found->second) : read_(path);
  }

  Mirrored write(const MirrorNote& note, const std::string& slug, MirrorAction action) {
    Mirrored result{action, note.kind, note.id, path_of(note, slug),
                    render_mirror_note(note, slug)};
    planned_[result.path] = *result.content;
    return result;
  }

  static Mirrored keep(const MirrorNote& note, const std::string& slug, MirrorAction action) {
    return {action, note.kind, note.id, path_of(note, slug), std::nullopt};
  }

  const std::function<std::optional<std::string>(const std::string&)>& read_;
  std::map<std::string, std::string> planned_;
};

}  // namespace

std::string_view action_name(MirrorAction action) {
  return name_of(kMirrorActionNames, action);
}

std::string slug_of(std::string_view text, std::size_t longest) {
  std::string slug;
  for (const char c : to_lower(text)) {
    if (is_slug_char(c)) {
      slug += c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  if (slug.size() > longest) slug.resize(longest);
  while (slug.ends_with('-')) slug.pop_back();
  return slug;
}

std::string session_slug(std::string_view session) {
  constexpr std::size_t kLongestId = 118;  // the limit is 128, including the distinguishing suffix
  if (session.size() >= 2 && slug_of(session, kLongestId) == session) return std::string(session);
  const std::string first = slug_of(session.substr(0, 8));
  return first.empty() ? "session" : "session-" + first;
}

std::string render_mirror_note(const MirrorNote& note, const std::string& slug) {
  const std::string title = ellipsize(
      note.title.empty() ? std::string_view(slug) : std::string_view(note.title), kLongestTitle);
  std::string text = "---\nid: " + slug + "\ntype: " + note.kind + "\ntitle: " + yaml_text(title) +
                     "\nstatus: active\ncreated: " + note.created + "\nupdated: " + note.updated +
                     "\n";
  if (!note.expires.empty()) text += "expires: " + note.expires + "\n";
  text += "tags: [" + note.tag + "]\n";
  if (!note.source.empty()) text += "source: " + yaml_text(note.source) + "\n";
  text += "source-record: " + yaml_text(note.id) + "\n_generator: " + std::string(kGenerator) +
          "\n---\n\n# " + title + "\n\n" + note.body;
  return escape_hidden(text);
}

std::vector<Mirrored> plan_mirror(
    const std::vector<MirrorNote>& notes,
    const std::function<std::optional<std::string>(const std::string& path)>& read) {
  Planner planner(read);
  std::vector<Mirrored> results;
  results.reserve(notes.size());
  for (const MirrorNote& note : notes) results.push_back(planner.plan(note));
  return results;
}

}  // namespace gs::records
