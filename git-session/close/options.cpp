#include "close/options.h"

namespace gs::close {

Json lasting_options(const Options& options) {
  return {{"push", options.push},
          {"mirror", options.mirror},
          {"edit", options.edit},
          {"isolated", options.isolated},
          {"request", options.request},
          {"branch", or_null(options.branch)},
          {"message", or_null(options.message)},
          {"base", or_null(options.base)},
          {"docs_tasks", or_null(options.docs_tasks)}};
}

Options with_those_begun_with(Options options, const Json& header) {
  const auto text = [&](const char* key) {
    const Json value = header.value(key, Json());
    return value.is_string() ? std::optional(value.get<std::string>()) : std::nullopt;
  };
  options.push = options.push && header.value("push", true);
  options.mirror = options.mirror && header.value("mirror", true);
  options.edit = options.edit || header.value("edit", false);
  options.isolated = options.isolated || header.value("isolated", false);
  if (options.request.empty()) options.request = header.value("request", "");
  if (!options.branch) options.branch = text("branch");
  if (!options.message) options.message = text("message");
  if (!options.base) options.base = text("base");
  if (!options.docs_tasks) options.docs_tasks = text("docs_tasks");
  return options;
}

}  // namespace gs::close
