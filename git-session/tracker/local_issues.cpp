#include "tracker/local_issues.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/ascii.h"
#include "base/error.h"
#include "base/screen.h"
#include "base/text.h"
#include "formats/frontmatter.h"
#include "formats/json.h"
#include "formats/quoted.h"
#include "formats/yaml.h"

namespace gs::tracker {
namespace {

constexpr std::size_t kSlugLength = 50;
constexpr long kHighestId = 999'999'999;

std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return "";
  return found->is_string() ? found->get<std::string>() : formats::to_json_line(*found);
}

std::vector<std::string> labels_of(const Json& object) {
  std::vector<std::string> labels;
  const auto found = object.find("labels");
  if (found == object.end()) return labels;
  if (found->is_array()) {
    for (const Json& label : *found) {
      labels.push_back(label.is_string() ? label.get<std::string>() : formats::to_json_line(label));
    }
  } else if (found->is_string()) {
    for (const std::string_view label : split(found->get_ref<const std::string&>(), ',')) {
      if (!trim(label).empty()) labels.emplace_back(trim(label));
    }
  }
  return labels;
}

// Booleans to YAML 1.1 readers, or null to any.
bool is_special_word(std::string_view text) {
  constexpr std::array<std::string_view, 10> kWords{"yes", "no",   "on",    "off",  "y",
                                                    "n",   "true", "false", "null", "none"};
  return std::find(kWords.begin(), kWords.end(), to_lower(text)) != kWords.end();
}

// Starts like a word, not like a number or a date, has no characters special to YAML (also in a
// flow list), and is a single line.
bool is_plain(std::string_view text) {
  if (text.empty() || !is_alnum(text.front()) || is_special_word(text)) return false;
  if (is_digit(text.front())) return false;
  if (text.back() == ':' || text.back() == ' ') return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (std::string_view("[]{},\"'`\\").find(c) != std::string_view::npos) return false;
    if (c == ':' && text[i + 1] == ' ') return false;
    if (c == '#' && i > 0 && text[i - 1] == ' ') return false;
  }
  return escape_hidden(text) == text && text.find_first_of("\n\t") == std::string_view::npos;
}

std::string slug(std::string_view title) {
  std::string words;
  for (const char c : to_lower(title)) {
    if (is_alnum(c)) {
      words += c;
    } else if (!words.empty() && words.back() != '-') {
      words += '-';
    }
  }
  if (words.size() > kSlugLength) {
    const std::size_t cut = words.rfind('-', kSlugLength);
    words.resize(cut == std::string::npos ? kSlugLength : cut);
  }
  while (words.ends_with('-')) words.pop_back();
  return words.empty() ? "issue" : words;
}

// A YAML scalar: plain if every reader takes that for the same text, else quoted.
std::string yaml_scalar(const std::string& text) {
  return is_plain(text) ? text : formats::quoted(text, formats::Quoting::Yaml);
}

std::string yaml_flow_list(const std::vector<std::string>& items) {
  std::vector<std::string> scalars;
  scalars.reserve(items.size());
  for (const std::string& item : items) scalars.push_back(yaml_scalar(item));
  return "[" + join(scalars, ", ") + "]";
}

// The number at the start of an issue's file name; absent for other files.
std::optional<long> id_of_name(std::string_view name) {
  if (!name.ends_with(".md")) return std::nullopt;
  long id = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
  if (error != std::errc() || id < 1 || id > kHighestId) return std::nullopt;
  const std::string_view rest = name.substr(static_cast<std::size_t>(end - name.data()));
  return rest.starts_with('-') || rest == ".md" ? std::optional(id) : std::nullopt;
}

// "0012-retry-uploads.md"
std::string file_name(long id, std::string_view title) {
  const std::string digits = std::to_string(id);
  const std::string zeros(digits.size() < 4 ? 4 - digits.size() : 0, '0');
  return zeros + digits + "-" + slug(title) + ".md";
}

// Throws a fatal Error that names `file` if the frontmatter cannot be read.
Issue parse_issue(std::string_view text, const FilePlace& file, long id_of_name) {
  const auto parts = formats::split_frontmatter(text);
  if (!parts) throw fatal("'" + file.quoted() + "' has no frontmatter");
  const Json values = formats::parse_yaml(parts->yaml, file.bytes(), 2);
  if (!values.is_object()) throw fatal("the frontmatter of '" + file.quoted() + "' has no keys");
  Issue issue;
  issue.id = id_of_name;
  const std::string id = text_of(values, "id");
  if (!id.empty() &&
      id.substr(std::min(id.find_first_not_of('0'), id.size())) != std::to_string(id_of_name)) {
    throw fatal("'" + file.quoted() + "' says id '" + id + "', and its name another");
  }
  issue.title = text_of(values, "title");
  issue.open = to_lower(text_of(values, "state")) != "closed";
  issue.labels = labels_of(values);
  issue.priority = text_of(values, "priority");
  issue.session = text_of(values, "session");
  issue.origin = text_of(values, "origin");
  issue.body = std::string(parts->body);
  issue.file = file;
  return issue;
}

std::string render_issue(const Issue& issue, Timestamp now) {
  const auto line = [](std::string_view key, const std::string& value) {
    return std::string(key) + (value.empty() ? ":" : ": " + value) + "\n";
  };
  const auto text = [](const std::string& value) {
    return value.empty() ? std::string() : yaml_scalar(value);
  };
  return "---\n" + line("id", std::to_string(issue.id)) + line("title", yaml_scalar(issue.title)) +
         line("state", issue.open ? "open" : "closed") +
         line("labels", yaml_flow_list(issue.labels)) + line("priority", text(issue.priority)) +
         line("created", format_utc(now)) + line("closed", "") +
         line("session", text(issue.session)) + line("origin", text(issue.origin)) + "---\n" +
         issue.body;
}

// `text` with "## Comment <time>" and the comment at its end, in its own line endings.
std::string append_comment(std::string_view text, std::string_view comment, Timestamp now) {
  const bool crlf = text.substr(0, text.find('\n')).ends_with('\r');
  std::string added = "\n## Comment " + format_utc(now) + "\n\n";
  added += trim(comment);
  added += '\n';
  std::string result(text);
  while (result.ends_with('\n') || result.ends_with('\r')) result.pop_back();
  for (const char c : "\n" + added) {
    if (c == '\n' && crlf) result += '\r';
    result += c;
  }
  return result;
}

}  // namespace

void LocalIssues::read(const TreeFiles& files, const std::string& name) {
  const std::optional<long> id = id_of_name(name);
  if (!id) return;
  highest_id_ = std::max(highest_id_, *id);
  const FilePlace file = place_of(name);
  try {
    const std::optional<std::string> found = files.read(file);
    if (!found) return;  // gone since it was listed
    const std::string& text = *found;
    Issue issue = parse_issue(text, file, *id);
    if (const auto taken = files_.find(*id); taken != files_.end()) {
      problems_.push_back("'" + file.quoted() + "' has the number of '" +
                          taken->second.issue.file.quoted() +
                          "': give one of them another, in its name and its 'id'");
    }
    files_.emplace(*id, File{std::move(issue), text});
  } catch (const Error& error) {
    problems_.push_back(error.message());
  }
}

LocalIssues LocalIssues::load(const FilePlace& directory_of_issues, const std::string& work_tree,
                              const std::vector<FilePlace>& planned) {
  LocalIssues issues;
  issues.directory_ = directory_of_issues;
  for (const FilePlace& path : planned) {
    if (issues.place_of(path.name()) != path) continue;
    issues.highest_id_ = std::max(issues.highest_id_, id_of_name(path.name()).value_or(0));
  }
  const TreeFiles files(work_tree);
  for (const std::string& name : files.list(directory_of_issues)) issues.read(files, name);
  return issues;
}

std::vector<Issue> LocalIssues::issues() const {
  std::vector<Issue> all;
  all.reserve(files_.size());
  for (const auto& [id, file] : files_) all.push_back(file.issue);
  return all;
}

std::optional<Issue> LocalIssues::find(long id) const {
  if (files_.count(id) != 1) return std::nullopt;
  return files_.find(id)->second.issue;
}

LocalIssues::File* LocalIssues::only(long id) {
  return files_.count(id) == 1 ? &files_.find(id)->second : nullptr;
}

// Returns the edit, and updates the issue for later changes.
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
  created.file = place_of(file_name(created.id, created.title));
  const std::string text = render_issue(created, now);
  File& file = files_.emplace(created.id, File{created, text})->second;
  return {file.issue, FileEdit{file.issue.file, text}};
}

std::optional<FileEdit> LocalIssues::close(long id, std::string_view comment, Timestamp now) {
  File* const found = only(id);
  if (found == nullptr || !found->issue.open) return std::nullopt;
  std::string text = formats::set_frontmatter_values(
      found->text, {{"state", "closed"}, {"closed", format_utc(now)}});
  if (!trim(comment).empty()) text = append_comment(text, comment, now);
  return edit(*found, std::move(text));
}

std::optional<FileEdit> LocalIssues::comment(long id, std::string_view text, Timestamp now) {
  File* const found = only(id);
  if (found == nullptr || trim(text).empty()) return std::nullopt;
  return edit(*found, append_comment(found->text, text, now));
}

std::optional<FileEdit> LocalIssues::set_labels(long id, const std::vector<std::string>& add,
                                                const std::vector<std::string>& remove) {
  File* const found = only(id);
  if (found == nullptr) return std::nullopt;
  std::vector<std::string> labels;
  const auto keep = [&labels](const std::string& label) {
    if (std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(label);
  };
  for (const std::string& label : found->issue.labels) {
    if (std::find(remove.begin(), remove.end(), label) == remove.end()) keep(label);
  }
  for (const std::string& label : add) keep(label);
  if (labels == found->issue.labels) return std::nullopt;
  return edit(*found,
              formats::set_frontmatter_values(found->text, {{"labels", yaml_flow_list(labels)}}));
}

}  // namespace gs::tracker
