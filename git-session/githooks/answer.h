#pragma once

#include <string>
#include <utility>
#include <vector>

namespace gs::githooks {

// What a hook has to say; the command line prints it.
enum class Say { Error, Warning, Hint, Detail };
struct Line {
  Say say;
  std::string text;
};
struct HookAnswer {
  std::vector<Line> lines;
  bool refused = false;  // git is to stop

  void add(Say say, std::string text) { lines.push_back({say, std::move(text)}); }
};

}  // namespace gs::githooks
