#pragma once

#include <string>
#include <string_view>

#include "base/file/file.h"

namespace gs::trace2 {

// Where the lines of one form go.
class Target {
 public:
  Target() = default;
  // `value`: of the variable `name`. `sid`: own last part, the file's name in a directory. A value
  // that is none, or cannot be opened, leaves it closed; `problem` says why, if git would say so.
  Target(std::string_view name, const std::string& value, const std::string& sid,
         std::string& problem);

  [[nodiscard]] bool is_open() const { return fd_ >= 0; }
  [[nodiscard]] bool is_stderr() const { return fd_ == 2; }
  // A descriptor that was named by its number.
  [[nodiscard]] bool is_numbered() const { return is_open() && !owned_.valid(); }
  [[nodiscard]] int fd() const { return fd_; }
  void write(std::string_view line);  // closes the target when it fails

 private:
  void open_path(const std::string& path);
  void open_in(const std::string& directory, const std::string& sid);
  void connect_to(std::string_view address);

  UniqueFd owned_;
  int fd_ = -1;
  bool is_socket_ = false;
};

}  // namespace gs::trace2
