#pragma once

#include "close/context.h"

// The rows of the table in close/pipeline.cpp, each in the file of its id with what it does.
namespace gs::close {

extern const Phase kBootstrap;
extern const Phase kSession;
extern const Phase kPlan;
extern const Phase kGrounding;
extern const Phase kDiscovery;
extern const Phase kSafety;
extern const Phase kReview;
extern const Phase kGate;
extern const Phase kVault;
extern const Phase kDrift;
extern const Phase kStaleness;
extern const Phase kDocs;
extern const Phase kSsot;
extern const Phase kStagingPlan;
extern const Phase kPushTarget;
extern const Phase kStage;
extern const Phase kCommit;
extern const Phase kCleanupScope;
extern const Phase kHandover;
extern const Phase kMemory;
extern const Phase kLearnings;
extern const Phase kMetrics;
extern const Phase kMirrorVault;
extern const Phase kState;
extern const Phase kRecords;
extern const Phase kPush;
extern const Phase kMirror;
extern const Phase kIssues;
extern const Phase kRequest;
extern const Phase kReport;
extern const Phase kSnapshots;

// As the phase `report` does.
void save_report(const Context& context);

// Decides whose the files are whose owner is not clear, and what is committed of each: the
// decisions of `staging-plan`, which an isolated close takes before its first command.
enum class StagingDecision { Taken, Open, Abort };
[[nodiscard]] StagingDecision decide_staging(Context& context);

[[nodiscard]] std::string saved_report_file(const session::Workspace& workspace,
                                            const std::string& session);

}  // namespace gs::close
