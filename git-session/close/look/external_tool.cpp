#include "close/look/external_tool.h"

#include "checks/secrets/mask.h"

namespace gs::close {

namespace {

Json item_to_json(const session::PlanItem& item, const checks::ItemResult* result) {
  Json files = Json::array();
  for (const session::PathPattern& pattern : item.files) files.push_back(pattern.pattern());
  return {{"title", item.title},
          {"issue", or_null(item.issue)},
          {"priority", item.priority},
          {"files", files},
          {"verify", or_null(item.verify)},
          {"dropped", or_null(item.dropped)},
          {"why", or_null(item.why)},
          {"status", result != nullptr ? Json(checks::item_status_name(result->status)) : Json()},
          {"evidence", result != nullptr ? Json(result->evidence) : Json()}};
}

Json plan_to_json(const Context& context) {
  if (!context.session->plan) return nullptr;
  const session::Plan& plan = *context.session->plan;
  Json items = Json::array();
  for (std::size_t i = 0; i < plan.items.size(); ++i) {
    const bool checked = i < context.plan.items.size();
    items.push_back(item_to_json(plan.items[i], checked ? &context.plan.items[i] : nullptr));
  }
  return {{"title", plan.title}, {"items", items}};
}

Json request_of(const Context& context, std::string_view key) {
  Json files = Json::array();
  for (const session::Change& change : context.changes) files.push_back(change.path.quoted());
  const std::optional<git::ObjectId> head = context.repository().head().commit;
  const std::string base =
      context.session->base ? context.session->base->hex() : git::Repository::empty_tree().hex();
  const std::string name(key.substr(0, key.find('-')));
  return {{"schema", "git-session/" + name + "-request/1"},
          {"session", context.session->id},
          {"type", context.session->state.session_type},
          {"branch", context.repository().head().branch.value_or("")},
          {"plan", plan_to_json(context)},
          {"changed_files", files},
          {"diff",
           {{"base", base},
            {"head", head ? Json(head->hex()) : Json()},
            {"range", head ? Json(base + ".." + head->hex()) : Json()}}}};
}

}  // namespace

std::optional<std::string> tool_command(const Context& context, std::string_view key) {
  const std::optional<std::string> command = context.workspace.config.text(key);
  return command == "skip" ? std::nullopt : command;
}

checks::ToolAnswer ask_external_tool(Context& context, std::string_view key,
                                     const std::string& command,
                                     const std::vector<std::string_view>& keys) {
  const std::string about =
      git::Repository::hash_blob(context.fingerprint + "\n" + context.session->plan_text).hex();
  for (auto event = context.journal.events().rbegin(); event != context.journal.events().rend();
       ++event) {
    if (event->value("event", "") == "tool" && event->value("command", "") == command &&
        event->value("key", "") == key && event->value("about", "") == about) {
      return {event->value("answer", Json()), "", {}, false};
    }
  }
  checks::ToolAnswer answer = checks::ask_tool(
      command, context.repository().work_tree(), request_of(context, key),
      context.workspace.config.duration("gate-timeout"),
      [&](std::string_view chunk, std::string_view last_line, std::chrono::milliseconds elapsed) {
        context.observer.command_running(key, chunk, last_line, elapsed);
      },
      keys);
  if (answer.value) {
    context.journal.record("tool", {{"key", key},
                                    {"command", command},
                                    {"about", about},
                                    {"answer", checks::mask_strings(*answer.value)}});
  }
  return answer;
}

}  // namespace gs::close
