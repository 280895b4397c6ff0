# shellcheck shell=bash
# Floods and special files. Canary: a command that takes more than a minute or 200 MB of memory, or that a signal ends,
# under a limit of 1 GB of address space. What git itself takes as long for is git's own; see docs/security.md.

prepare() {
  new_repo
  init_tracked
  commit_all
  git push -q -u origin main
  git session start --title x --scope src/ >/dev/null 2>&1
  cp -a "$CASE/repo" "$CASE/open"
  git session close --yes --no-push >/dev/null 2>&1
  mkdir src
}
outside() { :; } # attacks configure git
opened() {
  cd "$CASE" && rm -rf repo && mv open repo && cd repo || exit 5
  mkdir -p src && echo a >src/a.c
}
# bounded COMMAND…: within the limits, or the attack got through.
bounded() {
  local peak
  code=0
  (ulimit -v 1000000 && exec /usr/bin/time -o "$CASE/peak" -f %M timeout -k 5 60 "$@") >"$OUT" 2>"$ERR" </dev/null || code=$?
  if [ "$code" -eq 124 ] || [ "$code" -eq 137 ]; then through "hangs: $*"; fi
  [ "$code" -lt 132 ] || [ "$code" -eq 255 ] || through "ends with $code: $*"
  ! grep -qaE 'bad_alloc|[Oo]ut of memory' "$ERR" "$OUT" || through "out of memory: $*"
  peak=$(tail -n 1 "$CASE/peak")
  [ "$peak" -lt 200000 ] || through "$((peak / 1000)) MB: $*"
}
commands() { # every command that reads what lies in the tree
  bounded git-session status
  bounded git-session scope check
  bounded git-session hook post-commit
  bounded git-session issue create --title "An issue"
  bounded git-session close --yes --no-push
  bounded git-session start --title again
  bounded git-session init
}
thing() { # KIND FILE
  mkdir -p "$(dirname "$2")"
  rm -rf "$2"
  case $1 in
    zero) ln -s /dev/zero "$2" ;;
    pipe) mkfifo "$2" ;;
    socket) socket "$2" ;;
    directory) mkdir "$2" ;;
    loop) ln -s "$(basename "$2")" "$2" ;;
    # What a close commits, it hashes and compresses: larger ones take git as long.
    sparse) case $2 in *.jsonl | package.json | *.gitattributes) truncate -s 150M "$2" ;; *) truncate -s 3G "$2" ;; esac ;;
  esac
}
socket() { perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 1) or die' "$1" 2>/dev/null || none "no perl to make a socket"; }
placed() { opened && thing "$1" "$2" && commands; }

kinds=(zero pipe socket sparse)
number=0
for file in .git-session.toml CLAUDE.md AGENTS.md .orchestrator/STATE.md .orchestrator/session-plan.toml \
  .orchestrator/wave-scope.json .orchestrator/bootstrap.lock .orchestrator/policy/quality-gates.json \
  .orchestrator/policy/blocked-commands.json .orchestrator/metrics/sessions.jsonl .orchestrator/metrics/events.jsonl \
  .orchestrator/metrics/learnings.jsonl .orchestrator/issues/0001-x.md STATUS.md Makefile package.json \
  .orchestrator/.gitignore; do
  chosen=("${kinds[number++ % ${#kinds[@]}]}")
  case $file in *STATE.md | *sessions.jsonl | .git-session.toml) chosen=(zero pipe socket directory loop sparse) ;; esac
  for kind in "${chosen[@]}"; do attack "a $kind for $file" placed "$kind" "$file"; done
done
for file in .gitignore .gitattributes src/.gitignore src/.gitattributes; do
  for kind in zero pipe sparse; do attack "a $kind for $file" placed "$kind" "$file"; done
done

# Files of a size that is still read, or nearly.
for file in learnings.jsonl events.jsonl; do attack "200 MB of $file" only_read "$file"; done
only_read() {
  opened && mkdir -p .orchestrator/metrics && truncate -s 200M ".orchestrator/metrics/$1"
  bounded git-session status
  bounded git-session hook post-commit
  bounded git-session learn --type pattern --subject a --insight b
}
logged() { # FILE: 80 MB of valid lines
  opened && mkdir -p .orchestrator/metrics
  yes '{"session_id": "x", "schema_version": 1, "waves": [], "started_at": "2026-01-01T00:00:00Z"}' | head -c 80000000 >".orchestrator/metrics/$1"
  bounded git-session hook post-commit
  bounded git-session status
  bounded git-session close --yes --no-push
}
for file in sessions.jsonl learnings.jsonl events.jsonl; do attack "80 MB of $file" logged "$file"; done
# rules FILE BYTES LINE: a file of many rules
rules() {
  opened && yes "$3" | head -c "$2" >"$1"
  bounded git-session status
  bounded git-session close --yes --no-push
}
attack "2 MB of short ignore rules" rules .gitignore 2000000 a
attack "60 MB of ignore rules" rules .gitignore 60000000 'x*y'
attack "7 MB of attributes" rules .gitattributes 7000000 'a text'
try_ignore_rules_in_every_directory() {
  opened && local at=. n
  for n in {1..30}; do
    at=$at/d && mkdir "$at" && yes "b$n" | head -c 1000000 >"$at/.gitignore" && echo x >"$at/file"
  done
  bounded git-session status
  bounded git-session close --yes --no-push
}
try_learnings_of_8_mb() {
  opened && mkdir -p .orchestrator/metrics
  yes '{"id": "x", "type": "pattern", "subject": "s", "insight": "i", "confidence": 0.5, "schema_version": 1}' | head -c 7500000 >.orchestrator/metrics/learnings.jsonl
  bounded git-session close --yes --no-push
}

# What is read, parsed and matched.
text() { # FILE BYTES-OF-TEXT…: from standard input
  opened && mkdir -p "$(dirname "$1")" && cat >"$1" && commands
}
repeat() { head -c "$2" /dev/zero | sed "s/\x00/$1/g"; }
try_deep_json() { { printf '{"allowedPaths": ' && repeat '[' 500000; } | text .orchestrator/wave-scope.json; }
try_deep_json_objects() { repeat '{"a":' 200000 | text .orchestrator/policy/quality-gates.json; }
try_deep_toml() { { printf 'x = ' && repeat '[' 900000; } | text .git-session.toml; }
try_deep_toml_keys() { { printf 'x' && repeat '.x' 400000 && printf ' = 1\n'; } | text .git-session.toml; }
try_deep_yaml() { { printf -- '---\nissues: ' && repeat '[' 900000; } | text .orchestrator/STATE.md; }
try_yaml_aliases() {
  {
    printf -- '---\nschema-version: 1\na0: &a0 [x, x, x, x, x, x, x, x, x]\n'
    for n in {1..30}; do echo "a$n: &a$n [*a$((n - 1)), *a$((n - 1)), *a$((n - 1)), *a$((n - 1)), *a$((n - 1)), *a$((n - 1)), *a$((n - 1))]"; done
    printf 'docs-tasks: *a30\n---\n'
  } | text .orchestrator/STATE.md
}
try_a_long_line_of_markdown() { { printf '## Session Config\n\n' && repeat '* [x](' 150000; } | text CLAUDE.md; }
try_a_hundred_thousand_patterns() { { printf '{"enforcement": "warn", "allowedPaths": ["a"' && repeat ', "x*y\/**"' 90000 && printf ']}'; } | text .orchestrator/wave-scope.json; }
try_a_pattern_of_stars() {
  opened && mkdir -p "src/$(repeat a 200)" && echo x >"src/$(repeat a 200)/$(repeat a 200)"
  printf '{"enforcement": "warn", "allowedPaths": ["%sb"]}' "$(repeat '*a' 100)" >.orchestrator/wave-scope.json && commands
}
try_an_ignore_pattern_of_stars() { { repeat '*a' 60 && echo b; } | text .gitignore; }
try_a_plan_of_many_braces() {
  { printf 'title = "x"\n[[item]]\ntitle = "i"\nfiles = [' && printf '"%s{a,b}{c,d}{e,f}{g,h}{i,j}{k,l}",' {1..26000} && echo ']'; } >"$CASE/plan.toml"
  bounded git-session start --plan "$CASE/plan.toml"
}
try_a_pattern_of_braces() {
  { printf 'title = "x"\n[[item]]\ntitle = "i"\nfiles = ["' && head -c 900000 /dev/zero | tr '\0' '{' && echo '"]'; } >"$CASE/plan.toml"
  bounded git-session start --plan "$CASE/plan.toml"
}
try_a_plan_of_many_items() {
  { echo 'title = "x"' && for n in {1..8000}; do printf '[[item]]\ntitle = "i%s"\nfiles = ["s%s/**"]\n' "$n" "$n"; done; } >"$CASE/plan.toml"
  bounded git-session start --plan "$CASE/plan.toml" && work && bounded git-session status && bounded git-session close --yes --no-push
}

# What the tree holds.
try_40_000_untracked_files() {
  opened && (mkdir many && cd many && seq 40000 | xargs touch)
  bounded git-session close --yes --no-push
}
try_deep_directories() {
  opened && (for _ in {1..300}; do mkdir d && cd d || exit; done && echo x >file)
  bounded git-session scope check
  bounded git-session close --yes --no-push
}
try_links_in_a_circle() { opened && ln -s . src/here && ln -s ../src src/up && ln -s self self && commands; }
try_a_large_blob_behind_a_small_pack() {
  opened && truncate -s 300M src/zeros && git add src && git commit -qm "chore: zeros" && echo a >src/zeros
  bounded git-session status
  bounded git-session close --yes --no-push
}
try_a_commit_message_of_10_mb() {
  opened && { echo x && yes 'a line of a message' | head -c 10000000; } >"$CASE/message" && git commit -q --allow-empty -F "$CASE/message"
  bounded git-session close --yes --no-push
}
try_2_000_issues() {
  opened && run git session issue create --title One && local file numbers=({1002..3000})
  file=$(find .orchestrator/issues -name '0001*')
  (cd .orchestrator/issues && tee "${numbers[@]/%/-x.md}" <"$CASE/repo/$file" >/dev/null)
  bounded git-session issue list && bounded git-session close --yes --no-push
}

# What commands and programs print.
printing() { # COMMAND: as a gate, for a second
  opened && git config session.test-command "$1" && git config session.gate-timeout 1s
  bounded git-session close --yes --no-push -v
}
attack "a gate that prints lines without end" printing yes
attack "a gate that prints one line without end" printing "cat /dev/zero"
attack "a gate that prints escapes without end" printing "yes \$(printf '\\033[31m\\033]0;x')"
attack "a gate that leaves children" printing "(yes & yes & yes) | cat"
answering() { # WHAT: a reviewer or a discovery that answers without end
  opened && git config session.gate-timeout 1s && git config "session.$1-command" 'yes "{}"' && git config session.discovery-on-close true
  bounded git-session close --yes --no-push
}
for what in review discovery; do attack "a $what that answers without end" answering "$what"; done
try_a_tracker_that_answers_without_end() {
  opened && git remote set-url origin git@github.com:owner/name.git && git config session.vcs github && git config session.tracker-timeout 1s
  mkdir -p "$CASE/bin" && printf '#!/bin/sh\nexec yes "[{}]"\n' >"$CASE/bin/gh" && chmod +x "$CASE/bin/gh"
  PATH=$CASE/bin:$PATH bounded git-session issue list
  PATH=$CASE/bin:$PATH bounded git-session close --yes --no-push
}
try_an_agents_call_without_end() {
  opened
  # shellcheck disable=SC2016
  bounded sh -c 'yes | git-session hook pre-tool-use'
}

control_memory() { bounded perl -e '$x = "x" x 300000000; sleep 0'; }
