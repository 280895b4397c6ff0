#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/process/process.h"
#include "formats/json.h"
#include "tracker/tracker.h"

namespace gs::tracker {

// gh or glab, run with an argument vector in the work tree, without prompts, colours and pagers,
// and with a time limit. Both find their own login.
class Client {
 public:
  using Environment = std::map<std::string, std::optional<std::string>>;
  // `repository`: for --repo, gh's "[HOST/]OWNER/NAME" or glab's "https://HOST/GROUP/NAME"; "":
  // detected by the program from the work tree's remotes.
  Client(std::string program, std::string directory, std::string repository,
         Environment environment, std::chrono::milliseconds timeout);

  // Its output; throws a TrackerError with its own message.
  [[nodiscard]] std::string run(const std::vector<std::string>& arguments) const;
  // The output as JSON; null if empty. Anything but JSON is Trouble::BadAnswer.
  [[nodiscard]] Json ask(const std::vector<std::string>& arguments) const;
  [[nodiscard]] TrackerError bad_answer(const std::string& what) const;
  // The same without --repo, and with at most that much time.
  [[nodiscard]] Client for_no_project(std::chrono::milliseconds at_most) const;

 private:
  std::string program_;
  std::string directory_;
  std::string repository_;
  Environment environment_;
  std::chrono::milliseconds timeout_;
};

// Detected from the programs' messages (docs/trackers.md).
[[nodiscard]] Trouble trouble_of(const ProcessResult& result);
// The number after the last `part` ("/pull/") of the output.
[[nodiscard]] std::optional<long> number_after(std::string_view output, std::string_view part);
// The number after the last "/issues/" (or glab's "/work_items/") in the output of `issue create`.
[[nodiscard]] std::optional<long> created_number(std::string_view output);

// A label as an option's value: both programs parse it as a CSV list, so that a comma would split
// it.
[[nodiscard]] std::string label_argument(const std::string& label);
// "" if missing.
[[nodiscard]] std::string json_text(const Json& object, const char* key);
[[nodiscard]] std::string priority_of(const std::vector<std::string>& labels);

}  // namespace gs::tracker
