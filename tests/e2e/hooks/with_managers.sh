#!/usr/bin/env bash
# Beside the programs that write hooks themselves, if they are installed; the layouts that they wrote are in
# hooks_recorded_managers.sh. Both their hooks and ours run, before and after they install themselves again.
. "$E2E/lib.sh"
. "$E2E/hooks.sh"

record_hooks
ran=0
looked() { # what git printed besides
  grep -qx post-commit "$CASE/calls" || fail "$1: post-commit did not run: $(cat "$CASE/calls")"
  : >"$CASE/calls"
}
pushes() { # TOOL: the push is passed on with its input, and a "no" stops it
  : >"$CASE/calls"
  make_commit
  : >"$CASE/calls"
  expect_exit 0 git push -q origin main
  grep -q "^pre-push \[origin\] \[$CASE/origin.git\]" "$CASE/calls" || fail "$1: pre-push: $(cat "$CASE/calls")"
  grep -q "^< refs/heads/.* $(git rev-parse HEAD) " "$CASE/calls" || fail "$1: pre-push without its input: $(cat "$CASE/calls")"
  make_commit
  answer 1
  expect_exit 1 git push -q origin main
  answer 128
  expect_exit 1 git push -q origin main
  answer 127
  expect_exit 0 git push -q origin main
  rm "$CASE/answer"
  : >"$CASE/calls"
}
# The lines that `hooks install` names for a hook.
lines_for() {
  (git session hooks install --json 2>/dev/null || true) | jq -r --arg hook "$1" '.results[] | select(.name == $hook) | .advice[1:][]'
}
begin() {
  new_repo "$1"
  rm -rf "$CASE/origin.git"
  bare_remote
  ran=$((ran + 1))
}

if command -v pre-commit >/dev/null; then
  begin with-pre-commit
  cat >.pre-commit-config.yaml <<'YAML'
repos:
- repo: local
  hooks:
  - {id: note, name: note, entry: "sh -c 'echo ran >>\"$CASE/theirs\"'", language: system, always_run: true, stages: [post-commit]}
YAML
  write_hook .git/hooks/post-commit 'echo first >>"$CASE/theirs"'
  all="-t post-commit -t pre-push"
  # shellcheck disable=SC2086
  pre-commit install $all >/dev/null
  expect_exit 0 git session hooks install
  expect_state post-commit chained '.manager == "pre-commit" and .path == ".git/hooks/post-commit.legacy"'
  for round in once again; do
    rm -f "$CASE/theirs"
    make_commit
    looked "pre-commit, $round"
    expect_equal "$(sort "$CASE/theirs" | paste -sd,)" "first,ran"
    pushes "pre-commit, $round"
    # shellcheck disable=SC2086
    pre-commit install $all >/dev/null
  done
  # shellcheck disable=SC2086
  pre-commit uninstall $all >/dev/null
  make_commit
  looked "pre-commit is gone"
  expect_exit 0 git session hooks uninstall
  expect_equal "$(find .git/hooks -type f ! -name '*.sample' -printf '%f ')" "post-commit "
  # Installed after ours, it treats ours as an earlier hook.
  git session hooks install -q
  # shellcheck disable=SC2086
  pre-commit install $all >/dev/null
  expect_state post-commit chained '.manager == "pre-commit"'
  rm -f "$CASE/theirs"
  make_commit
  looked "pre-commit, later"
  expect_equal "$(sort "$CASE/theirs" | paste -sd,)" "first,ran"
fi

# From npm's registry, or its cache.
fetched=
if command -v npm >/dev/null && [ -z "${GIT_SESSION_NO_NETWORK:-}" ]; then
  mkdir "$CASE/npm"
  # --ignore-scripts: their own installers would look for a repository here.
  (cd "$CASE/npm" && npm install --silent --no-audit --no-fund --ignore-scripts --fetch-retries=0 --fetch-timeout=20000 \
    husky@9 lefthook@2 simple-git-hooks@2 >/dev/null 2>&1) && fetched=1
  PATH=$CASE/npm/node_modules/.bin:$PATH
fi

if [ -n "$fetched" ]; then
  begin with-husky
  husky
  expect_exit 1 git session hooks install
  expect_state post-commit missing '.manager == "husky"'
  for hook in post-commit pre-push; do lines_for $hook >"$CASE/$hook"; done
  for hook in post-commit pre-push; do mv "$CASE/$hook" .husky/$hook; done
  expect_exit 0 git session hooks install
  expect_state pre-push installed '.manager == "husky" and .caller == ".husky/pre-push"'
  for round in once again; do
    make_commit
    looked "husky, $round"
    pushes "husky, $round"
    husky
  done
  # Beside a command that reads the input too.
  echo 'cat >"$CASE/theirs"' >.husky/pre-push
  lines_for pre-push >"$CASE/lines"
  cat "$CASE/lines" .husky/pre-push >"$CASE/both" && mv "$CASE/both" .husky/pre-push
  pushes "husky with another reader"
  expect_file_has "$CASE/theirs" "refs/heads/main"
  expect_exit 1 git session hooks uninstall
  expect_err "'.husky/post-commit' runs git-session; remove that yourself"

  begin with-lefthook
  printf 'post-commit:\n  commands:\n    note:\n      run: echo ran >>"$CASE/theirs"\npre-push:\n  commands:\n    note:\n      run: "true"\n' >lefthook.yml
  lefthook install >/dev/null
  expect_exit 1 git session hooks install
  expect_state post-commit foreign '.manager == "lefthook"'
  { lines_for post-commit && printf '    note:\n      run: echo ran >>"$CASE/theirs"\n' && lines_for pre-push; } >"$CASE/lines"
  mv "$CASE/lines" lefthook.yml
  mkdir -p .lefthook/pre-push
  echo 'git-session hook pre-push "$@" || [ $? -eq 127 ] || exit 1' >.lefthook/pre-push/git-session
  expect_exit 0 git session hooks install
  expect_state pre-push installed '.caller == ".lefthook/pre-push/git-session"'
  for round in once again; do
    rm -f "$CASE/theirs"
    make_commit 2>/dev/null
    looked "lefthook, $round"
    expect_file "$CASE/theirs"
    pushes "lefthook, $round"
    lefthook install >/dev/null
  done

  begin with-simple-git-hooks
  echo '{"simple-git-hooks": {"post-commit": "echo ran >>$CASE/theirs"}}' >package.json
  simple-git-hooks >/dev/null
  expect_exit 1 git session hooks install
  expect_state pre-push missing '.manager == "simple-git-hooks"'
  printf '{"simple-git-hooks": {"post-commit": "%s echo ran >>$CASE/theirs", "pre-push": "%s"}}' \
    "$(lines_for post-commit)" "$(lines_for pre-push)" >package.json
  simple-git-hooks >/dev/null
  expect_exit 0 git session hooks install
  rm -f "$CASE/theirs"
  make_commit
  looked "simple-git-hooks"
  expect_file "$CASE/theirs"
  pushes "simple-git-hooks"
fi
[ $ran -gt 0 ] || skip "neither pre-commit nor npm's packages can be had here"
[ -n "$fetched" ] || echo "not tried: husky, lefthook and simple-git-hooks, which npm could not fetch"
command -v pre-commit >/dev/null || echo "not tried: pre-commit, which is not installed"
