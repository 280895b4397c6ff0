#include "workflow/placed_files.h"

#include "base/error.h"
#include "base/file/file.h"
#include "formats/json.h"
#include "git/index/replace_file.h"
#include "git/object_id.h"
#include "session/closing.h"

namespace gs::workflow {

namespace {

// Paths and contents are bytes, which JSON cannot hold.
Json to_json(const std::optional<std::string>& bytes) {
  return bytes ? Json(git::to_hex(*bytes)) : Json();
}

std::optional<std::string> bytes_in(const Json& value) {
  if (!value.is_string()) return std::nullopt;
  return git::from_hex(value.get<std::string>());
}

std::string directory_of(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

}  // namespace

PlacedFiles::~PlacedFiles() {
  try {
    put_back(tree_, placed_, record_);
    if (!placed_.empty()) forget(record_);
  } catch (const Error&) {
    // The cause is reported already; the record stays for the next attempt.
  }
}

void PlacedFiles::put_back(const TreeFiles& tree, const std::vector<Placed>& placed,
                           const std::string& record) {
  if (placed.empty()) return;
  for (auto file = placed.rbegin(); file != placed.rend(); ++file) {
    const std::optional<std::string> now = tree.read(file->file, FileLimit::Records);
    // Changed by others since: left alone.
    if (file->after && now && now != file->after) continue;
    if (file->before && now != file->before) {
      git::replace_file(tree, directory_of(record), file->file, *file->before);
    } else if (!file->before) {
      tree.remove(file->file);
      // What a killed process was just writing there would keep the directory.
      if (!file->file.inside()) remove_stale_temp_files(directory_of(file->file.bytes()));
      tree.remove_empty_directories(file->file);  // which may have been made for it
    }
  }
}

std::optional<std::string> PlacedFiles::put_back(const TreeFiles& tree, const std::string& record) {
  const std::optional<std::string> text = read_file_if_exists(record);
  if (!text) return std::nullopt;
  const Json known = formats::parse_json(*text, record);
  std::optional<FilePlace> last;
  if (known.at("last").is_object()) last = session::place_from_json(known.at("last"));
  std::vector<Placed> placed;
  for (const Json& file : known.at("files")) {
    placed.push_back({session::place_from_json(file.at("place")), bytes_in(file.at("before")),
                      bytes_in(file.at("after"))});
    if (placed.back().file != last) continue;
    const std::optional<std::string> now = tree.read(*last, FileLimit::Records);
    if (now && now != placed.back().before) {
      forget(record);  // the last file was written, whatever happened to it since
      return std::nullopt;
    }
  }
  put_back(tree, placed, record);
  return bytes_in(known.at("name"));
}

void PlacedFiles::forget(const std::string& record) {
  remove_file(record);
  remove_tree(directory_of(record));  // what a killed process was just writing
}

void PlacedFiles::place(const FilePlace& file, std::string_view content) {
  add(file, std::string(content), false);
  git::replace_file(tree_, directory_of(record_), file, content);
}

void PlacedFiles::place_last(const FilePlace& file, std::string_view content) {
  add(file, std::string(content), true);
  git::replace_file(tree_, directory_of(record_), file, content);
}

void PlacedFiles::watch(const FilePlace& file) {
  add(file, std::nullopt, false);
}

void PlacedFiles::add(const FilePlace& file, std::optional<std::string> after, bool last) {
  placed_.push_back({file, tree_.read(file, FileLimit::Records), std::move(after)});
  if (last) last_ = file;
  Json files = Json::array();
  for (const Placed& placed : placed_) {
    files.push_back({{"place", session::place_to_json(placed.file)},
                     {"before", to_json(placed.before)},
                     {"after", to_json(placed.after)}});
  }
  const Json known = {{"name", to_json(name_)},
                      {"last", last_ ? session::place_to_json(*last_) : Json()},
                      {"files", files}};
  make_directories(directory_of(record_));
  write_file_atomically(record_, formats::to_json_text(known));
}

void PlacedFiles::keep() {
  placed_.clear();
  forget(record_);
}

}  // namespace gs::workflow
