#include "workflow/placed_files.h"

#include "base/error.h"
#include "base/file.h"

namespace gs::workflow {

PlacedFiles::~PlacedFiles() {
  for (auto placed = placed_.rbegin(); placed != placed_.rend(); ++placed) {
    try {
      if (placed->before) {
        write_file_atomically(placed->path, *placed->before);
      } else {
        remove_file(placed->path);
      }
    } catch (const Error&) {
      // What made us put things back is reported already.
    }
  }
}

void PlacedFiles::place(const std::string& path, std::string_view content) {
  make_directories(path.substr(0, path.rfind('/')));
  watch(path);
  write_file_atomically(path, content);
}

void PlacedFiles::watch(const std::string& path) {
  placed_.push_back({path, read_file_if_exists(path)});
}

}  // namespace gs::workflow
