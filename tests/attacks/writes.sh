# shellcheck shell=bash disable=SC2043
# Writes outside of the tree. Canary: the checksums of what lies there, of git's hooks and configuration, and an empty HOME.

prepare() {
  new_repo
  init_tracked
  commit_all
  git push -q -u origin main
  git session start --title x --scope src/ >/dev/null 2>&1
  cp -a "$CASE/repo" "$CASE/open"
  git session close --yes --no-push >/dev/null 2>&1
  mkdir "$CASE/vault"
}
# As the attacker has left it, with every command that writes.
opened() { # the repository with an open session
  cd "$CASE" && rm -rf repo && mv open repo && cd repo || exit 5
  printf '#!/bin/sh\n' >.git/hooks/post-commit
  settle
}
every_command() {
  work
  for words in status "scope set --add docs/" "hook post-commit" "issue create --title Broken" "learn --type x --subject a --insight b" \
    "snapshot create x" "close --yes --no-push" "start --title again" init "init --records tracked" "records move --to private" \
    "records move --to tracked" gc; do
    # shellcheck disable=SC2086
    run git session $words
  done
}

# A link in place of each file that is read or written, to each kind of place, in turn and all of them for the busiest.
replaced() { # FILE TARGET
  opened
  mkdir -p "$(dirname "$1")" 2>/dev/null || true
  rm -rf "$1"
  case $2 in
    hook) ln -s "$(realpath -s --relative-to="$(dirname "$1")" .git/hooks/post-commit)" "$1" ;;
    config) ln -s "$(realpath -s --relative-to="$(dirname "$1")" .git/config)" "$1" ;;
    file) ln -s "$CASE/outside/file" "$1" ;;
    new) ln -s "$CASE/outside/new" "$1" ;;
    home) ln -s "$HOME/.profile" "$1" ;;
  esac
  every_command
}
targets=(hook config file new home)
number=0
for file in .git-session.toml CLAUDE.md AGENTS.md .gitattributes .gitignore STATUS.md .orchestrator/STATE.md \
  .orchestrator/session-plan.toml .orchestrator/wave-scope.json .orchestrator/bootstrap.lock .orchestrator/.gitignore \
  .orchestrator/policy/quality-gates.json .orchestrator/policy/blocked-commands.json .orchestrator/metrics/sessions.jsonl \
  .orchestrator/metrics/events.jsonl .orchestrator/metrics/learnings.jsonl .orchestrator/issues/0001-broken.md; do
  chosen=("${targets[number++ % ${#targets[@]}]}")
  case $file in *STATE.md | *sessions.jsonl | *events.jsonl) chosen=("${targets[@]}") ;; esac
  for target in "${chosen[@]}"; do attack "a link to a $target for $file" replaced "$file" "$target"; done
done

# Each directory.
directory() { # NAME KIND
  opened
  case $2 in
    link) rm -rf "$1" && ln -s "$CASE/outside" "$1" ;;
    hooks) rm -rf "$1" && ln -s "$PWD/.git/hooks" "$1" ;;
    repository)
      rm -rf "$1" && git init -q "$1"
      cksum_of="$1/.git"
      ;;
    submodule)
      git init -q "$CASE/sub" && (cd "$CASE/sub" && echo x >x && commit_all)
      rm -rf "$1" && git rm -rqf --cached "$1" >/dev/null 2>&1
      git submodule --quiet add -f "$CASE/sub" "$1" && git commit -qm "chore: submodule"
      settle
      cksum_of=$1
      ;;
  esac
  inner=
  [ -z "${cksum_of:-}" ] || inner=$(find "$cksum_of" -type f ! -name index -exec cksum {} + | LC_ALL=C sort)
  every_command
  [ -z "${cksum_of:-}" ] || [ "$inner" = "$(find "$cksum_of" -type f ! -name index -exec cksum {} + | LC_ALL=C sort)" ] ||
    through "written into another repository: $(diff <(echo "$inner") <(find "$cksum_of" -type f ! -name index -exec cksum {} + | LC_ALL=C sort) | grep '^>' | head -n 1)"
}
for name in .orchestrator .orchestrator/metrics .orchestrator/issues .orchestrator/policy .orchestrator/session-handover; do
  for kind in link hooks repository submodule; do attack "a $kind for $name" directory "$name" "$kind"; done
done

# A directory that a command of the session's own swaps while the close runs.
swapped() { # DIRECTORY
  opened
  git config session.test-command "mv $1 '$CASE/moved' 2>/dev/null; ln -s '$CASE/outside' $1"
  settle
  work && run git session close --yes --no-push
  [ -L "$1" ] || broken "the command did not run"
}
for name in .orchestrator .orchestrator/metrics .orchestrator/issues src; do attack "$name swapped by a gate" swapped "$name"; done
try_a_hook_swaps_the_records() {
  opened
  printf '#!/bin/sh\nmv .orchestrator/metrics %s/moved; ln -s %s/outside .orchestrator/metrics\n' "$CASE" "$CASE" >.git/hooks/pre-commit
  chmod +x .git/hooks/pre-commit && settle
  work && run git session close --yes --no-push
}

# State directories and names.
state_directory() { # NAME
  [ "$1" != linked ] || ln -s "$CASE/outside" linked
  run git session start --title x --state-dir "$1"
  work && run git session close --yes --no-push --state-dir "$1"
  git config session.state-dir "$1" && settle
  run git session start --title x && run git session close --yes --no-push
  ! find .git -path .git/git-session -prune -o \( -name STATE.md -o -name wave-scope.json \) -print | grep -q . || through "state in the git directory"
}
for name in .git .GIT 'git~1' .git. '.git ' $'.g\u200cit' .git/hooks ../outside /tmp "$CASE/outside" linked . .. 'a/../../outside'; do
  attack "the state directory $(printf '%q' "${name/$CASE/…}")" state_directory "$name"
done
id() { # ID: of a session that came with the clone
  opened
  for file in .orchestrator/STATE.md; do
    sed -i "/^session:/d; s|^branch:.*|&\nsession: \"$1\"|" "$file"
  done
  every_command
  ! git for-each-ref | grep -v so-snapshots/ | grep -vE 'refs/(heads|remotes/origin)/main$|HEAD$' | grep -q . || through "a ref elsewhere: $(git for-each-ref)"
}
for word in ../../../hooks/post-commit ../../heads/main "$CASE/outside/x" .. '/' 'a/../../../../../../outside/file'; do
  attack "the session id ${word/$CASE/…}" id "$word"
done
try_a_snapshot_named_as_a_branch() {
  work && run git session snapshot create --session ../../heads --label main && run git session snapshot create --session x --label ../../../heads/y
  ! git for-each-ref refs/heads | grep -v 'heads/main$' | grep -q . || through "a branch was made"
}
try_an_issue_named_elsewhere() { opened && run git session issue create --title '../../../../outside/x' && run git session issue close '../../outside/file'; }

# A vault is the user's own, but what is linked in it is somebody's.
vault() { # LINK TARGET
  has_homes || git config session.x.y z
  git config session.vault-integration.enabled true
  git config session.vault-integration.vault-dir "$CASE/vault"
  mkdir -p "$(dirname "$CASE/vault/$1")" && ln -s "$2" "$CASE/vault/$1"
  start --title x --scope src/
  run git session learn --type pattern --subject a --insight "this is so"
  work && run git session close --yes --no-push --decide unclaimed=leave
}
for name in 50-sessions 40-learnings; do attack "a vault whose $name is linked" vault "$name" "$CASE/outside"; done
for name in 50-sessions 40-learnings; do attack "a vault whose $name leads to the hooks" vault "$name" "$CASE/repo/.git/hooks"; done
note=50-sessions/main-$(date +%F)-$(date +%H%M).md
attack "a vault's note that is linked" vault "$note" "$CASE/outside/file"

# The private home.
private() {
  cd "$CASE" && rm -rf repo && git init -q repo && cd repo && init_private && git commit -q --allow-empty -m "chore: first"
  printf '#!/bin/sh\n' >.git/hooks/post-commit
}
for file in .git-session.toml CLAUDE.md STATUS.md; do attack "private: a link for $file" private_link "$file"; done
private_link() { private && rm -f "$1" && ln -s .git/hooks/post-commit "$1" && settle && start --scope src/ && every_command; }
try_private_tracked_git_session_directory() {
  private && mkdir git-session && ln -s "$CASE/outside" git-session/records && ln -s "$CASE/outside" git-session/sessions && commit_all
  start --scope src/ && every_command
}
try_private_a_submodule_for_what_is_claimed() {
  private && git init -q "$CASE/sub" && (cd "$CASE/sub" && echo x >x && commit_all)
  git submodule --quiet add "$CASE/sub" src && commit_all && start --scope src/ && echo y >src/x && settle
  inner=$(git -C src rev-parse HEAD)
  every_command
  [ "$inner" = "$(git -C src rev-parse HEAD)" ] || through "a commit in the submodule"
}
for name in '../x' '/etc/x' '-x' '.git/hooks/post-commit' 'a/../../outside/file'; do attack "a plan that claims $name" claims "$name"; done
claims() {
  private && printf 'title = "x"\n[[item]]\ntitle = "x"\nfiles = ["%s", "src/**"]\n' "$1" >"$CASE/plan.toml"
  start --plan "$CASE/plan.toml" && every_command
}

control_a_write_outside() { echo x >>"$CASE/outside/file"; }
control_a_hook() { echo x >>.git/hooks/post-commit; }
control_the_session_would_close() {
  opened && work && run git session close --yes --no-push --json
  [ "$(jq -r .status "$OUT")" != closed ] || through "closed"
}
control_a_home() { : >"$HOME/.profile"; }
