#include "git/push_destination.h"

#include <algorithm>

#include "git/refs.h"

namespace gs::git {

namespace {

using Config = std::vector<ConfigValue>;

std::vector<std::string> all_values(const Config& config, const std::string& key) {
  std::vector<std::string> values;
  for (const ConfigValue& value : config) {
    if (value.key == key) values.push_back(value.value);
  }
  return values;
}

std::string short_name(const std::string& ref) {
  return ref.starts_with(kHeads) ? ref.substr(kHeads.size()) : ref;
}

std::string fetch_remote(const Config& config, const std::string& branch) {
  if (const auto own = last_value(config, "branch." + branch + ".remote")) return *own;
  const std::vector<std::string> names = remote_names(config);
  return names.size() == 1 ? names.front() : "origin";
}

std::string push_remote(const Config& config, const std::string& branch) {
  if (const auto own = last_value(config, "branch." + branch + ".pushremote")) return *own;
  if (const auto all = last_value(config, "remote.pushdefault")) return *all;
  return fetch_remote(config, branch);
}

// What a pattern's '*' stands for in `name`; without a '*' both are the same, or nothing is.
std::optional<std::string> matched(const std::string& pattern, const std::string& name) {
  const std::size_t star = pattern.find('*');
  if (star == std::string::npos)
    return pattern == name ? std::optional<std::string>("") : std::nullopt;
  const std::string before = pattern.substr(0, star);
  const std::string after = pattern.substr(star + 1);
  if (name.size() < before.size() + after.size() || !name.starts_with(before) ||
      !name.ends_with(after))
    return std::nullopt;
  return name.substr(star, name.size() - before.size() - after.size());
}

// A refspec's source may be short, and HEAD is the branch that is pushed.
bool names_branch(const std::string& source, const std::string& branch) {
  return source == branch || source == "heads/" + branch ||
         source == std::string(kHeads) + branch || source == "HEAD" || source == "@";
}

// Where `refspec` pushes the branch to; absent if nowhere.
std::optional<std::string> through(const std::string& refspec, const std::string& branch) {
  const std::string own = std::string(kHeads) + branch;
  const std::string text = refspec.starts_with('+') ? refspec.substr(1) : refspec;
  const std::size_t colon = text.rfind(':');
  const std::string source = text.substr(0, colon);
  std::string destination = colon == std::string::npos ? "" : text.substr(colon + 1);
  if (source.find('*') != std::string::npos) {
    const std::optional<std::string> part = matched(source, own);
    if (!part) return std::nullopt;
    if (destination.empty()) return own;
    const std::size_t star = destination.find('*');
    return star == std::string::npos ? destination : destination.replace(star, 1, *part);
  }
  if (!names_branch(source, branch)) return std::nullopt;
  if (destination.empty()) return own;
  return destination.starts_with("refs/") ? destination : std::string(kHeads) + destination;
}

// "matching" pushes a branch that the remote has too; what it has is known from its remote-tracking
// branch.
void push_matching(const Repository& repository, const std::string& own, PushDestination& to) {
  const std::string tracked =
      "refs/remotes/" + to.remote + "/" + own.substr(std::string_view(kHeads).size());
  if (read_ref(repository, tracked)) {
    to.ref = own;
  } else {
    to.refusal = "only matching branches are pushed, and " + to.remote +
                 " has none of its name, as far as this clone knows";
  }
}

void push_by_refspecs(const Repository& repository, const std::vector<std::string>& refspecs,
                      const std::string& branch, PushDestination& to) {
  const std::string own = std::string(kHeads) + branch;
  to.refusal = "remote." + to.remote + ".push does not name it";
  for (const std::string& refspec : refspecs) {
    if (refspec.starts_with('^') && matched(refspec.substr(1), own)) return;
  }
  for (const std::string& refspec : refspecs) {
    if (refspec == ":" || refspec == "+:") {
      to.refusal.clear();
      push_matching(repository, own, to);
      if (!to.ref.empty()) return;
    } else if (const auto ref = through(refspec, branch)) {
      to.refusal.clear();
      to.ref = *ref;
      return;
    }
  }
}

struct Upstream {
  std::string remote;               // "": none
  std::vector<std::string> merges;  // full names there
};

// push.default = simple and upstream.
void push_upstream(const Upstream& upstream, const std::string& own, bool simple,
                   PushDestination& to) {
  if (upstream.merges.empty() && to.sets_upstream) {
    to.ref = own;
  } else if (upstream.merges.empty() || upstream.remote.empty()) {
    to.refusal = "it has no upstream branch";
  } else if (upstream.merges.size() > 1) {
    to.refusal = "it has several upstream branches";
  } else if (simple && upstream.merges.front() != own) {
    to.refusal = "its upstream is " + to.remote + "/" + short_name(upstream.merges.front()) +
                 ", a branch of another name";
  } else {
    to.ref = upstream.merges.front();
  }
}

void push_by_default(const Repository& repository, const Config& config, const std::string& branch,
                     bool to_upstreams_remote, PushDestination& to) {
  const std::string own = std::string(kHeads) + branch;
  const std::string how = last_value(config, "push.default").value_or("simple");
  if (how == "nothing") {
    to.refusal = "push.default is nothing";
    return;
  }
  if (how == "matching") return push_matching(repository, own, to);
  const Upstream upstream{last_value(config, "branch." + branch + ".remote").value_or(""),
                          all_values(config, "branch." + branch + ".merge")};
  to.sets_upstream =
      upstream.merges.empty() &&
      parse_bool(last_value(config, "push.autosetupremote").value_or("")).value_or(false);
  if (how == "upstream" || how == "tracking") {
    if (to_upstreams_remote) {
      push_upstream(upstream, own, false, to);
    } else {
      to.refusal = "push.default is " + how + ", and it has no upstream on " + to.remote;
    }
  } else if (how == "simple" && to_upstreams_remote) {
    push_upstream(upstream, own, true, to);
  } else {
    to.ref = own;
  }
}

}  // namespace

std::vector<std::string> remote_names(const Config& config) {
  constexpr std::string_view kSection = "remote.";
  std::vector<std::string> names;
  for (const ConfigValue& value : config) {
    const std::size_t dot = value.key.rfind('.');
    if (!value.key.starts_with(kSection) || dot < kSection.size()) continue;
    std::string name = value.key.substr(kSection.size(), dot - kSection.size());
    if (std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  }
  return names;
}

bool is_push_mirror(const Config& config, const std::string& remote) {
  const auto value = last_value(config, "remote." + remote + ".mirror");
  return value && parse_bool(*value).value_or(false);
}

PushDestination push_destination(const Repository& repository, const Config& config,
                                 const std::string& branch,
                                 const std::optional<std::string>& remote) {
  PushDestination to;
  to.remote = remote.value_or(push_remote(config, branch));
  to.has_upstream = last_value(config, "branch." + branch + ".merge").has_value();
  // A branch that follows a local one: a push would move that, and leave this machine to nowhere.
  if (to.remote == ".") {
    const std::vector<std::string> names = remote_names(config);
    to.remote = names.size() == 1 ? names.front() : "origin";
    to.refusal = "its upstream is a branch of this repository";
    return to;
  }
  if (is_push_mirror(config, to.remote)) {
    to.ref = std::string(kHeads) + branch;
  } else if (const auto refspecs = all_values(config, "remote." + to.remote + ".push");
             !refspecs.empty()) {
    push_by_refspecs(repository, refspecs, branch, to);
  } else {
    push_by_default(repository, config, branch, to.remote == fetch_remote(config, branch), to);
  }
  to.sets_upstream = to.sets_upstream && !to.ref.empty();
  return to;
}

}  // namespace gs::git
