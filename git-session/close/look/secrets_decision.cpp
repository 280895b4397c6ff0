// Decision `secrets`, and what it has let through.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "close/context.h"
#include "close/look/secret_search.h"

namespace gs::close {

namespace {

constexpr std::string_view kOverridden = "secrets-overridden";

// Of a planned and of the made commit the same: a commit's name and a line's number are not in it.
std::string key_of(const session::Finding& secret) {
  return git::Repository::hash_blob(secret.file + "\n" + secret.detail).hex();
}

}  // namespace

std::string describe_secret(const session::Finding& secret) {
  std::string place = secret.file.empty() ? "" : RepoPath(secret.file).quoted();
  if (!place.empty() && secret.line > 0) place += ":" + std::to_string(secret.line);
  return place + (place.empty() ? "" : ": ") + secret.title;
}

std::string list_secrets(const std::vector<session::Finding>& secrets) {
  constexpr std::size_t kMostListed = 100;
  std::string text;
  for (std::size_t i = 0; i < std::min(secrets.size(), kMostListed); ++i) {
    text += describe_secret(secrets[i]) + "\n";
    if (!secrets[i].detail.empty()) text += "  " + secrets[i].detail + "\n";
  }
  if (secrets.size() > kMostListed)
    text += "and " + std::to_string(secrets.size() - kMostListed) + " more\n";
  return text;
}

std::optional<std::string> decide_secrets(Context& context, const std::string& question,
                                          const std::vector<session::Finding>& secrets) {
  if (secrets.empty()) return "override";
  session::Decision decision{
      "secrets",
      question,
      {{"abort",
        "stop; remove them (from a commit: 'git commit --amend', 'git rebase -i') and "
        "revoke them first"},
       {"override", "publish them anyway; STATE.md's Deviations say so"}},
      "abort",
      list_secrets(secrets),
      ""};
  if (!context.options.decide.contains("secrets") && without_overridden(context, secrets).empty()) {
    decision.chosen = "override";
    context.decisions.repeat(std::move(decision));
    return "override";
  }
  const std::optional<std::string> chosen = context.decisions.take(std::move(decision));
  if (chosen == "override") {
    std::vector<std::string> keys;
    for (const session::Finding& secret : secrets) keys.push_back(key_of(secret));
    context.journal.record(kOverridden, {{"keys", keys}});
  }
  return chosen;
}

std::vector<session::Finding> without_overridden(const Context& context,
                                                 std::vector<session::Finding> secrets) {
  std::set<std::string> keys;
  for (const Json& event : context.journal.events()) {
    if (event.value("event", "") != kOverridden) continue;
    for (std::string& key : event.at("keys").get<std::vector<std::string>>())
      keys.insert(std::move(key));
  }
  std::erase_if(secrets,
                [&](const session::Finding& secret) { return keys.contains(key_of(secret)); });
  return secrets;
}

}  // namespace gs::close
