# shellcheck shell=bash
# The scene of the fault tests; sourced after lib.sh. Another user's work is in the tree when the session starts:
# modified, staged, untracked, and in one file that the session changes as well.

# Where the sessions of the scene are kept.
RECORDS=${RECORDS:-tracked}
if [ "$RECORDS" = tracked ]; then
  metrics=.orchestrator/metrics
else
  metrics=.git/git-session/records
fi
# state_of DIRECTORY: the STATE.md of the scene's session, whose id the frozen clock gives.
state_of() {
  if [ "$RECORDS" = tracked ]; then echo "$1/STATE.md"; else echo .git/git-session/sessions/main-2026-01-01-0000/STATE.md; fi
}
handovers_of() {
  if [ "$RECORDS" = tracked ]; then echo "$1/session-handover"; else echo .git/git-session/handover; fi
}

set_the_scene() {
  mkdir "$CASE/prepared"
  cd "$CASE/prepared" || die "no scene"
  git init -q --bare origin.git
  git init -q --bare mirror.git
  git init -q repo
  cd repo || die "no repository"
  mkdir src lib
  for file in src/a src/gone lib/b lib/c theirs staged mixed; do seq 20 >$file; done
  printf 'Updated <!-- git-session:updated -->-<!-- /git-session -->\n' >STATUS.md
  git add .
  git commit -q -m "chore: begin"
  git session init --records "$RECORDS" >/dev/null 2>&1 || die "init failed"
  mkdir -p "$metrics" ../vault
  echo '{"id":"1","type":"theirs","subject":"x","confidence":0.9,"created_at":"2025-01-01"}' >"$metrics/learnings.jsonl"
  git config session.vault-integration.enabled true
  git config session.vault-integration.mode strict
  git config session.vault-integration.vault-dir ../vault
  git remote add origin ../origin.git
  git remote add mirror ../mirror.git
  git config session.mirror mirror
  git config session.vcs local
  mkdir -p ../vault/01-projects/one
  echo "# One" >../vault/01-projects/one/_overview.md
  git config session.vault-staleness.enabled true
  git config session.vault-integration.vault-dir ../vault
  git config session.test-command 'test -e src/new'
  git add .
  git commit -q -m "chore: set up"
  git push -q -u origin main

  echo theirs >>theirs
  echo theirs >>staged
  git add staged
  echo untracked >untracked
  sed -i '1s/.*/theirs/' mixed
  cat >../plan.toml <<'PLAN'
title = "Two things"
type = "feature"
[[item]]
title = "The first"
issue = 7
type = "feat"
files = ["src/**"]
verify = "test -e src/new"
[[item]]
title = "The second"
priority = "high"
files = ["lib/**", "docs/never.md"]
PLAN
}

work_in_the_session() {
  echo more >>src/a
  rm src/gone
  seq 5 >src/new
  echo more >lib/b
  git mv lib/c lib/renamed
  sed -i '20s/.*/ours/' mixed
}
