#include "records/transfer.h"

#include <charconv>
#include <set>

#include "base/error.h"
#include "base/text.h"

namespace gs::records {
namespace {

constexpr std::string_view kSchema = "git-session/records/";
constexpr long kVersion = 1;
// The first git-session that reads this version.
constexpr const char* kNeeds = "0.1.0";

std::string text_of(const Json& object, const std::string& key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void collect(std::string_view text, const std::string& key, std::vector<Json>& records,
             std::size_t& left_out) {
  formats::JsonLines lines = formats::parse_json_lines(text);
  left_out += lines.broken.size();
  for (formats::JsonLines::Record& record : lines.records) {
    if (text_of(record.value, key).empty()) {
      ++left_out;
    } else {
      records.push_back(std::move(record.value));
    }
  }
}

void require_schema(const Json& header, const std::string& source) {
  const std::string schema = text_of(header, "schema");
  long version = 0;
  if (schema.starts_with(kSchema)) {
    const char* const end = schema.data() + schema.size();
    const auto [stop, error] = std::from_chars(schema.data() + kSchema.size(), end, version);
    if (error != std::errc() || stop != end) version = 0;
  }
  if (version < 1) {
    throw fatal(source + ":1: its first line is not the header of exported records")
        .with_hint("'git session records export FILE' writes such a file");
  }
  if (version == kVersion) return;
  const std::string needs = text_of(header, "needs");
  throw refused("'" + source + "' is of a newer format, " + schema + ": it needs git-session " +
                (needs.empty() ? "of a newer version" : needs + " or newer"));
}

// A record whose format is newer than what this version knows would be misread later.
void require_known(const Json& record, const std::string& place) {
  const auto version = record.find("schema_version");
  if (version != record.end() && version->integer().value_or(0) > 1) {
    throw refused(place + ": a record of schema_version " + formats::to_json_line(*version) +
                  " needs a newer git-session");
  }
}

}  // namespace

Transfer collect_records(std::string_view sessions, std::string_view learnings) {
  Transfer transfer;
  collect(sessions, "session_id", transfer.sessions, transfer.left_out);
  collect(learnings, "id", transfer.learnings, transfer.left_out);
  return transfer;
}

std::string render_transfer(const Transfer& transfer) {
  std::string text =
      formats::to_json_line(
          Json{{"schema", std::string(kSchema) + std::to_string(kVersion)}, {"needs", kNeeds}}) +
      "\n";
  for (const Json& record : transfer.sessions)
    text += formats::to_json_line(Json{{"session", record}}) + "\n";
  for (const Json& record : transfer.learnings)
    text += formats::to_json_line(Json{{"learning", record}}) + "\n";
  return text;
}

Transfer parse_transfer(std::string_view text, const std::string& source) {
  const formats::JsonLines lines = formats::parse_json_lines(text);
  require_schema(lines.records.empty() || lines.records.front().line != 1
                     ? Json::object()
                     : lines.records.front().value,
                 source);
  const auto wrong = [&](std::size_t line) {
    return fatal(source + ":" + std::to_string(line) + ": neither a session nor a learning");
  };
  if (!lines.broken.empty()) throw wrong(lines.broken.front());
  Transfer transfer;
  for (std::size_t i = 1; i < lines.records.size(); ++i) {
    const auto& [number, value] = lines.records[i];
    const auto session = value.find("session");
    const auto learning = value.find("learning");
    const bool is_session = session != value.end();
    if (!is_session && learning == value.end()) throw wrong(number);
    const Json& record = is_session ? *session : *learning;
    if (!record.is_object() || text_of(record, is_session ? "session_id" : "id").empty())
      throw wrong(number);
    require_known(record, source + ":" + std::to_string(number));
    (is_session ? transfer.sessions : transfer.learnings).push_back(record);
  }
  return transfer;
}

NewLines new_lines(std::string_view present, const std::vector<Json>& records,
                   const std::string& key) {
  std::set<std::string> known;
  for (const formats::JsonLines::Record& line : formats::parse_json_lines(present).records)
    known.insert(text_of(line.value, key));
  NewLines lines;
  for (const Json& record : records) {
    if (!known.insert(text_of(record, key)).second) {
      ++lines.known;
      continue;
    }
    ++lines.added;
    lines.text += formats::to_json_line(record) + "\n";
  }
  return lines;
}

}  // namespace gs::records
