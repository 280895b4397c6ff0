#include "git/commit/message.h"

#include <fcntl.h>
#include <iconv.h>
#include <unistd.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/file/file.h"
#include "base/text.h"
#include "git/libgit2.h"

namespace gs::git {
namespace {

// Whether `git stripspace` would change nothing.
bool has_clean_whitespace(std::string_view message) {
  if (message.empty() || message.front() == '\n' || !message.ends_with('\n')) return false;
  constexpr std::string_view kBlank = " \t\r\v\f";
  for (std::size_t end = message.find('\n'); end != std::string_view::npos;
       end = message.find('\n', end + 1)) {
    if (end > 0 && kBlank.find(message[end - 1]) != std::string_view::npos) return false;
  }
  return message.find("\n\n\n") == std::string_view::npos && !message.ends_with("\n\n");
}

std::string strip_space(const Repository& repository, std::string text, const char* option,
                        const std::string& comment) {
  ProcessOptions options;
  options.input = std::move(text);
  // Git's stripspace takes "auto" for '#'.
  std::vector<std::string> args{"-c", "core.commentChar=" + comment, "stripspace"};
  if (option != nullptr) args.emplace_back(option);
  return repository.git().output(std::move(args), std::move(options));
}

// Where the line of git's scissors begins.
std::optional<std::size_t> scissors_in(const std::string& message, const std::string& comment) {
  const std::string line = comment + " ------------------------ >8 ------------------------\n";
  if (message.starts_with(line)) return 0;
  const std::size_t at = message.find('\n' + line);
  return at == std::string::npos ? std::nullopt : std::optional(at + 1);
}

class Converter {
 public:
  explicit Converter(const std::string& to) : handle_(iconv_open(to.c_str(), "UTF-8")) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (known()) iconv_close(handle_);
  }
  [[nodiscard]] bool known() const {
    return handle_ != reinterpret_cast<iconv_t>(-1);  // NOLINT(performance-no-int-to-ptr): POSIX
  }
  // Absent if the encoding lacks one of the characters.
  [[nodiscard]] std::optional<std::string> convert(std::string text) const {
    std::string out;
    char* from = text.data();
    std::size_t left = text.size();
    while (left > 0) {
      char buffer[4096];
      char* to = buffer;
      std::size_t room = sizeof buffer;
      const std::size_t result = iconv(handle_, &from, &left, &to, &room);
      out.append(buffer, sizeof buffer - room);
      if (result == static_cast<std::size_t>(-1) && errno != E2BIG) return std::nullopt;
    }
    return out;
  }

 private:
  iconv_t handle_;
};

bool is_utf8_name(std::string_view encoding) {
  const std::string name = to_lower(encoding);
  return name.empty() || name == "utf-8" || name == "utf8";
}

// While it lives, child processes write to stderr if stdout is not a terminal: an editor and its
// output are for a person, and stdout may carry a JSON document.
class StdoutForPeople {
 public:
  StdoutForPeople() {
    if (isatty(STDOUT_FILENO) == 1) return;
    stdout_ = UniqueFd(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    if (stdout_.valid()) dup2(STDERR_FILENO, STDOUT_FILENO);
  }
  StdoutForPeople(const StdoutForPeople&) = delete;
  StdoutForPeople& operator=(const StdoutForPeople&) = delete;
  ~StdoutForPeople() {
    if (stdout_.valid()) dup2(stdout_.get(), STDOUT_FILENO);
  }

 private:
  UniqueFd stdout_;
};

}  // namespace

Cleanup configured_cleanup(const Repository& repository, bool edited) {
  const std::string mode =
      last_value(repository.impl().configuration(), "commit.cleanup").value_or("default");
  if (mode == "verbatim") return Cleanup::Verbatim;
  if (mode == "whitespace") return Cleanup::Whitespace;
  if (mode == "strip") return Cleanup::Strip;
  if (mode == "scissors") return edited ? Cleanup::Scissors : Cleanup::Whitespace;
  return edited ? Cleanup::Strip : Cleanup::Whitespace;
}

std::string comment_mark(const Repository& repository, const std::string& message) {
  std::string mark = "#";
  for (const ConfigValue& value : repository.impl().configuration()) {
    const bool names_it = value.key == "core.commentchar" || value.key == "core.commentstring";
    if (names_it && !value.value.empty()) mark = value.value;
  }
  if (mark != "auto") return mark;
  // As in builtin/commit.c, adjust_comment_line_char().
  constexpr std::string_view kCandidates = "#;@!$%^&|:";
  if (message.find('#') == std::string::npos) return "#";
  for (const char candidate : kCandidates) {
    if (!message.starts_with(candidate) &&
        message.find(std::string{'\n', candidate}) == std::string::npos)
      return std::string(1, candidate);
  }
  throw fatal("each character that core.commentChar=auto may choose begins a line of the message");
}

std::string cleaned(const Repository& repository, std::string message, Cleanup cleanup,
                    const std::string& comment) {
  if (cleanup == Cleanup::Verbatim) return message;
  if (cleanup == Cleanup::Scissors) {
    if (const auto cut = scissors_in(message, comment)) message.resize(*cut);
  }
  if (cleanup != Cleanup::Strip && has_clean_whitespace(message)) return message;
  return strip_space(repository, std::move(message),
                     cleanup == Cleanup::Strip ? "--strip-comments" : nullptr, comment);
}

std::string commented(const Repository& repository, std::string text, const std::string& comment) {
  return strip_space(repository, std::move(text), "--comment-lines", comment);
}

EncodedMessage encoded(const Repository& repository, const std::string& message) {
  const std::string encoding =
      last_value(repository.impl().configuration(), "i18n.commitencoding").value_or("");
  if (is_utf8_name(encoding)) return {message, ""};
  const Converter converter(encoding);
  const auto bytes = converter.known() ? converter.convert(message) : std::nullopt;
  return bytes ? EncodedMessage{*bytes, encoding} : EncodedMessage{message, ""};
}

std::string with_trailer(const Repository& repository, std::string message,
                         const std::string& trailer) {
  ProcessOptions options;
  options.input = std::move(message);
  return repository.git().output({"interpret-trailers", "--no-divider", "--where=end",
                                  "--if-exists=replace", "--if-missing=add", "--trailer", trailer},
                                 std::move(options));
}

bool edit_file(const Repository& repository, const std::string& file, std::string& words) {
  const ProcessResult editor = repository.git().run({"var", "GIT_EDITOR"});
  if (!editor.ok()) {
    words = git_words(editor);
    return false;
  }
  const std::string command(trim(editor.out));
  if (command == ":") return true;
  const StdoutForPeople to_person;
  ProcessOptions options;
  options.working_directory = repository.work_tree();
  options.inherit_output = true;
  options.inherit_input = true;
  options.foreground = true;
  // Like git: the shell splits the configured command, and the file's name stays one word.
  const ProcessResult edited =
      run_process({"sh", "-c", command + " \"$@\"", command, file}, options);
  if (!edited.ok()) words = "the editor '" + command + "' failed: " + edited.describe();
  return edited.ok();
}

}  // namespace gs::git
