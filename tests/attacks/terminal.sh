# shellcheck shell=bash disable=SC2015,SC1003
# Text that would drive the terminal, reorder a line or hide in one. Canary: a raw control, bidirectional or invisible
# character in anything that a command prints, in a pipe and on a terminal.

prepare() {
  new_repo
  init_tracked
  commit_all
  git push -q -u origin main
  mkdir -p "$CASE/gh/issues" src
}
outside() { :; } # attacks configure git
shown=0
# show COMMAND…: as text, as JSON, and on a terminal where script(1) is.
show() {
  shown=$((shown + 1))
  "$@" </dev/null >>"$CASE/pipe" 2>>"$CASE/pipe"
  "$@" --json </dev/null >>"$CASE/pipe" 2>>"$CASE/pipe"
  ! command -v script >/dev/null || TERM=xterm COLUMNS=100 script -qc "$(printf '%q ' "$@")" /dev/null </dev/null 2>&1 |
    sed 's/\r$//; s/\r\x1b\[K//g; s/\x1b\[\([1-3]\|3[1236]\|\)m//g' >>"$CASE/pipe"
  return 0
}
# C0 but line ends and tabs, C1, soft hyphens, bidirectional and invisible characters, tags, and bytes that are not UTF-8.
raw() {
  LC_ALL=C grep -aqP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f\xad]|\xd8\x9c|\xe2\x80[\x8b\x8c\x8e\x8f\xa8-\xae]|\xe2\x81[\xa0-\xa4\xa6-\xaf]|\xef\xbb\xbf|\xf3\xa0[\x80\x81]' "$CASE/pipe" ||
    ! iconv -f UTF-8 -t UTF-8 "$CASE/pipe" >/dev/null 2>&1
}
judge() {
  [ "$shown" -gt 0 ] || broken "nothing was shown"
  raw && through "a raw character: $(LC_ALL=C grep -anP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f\xad]|\xe2\x80|\xe2\x81|\xef\xbb\xbf|\xf3\xa0|\xff' "$CASE/pipe" | head -n 1 | cat -v)"
}
declare -A kinds=(
  [controls]=$'\e]0;owned\a\e]52;c;aGk=\a\e[2J\b\x7f\e]8;;http://evil\e\\link\e]8;;\e\\\xc2\x9b31m\xc2\x9d'
  [invisibles]=$'\u202e\u2066\u061c\u200b\ufeff\u2060\u00ad\U000e0041')
sources=(file_name branch commit_subject plan_title plan_pattern state session_title scope usage config_value config_file
  gate review discovery tracker tracker_error hook remote_error environment snapshot issue_file learning records)
for source in "${sources[@]}"; do
  for kind in controls invisibles; do attack "$kind in ${source//_/ }" "from_$source" "$kind"; done
done

evil() { printf '%s' "x${kinds[$1]}y"; }
close() { show git session close --yes && show git session close --dry-run -v && show git session close --yes -v && run git session close --abort; }
from_file_name() {
  start --scope src/ && echo x >"src/$(evil "$1" | tr -d /)" && echo x >"$(evil "$1" | tr -d /)" || broken "no such name here"
  show git session status -v && show git session scope check && show git session snapshot create x && show git session snapshot show x && close
}
from_branch() { # git itself refuses controls in them
  git checkout -q -b "$(evil "$1" | tr -d '\000-\037\177[ :\\^~?*')" 2>/dev/null || none "git refuses it"
  start --title x && work && show git session status && close
}
from_commit_subject() { start --title x && git commit -q --allow-empty -m "$(evil "$1")" && show git session status && show git session scope check HEAD~1..HEAD && close; }
toml() { printf '%s' "${kinds[$1]}" | perl -CI -ne 'printf "\\U%08x", ord for split //' 2>/dev/null || broken "no perl"; }
from_plan_title() {
  printf 'title = "T%s"\n[[item]]\ntitle = "I%s"\nfiles = ["src/**"]\nverify = "true # %s"\n' "$(toml "$1")" "$(toml "$1")" "$(toml "$1")" >"$CASE/plan.toml"
  show git session start --plan "$CASE/plan.toml" && work && show git session plan show && show git session status && close
}
from_plan_pattern() {
  printf 'title = "T"\n[[item]]\ntitle = "I"\nfiles = ["src/%s/**"]\n"k%s" = 1\n' "$(toml "$1")" "$(toml "$1")" >"$CASE/plan.toml"
  show git session start --plan "$CASE/plan.toml" && sed -i '$d' "$CASE/plan.toml" && show git session start --plan "$CASE/plan.toml" && show git session scope show && close
}
from_state() {
  start --title x --state-dir .claude
  [ -e .claude/STATE.md ] || broken "no STATE.md"
  sed -i "s|^title:.*|title: \"T$(evil "$1" | tr -d '\000-\037\177\\')\"|; s|^branch:.*|&\nsession: \"$(evil "$1" | tr -d '\000-\037\177\\/')\"|" .claude/STATE.md
  printf '\n## Deviations\n\n- %s\n' "$(evil "$1")" >>.claude/STATE.md
  show git session status && work && close && sed -i "s|^status:.*|status: \"$(evil "$1" | tr -d '\\')\"|" .claude/STATE.md && show git session status && close
}
from_session_title() { show git session start --title "$(evil "$1")" && show git session status && work && close; }
from_scope() {
  start --title x && show git session scope set "src/$(evil "$1")" --role "$(evil "$1")" --blocked-command "$(evil "$1")" && show git session scope && show git session status && echo x >stray && show git session scope check
}
from_usage() {
  local word
  word=$(evil "$1")
  for words in "" --x status start close "close --decide" "--session" "--state-dir" "snapshot show" config "gc --older-than" "issue show" "scope set --enforcement" "hooks install --with" hook "learn --type" "init --records"; do
    # shellcheck disable=SC2086
    show git session $words "$word"
    # shellcheck disable=SC2086
    show git session $words "--$word"
  done
}
from_config_value() { git config session.test-command "true # $(evil "$1")" && git config session.enforcement "$(evil "$1")" && show git session config --list --show-origin && show git session config test-command && show git session status && git config --unset session.enforcement && start --title x && work && close; }
from_config_file() {
  printf 'test-command = "true # %s"\nenforcement = "%s"\n"k%s" = 1\n' "$(toml "$1")" "$(toml "$1")" "$(toml "$1")" >.git-session.toml
  show git session config --list --show-origin && show git session status && printf 'test-command = "true # %s"\n' "$(toml "$1")" >.git-session.toml && start --title x && work && close
}
from_gate() {
  evil "$1" >"$CASE/said" && git config session.test-command "cat '$CASE/said'; echo; cat '$CASE/said'; exit 1" && start --title x && work && close
  git config session.test-command "cat '$CASE/said'" && close
}
answer() { evil "$1" | jq -Rs '{verdict: "FIX REQUIRED", items: [{title: ., severity: "high", file: ("src/" + .), detail: .}], findings: [{title: ., severity: "high", file: "src/a.c"}]}' >"$CASE/answer"; }
from_review() { answer "$1" && git config session.review-command "cat >/dev/null; cat '$CASE/answer'" && start --title x && work && close; }
from_discovery() { answer "$1" && git config session.discovery-on-close true && git config session.discovery-command "cat >/dev/null; cat '$CASE/answer'" && start --title x && work && close; }
github() { git config remote.origin.pushurl "$CASE/origin.git" && git remote set-url origin git@github.com:owner/name.git && git config session.vcs github; }
from_tracker() {
  github && evil "$1" | jq -Rs '{number: 7, title: ., body: ., state: "OPEN", url: ("https://github.com/" + .), labels: [{name: .}], comments: [{author: {login: .}, body: .}], milestone: {title: .}}' >"$CASE/gh/issues/7.json"
  show git session issue list && show git session issue show 7
}
from_tracker_error() { github && evil "$1" >"$CASE/gh/fail" && show git session issue list && show git session issue create --title x && start --title x && work && close; }
from_hook() { { printf '#!/bin/sh\ncat "%s/said" >&2\nexit 1\n' "$CASE" && :; } >.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit && evil "$1" >"$CASE/said" && start --title x && work && close; }
from_remote_error() { { printf '#!/bin/sh\ncat "%s/said" >&2\nexit 1\n' "$CASE" && :; } >"$CASE/origin.git/hooks/pre-receive" && chmod +x "$CASE/origin.git/hooks/pre-receive" && evil "$1" >"$CASE/said" && start --title x && work && close; }
from_environment() {
  local word
  word=$(evil "$1")
  for name in GIT_SESSION SO_PLATFORM CLAUDE_CODE_SESSION_ID VAULT_DIR GH_HOST COLUMNS GIT_AUTHOR_NAME CLAUDE_CONFIG_DIR; do
    export "$name=$word"
    show git session status && show git session close --dry-run
    unset "$name"
  done
}
from_snapshot() { start --title x && work && show git session snapshot create -m "$(evil "$1")" --label "$(evil "$1")" && show git session snapshot list && show git session gc --older-than now -v; }
from_issue_file() {
  run git session issue create --title Broken
  file=$(find .orchestrator/issues .git/git-session -name '0001*' 2>/dev/null | head -n 1)
  [ -n "$file" ] || broken "no issue"
  { sed "s|^title:.*|title: \"T$(evil "$1" | tr -d '\000-\037\177\\')\"|" "$file" && evil "$1"; } >"$CASE/x" && cat "$CASE/x" >"$file"
  show git session issue list && show git session issue show 1
}
from_learning() { start --title x && show git session learn --type pattern --subject "$(evil "$1")" --insight "$(evil "$1")" && work && close; }
from_records() {
  mkdir -p .orchestrator/metrics && evil "$1" | jq -Rsc '{id: ., type: ., subject: ., insight: ., confidence: "x", schema_version: .}' >.orchestrator/metrics/learnings.jsonl
  cp .orchestrator/metrics/learnings.jsonl .orchestrator/metrics/sessions.jsonl && evil "$1" >>.orchestrator/metrics/sessions.jsonl
  start --title x && work && show git session status && close
}

control_raw() { show printf '%s' "$(evil invisibles)"; }
control_c0() { show printf '%s' "$(evil controls)"; }
control_bytes() { show printf '\xff'; }
