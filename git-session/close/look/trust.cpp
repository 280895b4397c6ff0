#include "close/look/trust.h"

#include <algorithm>

#include "base/screen.h"
#include "base/text.h"
#include "close/look/configured_check.h"
#include "close/push_target.h"
#include "git/refs.h"
#include "session/trust.h"
#include "tracker/requests.h"
#include "tracker/select.h"

namespace gs::close {

namespace {

using session::TrustItem;
using Items = std::vector<TrustItem>;

// A key that a file of the work tree sets, or the stack that such files show; absent if it is unset
// or the user's own.
std::optional<std::string> text_of_tree(const config::SessionConfig& config, const char* key) {
  return config.at(key).origin.is_of_tree() ? config.text(key) : std::nullopt;
}

std::string named(const config::SessionConfig& config, const char* key) {
  const config::Origin& origin = config.at(key).origin;
  return origin.scope == "stack" ? std::string(key) + " found from " + origin.file
                                 : std::string(key) + " of " + origin.describe();
}

void add_commands(const Context& context, Items& items) {
  const config::SessionConfig& config = context.workspace.config;
  for (const char* key : {"typecheck-command", "test-command", "lint-command", "discovery-command",
                          "review-command"}) {
    if (std::string_view(key) == "discovery-command" && !config.flag("discovery-on-close"))
      continue;
    const std::optional<std::string> command = text_of_tree(config, key);
    if (command && *command != "skip")
      items.push_back({TrustItem::Kind::Command, named(config, key), *command});
  }
  if (!context.session || !context.session->plan) return;
  for (TrustItem& item : session::commands_of(*context.session->plan, "the plan"))
    items.push_back(std::move(item));
}

void add_remotes(const Context& context, Items& items) {
  for (const char* key : {"remote", "mirror"}) {
    const std::optional<std::string> name = text_of_tree(context.workspace.config, key);
    const auto remote = name ? git::find_remote(context.repository(), *name) : std::nullopt;
    if (remote) {
      items.push_back({TrustItem::Kind::Destination, named(context.workspace.config, key),
                       *name + " -> " + remote->url});
    }
  }
}

void add_request_host(const Context& context, Items& items) {
  const auto host = tracker::unknown_request_host(context.workspace, push_remote(context));
  const auto is_same = [&](const TrustItem& item) {
    return item.what == host->what && item.text == host->text;
  };
  if (host && std::none_of(items.begin(), items.end(), is_same)) items.push_back(*host);
}

void add_vaults(const Context& context, Items& items) {
  for (const char* key : {"vault-sync.vault-dir", "vault-integration.vault-dir"}) {
    const std::optional<std::string> directory = text_of_tree(context.workspace.config, key);
    if (!directory) continue;
    const Place place = place_of(context, *directory);
    if (!place.shown_as.starts_with('/')) continue;  // in the tree
    items.push_back(
        {TrustItem::Kind::Destination, named(context.workspace.config, key), place.directory});
  }
}

// The first character that does not show as what it is, "<U+202E>" or "\x1b"; absent if all do.
std::optional<std::string> hidden_character(std::string_view text) {
  ScreenReader characters(text);
  while (characters.next()) {
    const bool layout = characters.bytes() == "\n" || characters.bytes() == "\t";
    if (characters.is_hidden() && !layout) return escape_hidden(characters.bytes());
  }
  return std::nullopt;
}

std::string indented(const std::string& text) {
  std::string lines;
  for (const std::string_view line : split_lines(text)) lines += "  " + std::string(line) + "\n";
  return lines;
}

}  // namespace

bool is_trusted(Context& context) {
  if (context.trusted) return *context.trusted;
  if (context.workspace.config.trusts_always()) return *(context.trusted = true);
  Items items;
  add_commands(context, items);
  add_remotes(context, items);
  if (auto host = tracker::unknown_host(context.workspace)) items.push_back(*std::move(host));
  if (!context.options.request.empty()) add_request_host(context, items);
  add_vaults(context, items);
  const Items unknown = session::Trust(context.repository()).unknown(std::move(items));
  if (unknown.empty()) return *(context.trusted = true);
  std::string detail;
  for (const TrustItem& item : unknown) {
    if (const auto hidden = hidden_character(item.what + item.text)) {
      context.hidden_from_trust = "the " + item.what + " has a character that does not show, " +
                                  *hidden + ": none of them runs";
      return *(context.trusted = false);
    }
    detail += item.what + ":\n" + indented(item.text);
  }
  const std::string answer = session::trust_answer(unknown);
  const std::optional<std::string> chosen = context.decisions.take(
      {"trust",
       "The files of the repository name these commands and destinations. Trust them?",
       {{answer, "run and use them, now and as long as they stay the same", "[t]rust them"},
        {"abort", "run nothing and end this close", "[q]uit"}},
       "abort",
       detail,
       ""});
  context.trusted = chosen == answer;
  if (*context.trusted) session::remember_trust(context.repository(), unknown);
  return *context.trusted;
}

PhaseResult without_trust(const Context& context) {
  if (!context.hidden_from_trust.empty()) {
    PhaseResult result = block(context.hidden_from_trust);
    result.hint = "inspect that file with 'cat -v', and remove the character";
    return result;
  }
  PhaseResult result =
      block("the repository's commands and destinations are not trusted in this clone");
  for (const session::Decision& decision : context.decisions.all()) {
    if (decision.id != "trust") continue;
    result.detail = decision.detail;
    result.open_decision = decision.chosen.empty();
    result.hint =
        "read what it shows, then answer with --decide trust=" + decision.choices.front().name;
  }
  return result;
}

}  // namespace gs::close
