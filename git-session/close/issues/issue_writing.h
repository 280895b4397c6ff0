#pragma once

#include <memory>
#include <optional>
#include <string>

#include "close/context.h"
#include "tracker/filing.h"
#include "tracker/queue.h"

namespace gs::close {

// Carries tasks out in a tracker on a host. What cannot be done is queued in the git directory; as
// soon as the tracker cannot be reached, it is not asked again.
class IssueWriting {
 public:
  IssueWriting(Context& context, std::string tracker);

  // Answers with what --json shows under "issues": action, reference, title, priority, reason,
  // outcome (done, queued, failed), url, detail.
  Json carry_out(const tracker::Task& task);
  // Without asking the tracker.
  Json queue(const tracker::Task& task, const std::string& why);
  // What earlier closes queued for this tracker.
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

// One task outside of a close's writing phases.
[[nodiscard]] Json file_in_tracker(Context& context, const std::string& tracker,
                                   const tracker::Task& task);

}  // namespace gs::close
