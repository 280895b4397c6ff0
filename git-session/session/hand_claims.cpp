#include "session/hand_claims.h"

#include <algorithm>

#include "base/error.h"
#include "base/file/file.h"
#include "formats/json.h"
#include "session/baseline.h"
#include "session/home.h"

namespace gs::session {

std::string hand_claims_file(const git::Repository& repository, const std::string& session) {
  return file_of_session(repository, session, "claimed.jsonl",
                         "claimed/" + file_name_of(session) + ".jsonl");
}

FileLock lock_hand_claims(const git::Repository& repository) {
  return git::lock_list(repository, {"claimed", "the claimed files"});
}

HandClaims read_hand_claims(const git::Repository& repository, const std::string& session) {
  HandClaims claims;
  const auto text = read_file_if_exists(hand_claims_file(repository, session));
  if (!text) return claims;
  for (const formats::JsonLines::Record& record : formats::parse_json_lines(*text).records) {
    try {
      const Json item = record.value.value("item", Json());
      claims[get_path(record.value)] = item.is_string() ? item.get<std::string>() : std::string();
    } catch (const Error&) {
      continue;
    }
  }
  return claims;
}

void write_hand_claims(const git::Repository& repository, const std::string& session,
                       const HandClaims& claims) {
  const std::string file = hand_claims_file(repository, session);
  if (claims.empty()) {
    if (file_info(file)) remove_file(file);
    return;
  }
  std::string lines;
  for (const auto& [path, item] : claims) {
    Json line = {{"item", text_or_null(item)}};
    put_path(path, line);
    lines += formats::to_json_line(line) + "\n";
  }
  make_directories(file.substr(0, file.rfind('/')));
  write_file_atomically(file, lines);
}

void add_hand_claims(std::optional<Plan>& plan, const HandClaims& claims) {
  for (const auto& [path, title] : claims) {
    if (title.empty()) continue;
    if (!plan) plan = Plan{title, "", {}, {}, {}};
    const auto found =
        std::find_if(plan->items.begin(), plan->items.end(),
                     [&title = title](const PlanItem& item) { return item.title == title; });
    const auto index = static_cast<std::size_t>(found - plan->items.begin());
    if (found == plan->items.end()) {
      PlanItem item;
      item.title = title;
      plan->items.push_back(std::move(item));
    }
    plan->by_hand[path.bytes()] = index;
  }
}

}  // namespace gs::session
