#include "checks/tool.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/process/process.h"
#include "base/screen.h"
#include "base/text.h"
#include "checks/secrets/mask.h"
#include "formats/markdown.h"
#include "git/command.h"

namespace gs::checks {
namespace {

constexpr std::size_t kOutputLimit = 4U << 20U;
constexpr std::size_t kMostFindings = 500;
constexpr std::size_t kTitleLength = 200;
constexpr std::size_t kTextLength = 2000;
constexpr int kUsualConfidence = 80;

std::optional<Json> parse_object(std::string_view text) {
  text = trim(text);
  if (!text.starts_with('{')) return std::nullopt;
  try {
    Json value = formats::parse_json(text, "answer");
    return value.is_object() ? std::optional(std::move(value)) : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool has_keys(const Json& value, const std::vector<std::string_view>& keys) {
  return std::all_of(keys.begin(), keys.end(),
                     [&](std::string_view key) { return value.contains(std::string(key)); });
}

std::string first_text(const Json& value, std::initializer_list<const char*> keys,
                       std::size_t limit) {
  for (const char* key : keys) {
    const auto found = value.find(key);
    if (found == value.end() || !found->is_string()) continue;
    const std::string text =
        escape_hidden(strip_attributes(trim(found->get_ref<const std::string&>())));
    if (!text.empty()) return ellipsize(mask_secrets(text), limit);
  }
  return "";
}

session::Severity severity_of(const Json& value) {
  const std::string name = to_lower(first_text(value, {"severity"}, kTitleLength));
  if (name == "info") return session::Severity::Low;
  return session::severity_named(name).value_or(session::Severity::Medium);
}

// In percent, or as a fraction of 1.
int confidence_of(const Json& value) {
  const auto found = value.find("confidence");
  if (found == value.end() || !found->is_number()) return kUsualConfidence;
  double number = found->get<double>();
  if (!found->is_number_integer() && number <= 1.0) number *= 100.0;
  return static_cast<int>(std::lround(std::clamp(number, 0.0, 100.0)));
}

std::size_t line_of(const Json& value) {
  constexpr std::int64_t kMost = 1'000'000'000;
  const auto found = value.find("line");
  const std::int64_t line = found == value.end() ? 0 : found->integer().value_or(0);
  return line > 0 && line < kMost ? static_cast<std::size_t>(line) : 0;
}

std::string why_not(const ProcessResult& result) {
  if (result.exit_status == 127) return "command not found";
  std::string problem = result.describe();
  const std::vector<std::string_view> lines = split_lines(trim(result.err));
  if (!lines.empty()) {
    problem +=
        ": " + ellipsize(mask_secrets(escape_hidden(strip_attributes(lines.back()))), kTitleLength);
  }
  return problem;
}

}  // namespace

std::optional<Json> find_answer(std::string_view output,
                                const std::vector<std::string_view>& keys) {
  if (auto whole = parse_object(output)) {
    return has_keys(*whole, keys) ? std::move(whole) : std::nullopt;
  }
  formats::CodeFence fence;
  std::string block;
  for (const std::string_view line : split_lines(output)) {
    const bool was_inside = fence.inside();
    if (fence.take(line)) {
      if (was_inside) {
        auto found = parse_object(block);
        if (found && has_keys(*found, keys)) return found;
      }
      block.clear();
    } else if (fence.inside()) {
      block.append(line).append("\n");
    }
  }
  return std::nullopt;
}

ToolAnswer ask_tool(const std::string& command, const std::string& directory, const Json& request,
                    std::chrono::milliseconds timeout, const CommandObserver& observer,
                    const std::vector<std::string_view>& keys) {
  ProcessOptions options;
  options.working_directory = directory;
  options.timeout = timeout;
  options.output_limit = kOutputLimit;
  options.group_ends_with_us = true;
  options.input = formats::to_json_line(request) + "\n";
  for (const std::string& name : git::local_environment_variables()) {
    options.environment[name] = std::nullopt;
  }
  const auto started = std::chrono::steady_clock::now();
  options.on_output = [&](std::string_view) {
    observer("", "",
             std::chrono::duration_cast<std::chrono::milliseconds>(
                 std::chrono::steady_clock::now() - started));
  };
  const ProcessResult result = run_process(shell_argv(command), options);
  ToolAnswer answer;
  answer.duration = result.duration;
  answer.interrupted = result.interrupted;
  if (!result.ok()) {
    answer.problem = why_not(result);
  } else if (result.out.size() >= kOutputLimit) {
    answer.problem = "printed more than " + std::to_string(kOutputLimit >> 20U) + " MiB";
  } else {
    answer.value = find_answer(result.out, keys);
    if (!answer.value) {
      std::vector<std::string> names;
      for (const std::string_view key : keys) names.push_back("'" + std::string(key) + "'");
      answer.problem = "did not print a JSON object with " + join(names, " and ");
    }
  }
  return answer;
}

ToolFindings read_findings(const Json& list, const std::string& source) {
  ToolFindings findings;
  if (!list.is_array()) return findings;
  for (const Json& value : list) {
    if (findings.entries.size() == kMostFindings || !value.is_object()) {
      ++findings.malformed;
      continue;
    }
    session::Finding finding;
    finding.title = first_text(value, {"title", "description", "message"}, kTitleLength);
    if (finding.title.empty()) {
      ++findings.malformed;
      continue;
    }
    finding.source = first_text(value, {"source", "probe"}, kTitleLength);
    if (finding.source.empty()) finding.source = source;
    finding.severity = severity_of(value);
    finding.confidence = confidence_of(value);
    finding.file = first_text(value, {"file", "path"}, kTextLength);
    if (finding.file.starts_with("./")) finding.file.erase(0, 2);
    finding.line = line_of(value);
    finding.detail = first_text(value, {"detail", "details", "evidence"}, kTextLength);
    finding.recommendation =
        first_text(value, {"recommendation", "suggestion", "fix"}, kTextLength);
    findings.entries.push_back(
        {std::move(finding), to_lower(first_text(value, {"category"}, kTitleLength))});
  }
  return findings;
}

}  // namespace gs::checks
