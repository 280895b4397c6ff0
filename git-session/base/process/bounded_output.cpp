#include "base/process/bounded_output.h"

#include <algorithm>

namespace gs {

void BoundedOutput::append(std::string_view bytes) {
  total_ += bytes.size();
  const std::size_t to_head = std::min(bytes.size(), head_limit_ - head_.size());
  head_.append(bytes.substr(0, to_head));
  bytes.remove_prefix(to_head);
  if (bytes.size() > tail_limit_) {
    bytes.remove_prefix(bytes.size() - tail_limit_);
    tail_.clear();
  }
  tail_.append(bytes);
  if (tail_.size() > 2 * tail_limit_) {
    tail_.erase(0, tail_.size() - tail_limit_);
  }
}

std::string_view BoundedOutput::kept_tail() const {
  const std::string_view tail = tail_;
  return tail.substr(tail.size() - std::min(tail.size(), tail_limit_));
}

std::size_t BoundedOutput::left_out() const {
  return total_ - head_.size() - kept_tail().size();
}

std::string BoundedOutput::take() {
  if (const std::size_t missing = left_out(); missing > 0) {
    head_ += "\n[… " + std::to_string(missing) + " bytes left out …]\n";
  }
  head_ += kept_tail();
  return std::move(head_);
}

}  // namespace gs
