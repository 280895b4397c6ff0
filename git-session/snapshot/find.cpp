#include <algorithm>
#include <charconv>
#include <optional>
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

Error not_found(const Repository& repository, const std::string& text,
                const std::optional<std::string>& session = std::nullopt) {
  const Error error = fatal("there is no snapshot '" + text + "'");
  const std::string near = nearest_name(repository, text, session.value_or(""));
  if (!near.empty()) return error.with_hint("did you mean '" + near + "'?");
  const auto last = session ? newest(repository, *session) : std::nullopt;
  if (!last) return error.with_hint("'git session snapshot list --all' shows what there is");
  return error.with_hint("the newest is '" + shown_name(last->name, map_component(*session)) +
                         "'; 'git session snapshot list' shows all");
}

Snapshot by_ref(const Repository& repository, const std::string& ref) {
  auto name = parse_ref_name(ref);
  if (!name) {
    throw fatal("'" + ref + "' is not the name of a snapshot")
        .with_hint("snapshots are " + std::string(kRefPrefix) + "<session>/wave-<N>-<label>");
  }
  const auto target = git::read_ref(repository, ref);
  if (!target) throw not_found(repository, ref);
  auto snapshot = read_snapshot(repository, {ref, *target}, std::move(*name));
  if (!snapshot) throw fatal("'" + ref + "' does not point at a commit");
  return *snapshot;
}

// "LABEL", "N/LABEL" and "wave-N-LABEL" as a wave, if one is named, and a label.
struct Wanted {
  std::optional<long> wave;
  std::string label;
};

std::optional<long> number_in(std::string_view digits) {
  long number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stopped, code] = std::from_chars(digits.data(), end, number);
  return code == std::errc() && stopped == end && number >= 0 ? std::optional(number)
                                                              : std::nullopt;
}

Wanted wanted(std::string_view text) {
  if (const auto slash = text.find('/'); slash != std::string_view::npos) {
    if (const auto wave = number_in(text.substr(0, slash)))
      return {wave, map_component(text.substr(slash + 1))};
  }
  return {std::nullopt, map_component(text)};
}

bool is_meant(const Name& name, const std::string& text, const Wanted& wanted) {
  if ("wave-" + std::to_string(name.wave) + "-" + name.label == text) return true;
  return name.label == wanted.label && (!wanted.wave || *wanted.wave == name.wave);
}

// Without a wave, that of wave 0 goes before those of others.
std::optional<std::string> best_of(const std::vector<git::Ref>& refs, const std::string& text) {
  const Wanted wants = wanted(text);
  std::vector<std::pair<std::string, Name>> found;
  for (const git::Ref& ref : refs) {
    auto name = parse_ref_name(ref.name);
    if (name && is_meant(*name, text, wants)) found.emplace_back(ref.name, std::move(*name));
  }
  const auto plain = [](const auto& one) { return one.second.wave == 0; };
  if (found.size() > 1 && std::count_if(found.begin(), found.end(), plain) == 1)
    return std::find_if(found.begin(), found.end(), plain)->first;
  if (found.empty()) return std::nullopt;
  if (found.size() == 1) return found.front().first;
  std::vector<std::string> names;
  for (const auto& [ref, name] : found) names.push_back(shown_name(name, ""));
  throw fatal("'" + text + "' names " + plural(found.size(), "snapshot"))
      .with_hint("write it in full, as in '" + names.front() + "'");
}

// The session may be a raw id or the mapped one shown in listings of refs.
std::optional<Snapshot> in_session(const Repository& repository, const std::string& session,
                                   const std::string& rest) {
  const Wanted wants = wanted(rest);
  std::vector<git::Ref> refs;
  for (git::Ref& ref :
       git::list_refs(repository, std::string(kRefPrefix) + map_component(session) + "/")) {
    auto name = parse_ref_name(ref.name);
    if (!name || !is_meant(*name, rest, wants)) continue;
    const auto snapshot = read_snapshot(repository, ref, *name);
    const bool is_its =
        snapshot && (snapshot->name.session == session || belongs_to(*snapshot, session));
    if (is_its) refs.push_back(std::move(ref));
  }
  const auto best = best_of(refs, rest);
  return best ? std::optional(by_ref(repository, *best)) : std::nullopt;
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
  if (!oid || !oid->hex().starts_with(hex)) throw not_found(repository, hex);
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

std::string nearest_name(const Repository& repository, const std::string& text,
                         const std::string& own_session) {
  std::vector<std::string> names;
  for (const git::Ref& ref : git::list_refs(repository, kRefPrefix)) {
    if (const auto name = parse_ref_name(ref.name)) names.push_back(shown_name(*name, own_session));
  }
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  return std::string(nearest(text, candidates));
}

Snapshot find(const Repository& repository, const std::string& text,
              const std::optional<std::string>& session) {
  if (text.starts_with("refs/")) return by_ref(repository, text);
  if (session) {
    if (auto own = in_session(repository, *session, text)) return *std::move(own);
  }
  for (std::size_t slash = text.find('/'); slash != std::string::npos;
       slash = text.find('/', slash + 1)) {
    auto found = in_session(repository, text.substr(0, slash), text.substr(slash + 1));
    if (found) return *std::move(found);
  }
  if (!session) {
    if (const auto best = best_of(git::list_refs(repository, kRefPrefix), text))
      return by_ref(repository, *best);
  }
  if (const std::string lower = to_lower(text); is_hex(lower)) return by_object(repository, lower);
  throw not_found(repository, text, session);
}

}  // namespace gs::snapshot
