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
  bounded git-session scope show
  bounded git-session scope check
  bounded git-session hook post-commit
  bounded git-session hook pre-tool-use
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
    random) ln -s /dev/urandom "$2" ;;
    pipe) mkfifo "$2" ;;
    socket) socket "$2" ;;
    directory) mkdir "$2" ;;
    loop) ln -s "$(basename "$2")" "$2" ;;
    sparse) truncate -s 3G "$2" ;;
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
  case $file in *STATE.md | *sessions.jsonl | .git-session.toml) chosen=(zero random pipe socket directory loop sparse) ;; esac
  for kind in "${chosen[@]}"; do attack "a $kind for $file" placed "$kind" "$file"; done
done
for file in .gitignore .gitattributes; do
  for kind in zero pipe socket directory loop sparse; do attack "a $kind for $file" placed "$kind" "$file"; done
  for kind in zero pipe sparse; do attack "a $kind for src/$file" placed "$kind" "src/$file"; done
done

# Records of a size that is still read.
lines() { yes '{"session_id": "x", "schema_version": 1, "waves": [], "started_at": "2026-01-01T00:00:00Z"}' | head -c "$1"; }
logged() { # FILE: 250 MB of valid lines
  opened && mkdir -p .orchestrator/metrics && lines 250000000 >".orchestrator/metrics/$1" && commands
}
for file in sessions.jsonl learnings.jsonl events.jsonl; do attack "250 MB of $file" logged "$file"; done
try_300_mb_of_sessions() { opened && truncate -s 300M .orchestrator/metrics/sessions.jsonl && commands; }
