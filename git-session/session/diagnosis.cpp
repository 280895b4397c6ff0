#include "session/diagnosis.h"

#include "base/names.h"

namespace gs::session {
namespace {

constexpr auto kAreaNames = std::to_array<Name<Area>>({{Area::Versions, "versions"},
                                                       {Area::Repository, "repository"},
                                                       {Area::Configuration, "configuration"},
                                                       {Area::Hooks, "hooks"},
                                                       {Area::Agents, "agents"},
                                                       {Area::Tracker, "tracker"},
                                                       {Area::Locks, "locks"},
                                                       {Area::Records, "records"},
                                                       {Area::Close, "close"},
                                                       {Area::Sessions, "sessions"},
                                                       {Area::Worktrees, "worktrees"}});
static_assert(is_complete(kAreaNames));

constexpr auto kHealthNames = std::to_array<Name<Health>>({{Health::Fine, "fine"},
                                                           {Health::Note, "note"},
                                                           {Health::Warning, "warning"},
                                                           {Health::Error, "error"}});
static_assert(is_complete(kHealthNames));

}  // namespace

std::string_view area_name(Area area) {
  return name_of(kAreaNames, area);
}

std::string_view health_name(Health health) {
  return name_of(kHealthNames, health);
}

bool is_wrong(const Diagnosis& diagnosis) {
  return diagnosis.health == Health::Warning || diagnosis.health == Health::Error;
}

Diagnosis fine(Area area, std::string text) {
  return {area, Health::Fine, std::move(text)};
}

Diagnosis checked(Area area, std::string text) {
  Diagnosis diagnosis = fine(area, std::move(text));
  diagnosis.quiet = true;
  return diagnosis;
}

Diagnosis note(Area area, std::string text, std::vector<std::string> fix) {
  return {area, Health::Note, std::move(text), std::move(fix)};
}

Diagnosis wrong(Area area, std::string text, std::vector<std::string> fix) {
  return {area, Health::Warning, std::move(text), std::move(fix)};
}

Diagnosis broken(Area area, std::string text, std::vector<std::string> fix) {
  return {area, Health::Error, std::move(text), std::move(fix)};
}

Diagnosis broken(Area area, const Error& error, const std::string& fix) {
  return broken(area, error.message(), {error.hint().empty() ? fix : error.hint()});
}

}  // namespace gs::session
