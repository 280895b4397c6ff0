# shellcheck shell=bash disable=SC2088,SC2034
# Where a file of the repository sends the user's work, notes, issues and tokens. Canaries: the refs of their repository,
# files outside, and what the stand-ins of gh and glab were called with.

prepare() {
  new_repo
  init_private
  commit_all
  git push -q -u origin main
  git init -q --bare "$CASE/theirs.git"
  mkdir "$CASE/vault" "$CASE/gh" "$CASE/glab"
  mkdir -p "$CASE/gh/issues" "$CASE/glab/issues"
}
export GH_TOKEN=token-of-github GITLAB_TOKEN=token-of-gitlab GH_ENTERPRISE_TOKEN=token-of-enterprise
judge() {
  [ -z "$(git -C "$CASE/theirs.git" for-each-ref)" ] || through "pushed to theirs"
  [ -z "$(find "$CASE/vault" -type f)" ] || through "notes in a vault"
  [ "${tracker:-}" = allowed ] || ! grep -hvE '"(--version|version)"' "$CASE"/*.calls 2>/dev/null | grep -q . || through "asked a host with tokens: $(grep -hv version "$CASE"/*.calls | head -n 1)"
}
config() { printf '%s\n' "$@" >.git-session.toml; }
closes() {
  commit_all && start --scope src/ && work
  run git session learn --type pattern --subject a --insight b
  run git session close --yes --json
  run git session close --continue --yes --json --decide trust=trust
  run git session issue create --title x
  run git session issue list
}
theirs() { git remote add theirs "$CASE/theirs.git"; }
named() { theirs && config "$1 = \"theirs\"" && closes; }
for key in remote mirror; do
  attack "$key names another remote" named "$key"
  attack "$key of a document names another remote" documented "$key"
  attack "$key is a path" url "$key" "$CASE/theirs.git"
  attack "$key is a file URL" url "$key" "file://$CASE/theirs.git"
  attack "$key is a relative path" url "$key" "../theirs.git"
  attack "$key is ext::" url "$key" "ext::sh -c touch% $CASE/ran"
  attack "$key is a remote whose URL is ext::" ext "$key"
  attack "$key is an option" url "$key" "--receive-pack=touch $CASE/ran"
  attack "$key is an https URL with a token" url "$key" "https://x:y@127.0.0.1:9/theirs"
done
documented() { theirs && rm -f .git-session.toml && printf '# A\n\n## Session Config\n\n- **%s:** theirs\n' "$1" >CLAUDE.md && closes; }
url() { config "$1 = \"$2\"" && closes; }
ext() { git config protocol.ext.allow always && git config remote.theirs.url "ext::sh -c touch% $CASE/ran" && config "$1 = \"theirs\"" && closes; }
try_remote_with_another_url_after_trusting() {
  git init -q --bare "$CASE/ours.git" && git remote add backup "$CASE/ours.git"
  config 'mirror = "backup"' && commit_all && start --scope src/ && work && run git session close --yes --json
  answer=$(digits)
  git remote set-url backup "$CASE/theirs.git" && settle
  run git session close --continue --yes --decide "trust=$answer"
}
try_remote_behind_a_link() { theirs && printf 'remote = "theirs"\n' >other.toml && rm -f .git-session.toml && ln -s other.toml .git-session.toml && closes; }
try_remote_in_an_untracked_config() { theirs && start --scope src/ && work && config 'mirror = "theirs"' && run git session close --yes; }
try_remote_set_by_a_gate() {
  theirs && git config session.test-command "printf '%s\\n' 'mirror = \"theirs\"' >.git-session.toml" && closes
}
try_submodule_pushed_by_recursion() {
  git init -q --bare "$CASE/theirs2.git" && git clone -q "$CASE/theirs2.git" "$CASE/sub" 2>/dev/null && (cd "$CASE/sub" && echo x >x && commit_all && git push -q origin main)
  git submodule --quiet add "$CASE/sub" sub && commit_all && start --scope src/ && (cd sub && echo y >y && commit_all && git remote set-url origin "$CASE/theirs.git") && settle
  run git session close --yes --decide unclaimed=include
}

# Vaults.
vault() { # DIRECTORY
  config "[vault-integration]" "enabled = true" "vault-dir = \"$1\"" && closes
}
attack "a vault outside" vault "$CASE/vault"
attack "a vault outside by .." vault "../vault"
attack "a vault outside by a detour" vault "src/../../vault"
try_a_vault_outside_by_a_link() { ln -s "$CASE/vault" notes && vault notes; }
try_a_vault_outside_by_a_relative_link() { ln -s ../vault notes && vault ./notes/; }
try_a_vault_below_a_link() { mkdir "$CASE/vault/deep" && ln -s ../vault notes && vault notes/deep; }
try_a_vault_in_the_home() { vault '~/notes'; }
try_a_vault_by_a_variable() { VAULT_DIR='' vault '$HOME/notes'; }
try_a_vault_in_the_git_directory() { vault .git/hooks; }
try_a_vault_in_a_submodule() {
  git init -q "$CASE/sub" && (cd "$CASE/sub" && echo x >x && commit_all)
  git submodule --quiet add "$CASE/sub" sub && settle && started=yes && vault sub
  [ -z "$(git -C sub status --porcelain)" ] || through "notes in a submodule"
}
try_a_vault_of_a_document() { rm -f .git-session.toml && printf '## Session Config\n\n- **vault-integration:**\n  enabled: true\n  vault-dir: %s\n' "$CASE/vault" >CLAUDE.md && closes; }

# Hosts that would get a token.
host() { git config remote.origin.pushurl "$CASE/origin.git" && git remote set-url origin "$1"; }
for words in 'vcs = "gitlab"' 'vcs = "github"' 'gitlab-host = "evil.example.org"' 'vcs = "gitlab"|gitlab-host = "evil.example.org"'; do
  attack "a host of issues by ${words//|/ and }" issues "$words" https://evil.example.org/group/name.git
done
attack "a host that begins like gitlab.com" issues 'vcs = "gitlab"' https://gitlab.com.evil.example.org/group/name.git
attack "a host with a user like gitlab.com" issues 'vcs = "gitlab"' https://gitlab.com@evil.example.org/group/name.git
attack "a host that contains github.com" issues 'vcs = "github"' https://github.com.evil.example.org/group/name.git
attack "another gitlab-host than the remote's" issues 'vcs = "gitlab"|gitlab-host = "evil.example.org"' https://gitlab.com/group/name.git
attack "a gitlab-host with a port" issues 'vcs = "gitlab"|gitlab-host = "gitlab.com:8443"' https://gitlab.com/group/name.git
attack "a gitlab-host with a path" issues 'vcs = "gitlab"|gitlab-host = "evil.example.org/gitlab.com"' https://gitlab.com/group/name.git
issues() { # CONFIG URL
  # shellcheck disable=SC2086
  config "${1//|/$'\n'}" && host "$2" && settle && started=yes && closes
}

control_the_users_own_mirror() { theirs && git config session.mirror theirs && closes; }
control_the_users_own_vault() { git config session.vault-integration.enabled true && git config session.vault-integration.vault-dir "$CASE/vault" && closes; }
control_the_users_own_host() { git config session.vcs gitlab && host https://evil.example.org/group/name.git && settle && started=yes && closes; }
