#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gs::checks {

// What a document says that can be held against reality (docs/formats.md, "Drift"). Lines from 1.
struct DocumentClaims {
  struct Text {
    std::size_t line;
    std::string text;
  };
  struct Count {
    std::size_t line;
    long count;
    std::string text;  // "(12 projects)"
  };
  struct IssueReference {
    std::size_t line;
    long issue;
    std::string heading;  // the forward-looking one
  };
  std::vector<Text> paths;  // absolute, below /home and /Users; outside code fences
  std::vector<Count> counts;
  std::vector<IssueReference> issues;  // below forward-looking headings, outside code fences
  std::vector<Text> session_files;     // "50-sessions/2026-11-22-….md"
};
// Takes linear time, and never throws.
[[nodiscard]] DocumentClaims scan_document(std::string_view text);

enum class Looking { Neither, Forward, Backward };
// By the words of a heading; backward wins.
[[nodiscard]] Looking looking(std::string_view heading);

}  // namespace gs::checks
