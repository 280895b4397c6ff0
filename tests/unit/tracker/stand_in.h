#pragma once

#include <string>
#include <vector>

#include "base/file/file.h"
#include "base/text.h"
#include "tracker/client.h"

namespace gs::test {

// A program that writes its arguments down and prints what is prepared.
class StandIn {
 public:
  using Words = std::vector<std::string>;

  StandIn() {
    const std::string script = "#!/bin/sh\ncd '" + directory_.path() +
                               "'\nprintf '%s\\037' \"$@\" >>calls\nprintf '\\036' >>calls\n"
                               "[ ! -e refuse ] || { cat refuse >&2; rm refuse; exit 1; }\n"
                               "cat answer\n";
    write_file_atomically(program(), script, 0777);
    answer("");
  }

  [[nodiscard]] tracker::Client client(const std::string& repository) const {
    return {program(), directory_.path(), repository, {}, std::chrono::seconds(20)};
  }
  void answer(const std::string& text) const { prepare("answer", text); }
  void refuse_once(const std::string& words) const { prepare("refuse", words); }
  // The commands since the last time.
  [[nodiscard]] std::vector<Words> calls() const {
    const std::string file = join_path(directory_.path(), "calls");
    const std::string text = read_file_if_exists(file).value_or("");
    remove_file(file);
    std::vector<Words> calls;
    for (const std::string_view record : split(text, '\036')) {
      if (record.empty()) continue;
      Words words;
      for (const std::string_view word : split(record, '\037')) words.emplace_back(word);
      words.pop_back();  // each word is ended
      calls.push_back(std::move(words));
    }
    return calls;
  }

 private:
  [[nodiscard]] std::string program() const { return join_path(directory_.path(), "program"); }
  void prepare(const std::string& name, const std::string& text) const {
    write_file_atomically(join_path(directory_.path(), name), text);
  }

  TemporaryDirectory directory_;
};

}  // namespace gs::test
