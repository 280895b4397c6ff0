// Runs the probes over whole source trees, as if every line had just been added, and prints what
// they find, so that a person can judge it: source, place, title and line, separated by tabs; then
// how many of each, and the time.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "checks/discovery.h"

namespace {

namespace fs = std::filesystem;

struct Totals {
  std::size_t files = 0, lines = 0;
  std::map<std::string, std::size_t> findings;
};

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<gs::session::Finding> probe(const std::string& path,
                                        const std::vector<gs::git::AddedLine>& lines) {
  gs::checks::Discovery discovery({});
  (void)discovery.probe_lines(path, lines);
  return discovery.findings();
}

void probe_tree(const fs::path& root, Totals& totals) {
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file() || entry.is_symlink()) continue;
    const std::string path = fs::relative(entry.path(), root).string();
    if (path.starts_with(".git/")) continue;
    const std::vector<gs::git::AddedLine> lines = gs::git::added_lines("", read(entry.path()));
    ++totals.files;
    totals.lines += lines.size();
    for (const gs::session::Finding& finding : probe(path, lines)) {
      ++totals.findings[finding.source];
      std::cout << finding.source << '\t' << root.filename().string() << '/' << finding.file << ':'
                << finding.line << '\t' << finding.title << '\t' << finding.detail << '\n';
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: probe-corpus DIRECTORY...\n";
    return 129;
  }
  Totals totals;
  const auto started = std::chrono::steady_clock::now();
  for (int i = 1; i < argc; ++i) probe_tree(argv[i], totals);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
  std::cerr << totals.files << " files, " << totals.lines << " lines, " << seconds.count()
            << " s\n";
  for (const auto& [source, count] : totals.findings) std::cerr << source << ": " << count << '\n';
}
