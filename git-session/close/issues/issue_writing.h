#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "close/context.h"
#include "tracker/filing.h"
#include "tracker/queue.h"

namespace gs::close {

// Carries out tasks in a tracker on a host. Failed ones are queued in the git directory; once the
// tracker is unreachable, it is not asked again.
class IssueWriting {
 public:
  IssueWriting(Context& context, std::string tracker);

  // Answers with what --json shows under "issues": action, reference, title, priority, reason,
  // outcome (done, queued, failed), url, detail.
  Json carry_out(const tracker::Task& task);
  // Without asking the tracker; answers for each.
  std::vector<Json> queue(const std::vector<tracker::Task>& tasks, const std::string& why);
  // Carries out what earlier closes queued for this tracker.
  Json carry_out_queued();

  [[nodiscard]] const std::string& trouble() const { return trouble_; }  // why it is not asked
  [[nodiscard]] const std::string& hint() const { return hint_; }

 private:
  Json attempt(const tracker::Task& task, bool queued_before);

  Context& context_;
  std::string name_;
  std::unique_ptr<tracker::Tracker> tracker_;
  tracker::Filing filing_;
  tracker::Queue queue_;
  std::string trouble_, hint_;
};

// Decision gate=issue: files an issue about the failing gate in the tracker in use, or queues it.
// Answers with what --json shows under "issues".
[[nodiscard]] Json file_gate_issue(Context& context, const std::string& failure);

}  // namespace gs::close
