#include "tracker/requests.h"

#include "base/text.h"

namespace gs::tracker {

namespace {

// "group/subgroup" of "group/subgroup/name".
std::string owner_of(const Project& project) {
  return project.path.substr(0, project.path.rfind('/'));
}

}  // namespace

std::string Requests::name() const {
  return is_github() ? "pull request" : "merge request";
}

bool Requests::is_ours(const Json& object) const {
  if (is_github()) {
    const std::string owner = json_text(object.value("headRepositoryOwner", Json()), "login");
    return to_lower(owner) == to_lower(owner_of(host_.head));
  }
  const auto source = object.value("source_project_id", Json()).integer();
  const auto target = object.value("target_project_id", Json()).integer();
  return (source != target) == from_fork();
}

std::optional<Request> Requests::find_open(const std::string& branch) const {
  const Json answer =
      is_github() ? client_.ask({"pr", "list", "--head", branch, "--state", "open", "--limit",
                                 "100", "--json", "number,url,isDraft,headRepositoryOwner"})
                  : client_.ask({"mr", "list", "--source-branch", branch, "--per-page", "100",
                                 "--output", "json"});
  if (!answer.is_array() && !answer.is_null())
    throw client_.bad_answer("no list of " + name() + "s");
  for (const Json& object : answer) {
    const auto number = object.is_object()
                            ? object.value(is_github() ? "number" : "iid", Json()).integer()
                            : std::nullopt;
    if (!number) throw client_.bad_answer("a " + name() + " without a number");
    if (is_ours(object)) {
      return Request{*number, json_text(object, is_github() ? "url" : "web_url"),
                     object.value(is_github() ? "isDraft" : "draft", false)};
    }
  }
  return std::nullopt;
}

Request Requests::open(const NewRequest& request) const {
  std::vector<std::string> words;
  if (is_github()) {
    const std::string head =
        from_fork() ? owner_of(host_.head) + ":" + request.branch : request.branch;
    words = {"pr", "create", "--title", request.title, "--body", request.body, "--head", head};
    if (!request.base.empty()) words.insert(words.end(), {"--base", request.base});
  } else {
    words = {"mr",         "create",          "--title",      request.title, "--description",
             request.body, "--source-branch", request.branch, "--yes"};
    if (from_fork()) words.insert(words.end(), {"--head", host_.head.path});
    if (!request.base.empty()) words.insert(words.end(), {"--target-branch", request.base});
  }
  if (request.draft) words.emplace_back("--draft");
  const std::string output = client_.run(words);
  const std::optional<long> number =
      number_after(output, is_github() ? "/pull/" : "/merge_requests/");
  if (!number) throw client_.bad_answer("it printed no address of a " + name());
  return {*number, std::string(trim(split_lines(trim(output)).back())), request.draft};
}

void Requests::set_body(long number, const std::string& body) const {
  const std::string text = std::to_string(number);
  if (is_github()) {
    (void)client_.run({"pr", "edit", text, "--body", body});
  } else {
    (void)client_.run({"mr", "update", text, "--description", body});
  }
}

}  // namespace gs::tracker
