#include "git/commit/commit.h"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <ctime>

#include "base/file/file.h"
#include "base/text.h"
#include "git/command.h"
#include "git/commit/message.h"
#include "git/durable.h"
#include "git/index/index_flags.h"
#include "git/index/index_listing.h"
#include "git/index/staging.h"
#include "git/libgit2.h"
#include "git/objects/object_writer.h"
#include "git/objects/stored_objects.h"

namespace gs::git {
namespace {

bool is_expected(const Repository& repository, const HeadUpdate& update) {
  const Head head = repository.head();
  return head.branch == update.branch && head.commit == update.from;
}

bool has_arrived(const Repository& repository, const HeadUpdate& update) {
  const Head head = repository.head();
  if (head.branch != update.branch) return false;
  if (!update.to || !head.commit) return !update.to && !head.commit;
  const auto has = [&](const ObjectId& commit) {
    return repository.is_ancestor(commit, *head.commit);
  };
  // Back to an ancestor: only if what it came from is gone.
  const bool goes_back = update.from && repository.is_ancestor(*update.to, *update.from);
  return has(*update.to) && (!goes_back || !has(*update.from));
}

}  // namespace

Committer::Committer(const Repository& repository, std::string scratch)
    : repository_(repository), scratch_(std::move(scratch)), hooks_(repository) {}

std::string Committer::index_file() const {
  return join_path(scratch_, "index");
}

// Starts from a copy of the repository's own index: unchanged entries keep their files' times, so
// no hook has to read every file.
void Committer::fill_index(const ObjectId& tree) const {
  const std::string file = index_file();
  make_directories(scratch_);
  remove_file(file);
  remove_file(file + ".lock");
  copy_index(repository_.impl().index_path(), file);
  ProcessOptions options = index_options(file);
  const std::vector<std::string> args =
      index_arguments(file, {"read-tree", "--reset", "-i", "--no-sparse-checkout", tree.hex()});
  if (repository_.git().run(args, options).ok()) {
    // A hook's "git add -u" would take a file that is not checked out for deleted.
    keep_index_flags(repository_.git(), repository_.impl().index_path(), file, options);
    return;
  }
  // An index that only works in its own place (a split index), or a damaged one.
  remove_file(file);
  remove_file(file + ".lock");
  run_on_index(repository_.git(), file, {"read-tree", tree.hex()});
}

std::string identity_line(const Repository& repository, const char* role) {
  const ProcessResult result = repository.git().run({"var", "GIT_" + std::string(role) + "_IDENT"});
  if (result.ok()) return std::string(trim(result.out));
  // git's last line is the reason; before it comes how to set an identity.
  ProcessResult reason = result;
  reason.err = std::string(trim(reason.err));
  const std::size_t line = reason.err.rfind('\n');
  if (line != std::string::npos) reason.err.erase(0, line + 1);
  throw refused("git has no identity to commit with: " + git_words(reason))
      .with_hint(
          "git config --global user.name 'YOUR NAME'\n"
          "git config --global user.email YOU@EXAMPLE.COM");
}

Committer::Identity Committer::identity(const char* role) const {
  const std::string line = identity_line(repository_, role);
  const std::string_view ident = line;
  const std::size_t end = ident.rfind('>');
  const std::string date = "GIT_" + std::string(role) + "_DATE";
  return {std::string(ident.substr(0, end + 1)),
          environment_variable(date.c_str()) ? std::string(trim(ident.substr(end + 1))) : ""};
}

// `person`: "Name <mail>".
static std::string mail_of(const std::string& person) {
  const std::size_t start = person.rfind('<') + 1;
  return person.substr(start, person.size() - start - 1);
}

std::map<std::string, std::optional<std::string>> Committer::hook_environment(
    const CommitRequest& request) const {
  std::map<std::string, std::optional<std::string>> environment{
      {"GIT_INDEX_FILE", index_file()},
      {"GIT_REFLOG_ACTION", kActionOfClose},
      {"GIT_AUTHOR_NAME", author_->person.substr(0, author_->person.rfind(" <"))},
      {"GIT_AUTHOR_EMAIL", mail_of(author_->person)},
      {"GIT_AUTHOR_DATE", '@' + (author_->date.empty() ? git_date(request.time) : author_->date)}};
  if (!request.edit) environment["GIT_EDITOR"] = ":";
  return environment;
}

namespace {

bool refuse(CommitObject& commit, const ProcessResult& hook, const std::string& name) {
  commit.interrupted = hook.interrupted;
  commit.words = hook.out.empty() ? "the " + name + " hook: " + hook.describe() : hook.out;
  return false;
}

// The comment that git adds below a message to edit.
constexpr const char* kInstructions =
    "\nPlease edit the message of this commit. Lines like these are ignored, and an\n"
    "empty message stops the close.\n";

std::string subject_of(const std::string& message) {
  const std::size_t start = message.find_first_not_of('\n');
  if (start == std::string::npos) return "";
  return message.substr(start, message.find('\n', start) - start);
}

bool signs(const Repository& repository) {
  const auto value = last_value(repository.impl().configuration(), "commit.gpgsign");
  return value && parse_bool(*value).value_or(false);
}

}  // namespace

bool Committer::run_pre_commit(const CommitRequest& request, CommitObject& commit) const {
  if (!hooks_.exists("pre-commit")) return true;
  const ProcessResult hook = hooks_.run("pre-commit", {}, hook_environment(request));
  if (!hook.ok()) return refuse(commit, hook, "pre-commit");
  commit.words = hook.out;
  commit.tree = write_index_tree(repository_, index_file());
  return true;
}

bool Committer::settle_message(const CommitRequest& request, std::string& message,
                               CommitObject& commit) {
  const Cleanup cleanup = configured_cleanup(repository_, request.edit);
  // Like git: whitespace before a hook or the editor sees the message, the rest afterwards.
  message = cleaned(repository_, request.message,
                    cleanup == Cleanup::Verbatim ? cleanup : Cleanup::Whitespace, "#");
  const std::string comment = comment_mark(repository_, message);
  const bool prepares = hooks_.exists("prepare-commit-msg");
  const bool checks = hooks_.exists("commit-msg");
  if (prepares || checks || request.edit) {
    const std::string file = join_path(scratch_, "COMMIT_EDITMSG");
    const bool comments = request.edit && cleanup == Cleanup::Strip;
    make_directories(scratch_);
    write_file_unsynced(
        file, comments ? message + commented(repository_, kInstructions, comment) : message);
    if (prepares) {
      const ProcessResult hook =
          hooks_.run("prepare-commit-msg", {file, "message"}, hook_environment(request));
      if (!hook.ok()) return refuse(commit, hook, "prepare-commit-msg");
    }
    if (request.edit && !edit_file(repository_, file, commit.words)) return false;
    if (checks) {
      const ProcessResult hook = hooks_.run("commit-msg", {file}, hook_environment(request));
      if (!hook.ok()) return refuse(commit, hook, "commit-msg");
    }
    message = read_file(file);
    remove_file(file);
  }
  message = cleaned(repository_, message, cleanup, comment);
  if (cleanup == Cleanup::Verbatim ? message.empty() : trim(message).empty()) {
    commit.words = "the commit message is empty";
    return false;
  }
  if (message.find('\0') != std::string::npos) {
    commit.words = "the commit message holds a NUL byte";
    return false;
  }
  return true;
}

namespace {

// The value of a header of a commit object; "" if there is none.
std::string header_of(std::string_view head, const std::string& name) {
  const std::size_t at = head.find('\n' + name + ' ');
  if (at == std::string_view::npos) return "";
  const std::size_t start = at + name.size() + 2;
  return std::string(head.substr(start, head.find('\n', start) - start));
}

}  // namespace

Committer::Words Committer::words_of(const CommitRequest& request,
                                     const std::string& message) const {
  if (!request.amends) {
    const std::string date = author_->date.empty() ? git_date(request.time) : author_->date;
    return {author_->person + ' ' + date, encoded(repository_, message)};
  }
  const auto amended = StoredObjects(repository_).find(*request.amends);
  if (!amended) throw fatal("commit " + request.amends->abbreviated() + " is gone");
  const std::string& bytes = amended->bytes;
  const std::size_t end = std::min(bytes.find("\n\n"), bytes.size() - 1);
  const std::string_view head = std::string_view(bytes).substr(0, end + 1);
  return {header_of(head, "author"), {bytes.substr(end + 2), header_of(head, "encoding")}};
}

void Committer::write(const CommitRequest& request, const Words& words, CommitObject& commit) {
  const EncodedMessage& text = words.message;
  const std::string committer_date =
      committer_->date.empty() ? git_date(request.time) : committer_->date;
  if (!signs(repository_)) {
    std::string object = "tree " + commit.tree.hex() + '\n';
    if (request.parent) object += "parent " + request.parent->hex() + '\n';
    object += "author " + words.author + '\n';
    object += "committer " + committer_->person + ' ' + committer_date + '\n';
    if (!text.encoding.empty()) object += "encoding " + text.encoding + '\n';
    commit.oid = repository_.impl().writer().write(object + '\n' + text.bytes, GIT_OBJECT_COMMIT);
    return;
  }
  ProcessOptions options;
  const std::string person = words.author.substr(0, words.author.rfind('>') + 1);
  options.environment["GIT_AUTHOR_NAME"] = person.substr(0, person.rfind(" <"));
  options.environment["GIT_AUTHOR_EMAIL"] = mail_of(person);
  options.environment["GIT_AUTHOR_DATE"] = '@' + words.author.substr(person.size() + 1);
  options.environment["GIT_COMMITTER_DATE"] = '@' + committer_date;
  options.input = text.bytes;
  // gpg's pinentry and ssh's passphrase prompt need our terminal.
  options.foreground = true;
  std::vector<std::string> args{
      "-c", "i18n.commitEncoding=" + (text.encoding.empty() ? "UTF-8" : text.encoding),
      "commit-tree", "-S", commit.tree.hex()};
  if (request.parent) args.insert(args.end(), {"-p", request.parent->hex()});
  const ProcessResult result = repository_.git().run(std::move(args), std::move(options));
  if (result.ok()) commit.oid = ObjectId::parse(trim(result.out));
  if (!commit.oid) commit.words = result.err.empty() ? result.describe() : result.err;
}

CommitObject Committer::make(const CommitRequest& request) {
  CommitObject commit;
  commit.tree = request.tree;
  if (!author_) author_ = identity("AUTHOR");
  if (!committer_) committer_ = identity("COMMITTER");
  const bool needs_index =
      hooks_.exists("pre-commit") ||
      (!request.amends && (hooks_.exists("prepare-commit-msg") || hooks_.exists("commit-msg")));
  if (needs_index) fill_index(request.tree);
  std::string message;
  if (!run_pre_commit(request, commit)) return commit;
  CommitRequest settled = request;
  if (!request.trailer.empty() && commit.tree == request.tree)
    settled.message = with_trailer(repository_, request.message, request.trailer);
  if (!request.amends && !settle_message(settled, message, commit)) return commit;
  commit.subject = subject_of(message);
  write(request, words_of(request, message), commit);
  return commit;
}

namespace {

// What such a hook answers does not matter; Ctrl-C in it is not meant for the hook alone.
void require_uninterrupted(const ProcessResult& hook) {
  if (hook.interrupted) throw git_failure("hook", hook);
}

}  // namespace

void Committer::run_post_commit(const ObjectId& tree) const {
  if (!hooks_.exists("post-commit")) return;
  fill_index(tree);
  require_uninterrupted(hooks_.run("post-commit", {},
                                   {{"GIT_INDEX_FILE", index_file()},
                                    {"GIT_REFLOG_ACTION", kActionOfClose},
                                    {"GIT_EDITOR", ":"}}));
}

void Committer::run_post_rewrite(const ObjectId& from, const ObjectId& to) const {
  if (!hooks_.exists("post-rewrite")) return;
  require_uninterrupted(hooks_.run("post-rewrite", {"amend"},
                                   {{"GIT_REFLOG_ACTION", kActionOfClose}},
                                   from.hex() + ' ' + to.hex() + '\n'));
}

std::string git_date(Timestamp time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const std::time_t clock = std::chrono::system_clock::to_time_t(seconds);
  std::tm local{};
  char zone[8] = "";
  if (localtime_r(&clock, &local) == nullptr ||
      std::strftime(zone, sizeof zone, "%z", &local) == 0) {
    return std::to_string(clock) + " +0000";
  }
  return std::to_string(clock) + ' ' + zone;
}

bool update_head(const Repository& repository, const HeadUpdate& update) {
  if (!is_expected(repository, update)) return false;
  const std::string nothing(2 * ObjectId::kSize, '0');
  const std::string ref = update.branch ? "refs/heads/" + *update.branch : "HEAD";
  std::vector<std::string> args{"update-ref", "-m", update.reflog};
  // A branch may be a symbolic ref to another.
  if (!update.branch) args.emplace_back("--no-deref");
  if (!update.to) args.emplace_back("-d");
  args.push_back(ref);
  if (update.to) args.push_back(update.to->hex());
  args.push_back(update.from ? update.from->hex() : nothing);
  const ProcessResult result =
      run_until_unlocked(repository.git(), syncing(repository, std::move(args)));
  // Git may have moved the branch and then been killed, or failed afterwards.
  if (result.ok() || has_arrived(repository, update)) return true;
  if (!is_expected(repository, update)) return false;
  throw git_failure("update-ref", result);
}

}  // namespace gs::git
