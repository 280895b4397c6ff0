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

// gh or glab, run by an argument vector in the work tree, without prompts, colours and pagers, and
// with a time limit. Both find their log-in themselves.
class Client {
 public:
  using Environment = std::map<std::string, std::optional<std::string>>;
  // `repository`: for --repo, gh's "[HOST/]OWNER/NAME" or glab's "https://HOST/GROUP/NAME"; "": the
  // program finds it from the work tree's remotes.
  Client(std::string program, std::string directory, std::string repository,
         Environment environment, std::chrono::milliseconds timeout);

  // What it printed; throws a TrackerError with its own words.
  [[nodiscard]] std::string run(const std::vector<std::string>& arguments) const;
  // The same as JSON; null for nothing. An answer that is no JSON is Trouble::BadAnswer.
  [[nodiscard]] Json ask(const std::vector<std::string>& arguments) const;
  [[nodiscard]] TrackerError bad_answer(const std::string& what) const;

 private:
  std::string program_;
  std::string directory_;
  std::string repository_;
  Environment environment_;
  std::chrono::milliseconds timeout_;
};

// Detected from what the programs print (docs/trackers.md).
[[nodiscard]] Trouble trouble_of(const ProcessResult& result);
// The number behind the last "/issues/" (or glab's "/work_items/"): of what `issue create` prints.
[[nodiscard]] std::optional<long> created_number(std::string_view output);

// Values of an answer; "" and empty where there are none.
// A label as an option's value: both programs read a list there, in the manner of CSV, so that one
// with a comma would be two.
[[nodiscard]] std::string label_argument(const std::string& label);
[[nodiscard]] std::string json_text(const Json& object, const char* key);
[[nodiscard]] std::string priority_of(const std::vector<std::string>& labels);

}  // namespace gs::tracker
