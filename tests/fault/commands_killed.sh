#!/usr/bin/env bash
# The short commands: killed before any of their writing calls, or with one of them failing, they have done all or
# nothing, and the same command again ends as if nothing had happened.
. "$FAULT/lib.sh"
. "$FAULT/scene.sh"
. "$FAULT/strikes.sh"

set_the_scene
git session start -q --plan ../plan.toml >/dev/null 2>&1 || die "start failed"
work_in_the_session
sed 's/The second/Another/' ../plan.toml >../next.toml
git session issue create -q --title "Older" >/dev/null || die "no issue"
GIT_TEST_DATE_NOW=1700000000 git session snapshot -q --session over --label old >/dev/null || die "no snapshot"
# shellcheck disable=SC2016
printf '#!/bin/sh\necho theirs\n' >.git/hooks/post-commit
chmod 755 .git/hooks/post-commit

strikes 1 claim -q --new "By hand" theirs untracked
strikes 1 learn -q --type scope-guidance --subject small --insight "take smaller steps"
strikes 1 plan set -q ../next.toml
strikes 1 scope set -q "src/**"
strikes 1 issue create -q --title "Newer"
strikes 1 issue close -q 1
strikes 2 snapshot create -q
strikes 1 snapshot drop -q old --session over
strikes 1 gc -q
strikes 1 hooks install -q --with pre-commit
(cd "$CASE/prepared/repo" && git session hooks install -q --with pre-commit) || die "no hooks"
strikes 1 hooks uninstall -q
[ "$failures" -eq 0 ] || give_up
