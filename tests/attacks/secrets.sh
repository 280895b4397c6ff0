# shellcheck shell=bash
# Secrets that would leave or be shown. Canary: the token itself, in the remotes, in what was sent to a tracker, on the
# screen and in every file that the close wrote. Whoever closes says yes to everything that is recommended.

token="ghp""_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17" # put together, so that this file holds none
prepare() {
  new_repo
  init_tracked
  commit_all
  git push -q -u origin main
  git init -q --bare "$CASE/mirror.git"
  mkdir -p "$CASE/gh/issues" src
}
has_token() { tr -d '\000' | grep -aqF -- "$token"; }
judge() {
  local place
  for place in origin mirror; do
    ! git -C "$CASE/$place.git" cat-file --batch-all-objects --batch | has_token || through "the secret is in $place"
    ! git -C "$CASE/$place.git" for-each-ref | has_token || through "the secret is a name in $place"
  done
  cat "$OUT" "$ERR" "$CASE"/*.out 2>/dev/null | has_token && through "the secret is on the screen"
  # As it was, for an undo, it is in files that only their owner reads.
  [ -n "${in_files:-}" ] || ! find .orchestrator .git/git-session -type f -not -path '*/undo/files/*' -exec cat {} + 2>/dev/null | has_token || through "the secret is in what the close wrote"
  cat /dev/null "$CASE"/gh.calls 2>/dev/null | has_token && through "the secret was sent to a tracker"
  ! find "$HOME" "$CASE/vault" -type f -exec cat {} + 2>/dev/null | has_token || through "the secret is in a note"
}
begin() { start --scope src/ --scope '*' "$@" && mkdir -p src; }
close() {
  run git session close --yes --json "$@"
  cp "$OUT" "$CASE/1.out"
  cat "$ERR" >>"$CASE/1.out"
  run git session close --yes -v "$@"
}
dirty() { begin && mkdir -p "$(dirname "$1")" && cat >"$1" && close; }
committed() { begin && cat >src/x && git add src && git commit -qm "feat: x" && close; }

# In what is about to be committed.
for file in src/a.py src/.env package-lock.json dist/app.min.js yarn.lock go.sum vendor/lib/x.go tests/fixture.json README.md \
  node_modules/x/index.js app.js.map image.svg Cargo.lock x.ipynb; do
  attack "in $file" in_file "$file"
done
in_file() { printf 'fine = 1\ntoken = "%s"\n' "$token" | dirty "$1"; }
try_in_one_long_line() { { head -c 200000 /dev/zero | tr '\0' a && printf '"%s"' "$token" && head -c 200000 /dev/zero | tr '\0' b; } | dirty src/a.js; }
try_in_a_file_without_a_line_end() { printf '%s' "$token" | dirty src/a; }
try_with_carriage_returns() { printf 'a\r%s\rb' "$token" | dirty src/a; }
for code in UTF-16 UTF-16LE UTF-16BE; do attack "in $code" encoded "$code"; done
encoded() { printf 'token = "%s"\n' "$token" | iconv -t "$1" | dirty src/a.txt; }
try_in_binary_content() { { head -c 3000 /dev/zero && printf '%s' "$token" && head -c 100 /dev/zero; } | dirty src/program; }
try_in_a_file_that_attributes_call_binary() { begin && echo '* binary -diff' >.gitattributes && printf 'x = "%s"\n' "$token" >src/a && close; }
try_in_a_file_with_a_working_tree_encoding() {
  begin && echo '*.u working-tree-encoding=UTF-16' >.gitattributes && printf 'x = "%s"\n' "$token" | iconv -t UTF-16 >src/a.u && close
}
try_in_a_renamed_file() { begin && echo x >src/a && git add src && git commit -qm a && git mv src/a src/b && echo "x = '$token'" >src/b && close; }
try_in_what_is_staged_only() { begin && echo "x = '$token'" >src/a && git add src && echo "x = 1" >src/a && close; }
try_in_a_file_name() { begin && echo x >"src/$token" && close; }
try_in_a_directory_name() { begin && mkdir "src/$token" && echo x >"src/$token/a" && close; }
try_in_the_target_of_a_link() { begin && ln -s "/home/$token" src/link && close; }
try_in_a_message() { begin && echo x >src/a && close -m "feat: with $token"; }
try_in_a_plan_item() {
  printf 'title = "x"\n[[item]]\ntitle = "Use %s"\nfiles = ["src/**"]\n' "$token" >"$CASE/plan.toml"
  in_files=plan
  begin --plan "$CASE/plan.toml" && echo x >src/a && close
}
try_in_the_title_of_a_session() { in_files=state && begin --title "With $token" && echo x >src/a && close; }
try_in_a_private_key() {
  token=$(head -c 48 /dev/urandom | base64 -w 0)
  { printf -- '-----BEGIN %s PRIVATE KEY-----\n' RSA && echo "$token" && head -c 300 /dev/urandom | base64 -w 64 && printf -- '-----END %s PRIVATE KEY-----\n' RSA; } | dirty src/key.pem
}

# In commits of the session.
try_in_an_intermediate_commit() {
  begin && echo "x = '$token'" >src/a && git add src && git commit -qm a && echo "x = 1" >src/a && git commit -qam b && close
}
try_in_the_message_of_a_commit() { begin && echo x >src/a && git add src && git commit -qm a -m "with $token" && close; }
try_in_a_file_name_of_a_commit() { begin && echo x >"src/$token" && git add src && git commit -qm a && git rm -q "src/$token" && git commit -qm b && close; }
try_in_a_merge() {
  begin && echo x >src/a && git add src && git commit -qm a && git checkout -q -b topic && echo y >src/b && git add src && git commit -qm b
  git checkout -q main && echo z >src/c && git add src && git commit -qm c && git merge -q --no-commit topic >/dev/null 2>&1
  echo "x = '$token'" >src/d && git add src && git commit -qm merge && close
}
try_in_the_second_parent_of_a_merge() {
  begin && git checkout -q -b topic && echo "x = '$token'" >src/b && git add src && git commit -qm b && git rm -q src/b && git commit -qm gone
  git checkout -q main && git merge -q --no-ff -m merge topic && close
}
try_in_an_author() { begin && echo x >src/a && git add src && git commit -qm a --author "A $token <a@example.org>" && close; }
try_in_a_mailmap_address() { begin && echo x >src/a && git add src && GIT_COMMITTER_EMAIL="$token@example.org" git commit -qm a && close; }
try_in_an_extra_header() {
  begin && echo x >src/a && git add src && git commit -qm a
  git cat-file commit HEAD | sed "/^committer/a note $token" | git hash-object -t commit -w --stdin >"$CASE/oid"
  git reset -q --soft "$(cat "$CASE/oid")" && close
}
try_in_what_a_commit_hook_adds() {
  printf '#!/bin/sh\necho "See %s" >>"$1"\n' "$token" >.git/hooks/commit-msg && chmod +x .git/hooks/commit-msg
  begin && echo x >src/a && close
}
try_in_what_a_pre_commit_hook_adds() {
  printf '#!/bin/sh\necho "See %s" >>src/a\ngit add src/a\n' "$token" >.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit
  begin && echo x >src/a && close
}
try_by_a_filter() {
  git config filter.hide.clean 'tr a-zA-Z n-za-mN-ZA-M' && echo '*.hidden filter=hide' >.git/info/attributes
  begin && printf 'x = "%s"\n' "$token" | tr a-zA-Z n-za-mN-ZA-M >src/a.hidden && close
}
try_to_a_mirror() {
  git remote add backup "$CASE/mirror.git" && git config session.mirror backup && begin && echo "x = '$token'" >src/a && git add src && git commit -qm a
  git update-ref refs/remotes/origin/main HEAD && close
}
try_below_a_forged_branch_of_the_remote() {
  begin && echo "x = '$token'" >src/a && git add src && git commit -qm a && git update-ref refs/remotes/evil/main HEAD && echo x >src/b && close
}
try_below_a_graft() {
  begin && echo "x = '$token'" >src/a && git add src && git commit -qm a && echo x >src/a && git commit -qam b
  mkdir -p .git/info && echo "$(git rev-parse HEAD) $(git rev-parse HEAD~2)" >.git/info/grafts && settle && close
}
try_below_a_replacement() {
  begin && echo "x = '$token'" >src/a && git add src && git commit -qm a && echo x >src/a && git commit -qam b
  git replace "$(git rev-parse HEAD~1)" "$(git commit-tree 'HEAD~2^{tree}' -p HEAD~2 -m nothing)" && close
}

# In tags that follow.
tagged() { git config push.followTags true && begin && echo x >src/a && git add src && git commit -qm a && "$@" && close; }
tag() { git tag -a "$@"; }
try_in_the_message_of_a_followed_tag() { tagged tag -m "with $token" v1; }
try_in_the_name_of_a_followed_tag() { tagged tag -m x "v/$token"; }
try_in_the_tagger_of_a_followed_tag() { GIT_COMMITTER_NAME="A $token" tagged tag -m x v1; }
nested() { tag -m "with $token" v1 && tag -m x v2 v1 && git tag -d v1 >/dev/null; }
try_in_a_tag_behind_a_followed_tag() { tagged nested; }
try_in_a_followed_tag_of_an_older_commit() { tag -m "with $token" v1 HEAD && tagged true; }
try_in_a_followed_tag_to_a_mirror() { git config push.followTags true && tag -m "with $token" v1 && git remote add backup "$CASE/mirror.git" && git config session.mirror backup && begin && echo x >src/a && close; }
try_in_a_followed_tag_that_a_hook_makes() {
  printf '#!/bin/sh\ngit tag -a -m "with %s" v1\n' "$token" >.git/hooks/post-commit && chmod +x .git/hooks/post-commit
  git config push.followTags true && begin && echo x >src/a && close
}

# In what others print and a user notes.
gate() { git config session.test-command "cat '$CASE/secret'; exit 1" && printf 'deploy with %s\n' "$token" >"$CASE/secret" && begin && echo x >src/a; }
try_in_the_output_of_a_gate() { gate && close; }
try_in_the_output_of_a_gate_in_an_issue() { gate && close --decide gate=issue; }
try_in_the_output_of_a_gate_in_an_issue_of_github() {
  git config remote.origin.pushurl "$CASE/origin.git" && git remote set-url origin git@github.com:owner/name.git && git config session.vcs github
  gate && close --decide gate=issue
}
try_in_the_output_of_a_gate_split_in_two() {
  git config session.test-command "printf %s '${token:0:15}'; sleep 0.3; echo '${token:15}'; exit 1" && in_files=1 && begin && echo x >src/a && run git session close --yes -v
}
try_in_the_output_of_a_gate_with_colours() {
  printf 'x = "%s\033[0m%s"\n' "${token:0:15}" "${token:15}" >"$CASE/secret" && git config session.test-command "cat '$CASE/secret'; exit 1"
  begin && echo x >src/a && close --decide gate=issue
}
try_in_the_output_of_a_hook() {
  printf '#!/bin/sh\necho "%s" >&2\nexit 1\n' "$token" >.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit && begin && echo x >src/a && close
}
try_in_the_answer_of_a_remote() {
  printf '#!/bin/sh\necho "rejected %s" >&2\nexit 1\n' "$token" >"$CASE/origin.git/hooks/pre-receive" && chmod +x "$CASE/origin.git/hooks/pre-receive"
  begin && echo x >src/a && close
}
try_in_a_review() {
  printf '{"verdict": "FIX REQUIRED", "items": [{"title": "%s in a", "severity": "high", "file": "src/a"}]}' "$token" >"$CASE/answer"
  git config session.review-command "cat >/dev/null; cat '$CASE/answer'" && begin && echo x >src/a && close --decide review=carryover
}
try_in_a_learning() { begin && run git session learn --type pattern --subject a --insight "with $token" && in_files='' && echo x >src/a && close; }
try_in_the_title_of_an_issue() { run git session issue create --title "With $token"; }
try_in_the_body_of_an_issue() { run git session issue create --title Deploy --body "with $token"; }
try_in_a_label_of_an_issue() { run git session issue create --title Deploy --label "$token"; }
try_in_a_comment_of_an_issue() { run git session issue create --title Deploy && run git session issue close 1 -m "with $token"; }
try_in_a_url_of_a_remote() {
  git remote set-url origin "https://user:$token@127.0.0.1:9/x.git" && begin && echo x >src/a && close
}

control_a_push_past_it() { echo "x = '$token'" >src-x && commit_all && git push -q origin main; }
control_by_decision() { begin && echo "x = '$token'" >src/a && close --decide secrets=override; }
control_utf_16() { echo "$token" | iconv -t UTF-16 >x && commit_all && git push -q origin main; }
control_a_tag() { git tag -a -m "$token" v1 && git push -q origin v1; }
control_output() { run echo "$token"; }
