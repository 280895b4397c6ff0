#include "session/finding.h"

#include "base/text.h"

namespace gs::session {

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::Critical:
      return "critical";
    case Severity::High:
      return "high";
    case Severity::Medium:
      return "medium";
    case Severity::Low:
      break;
  }
  return "low";
}

Json to_json(const Finding& finding) {
  // A path that is no text appears as git quotes it (docs/commands.md, "JSON").
  const std::string file = is_utf8(finding.file) ? finding.file : quote_path(finding.file);
  return Json{{"source", finding.source},
              {"severity", severity_name(finding.severity)},
              {"confidence", finding.confidence},
              {"file", text_or_null(file)},
              {"line", finding.line == 0 ? Json(nullptr) : Json(finding.line)},
              {"title", finding.title},
              {"detail", finding.detail},
              {"recommendation", finding.recommendation}};
}

}  // namespace gs::session
