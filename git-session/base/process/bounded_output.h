#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gs {

// Keeps the first and the last bytes of a stream, at most `limit` of them.
class BoundedOutput {
 public:
  explicit BoundedOutput(std::size_t limit)
      : head_limit_(limit / 2), tail_limit_(limit - limit / 2) {}

  void append(std::string_view bytes);
  [[nodiscard]] std::size_t left_out() const;
  // The kept bytes; a line says how much was left out in the middle, if any.
  [[nodiscard]] std::string take();

 private:
  [[nodiscard]] std::string_view kept_tail() const;

  std::size_t head_limit_;
  std::size_t tail_limit_;
  std::size_t total_ = 0;
  std::string head_;
  std::string tail_;  // up to twice its limit, so that not every chunk moves it
};

}  // namespace gs
