#include "session/finding.h"

#include "base/names.h"
#include "base/text.h"

namespace gs::session {

namespace {

constexpr auto kSeverityNames = std::to_array<Name<Severity>>({{Severity::Critical, "critical"},
                                                               {Severity::High, "high"},
                                                               {Severity::Medium, "medium"},
                                                               {Severity::Low, "low"}});

}  // namespace

std::string_view severity_name(Severity severity) {
  return name_of(kSeverityNames, severity);
}

std::optional<Severity> severity_named(std::string_view name) {
  return named(kSeverityNames, name);
}

Json to_json(const Finding& finding) {
  // A path that is not UTF-8 appears as git quotes it (docs/commands.md, "JSON").
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
