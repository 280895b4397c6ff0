#include "workflow/placed_files.h"

#include <unistd.h>

#include "base/error.h"
#include "base/file/file.h"
#include "formats/json.h"
#include "git/index/replace_file.h"
#include "git/object_id.h"

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
    put_back(placed_, record_);
    if (!placed_.empty()) forget(record_);
  } catch (const Error&) {
    // The cause is reported already; the record stays for the next attempt.
  }
}

void PlacedFiles::put_back(const std::vector<Placed>& placed, const std::string& record) {
  if (placed.empty()) return;
  for (auto file = placed.rbegin(); file != placed.rend(); ++file) {
    const std::optional<std::string> now = read_file_if_exists(file->path);
    // Changed by others since: left alone.
    if (file->after && now && now != file->after) continue;
    if (file->before && now != file->before) {
      git::replace_file(directory_of(record), file->path, *file->before);
    } else if (!file->before) {
      remove_file(file->path);
      (void)::rmdir(directory_of(file->path).c_str());  // if it was made for the file
    }
  }
}

std::optional<std::string> PlacedFiles::put_back(const std::string& record) {
  const std::optional<std::string> text = read_file_if_exists(record);
  if (!text) return std::nullopt;
  const Json known = formats::parse_json(*text, record);
  const std::optional<std::string> last = bytes_in(known.at("last"));
  std::vector<Placed> placed;
  for (const Json& file : known.at("files")) {
    placed.push_back({bytes_in(file.at("path")).value_or(""), bytes_in(file.at("before")),
                      bytes_in(file.at("after"))});
    if (placed.back().path != last) continue;
    const std::optional<std::string> now = read_file_if_exists(*last);
    if (now && now != placed.back().before) {
      forget(record);  // the last file was written, whatever happened to it since
      return std::nullopt;
    }
  }
  put_back(placed, record);
  return bytes_in(known.at("name"));
}

void PlacedFiles::forget(const std::string& record) {
  remove_file(record);
  remove_tree(directory_of(record));  // what a killed process was just writing
}

void PlacedFiles::place(const std::string& path, std::string_view content) {
  add(path, std::string(content), false);
  git::replace_file(directory_of(record_), path, content);
}

void PlacedFiles::place_last(const std::string& path, std::string_view content) {
  add(path, std::string(content), true);
  git::replace_file(directory_of(record_), path, content);
}

void PlacedFiles::watch(const std::string& path) {
  add(path, std::nullopt, false);
}

void PlacedFiles::add(const std::string& path, std::optional<std::string> after, bool last) {
  placed_.push_back({path, read_file_if_exists(path), std::move(after)});
  if (last) last_ = path;
  Json files = Json::array();
  for (const Placed& placed : placed_) {
    files.push_back({{"path", to_json(placed.path)},
                     {"before", to_json(placed.before)},
                     {"after", to_json(placed.after)}});
  }
  const Json known = {{"name", to_json(name_)}, {"last", to_json(last_)}, {"files", files}};
  make_directories(directory_of(record_));
  write_file_atomically(record_, formats::to_json_text(known));
}

void PlacedFiles::keep() {
  placed_.clear();
  forget(record_);
}

}  // namespace gs::workflow
