#include "records/list_section.h"

namespace gs::records {

std::string list_section(std::string_view title, const std::vector<std::string>& lines) {
  std::string text = "\n## " + std::string(title) + "\n\n";
  for (const std::string& line : lines) text += "- " + line + "\n";
  if (lines.empty()) text += "None.\n";
  return text;
}

}  // namespace gs::records
