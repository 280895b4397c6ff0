#include "session/submodules.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "formats/lines.h"
#include "git/config/files.h"
#include "git/objects/worktree_blobs.h"

namespace gs::session {

namespace {

// A section with its lines up to the next one; what is before the first section has no name.
struct Section {
  std::string text;
  std::string name;  // "submodule.NAME."; "" for any other
  std::string path;
};

std::optional<Section> read_section(std::string_view text) {
  const auto settings = git::parse_config(text);
  if (!settings) return std::nullopt;
  Section section{std::string(text), "", ""};
  for (const git::ConfigSetting& setting : *settings) {
    if (!setting.key.starts_with("submodule.")) continue;
    section.name = setting.key.substr(0, setting.key.rfind('.') + 1);
    if (setting.key == section.name + "path") section.path = setting.value;
  }
  while (section.path.ends_with('/')) section.path.pop_back();
  return section;
}

using Sections = std::vector<Section>;

std::optional<Sections> read_sections(std::string_view content) {
  Sections sections;
  std::size_t begin = 0;
  const auto end_at = [&](std::size_t end) {
    if (end == begin) return true;
    auto section = read_section(content.substr(begin, end - begin));
    if (section) sections.push_back(*std::move(section));
    begin = end;
    return section.has_value();
  };
  for (const formats::TextLine& line : formats::text_lines(content)) {
    if (trim(line.text).starts_with('[') && !end_at(line.begin)) return std::nullopt;
  }
  return end_at(content.size()) ? std::optional(std::move(sections)) : std::nullopt;
}

// Of HEAD and of the work tree; an absent file has no section.
std::optional<std::pair<Sections, Sections>> both_sides(const git::Repository& repository,
                                                        const Change& change) {
  const auto is_readable = [](const git::TreeEntry& entry) {
    return !entry.present() || entry.is_file();
  };
  if (!is_readable(change.head) || !is_readable(change.worktree)) return std::nullopt;
  std::optional<std::string> now = "";
  if (change.worktree.present())
    now = git::worktree_content(repository, change.path, change.worktree.oid);
  if (!now) return std::nullopt;
  auto before =
      read_sections(change.head.present() ? repository.read_blob(change.head.oid) : std::string());
  auto after = read_sections(*now);
  if (!before || !after) return std::nullopt;
  return std::pair(*std::move(before), *std::move(after));
}

bool is_own_gitlink(const OwnedChange& owned) {
  const Change& change = owned.change;
  return owned.owner == Owner::Ours && (change.head.mode == git::FileMode::Gitlink ||
                                        change.worktree.mode == git::FileMode::Gitlink);
}

std::string text_of(const Sections& sections, const std::set<std::string>& names, bool named) {
  std::string text;
  for (const Section& section : sections) {
    if (names.contains(section.name) == named) text += section.text;
  }
  return text;
}

// HEAD's file with the named sections as they are now, each in its old place, new ones last.
std::string merged(const Sections& head, const Sections& now, const std::set<std::string>& names) {
  std::string text;
  std::set<std::string> placed;
  const auto place = [&](const std::string& name) {
    if (!placed.insert(name).second) return;
    if (!text.empty() && text.back() != '\n') text += '\n';
    text += text_of(now, {name}, true);
  };
  for (const Section& section : head) {
    if (names.contains(section.name)) {
      place(section.name);
    } else {
      text += section.text;
    }
  }
  for (const Section& section : now) {
    if (names.contains(section.name)) place(section.name);
  }
  return text;
}

}  // namespace

bool is_gitmodules(const Change& change) {
  return change.path.bytes() == ".gitmodules";
}

std::optional<SubmoduleSections> submodule_sections(const git::Repository& repository,
                                                    const std::vector<OwnedChange>& owned) {
  const auto file = std::find_if(owned.begin(), owned.end(),
                                 [](const OwnedChange& one) { return is_gitmodules(one.change); });
  if (file == owned.end() || std::none_of(owned.begin(), owned.end(), is_own_gitlink))
    return std::nullopt;
  const auto sides = both_sides(repository, file->change);
  if (!sides) return std::nullopt;
  const auto& [head, now] = *sides;
  SubmoduleSections result;
  std::set<std::string> names;
  bool needs_section = false;
  for (const OwnedChange& one : owned) {
    if (!is_own_gitlink(one)) continue;
    bool described = false;
    for (const Sections* sections : {&head, &now}) {
      for (const Section& section : *sections) {
        if (section.name.empty() || section.path != one.change.path.bytes()) continue;
        names.insert(section.name);
        described = true;
      }
    }
    // An added gitlink cannot do without its section; one that is removed can wait for its removal.
    if (!described || needs_section) continue;
    result.link = one.change.path;
    needs_section = !one.change.head.present();
  }
  if (text_of(head, names, true) == text_of(now, names, true)) return std::nullopt;
  result.content = merged(head, now, names);
  result.everything = text_of(head, names, false) == text_of(now, names, false);
  return result;
}

void follow_submodules(const git::Repository& repository, std::vector<OwnedChange>& owned) {
  const auto sections = submodule_sections(repository, owned);
  if (!sections) return;
  const RepoPath& link = sections->link;
  for (OwnedChange& one : owned) {
    if (!is_gitmodules(one.change)) continue;
    one.renamed_with = link;
    if (one.owner == Owner::Ours || !sections->everything) continue;
    one.owner = Owner::Ours;
    one.reason = "describes submodule " + link.quoted();
  }
}

}  // namespace gs::session
