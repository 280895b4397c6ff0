#include "close/look/file_questions.h"

#include <algorithm>

#include "base/error.h"
#include "base/size.h"
#include "base/text.h"
#include "checks/secrets/mask.h"
#include "git/objects/merge.h"
#include "git/objects/worktree_blobs.h"
#include "session/baseline.h"
#include "session/hand_claims.h"
#include "session/submodules.h"
#include "session/workspace.h"

namespace gs::close {

namespace {

using session::Answer;
using session::DecisionFile;
using session::OwnedChange;
using session::Owner;

constexpr std::size_t kMostCompared = std::size_t{1} << 20U;  // bytes of a side

// The close handles the records itself, and logs beside them are unclaimed: nothing to ask. Of
// .gitmodules just the sections of the session's submodules are committed.
std::vector<const OwnedChange*> owned_by(const Context& context, Owner owner) {
  std::vector<const OwnedChange*> changes;
  for (const OwnedChange& owned : context.owned) {
    const bool has_submodules = session::is_gitmodules(owned.change) && owned.renamed_with;
    if (owned.owner == owner && !has_submodules &&
        !session::is_record(context.workspace, owned.change.path))
      changes.push_back(&owned);
  }
  return changes;
}

std::string list(const std::vector<const OwnedChange*>& changes) {
  std::string text;
  std::string above;  // a reason is shown once for the files that share it
  for (const OwnedChange* owned : changes) {
    text += owned->change.path.quoted() +
            (owned->reason == above ? "" : "  (" + owned->reason + ")") + "\n";
    above = owned->reason;
  }
  return text;
}

std::string mark_of(const session::Change& change) {
  if (!change.worktree.present()) return "D";
  if (!change.head.present()) return change.untracked ? "?" : "A";
  return change.head.is_file() == change.worktree.is_file() ? "M" : "T";
}

// "" of what is not there; absent if it cannot or need not be compared.
std::optional<std::string> content(const git::Repository& repository, const RepoPath& path,
                                   const git::TreeEntry& entry, bool in_worktree) {
  if (!entry.is_file()) return std::nullopt;
  if (!in_worktree) {
    if (repository.blob_size(entry.oid) > kMostCompared) return std::nullopt;
    return repository.read_blob(entry.oid);
  }
  const auto info = repository.files().info(path);
  if (!info || info->size > kMostCompared) return std::nullopt;
  return git::worktree_content(repository, path, entry.oid);
}

DecisionFile::Difference differ(const git::Repository& repository, const session::Change& change) {
  const auto size = [&] {
    const auto info = repository.files().info(change.path);
    return info && change.worktree.is_file() ? format_size(info->size) : std::string();
  };
  try {
    const auto before = content(repository, change.path, change.head, false);
    const auto after = content(repository, change.path, change.worktree, true);
    const bool known = before.has_value() == change.head.present() &&
                       after.has_value() == change.worktree.present();
    if (!known) return {size(), "no text, or too large to be compared\n"};
    const git::TextDifference text = git::differ(before, after, change.path.quoted());
    if (text.binary) return {size(), text.patch};
    std::string amount = text.added > 0 ? "+" + std::to_string(text.added) : "";
    if (text.removed > 0) amount += (amount.empty() ? "-" : " -") + std::to_string(text.removed);
    return {amount, checks::mask_text(text.patch)};
  } catch (const Error& error) {
    return {size(), error.message() + "\n"};
  }
}

// What is committed of an unclaimed file that is said to be the session's.
std::string reason_of(const Context& context, const OwnedChange& owned) {
  if (owned.owner != Owner::Unclaimed || !owned.at_start) return owned.reason;
  return owned.reason + (session_part(context.repository(), owned)
                             ? "; only what changed since then is committed"
                             : "; committed whole, with what was there before");
}

std::vector<DecisionFile> files_of(const Context& context,
                                   const std::vector<const OwnedChange*>& changes) {
  std::vector<DecisionFile> files;
  for (const OwnedChange* owned : changes) {
    const session::Change& change = owned->change;
    files.push_back(
        {.path = change.path,
         .name = checks::mask_text(change.path.quoted()),
         .mark = mark_of(change),
         .reason = reason_of(context, *owned),
         .differ = [&context, &change] { return differ(context.repository(), change); }});
  }
  return files;
}

// In STATE.md's Deviations, and in the report.
void note_deviation(Context& context, const session::Decision& decision, const Answer& answer) {
  if (answer.choice != session::kEach) return;
  std::vector<std::string> answers;
  for (const DecisionFile& file : decision.files)
    answers.push_back(file.name + " = " + choice_for(answer, file.path));
  context.deviations[decision.id] = "close: decision " + decision.id + ": " + join(answers, ", ") +
                                    " (recommended: " + decision.recommended + ")";
}

// Absent: it has no answer, and stays open.
std::optional<Answer> ask(Context& context, const session::Decision& decision,
                          const std::vector<const OwnedChange*>& changes, FileAnswers& answers) {
  const std::optional<Answer> answer = context.decisions.take_each(decision);
  if (!answer) {
    answers.open = true;
    return std::nullopt;
  }
  for (const OwnedChange* owned : changes) {
    const std::string choice = choice_for(*answer, owned->change.path);
    if (choice == "include") answers.choices.include.insert(owned->change.path);
    if (choice == "split") answers.choices.split.insert(owned->change.path);
  }
  note_deviation(context, decision, *answer);
  return answer;
}

// The title of the plan item that the files belong to; "": none of them.
std::string ask_for_item(Context& context) {
  if (!context.session->plan || context.session->plan->items.empty()) return "";
  constexpr std::size_t kMostItems = 20;
  const std::vector<session::PlanItem>& items = context.session->plan->items;
  session::Decision question;
  question.id = "item";
  question.question = "Add to which plan item?";
  for (std::size_t i = 0; i < std::min(items.size(), kMostItems); ++i) {
    const std::string number = std::to_string(i + 1);
    question.choices.push_back({number, "", "[" + number + "] " + items[i].title});
  }
  question.choices.push_back({"own", "", "[o]wn commit"});
  question.recommended = "own";
  const auto answer = context.observer.ask(question);
  if (!answer || answer->choice == "own") return "";
  return items[static_cast<std::size_t>(std::stoul(answer->choice)) - 1].title;
}

Json claims_to_json(const session::HandClaims& claims) {
  Json list = Json::array();
  for (const auto& [path, item] : claims) {
    Json one = {{"item", item}};
    session::put_path(path, one);
    list.push_back(std::move(one));
  }
  return list;
}

// A claim is of the whole file: of one that was dirty before, only where its parts cannot be
// separated.
void claim(Context& context, const std::vector<const OwnedChange*>& changes,
           StagingChoices& choices) {
  const std::set<RepoPath>& chosen = choices.include;
  const std::string title = ask_for_item(context);
  session::HandClaims claims;
  for (const RepoPath& path : chosen) claims[path] = title;
  session::add_hand_claims(context.session->plan, claims);
  for (const OwnedChange* owned : changes) {
    if (chosen.contains(owned->change.path) && owned->at_start &&
        !session_part(context.repository(), *owned))
      choices.whole.insert(owned->change.path);
  }
  if (context.options.dry_run) return;
  const git::Repository& repository = context.repository();
  const FileLock lock = session::lock_hand_claims(repository);
  session::HandClaims all = session::read_hand_claims(repository, context.session->id);
  session::HandClaims added;
  for (const OwnedChange* owned : changes) {
    const RepoPath& path = owned->change.path;
    if (chosen.contains(path) && (!owned->at_start || choices.whole.contains(path)))
      added[path] = title;
  }
  context.journal.record("claim", {{"added", claims_to_json(added)}});
  for (const auto& [path, item] : added) all[path] = item;
  session::write_hand_claims(repository, context.session->id, all);
  context.session->hand_claims = std::move(all);
}

void ask_unclaimed(Context& context, FileAnswers& answers) {
  std::vector<const OwnedChange*> changes = owned_by(context, Owner::Unclaimed);
  // A built program or a log is no work; who wants it committed claims it.
  std::erase_if(changes, [](const OwnedChange* owned) { return owned->made_by_commands; });
  if (changes.empty()) return;
  const session::Decision question{
      .id = "unclaimed",
      .question = plural(changes.size(), "unclaimed changed file") +
                  (changes.size() == 1 ? ". Commit it?" : ". Commit which?"),
      .choices = {{"leave", "not this session's: stay as they are", "[n]one"},
                  {"include", "this session's: go into a commit of emergent work", "[a]ll"},
                  {"abort", "end this close", "[q]uit"}},
      .recommended = "leave",
      .detail = list(changes),
      .chosen = "",
      .files = files_of(context, changes),
      .for_numbers = "include",
      .for_others = "leave"};
  const auto answer = ask(context, question, changes, answers);
  if (!answer) return;
  answers.abort = answer->choice == "abort";
  if (answer->asked && !answers.choices.include.empty()) claim(context, changes, answers.choices);
}

void ask_mixed(Context& context, FileAnswers& answers) {
  const auto changes = owned_by(context, Owner::Mixed);
  if (changes.empty()) return;
  std::string detail;
  bool any_part = false;
  for (const OwnedChange* owned : changes) {
    const bool apart = session_part(context.repository(), *owned).has_value();
    any_part = any_part || apart;
    detail += owned->change.path.quoted() + "  (" + owned->reason +
              (apart ? ")\n" : "; the two changes cannot be separated)\n");
  }
  std::vector<session::Choice> choices = {
      {"include", "the whole files, with what others had changed before", "[w]hole"},
      {"leave", "nothing of them", "[n]one"}};
  if (any_part) {
    choices.insert(choices.begin(),
                   {"split",
                    "only what changed since the start, where it can be separated; the rest "
                    "stays",
                    "[s]ince the start"});
  }
  (void)ask(context,
            {.id = "mixed",
             .question = plural(changes.size(), "file") +
                         " dirty when the session started and changed since. What is committed?",
             .choices = std::move(choices),
             .recommended = any_part ? "split" : "leave",
             .detail = detail,
             .chosen = "",
             .also_accepts = [](const std::string& answer) { return answer == "split"; },
             .files = files_of(context, changes),
             .for_numbers = any_part ? "split" : "include",
             .for_others = "leave"},
            changes, answers);
}

void ask_contested(Context& context, FileAnswers& answers) {
  const auto changes = owned_by(context, Owner::Contested);
  if (changes.empty()) return;
  (void)ask(context,
            {.id = "contested",
             .question = plural(changes.size(), "changed file") +
                         " claimed by another active session too. Whose are they?",
             .choices = {{"leave", "the other session's: stay as they are", "[n]one"},
                         {"include", "this session's", "[a]ll"}},
             .recommended = "leave",
             .detail = list(changes),
             .chosen = "",
             .files = files_of(context, changes),
             .for_numbers = "include",
             .for_others = "leave"},
            changes, answers);
}

}  // namespace

void withdraw_claims(const git::Repository& repository, const Journal& journal,
                     const std::string& session) {
  for (const Json& event : journal.events()) {
    if (event.value("event", "") != "claim") continue;
    const FileLock lock = session::lock_hand_claims(repository);
    session::HandClaims claims = session::read_hand_claims(repository, session);
    for (const Json& one : event.at("added")) {
      const auto claim = claims.find(session::get_path(one));
      if (claim != claims.end() && claim->second == one.value("item", "")) claims.erase(claim);
    }
    session::write_hand_claims(repository, session, claims);
  }
}

FileAnswers ask_about_files(Context& context) {
  FileAnswers answers;
  ask_unclaimed(context, answers);
  if (answers.abort) return answers;
  ask_mixed(context, answers);
  ask_contested(context, answers);
  return answers;
}

}  // namespace gs::close
