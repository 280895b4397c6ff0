#pragma once

namespace gs {

// Counts the signals that ask us to end, while at least one of these exists; before and after, the
// process has the dispositions that it had. A signal that was ignored stays ignored (nohup). Ctrl-C
// that git passes on to us is not counted again, and does not kill us once the watch is over. A
// signal to terminate that no watch was asked for is raised again when the last one is over.
class InterruptWatch {
 public:
  InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;
  ~InterruptWatch();

  // Since this watch began.
  [[nodiscard]] unsigned from_keyboard() const;  // SIGINT
  [[nodiscard]] unsigned to_terminate() const;   // SIGTERM, SIGHUP

 private:
  unsigned keyboard_before_;
  unsigned terminate_before_;
};

}  // namespace gs
