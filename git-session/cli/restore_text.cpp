#include "cli/restore_text.h"

#include <algorithm>
#include <span>

#include "base/text.h"
#include "cli/json_values.h"

namespace gs::cli {

using snapshot::FileStep;
using snapshot::Reason;

char status_of(const FileStep& step) {
  if (!step.before.present()) return 'A';
  return step.after.present() ? 'M' : 'D';
}

Json json_reasons(const std::vector<Reason>& reasons) {
  Json list = Json::array();
  for (const Reason& reason : reasons)
    list.push_back({{"path", json_path(reason.path.bytes())}, {"reason", reason.why}});
  return list;
}

Json json_paths(const std::vector<RepoPath>& paths) {
  Json list = Json::array();
  for (const RepoPath& path : paths) list.push_back(json_path(path.bytes()));
  return list;
}

Json json_steps(const std::vector<FileStep>& steps) {
  Json list = Json::array();
  for (const FileStep& step : steps)
    list.push_back(
        {{"path", json_path(step.path.bytes())}, {"status", std::string(1, status_of(step))}});
  return list;
}

Json json_steps(const std::vector<snapshot::IndexStep>& steps) {
  Json list = Json::array();
  for (const snapshot::IndexStep& step : steps) list.push_back(json_path(step.path.bytes()));
  return list;
}

// A reason stands once above the files that share it.
void print_reasons(const std::vector<Reason>& reasons, const Style& style) {
  constexpr std::size_t kMost = 20;
  std::vector<Reason> sorted = reasons;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Reason& a, const Reason& b) { return a.why < b.why; });
  const std::string* above = nullptr;
  for (const Reason& reason : std::span(sorted).first(std::min(kMost, sorted.size()))) {
    if (above == nullptr || *above != reason.why)
      print_error("  " + report::hang(reason.why, style.err_columns, 2) + "\n");
    print_error("    " + reason.path.quoted() + "\n");
    above = &reason.why;
  }
  if (sorted.size() > kMost)
    print_error("    … and " + std::to_string(sorted.size() - kMost) + " more\n");
}

std::string some_of(const std::vector<RepoPath>& paths) {
  constexpr std::size_t kMost = 5;
  std::vector<std::string> names;
  for (const RepoPath& path : paths) names.push_back(path.quoted());
  return join_some(names, kMost);
}

}  // namespace gs::cli
