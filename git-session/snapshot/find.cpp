#include <algorithm>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/error.h"
#include "base/text.h"
#include "git/refs.h"
#include "snapshot/store.h"

namespace gs::snapshot {
namespace {

using git::Repository;

Error not_found(const std::string& text) {
  return fatal("there is no snapshot '" + text + "'")
      .with_hint("'git session snapshot list --all' shows what there is");
}

Snapshot by_ref(const Repository& repository, const std::string& ref) {
  auto name = parse_ref_name(ref);
  if (!name) {
    throw fatal("'" + ref + "' is not the name of a snapshot")
        .with_hint("snapshots are " + std::string(kRefPrefix) + "<session>/wave-<N>-<label>");
  }
  const auto target = git::read_ref(repository, ref);
  if (!target) throw not_found(ref);
  auto snapshot = read_snapshot(repository, {ref, *target}, std::move(*name));
  if (!snapshot) throw fatal("'" + ref + "' does not point at a commit");
  return *snapshot;
}

std::string last_part(const std::string& ref) {
  return ref.substr(ref.rfind('/') + 1);
}

// The session may be a raw id or the mapped one shown in listings of refs.
Snapshot in_session(const Repository& repository, const std::string& session,
                    const std::string& rest) {
  std::string ref(kRefPrefix);
  ref += map_component(session) + "/" + rest;
  if (parse_ref_name(ref) && git::read_ref(repository, ref)) {
    Snapshot snapshot = by_ref(repository, ref);
    if (snapshot.name.session == session || belongs_to(snapshot, session)) return snapshot;
  }
  throw not_found(session + "/" + rest);
}

Snapshot by_label(const Repository& repository, const std::string& label) {
  std::vector<git::Ref> matches;
  for (git::Ref& ref : git::list_refs(repository, kRefPrefix)) {
    if (last_part(ref.name) == label && parse_ref_name(ref.name)) matches.push_back(std::move(ref));
  }
  if (matches.empty()) throw not_found(label);
  if (matches.size() > 1) {
    throw fatal("'" + label + "' names " + plural(matches.size(), "snapshot"))
        .with_hint("write it with its session, as in '" +
                   matches.front().name.substr(kRefPrefix.size()) + "'");
  }
  return by_ref(repository, matches.front().name);
}

bool is_hex(std::string_view text) {
  constexpr std::size_t shortest = 4;
  return text.size() >= shortest && text.size() <= 2 * git::ObjectId::kSize &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_hex_digit(c) && !is_upper(c); });
}

Snapshot by_object(const Repository& repository, const std::string& hex) {
  std::vector<git::Ref> matches;
  for (git::Ref& ref : git::list_refs(repository, kRefPrefix)) {
    if (ref.target.hex().starts_with(hex) && parse_ref_name(ref.name)) {
      matches.push_back(std::move(ref));
    }
  }
  for (const git::Ref& match : matches) {
    if (match.target == matches.front().target) continue;
    throw fatal("'" + hex + "' is ambiguous: it begins " + match.target.hex() + " and " +
                matches.front().target.hex())
        .with_hint("write more digits of the object id");
  }
  if (!matches.empty()) return by_ref(repository, matches.front().name);

  const auto oid = repository.resolve_commit(hex);
  // Not a branch of that name.
  if (!oid || !oid->hex().starts_with(hex)) throw not_found(hex);
  const git::Commit commit = repository.commit(*oid);
  if (!is_stash_commit(git::StoredObjects(repository), commit)) {
    throw fatal("commit " + oid->abbreviated() + " is not a snapshot, nor a stash")
        .with_hint("'git session snapshot list --all' shows what there is");
  }
  Snapshot snapshot = snapshot_of(commit, "", {});
  snapshot.session = session_in_subject(commit.subject).value_or("");
  return snapshot;
}

}  // namespace

Snapshot find(const Repository& repository, const std::string& text,
              const std::optional<std::string>& session) {
  if (text.starts_with("refs/")) return by_ref(repository, text);
  if (const auto slash = text.rfind('/'); slash != std::string::npos) {
    return in_session(repository, text.substr(0, slash), text.substr(slash + 1));
  }
  if (const std::string lower = to_lower(text); is_hex(lower)) return by_object(repository, lower);
  if (session) return in_session(repository, *session, text);
  return by_label(repository, text);
}

}  // namespace gs::snapshot
