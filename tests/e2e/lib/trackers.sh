# shellcheck shell=bash
# The real gh and glab accept the commands that were sent to their stand-ins: with a dead proxy (so that no name server
# is asked), they complain about the connection, never about the command line.

# expect_understood NAME PROGRAM COMMAND…: PROGRAM accepts every recorded call to NAME's stand-in, and refuses COMMAND
# with an unknown option.
expect_understood() {
  local name=$1 program=$2 call code
  local -a arguments
  export HTTPS_PROXY=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9
  while IFS= read -r call; do
    mapfile -d '' -t arguments < <(jq -j '.[1:][] + "\u0000"' <<<"$call")
    code=0
    "$program" "${arguments[@]}" >"$OUT" 2>"$ERR" </dev/null || code=$?
    expect_equal "$code" 1 "exit code of $name ${arguments[*]}"
    grep -qiE 'connect|proxy|dial tcp|lookup' "$ERR" || fail "$name ${arguments[*]}: not as far as the connection"
    if grep -qiE 'unknown|usage|flag' "$ERR"; then fail "$name ${arguments[*]}: not understood"; fi
  done < <(fake_calls "$name" | sort -u)
  # The check can fail.
  "$program" "${@:3}" --nope >"$OUT" 2>"$ERR" && fail "$name takes anything"
  grep -q "unknown flag" "$ERR" || fail "$name complains otherwise"
}

# make_requests HOST: in a repository of HOST/…/name, closes open and update requests, from there and from a fork.
make_requests() {
  start_session --title "More"
  echo b >>src/a
  expect_exit 0 git session close --pr=draft --yes --json
  start_session
  echo c >>src/a
  expect_exit 0 git session close --pr --yes --json
  expect_outcome request ok
  git init -q --bare "$CASE/fork.git"
  git remote add fork "https://$1/kim/name"
  git config remote.fork.pushurl "$CASE/fork.git"
  git config remote.pushDefault fork
  start_session
  echo d >>src/a
  expect_exit 0 git session close --pr --yes --json
  expect_outcome request ok
}
