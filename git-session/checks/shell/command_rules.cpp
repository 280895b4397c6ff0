#include "checks/shell/command_rules.h"

#include <initializer_list>

#include "base/error.h"
#include "base/text.h"
#include "formats/json.h"

namespace gs::checks {
namespace {

constexpr std::size_t kLongestReason = 200;

}  // namespace

const std::vector<CommandRule>& builtin_command_rules() {
  static const std::vector<CommandRule> rules = [] {
    std::vector<CommandRule> list;
    const auto add = [&list](const char* reason, std::initializer_list<const char*> patterns) {
      for (const char* pattern : patterns) list.push_back({pattern, Severity::Block, reason});
    };
    add("it throws away uncommitted work, other sessions' too",
        {"git reset --hard", "git checkout -- .", "git checkout .", "git checkout -f",
         "git checkout --force", "git restore .", "git stash drop", "git stash clear"});
    add("it deletes files that git cannot bring back", {"git clean -f", "git clean --force"});
    add("it rewrites what others have fetched",
        {"git push --force", "git push -f", "git push --mirror"});
    add("it deletes without a way back",
        {"rm -rf", "rm -Rf", "rm --recursive --force", "DROP TABLE", "drop table"});
    return list;
  }();
  return rules;
}

CommandPolicy parse_command_policy(std::string_view text, const std::string& source) {
  CommandPolicy policy;
  Json object;
  try {
    object = formats::parse_json(text, source);
  } catch (const Error& error) {
    policy.problems.push_back(error.message());
    return policy;
  }
  const Json* rules = object.is_array() ? &object : nullptr;
  if (object.is_object() && object.contains("rules")) rules = &object["rules"];
  if (rules == nullptr || !rules->is_array()) {
    policy.problems.push_back(source + ": has no list 'rules'");
    return policy;
  }
  const auto text_of = [](const Json& rule, const char* key) {
    const auto found = rule.find(key);
    return found != rule.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  for (const Json& rule : *rules) {
    const std::string pattern = rule.is_object() ? text_of(rule, "pattern") : std::string();
    if (pattern.empty()) {
      policy.problems.push_back(source + ": a rule has no 'pattern'");
      continue;
    }
    if (rule.contains("type")) continue;  // a rule about something else than a command's words
    const bool warns = text_of(rule, "severity") == "warn";
    policy.rules.push_back({pattern, warns ? Severity::Warn : Severity::Block,
                            ellipsize(text_of(rule, "rationale"), kLongestReason)});
  }
  return policy;
}

}  // namespace gs::checks
