# shellcheck shell=bash disable=SC2015
# Commands that files of the repository name, before this clone has trusted them. Canary: a file that each of them makes.

prepare() {
  new_repo
  init_private
  commit_all
  git push -q -u origin main
  # Programs of the stacks that a tree can show.
  mkdir -p "$CASE/bin"
  for name in npm pnpm cargo go pytest make ctest cmake; do
    printf '#!/bin/sh\ntouch "%s/ran"\n' "$CASE" >"$CASE/bin/$name"
    chmod +x "$CASE/bin/$name"
  done
}
PATH=$CASE/bin:$PATH
touches="touch '$CASE/ran'"

session() { start --scope src/ "$@" && work; }
close() { run git session close --yes --no-push --json "$@"; }
config() { printf '%s\n' "$@" >.git-session.toml; }
theirs() { commit_all && session && close; }
plan_of() { printf 'title = "A plan"\n[[item]]\ntitle = "Work"\nfiles = ["src/**"]\nverify = "%s"\n' "$touches"; }
gates() { printf '{"version": 1, "commands": {"test": {"command": "%s", "required": true}}}\n' "$touches"; }

# Where a command can lie.
for key in test typecheck lint review; do
  attack "$key-command of .git-session.toml" of_config "$key-command"
done
of_config() { config "$1 = \"$touches\"" && theirs; }
try_discovery_command_of_the_config() { config "discovery-on-close = true" "discovery-command = \"$touches\"" && theirs; }
for file in CLAUDE.md AGENTS.md; do attack "test-command of $file" of_document "$file"; done
of_document() {
  rm -f .git-session.toml
  printf '# Agent\n\n## Session Config\n\n- **test-command:** %s\n' "$touches" >"$1"
  theirs
}
policy() { mkdir -p .orchestrator/policy && gates >.orchestrator/policy/quality-gates.json; }
try_policy() { policy && theirs; }
try_policy_behind_a_tracked_link() {
  mkdir -p .orchestrator/policy docs && gates >docs/x.json
  ln -s ../../docs/x.json .orchestrator/policy/quality-gates.json
  theirs
}
try_policy_in_a_linked_directory() {
  mkdir -p .orchestrator docs && gates >docs/quality-gates.json
  ln -s ../docs .orchestrator/policy
  theirs
}
try_policy_in_a_submodule() {
  git init -q "$CASE/sub" && (cd "$CASE/sub" && gates >quality-gates.json && commit_all)
  mkdir -p .orchestrator && git submodule --quiet add "$CASE/sub" .orchestrator/policy
  theirs
}
try_policy_in_a_submodule_of_state() {
  git init -q "$CASE/sub" && (cd "$CASE/sub" && mkdir policy && gates >policy/quality-gates.json && commit_all)
  rm -rf .orchestrator && git submodule --quiet add -f "$CASE/sub" .orchestrator
  theirs
}
try_policy_untracked() { session && policy && close; }
try_config_behind_a_tracked_link() {
  config "test-command = \"$touches\"" && mv .git-session.toml other.toml && ln -s other.toml .git-session.toml
  theirs
}
try_config_behind_a_link_out_of_the_tree() {
  printf 'test-command = "%s"\n' "$touches" >"$CASE/outside-config" && rm .git-session.toml
  ln -s "$CASE/outside-config" .git-session.toml
  theirs
}
try_config_behind_a_link_into_the_git_directory() {
  printf 'test-command = "%s"\n' "$touches" >.git/config.toml && rm -f .git-session.toml
  ln -s .git/config.toml .git-session.toml
  theirs
}
try_config_in_a_submodule() {
  git init -q "$CASE/sub" && (cd "$CASE/sub" && config "test-command = \"$touches\"" && commit_all)
  git submodule --quiet add "$CASE/sub" sub && rm -f .git-session.toml && ln -s sub/.git-session.toml .git-session.toml
  theirs
}
try_document_behind_a_link() {
  rm -f .git-session.toml
  printf '## Session Config\n\n- **test-command:** %s\n' "$touches" >notes.md && ln -s notes.md CLAUDE.md
  theirs
}
try_config_untracked() { session && config "test-command = \"$touches\"" && close; }
try_config_ignored() {
  git rm -q -f --cached --ignore-unmatch .git-session.toml && echo .git-session.toml >.gitignore && git add .gitignore && git commit -qm ignore
  session && config "test-command = \"$touches\"" && close
}
try_config_with_skip_worktree() {
  config "waves = 5" && commit_all && git update-index --skip-worktree .git-session.toml
  session && config "test-command = \"$touches\"" && close
}
try_config_with_assume_unchanged() {
  config "waves = 5" && commit_all && git update-index --assume-unchanged .git-session.toml
  session && config "test-command = \"$touches\"" && close
}
try_config_unmerged() {
  config "waves = 5" && commit_all && git checkout -q -b topic && config "waves = 6" && commit_all
  git checkout -q main && config "waves = 7" && commit_all && session
  git merge -q topic >/dev/null 2>&1 || true
  config "test-command = \"$touches\"" && close
}
try_config_of_an_agents_branch() {
  git checkout -q -b topic && config "test-command = \"$touches\"" && commit_all && git checkout -q main
  session && git checkout -q topic && work && close
}

# Plans.
try_plan_of_the_tree() { plan_of >plan.toml && commit_all && session --plan plan.toml && close; }
try_plan_of_the_tree_untracked() { plan_of >plan.toml && session --plan plan.toml && close; }
try_plan_of_the_tree_by_a_link_from_outside() {
  plan_of >plan.toml && commit_all && ln -s "$PWD/plan.toml" "$CASE/link.toml" && session --plan "$CASE/link.toml" && close
}
try_plan_of_the_tree_by_a_detour() { plan_of >plan.toml && commit_all && mkdir -p src && session --plan "../repo/src/../plan.toml" && close; }
try_plan_of_the_tree_through_proc() { plan_of >plan.toml && commit_all && session --plan "/proc/self/cwd/plan.toml" && close; }
try_plan_of_a_submodule() {
  git init -q "$CASE/sub" && (cd "$CASE/sub" && plan_of >plan.toml && commit_all)
  git submodule --quiet add "$CASE/sub" sub && commit_all && session --plan sub/plan.toml && close
}
try_plan_of_another_worktree() {
  plan_of >plan.toml && commit_all && git worktree add -q --detach "$CASE/tree" && session --plan "$CASE/tree/plan.toml" && close
}
try_plan_set_from_the_tree() {
  has_homes || none "no 'plan set'"
  plan_of >plan.toml && commit_all && session && run git session plan set plan.toml && close
}
try_plan_that_came_with_a_session() {
  git config session.records tracked && init_tracked && start --title x --state-dir .claude && plan_of >.claude/session-plan.toml
  commit_all && work && close --state-dir .claude
}

# What a stack shows.
stack() {
  run git session init
  commit_all && session && close
}
try_make_test_found_by_init() { printf 'test:\n\t%s\n' "$touches" >Makefile && commit_all && stack; }
try_npm_test() { echo '{"scripts": {"test": "x"}}' >package.json && commit_all && stack; }
try_cargo_test() { printf '[package]\nname = "x"\n' >Cargo.toml && commit_all && stack; }
try_go_test() { echo 'module x' >go.mod && commit_all && stack; }
try_a_gradle_wrapper() {
  echo >build.gradle && printf '#!/bin/sh\n%s\n' "$touches" >gradlew && chmod +x gradlew && commit_all && stack
}

# What hides in a command is never run, whatever was answered to what was shown.
for hidden in '\u001b]0;x\u0007' '\u001b[2K\u001b[1A' '\u202e' '\u2066' '\u200b' '\u200f' '\u00ad' '\u009b2K' '\u0008\u0008' '\r' '\u2028' '\U000e0041'; do
  attack "a command that hides behind $hidden" hides "$hidden"
done
hides() {
  config "test-command = \"true $1; $touches\"" && commit_all && session
  run git session close --no-push --json
  run git session close --continue --no-push --decide "trust=$(digits)" --json
  run git session close --yes --no-push --decide trust=trust
}

# Answers that nobody has read.
asked() { config "test-command = \"$touches\"" && commit_all && session; }
try_yes() { asked && run git session close --yes --no-push; }
for word in trust yes all 000000000000 '' ffffffffffff; do attack "--decide trust=$word" decided "$word"; done
decided() { asked && run git session close --no-push --decide "trust=$1"; run git session close --yes --no-push --decide "trust=$1"; }
try_continue_with_yes() { asked && close && close --continue; }
try_a_dry_run() { asked && run git session close --dry-run --yes; }
for line in 'trust = "always"' 'trust = true' '[decide]
trust = "trust"' 'decide.trust = "trust"' '"session.trust" = "always"'; do
  attack "the config says ${line//$'\n'/ }" says "$line"
done
says() { config "test-command = \"$touches\"" "$1" && theirs; }
try_answer_to_another_list() {
  asked && config "test-command = \"true\"" && run git session close --no-push --json && answer=$(digits)
  run git session close --abort
  config "test-command = \"$touches\"" && run git session close --no-push --decide "trust=$answer"
}
try_answer_of_another_repository() {
  asked && run git session close --no-push --json && answer=$(digits) && run git session close --abort
  config "test-command = \"true; $touches\"" && run git session close --yes --no-push --decide "trust=$answer"
}

# What has changed since it was trusted.
trusted() { # TOML…
  config "$@" && commit_all && session && run git session close --no-push --dry-run --json
  answer=$(digits)
  has_homes || answer=trust
}
try_changed_after_trusting() {
  trusted 'test-command = "true"' && run git session close --no-push --yes --decide "trust=$answer"
  config "test-command = \"true; $touches\"" && theirs
}
try_changed_in_an_unfinished_close() {
  trusted 'test-command = "false"' && run git session close --no-push --decide "trust=$answer"
  config "test-command = \"$touches\"" && run git session close --continue --yes
  run git session close --continue --no-push --decide "trust=$answer"
}
try_changed_by_a_gate() {
  config 'typecheck-command = "sh ./g"' 'test-command = "true"'
  printf 'printf "%%s\\n" "test-command = \\"touch %s/ran\\"" >.git-session.toml\n' "$CASE" >g
  commit_all && session && run git session close --no-push --json
  answer=$(digits) && has_homes || answer=trust
  run git session close --continue --yes --decide "trust=$answer"
  run git session close --yes --no-push
}
try_policy_made_by_a_gate() {
  gates >gates.json && trusted 'typecheck-command = "mkdir -p .orchestrator/policy; cp gates.json .orchestrator/policy/quality-gates.json"'
  run git session close --no-push --yes --decide "trust=$answer"
  run git session close --continue --yes
}
try_another_worktree() {
  trusted 'test-command = "true"' && run git session close --no-push --yes --decide "trust=$answer"
  git checkout -q -b topic && config "test-command = \"$touches\"" && commit_all && git checkout -q main
  git worktree add -q "$CASE/tree" topic && cd "$CASE/tree" && session && close
}

# Words that could become a command or an option.
text="\$($touches)\`$touches\`;$touches;"
try_shell_in_a_plan() {
  printf 'title = "%s"\n[[item]]\ntitle = "%s"\nfiles = ["src/%s", "src/**"]\n' "$text" "$text" "${text//\//}" >plan.toml
  session --plan plan.toml && close
}
try_shell_in_file_names() { local name=${text//\//%} && git config session.test-command true && session && echo >"src/$name" && close && run git session status; }
try_shell_in_a_branch_name() { git checkout -q -b 'x;$(touch${IFS}ran);`id>ran`' && session && close && [ ! -e ran ] || through "a command ran"; }
try_shell_in_co_author() { config "co-author = [\"A $text <a@b.c>\"]" && theirs; }
try_shell_in_ssot_files() { config "ssot-files = [\"$text\"]" && theirs; }
try_options_in_the_start_commit() {
  git config session.records tracked && init_tracked && start --title x --state-dir .claude
  file=.claude/STATE.md
  [ -e "$file" ] || broken "no STATE.md"
  sed -i "s|^session-start-ref:.*|session-start-ref: --output=$CASE/ran|; s|^branch:.*|branch: --upload-pack=$CASE/ran|" "$file"
  work && close && run git session status && run git session scope check
}
for key in baseline-ref remote mirror; do attack "an option as $key" as_option "$key"; done
as_option() {
  config "$1 = \"--receive-pack=$touches;\"" && commit_all && session
  run git session close --yes --json && run git session close --continue --yes --json --decide "trust=$(digits)"
}

# Everything but close.
try_every_other_command() {
  gates >g.json && policy
  config "discovery-on-close = true" "test-command = \"$touches\"" "lint-command = \"$touches\"" "typecheck-command = \"$touches\"" \
    "discovery-command = \"$touches\"" "review-command = \"$touches\""
  commit_all && plan_of >plan.toml && session --plan plan.toml
  for words in status "status -v" "plan show" "scope check" "scope show" "snapshot create x" "snapshot list" gc "issue list" \
    "config --list --show-origin" "hooks status" "learn --type pattern --subject a --insight b" "issue create --title x" init \
    "hook post-commit" "hook pre-commit" "hook post-index-change 1 0" "hook pre-tool-use" "hook pre-push origin $CASE/origin.git"; do
    # shellcheck disable=SC2086
    run git session $words
  done
}

control_the_users_own() { git config session.test-command "$touches" && session && close; }
control_trusted_by_its_digits() {
  asked && run git session close --no-push --json && answer=$(digits) && has_homes || answer=trust
  run git session close --continue --yes --decide "trust=$answer"
}
