#!/usr/bin/env bash
# A secret in what would be committed is a decision: abort is recommended, override commits it and says so. Nothing
# that the close prints or writes holds the secret.
. "$E2E/lib.sh"
. "$E2E/close.sh"

token="ghp""_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17" # put together, so that this file holds none
key=$(printf -- '-----BEGIN %s PRIVATE KEY-----\n' RSA
  head -c 300 /dev/urandom | base64 -w 64)
secrets() { json '[.phases[] | select(.id == "staging-plan") | .findings[] | select(.source == "secret") | "\(.file):\(.line)"] | join(" ")'; }
expect_no_secret() { # in any file that the close has written, or in what it printed
  ! grep -rqF -- "$token" "$OUT" "$ERR" .orchestrator .git/git-session || fail "the secret is in what the close wrote"
}

session_repo
bare_remote
commit_file old.py "TOKEN = '$token'" # before the session: not its business
start_session --scope "src/" --scope "*.py" --scope "*.lock" --scope "tests/" --scope "docs/"
head=$(git rev-parse HEAD)
echo "x = 1" >>old.py
mkdir -p src tests docs
printf 'fine = 1\ntoken = "%s"\n' "$token" >src/a.py

expect_exit 2 git session close --json
expect_outcome staging-plan block
expect_json '.status == "needs-decision" and ([.decisions[] | [.id, .recommended, .choices]] == [["secrets", "abort", ["abort", "override"]]])'
expect_json '[.phases[] | select(.id == "staging-plan") | .findings[] | select(.severity == "critical" and .confidence == 100)] | length == 1'
expect_equal "$(secrets)" "src/a.py:2"
expect_out 'ghp_****'
expect_no_secret
expect_exit 2 git session close --continue
expect_err "--decide secrets=abort (recommended)"
expect_err "src/a.py:2: GitHub personal access token"
expect_no_secret

# --yes takes the recommended way out.
expect_exit 1 git session close --continue --yes --json
expect_json '.status == "aborted"'
expect_no_file "$(journal)"
expect_equal "$(git rev-parse HEAD)" "$head"

# In a dry run too, and nothing is printed of it.
expect_exit 0 git session close --dry-run --json
expect_json '[.decisions[] | select(.id == "secrets" and .chosen == null)] | length == 1'
expect_no_secret

# Placeholders, hashes, and what lock files and tests hold besides tokens are not secrets.
printf '%s\n' "token = 'ghp_""xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'" \
  "aws = 'AKIA""IOSFODNN7EXAMPLE'" "sha = '$(echo a | sha1sum | cut -c1-40)'" \
  'api_key = os.environ["API_KEY"]' 'password = "${PASSWORD}"' 'password_hash = "$2b$12$abcdefghijklmnopqrstuv"' >src/a.py
echo "integrity = \"$(head -c 64 /dev/urandom | base64 -w 0)\"" >a.lock
printf '%s\n' "$key" >tests/server.pem
printf 'Paste a key that starts with\n-----BEGIN %s PRIVATE KEY-----\nhere.\n' RSA >docs/keys.md
expect_exit 0 git session close --json --dry-run
expect_outcome staging-plan ok
expect_equal "$(secrets)" ""

# A token is one in any file, and without its checksum less certain.
printf 'x = "%s"\n' "${token%7}8" >a.lock
expect_exit 0 git session close --json --dry-run
expect_equal "$(secrets)" a.lock:1
expect_json '[.phases[] | select(.id == "staging-plan") | .findings[] | select(.source == "secret") | [.severity, .confidence]] == [["high", 60]]'
: >a.lock

# Part of a change: what was staged by hand counts, and what stays in the work tree does not.
printf 'a = "%s"\n' "$token" >src/b.py
git add src/b.py
printf 'a = 1\n' >src/b.py
expect_exit 2 git session close --json
expect_equal "$(secrets)" "src/b.py:1"
git session close --abort >/dev/null
git add src/b.py
printf 'a = "%s"\n' "$token" >src/b.py
expect_exit 0 git session close --json --dry-run
expect_equal "$(secrets)" ""
git add src/b.py

# A private key in the ordinary tree, an assigned secret in a configuration file.
printf '%s\n' "$key" >src/server.pem
printf 'SESSION_SECRET=%s\n' "$(printf %s "$token" | sha256sum | cut -c1-64)" >src/.env
expect_exit 0 git session close --json --decide secrets=override
expect_json '.status == "closed"'
expect_outcome staging-plan warn
expect_equal "$(secrets)" "src/.env:1 src/b.py:1 src/server.pem:1"
expect_file_has .orchestrator/STATE.md "decision secrets = override (recommended: abort): src/.env:1: value of 'SESSION_SECRET' in added lines; src/b.py:1"
expect_equal "$(git show HEAD:src/b.py)" "a = \"$token\""
expect_no_secret
