#include "tracker/local_issues.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "formats/frontmatter.h"
#include "tracker/issue_file.h"

namespace gs::tracker {

void LocalIssues::read(const std::string& path, const std::string& name) {
  const std::optional<long> id = id_of_name(name);
  if (!id) return;
  highest_id_ = std::max(highest_id_, *id);
  const RepoPath file(join_path(kDirectory, name));
  try {
    const std::string text = read_file(path);
    Issue issue = parse_issue(text, file, *id);
    if (const auto taken = files_.find(*id); taken != files_.end()) {
      problems_.push_back("'" + file.quoted() + "' has the number of '" +
                          taken->second.issue.file.quoted() + "'");
      return;
    }
    files_.emplace(*id, File{std::move(issue), text});
  } catch (const Error& error) {
    problems_.push_back(error.message());
  }
}

LocalIssues LocalIssues::load(const std::string& work_tree, const std::vector<RepoPath>& planned) {
  LocalIssues issues;
  for (const RepoPath& path : planned) {
    if (path.parent() != kDirectory) continue;
    issues.highest_id_ =
        std::max(issues.highest_id_, id_of_name(std::string(path.name())).value_or(0));
  }
  const std::string directory = join_path(work_tree, kDirectory);
  for (const std::string& name : list_directory(directory)) {
    const std::string path = join_path(directory, name);
    const auto info = file_info(path);
    const bool is_file =
        info && (info->type == FileType::Regular || info->type == FileType::Executable);
    if (is_file) issues.read(path, name);
  }
  return issues;
}

std::vector<Issue> LocalIssues::issues() const {
  std::vector<Issue> all;
  all.reserve(files_.size());
  for (const auto& [id, file] : files_) all.push_back(file.issue);
  return all;
}

std::optional<Issue> LocalIssues::find(long id) const {
  const auto found = files_.find(id);
  return found == files_.end() ? std::nullopt : std::optional(found->second.issue);
}

// The edit, and the issue as the changes after it see it.
FileEdit LocalIssues::edit(File& file, std::string text) {
  file.issue = parse_issue(text, file.issue.file, file.issue.id);
  file.text = std::move(text);
  return {file.issue.file, file.text};
}

LocalIssues::Created LocalIssues::create(const NewIssue& issue, Timestamp now) {
  const std::string mark = marker(issue);
  for (const auto& [id, file] : files_) {
    if (file.issue.body.find(mark) != std::string::npos) return {file.issue, std::nullopt};
  }
  Issue created;
  created.id = ++highest_id_;
  created.title = issue.title;
  created.labels = issue.labels;
  created.priority = issue.priority;
  created.session = issue.session;
  created.origin = issue.origin;
  created.body = "\n" + with_marker(issue.body, mark) + "\n";
  created.file = RepoPath(join_path(kDirectory, file_name(created.id, created.title)));
  const std::string text = render_issue(created, now);
  File& file = files_.emplace(created.id, File{created, text}).first->second;
  return {file.issue, FileEdit{file.issue.file, text}};
}

std::optional<FileEdit> LocalIssues::close(long id, std::string_view comment, Timestamp now) {
  const auto found = files_.find(id);
  if (found == files_.end() || !found->second.issue.open) return std::nullopt;
  std::string text = formats::set_frontmatter_values(
      found->second.text, {{"state", "closed"}, {"closed", format_utc(now)}});
  if (!trim(comment).empty()) text = append_comment(text, comment, now);
  return edit(found->second, std::move(text));
}

std::optional<FileEdit> LocalIssues::comment(long id, std::string_view text, Timestamp now) {
  const auto found = files_.find(id);
  if (found == files_.end() || trim(text).empty()) return std::nullopt;
  return edit(found->second, append_comment(found->second.text, text, now));
}

std::optional<FileEdit> LocalIssues::set_labels(long id, const std::vector<std::string>& add,
                                                const std::vector<std::string>& remove) {
  const auto found = files_.find(id);
  if (found == files_.end()) return std::nullopt;
  std::vector<std::string> labels;
  const auto keep = [&labels](const std::string& label) {
    if (std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(label);
  };
  for (const std::string& label : found->second.issue.labels) {
    if (std::find(remove.begin(), remove.end(), label) == remove.end()) keep(label);
  }
  for (const std::string& label : add) keep(label);
  if (labels == found->second.issue.labels) return std::nullopt;
  return edit(found->second, formats::set_frontmatter_values(found->second.text,
                                                             {{"labels", yaml_flow_list(labels)}}));
}

}  // namespace gs::tracker
