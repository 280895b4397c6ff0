#include "close/phases/phases.h"

namespace gs::close {

const std::vector<Phase>& phases() {
  static const std::vector<Phase> table = {
      kBootstrap,    kSession,  kPlan,      kGrounding, kDiscovery, kSafety,      kReview, kGate,
      kVault,        kDrift,    kStaleness, kDocs,      kSsot,      kStagingPlan, kStage,  kCommit,
      kCleanupScope, kHandover, kMemory,    kLearnings, kMetrics,   kMirrorVault, kState,  kRecords,
      kPush,         kMirror,   kIssues,    kReport,    kSnapshots,
  };
  return table;
}

}  // namespace gs::close
