#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "git/repository.h"

namespace gs::git {

// How `git commit` cleans a message (commit.cleanup; git-commit(1), --cleanup).
enum class Cleanup { Strip, Whitespace, Verbatim, Scissors };
// What the configuration says; `edited`: a person has had the message in an editor.
[[nodiscard]] Cleanup configured_cleanup(const Repository& repository, bool edited);
// By `git stripspace`, which is not run where there is nothing to do.
[[nodiscard]] std::string cleaned(const Repository& repository, std::string message,
                                  Cleanup cleanup);

// A message in i18n.commitEncoding; in UTF-8, and without a name, where that is set to UTF-8, not
// known, or cannot hold the message.
struct EncodedMessage {
  std::string bytes;
  std::string encoding;  // for the commit's header; "" for UTF-8
};
[[nodiscard]] EncodedMessage encoded(const Repository& repository, const std::string& message);

// Opens the user's editor on the file. False when it ended with an error, `words` then says so.
[[nodiscard]] bool edit_file(const Repository& repository, const std::string& file,
                             std::string& words);

}  // namespace gs::git
