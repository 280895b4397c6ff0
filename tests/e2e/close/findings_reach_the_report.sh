#!/usr/bin/env bash
# What each phase finds is on the screen, in the report of --json and in the saved one: once, with its place, whatever
# section says it; also of a close that took several rounds, or was killed and continued.
. "$E2E/lib.sh"
. "$E2E/close.sh"

saved() { cat .git/git-session/reports/"$session".json; }
# What the sections of the report say, one entry a line.
said() { # FILE with a report
  jq -r '(.findings[] | "\(.place) \(.title)"), .warnings[], (.carried_over[] | .title), (.left_alone[] | .path),
    (.docs_coverage // {tasks: []} | .tasks[] | .target_pattern), (.new_issues[] | .title), .mirror, .request' "$1"
}
# Every finding of the phases of $OUT is in its report, and in the saved one.
expect_all_said() {
  local place title name
  jq .report "$OUT" >"$CASE/report"
  saved | jq .report >"$CASE/saved"
  cmp -s "$CASE/report" "$CASE/saved" || fail "the saved report is another: $(diff "$CASE/report" "$CASE/saved" | head -20)"
  said "$CASE/report" >"$CASE/said"
  jq -e '[.findings[] | [.place, .title]] | length == (unique | length)' "$CASE/report" >/dev/null || fail "a finding is there twice"
  while IFS=$'\t' read -r place title; do
    # A plan's item, an agent's task and a docs task are named in their titles.
    name=$(sed -E "s/^not-started: (.*) \(.*/\1/; s/^agent '(.*)' of .*/\1/; s/^gap: task .* \((.*)\)$/\1/; s/^planned, .*: //" <<<"$title")
    grep -qxF -- "$place $title" "$CASE/said" || grep -qF -- "$name" "$CASE/said" ||
      { [[ $title == *", stays as it is" ]] && grep -qxF -- "$place" "$CASE/said"; } ||
      fail "not in the report: $place $title"
  done < <(jq -r '.phases[].findings[] | [(.file // "") + (if .line then ":\(.line)" else "" end), .title] | @tsv' "$OUT")
}
expect_found() { # PHASE TEXT [PLACE]: a finding of the phase, with its place in the report
  expect_json '.phases[] | select(.id == $id) | [.findings[].title] | any(contains($text))' --arg id "$1" --arg text "$2"
  if [ $# -gt 2 ]; then
    expect_json '[.report.findings[] | select(.title | contains($text)) | .place] == [$place]' --arg text "$2" --arg place "$3"
  fi
}

vault=$CASE/vault
note() { mkdir -p "$(dirname "$vault/$1")" && printf -- '---\n%s\n---\n%s\n' "$2" "${3:-}" >"$vault/$1"; }
script() { printf '#!/bin/sh\n%s\n' "$2" >"$CASE/$1" && chmod +x "$CASE/$1"; }

# A repository of which every phase has something to say.
make_world() {
  fake_tracker gh
  touch "$CASE/gh/strict-labels" "$CASE/gh/no-label-create"
  session_repo
  bare_remote
  git remote add backup "$CASE/nowhere.git"
  mkdir -p .orchestrator/metrics docs src
  echo '{"no":"learning"}' >.orchestrator/metrics/learnings.jsonl
  printf 'See /home/no-such-user/notes.md.\n' >docs/claims.md
  GIT_COMMITTER_DATE=2020-01-01T00:00:00Z commit_file old.md
  git add .
  git commit -qm "docs: claims"
  git push -q
  note bad.md $'id: BAD\ntype: note\ncreated: 2026-11-22\nupdated: 2026-11-22'
  note link.md $'id: link\ntype: note\ncreated: 2026-11-22\nupdated: 2026-11-22' "[[nowhere]]"
  note 01-projects/repo/_overview.md $'id: repo\ntype: note\ncreated: 2020-01-01\nupdated: 2020-01-01\nlastSync: 2020-01-01'
  script reviewer "cat >/dev/null; echo '{\"verdict\": \"PROCEED\", \"items\": [{\"title\": \"no test of it\", \"severity\": \"low\", \"file\": \"src/a.js\", \"line\": 2}, 7]}'"
  script prober 'cat >/dev/null; exit 3'
  while read -r key value; do git config "session.$key" "$value"; done <<CONFIG
vcs github
mirror backup
test-command true
review-command '$CASE/reviewer'
discovery-command '$CASE/prober'
discovery-on-close true
grounding-check true
ssot-files old.md
vault-sync.enabled true
vault-sync.vault-dir $vault
vault-integration.enabled true
vault-integration.vault-dir $vault
vault-staleness.enabled true
drift-check.enabled true
drift-check.include-paths docs/claims.md
docs-orchestrator.enabled true
CONFIG
  start_session --scope 'src/**' --plan "$(plan '[[item]]
title = "Uploads"
files = ["src/a.js"]
[[item]]
title = "Left over"
files = ["later/**"]')"
  session=$(git session status --json | jq -r .session)
  sed -i 's/^total-waves: .*/total-waves: many/; s/^status:/docs-tasks:\n  - id: guide\n    audience: user\n    target-pattern: docs\/guide.md\nstatus:/' .orchestrator/STATE.md
  printf '### Wave 1 — Core\n- Agent "flaky upload": SPIRAL — src/a.js — again\n- Agent "docs": partial — 1 file — half\n' >"$CASE/waves"
  sed -i "/^## Wave History/r $CASE/waves" .orchestrator/STATE.md
  printf '{"event":"git_session.scope.violation","session":"%s","path":"docs/x.md","enforcement":"warn"}\ntorn\n' "$session" >>.orchestrator/metrics/events.jsonl
  printf 'let a = 1  // TODO: later\nconsole.log(a)\n' >src/a.js
  echo emergent >src/b.c
  echo 1 >stray.txt
  git session snapshot --label stray -q
}

make_world
expect_exit 0 git session close --yes --json
expect_json '.status == "closed" and .pushed'
expect_all_said
expect_found session total-waves
expect_found plan "Left over"
expect_found grounding "changed, but in no plan item" src/b.c
expect_found discovery "TODO without an issue" src/a.js:1
expect_found discovery "exit status 3" ""
expect_found safety "changed outside the scope" docs/x.md
expect_found safety "1 broken line in events.jsonl" ""
expect_found safety "flaky upload"
expect_found safety "agent 'docs' of wave 1 ended partial" ""
expect_found review "no test of it" src/a.js:2
expect_found review "1 entry not understood" ""
expect_found gate "'console.log(…)' in added code" src/a.js:2 # discovery sees it, too
expect_found gate "test is a gate that cannot fail" ""
expect_found vault "'id' is 'BAD'" "$vault/bad.md:2"
expect_found vault "[[nowhere]]" "$vault/link.md:7"
expect_found drift "/home/no-such-user/notes.md" docs/claims.md:1
expect_found staleness "was synchronized on 2020-01-01" "$vault/01-projects/repo/_overview.md"
expect_found docs "docs/guide.md"
expect_found ssot "last changed on 2020-01-01" old.md
expect_found staging-plan "unclaimed, stays as it is"
expect_found learnings "learnings.jsonl" ""
expect_found issues "'[Carryover] Left over': without labels" ""
expect_found snapshots "1 snapshot of what is left in the tree" ""
expect_json '.report.mirror | startswith("failed: backup")'
expect_json '[.report.findings[].severity] | . == sort_by(["critical", "high", "medium", "low"] as $all | . as $one | $all | index($one))'
expect_json '.report.warnings | any(contains("total-waves"))'

# The screen says the same.
jq -r '.report.findings[] | .title' "$OUT" >"$CASE/titles"
cd "$CASE"
rm -rf repo origin.git vault gh gh.calls bin/gh
make_world
expect_exit 0 git session close --yes -v
sed -n '/^Findings$/,/^$/p' "$OUT" | tr -s ' \n' ' ' >"$CASE/findings"
tr -s ' \n' ' ' <"$OUT" >"$CASE/screen"
while read -r title; do grep -qF -- "$title" "$CASE/screen" || fail "not on the screen: $title"; done <"$CASE/titles"
while read -r title; do grep -qF -- "$title" "$CASE/findings" || fail "not in the report on the screen: $title"; done < <(head -20 "$CASE/titles")

# A dry run expects what the close then says.
titles() { jq -c '[.report.findings[] | [.place, .title]] | sort' "$OUT"; }
git config session.vcs none
git config session.discovery-command "echo '{\"findings\": [{\"title\": \"a cycle\", \"severity\": \"high\", \"file\": \"src/c.js\", \"line\": 7}], \"stats\": {}}'"
work() { # CONTENT [start's options]
  start_session --scope 'src/**' "${@:2}"
  session=$(git session status --json | jq -r .session)
  printf '%s\n' "$1" "// TODO: $1" >src/c.js
}
work one
expect_exit 0 git session close --yes --dry-run --json
expected=$(titles)
expect_exit 0 git session close --yes --json
expect_equal "$(titles)" "$expected"
expect_all_said
expect_found discovery "a cycle" src/c.js:7 # critical and high findings become issues, but there is no tracker

# Several rounds: the gate fails and is run again at once; another commits the file while the close does.
work two
git config session.test-command "[ -e '$CASE/again' ] || { touch '$CASE/again'; exit 1; }"
script commit-msg "[ ! -e '$CASE/moved' ] || exit 0
touch '$CASE/moved'; unset GIT_INDEX_FILE
echo theirs >>src/c.js; git -c core.hooksPath=/dev/null commit -qm 'fix: theirs' src/c.js; echo more >>src/c.js"
cp "$CASE/commit-msg" .git/hooks/commit-msg
expect_exit 0 git session close --yes --decide gate=retry --json
expect_err "planning again"
expect_all_said
expect_found discovery "TODO without an issue" src/c.js:2
expect_json '[.phases[].findings[].title, .report.findings[].title] | all(contains("test failed") | not)'
git config session.test-command skip
rm .git/hooks/commit-msg

# Blocked by a hook, then continued; killed where the records are written, then continued.
work three
script hook 'exit 1'
cp "$CASE/hook" .git/hooks/pre-commit
expect_exit 1 git session close --yes --json
printf '#!/bin/sh\n[ -e "%s/killed" ] || { touch "%s/killed"; kill -9 $(ps -o ppid= -p $PPID); }\n' "$CASE" "$CASE" >.git/hooks/pre-push
chmod +x .git/hooks/pre-push
rm .git/hooks/pre-commit
git session close --continue --yes --json >"$OUT" 2>"$ERR" && fail "it was not killed"
expect_file "$CASE/killed"
expect_exit 0 git session close --continue --yes --json
expect_json '.status == "closed" and .pushed'
expect_all_said
expect_found discovery "TODO without an issue" src/c.js:2
expect_found vault "'id' is 'BAD'" "$vault/bad.md:2"
expect_found learnings "learnings.jsonl" ""
rm .git/hooks/pre-push

# A finding that becomes an issue is among the new ones; that of an open issue is named with it.
git config session.vcs github
work four
expect_exit 0 git session close --yes --json
expect_all_said
expect_json '[.report.new_issues[].title] == ["[Discovery] a cycle: src/c.js"] and all(.report.findings[]; .title != "a cycle")'
number=$(json '.report.new_issues[0].reference')
work five
expect_exit 0 git session close --yes --json
expect_all_said
expect_json '.report.new_issues == [] and ([.report.findings[] | select(.title == "a cycle") | [.place, .issue]] == [["src/c.js:7", $number]])' --arg number "$number"

# A tracker that fails while it is asked is no answer of it.
echo "HTTP 502: Bad Gateway" >"$CASE/gh/fail"
git config session.discovery-command "echo '{\"findings\": [{\"title\": \"a knot\", \"severity\": \"high\"}], \"stats\": {}}'"
work six
echo "// TODO(#3): see there" >>src/c.js
expect_exit 0 git session close --yes --json
expect_all_said
expect_found discovery "issues not looked up: gh: HTTP 502" ""
expect_found issues "HTTP 502"
expect_json '[.report.new_issues[].reference] == ["queued"]'
rm "$CASE/gh/fail"

# What an earlier close had queued is filed, then the close is killed.
git config --unset session.discovery-command
touch "$CASE/gh/die.close"
work seven --plan "$(plan "[[item]]
title = 'The cycle'
issue = ${number#\#}
files = ['src/**']")"
git session close --yes --json >"$OUT" 2>"$ERR" && fail "it was not killed"
expect_exit 0 git session close --continue --yes --json
expect_all_said
expect_found issues "create '[Discovery] a knot': without labels" ""
expect_json '[.issues[] | .action] | sort == ["close", "create"]'

# What cannot be written, or deleted when the report is saved already.
export SO_PLATFORM=claude
work eight
git config session.vault-integration.vault-dir "$CASE/none"
memory=$HOME/.claude/projects/$(printf %s "$PWD" | sed 's/[^A-Za-z0-9]/-/g')
rm -rf "$memory"
mkdir -p "$(dirname "$memory")"
touch "$memory"
: >.git/packed-refs.lock
expect_exit 0 git session close --yes --json
expect_all_said
expect_found memory "no note: "
expect_found mirror-vault "there is no vault '$CASE/none'" ""
expect_found snapshots "packed-refs.lock" ""
