#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "git/repository.h"

namespace gs::git {

// How `git commit` cleans a message (commit.cleanup; git-commit(1), --cleanup).
enum class Cleanup { Strip, Whitespace, Verbatim, Scissors };
// The configured cleanup; `edited`: the message was open in an editor.
[[nodiscard]] Cleanup configured_cleanup(const Repository& repository, bool edited);
// What begins a comment: core.commentChar (core.commentString); with "auto" the first of git's
// candidates that begins no line of the message. Throws, as git does, if there is none.
[[nodiscard]] std::string comment_mark(const Repository& repository, const std::string& message);
// Runs `git stripspace`, unless there is nothing to do.
[[nodiscard]] std::string cleaned(const Repository& repository, std::string message,
                                  Cleanup cleanup, const std::string& comment);
// The text as comment lines.
[[nodiscard]] std::string commented(const Repository& repository, std::string text,
                                    const std::string& comment);

// A message in i18n.commitEncoding; in UTF-8, without a name, if that is set to UTF-8, unknown, or
// cannot represent the message.
struct EncodedMessage {
  std::string bytes;
  std::string encoding;  // for the commit's header; "" for UTF-8
};
[[nodiscard]] EncodedMessage encoded(const Repository& repository, const std::string& message);

// The message with a trailer ("Token: value") among those that it has, by git's rules for them
// (git-interpret-trailers(1)).
[[nodiscard]] std::string with_trailer(const Repository& repository, std::string message,
                                       const std::string& trailer);

// Opens the user's editor on the file. False if it failed; `words` then says why.
[[nodiscard]] bool edit_file(const Repository& repository, const std::string& file,
                             std::string& words);

}  // namespace gs::git
