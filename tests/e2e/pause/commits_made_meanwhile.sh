#!/usr/bin/env bash
# Commits that were made while a session was paused do not count as its own, whatever becomes of the branch: not in status,
# not in the report, not for the push, also where a rebase has rewritten them or its own.
. "$E2E/lib.sh"
. "$E2E/close.sh"

commits() { git session status --json | jq .commits; }
by_hand() { # by_hand FILE DAY: a commit of that day, so that two have different authors' times
  GIT_AUTHOR_DATE="2026-01-0$2T12:00:00Z" GIT_COMMITTER_DATE="2026-01-0$2T12:00:00Z" commit_file "$1"
}

new_repo
bare_remote
git session init --local >/dev/null 2>&1
git clone -q ../origin.git ../colleague
start_session
by_hand own-1 1
git session pause -q
by_hand theirs-1 2
expect_exit 0 git session resume --json
expect_json '.commits == 1'
by_hand own-2 3
git session pause -q
by_hand theirs-2 4
by_hand theirs-3 5
expect_exit 0 git session resume --json
expect_json '.commits == 2'
expect_equal "$(commits)" 2

# A rebase while it is paused rewrites its own, too.
git session pause -q
(cd ../colleague && echo new >upstream && git add upstream && git commit -q -m upstream && git push -q)
git pull -q --rebase
by_hand theirs-4 6
expect_exit 0 git session resume --json
expect_json '.commits == 2'
expect_equal "$(commits)" 2
# And one after it.
(cd ../colleague && git pull -q && echo newer >upstream && git commit -q -a -m newer && git push -q)
git pull -q --rebase
expect_equal "$(commits)" 2
by_hand own-3 7
expect_equal "$(commits)" 3

echo work >work
expect_exit 0 git session close --yes --json
expect_equal "$(work_files)" work
expect_json '.report.files_changed == 4 and .report.commits_while_paused == 5'
git session show >"$OUT"
expect_out_matches 'Paused +[0-9.]+ (s|ms), 5 commits made meanwhile not counted'

# Nothing of its own came before: what was committed meanwhile is where it begins.
start_session
git session pause -q
by_hand theirs-5 8
git session resume -q
expect_exit 0 git session status --json
expect_json '.commits == 0 and .base == $head' --arg head "$(git rev-parse HEAD)"
echo mine >mine
expect_exit 0 git session close --yes --json
expect_json '.report.files_changed == 1 and .report.commits_while_paused == 1'
expect_equal "$(work_files)" mine
