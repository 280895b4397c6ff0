#!/usr/bin/env bash
# What cannot be captured is named with its reason and stops nothing: unreadable files and directories, FIFOs, sockets and
# devices, names and links that git refuses. All the rest is captured, and comes back.
. "$E2E/lib.sh"

new_repo
for name in dark/a dark/b listed/a searched/a fifo/a fifo/b replaced secret gone staged; do commit_file "$name"; done
commit_file .gitmodules ""
printf '%s\n' '/ignored' >.gitignore
git add .gitignore
git commit -q -m "chore: ignore"

rm gone replaced .gitmodules
rm -r fifo
mkfifo replaced fifo new-fifo
mkdir ignored inner listed/inner "sub" "sub/.GIT"
mkfifo ignored/fifo inner/fifo
ln -s staged .gitmodules
ln -s staged .mailmap
for name in dark/new listed/new searched/new plain unreadable 'git~1' 'sub/.GIT/x' 'Git~1 .' 'git~2' '.git::$INDEX_ALLOCATION' 'back\slash'; do
  echo new >"$name"
done
echo changed >searched/a
echo changed >secret
echo changed >dark/b
git add dark/b
echo changed >staged
git add staged
remember_tree
chmod 000 dark secret unreadable
chmod 444 listed
chmod 111 searched

expect_exit 0 without_override git session snapshot --session s --label odd --json
ref=$(json .ref)
expect_json '.files == {staged: 2, unstaged: 2, untracked: 4, deleted: 1, unmerged: 0}'
expect_json '[.left_out[] | "\(.path): \(.reason)"] == [
  ".git::$INDEX_ALLOCATION: git refuses this name",
  ".gitmodules: git refuses a symbolic link of this name",
  "Git~1 .: git refuses this name",
  "dark: unreadable: Permission denied",
  "dark/a: unreadable: Permission denied",
  "dark/b: unreadable: Permission denied",
  "fifo: is a FIFO",
  "fifo/a: its directory '"'fifo'"' replaced by a FIFO",
  "fifo/b: its directory '"'fifo'"' replaced by a FIFO",
  "git~1: git refuses this name",
  "inner/fifo: is a FIFO",
  "listed/a: unreadable: Permission denied",
  "listed/inner: unreadable: Permission denied",
  "listed/new: unreadable: Permission denied",
  "new-fifo: is a FIFO",
  "replaced: replaced by a FIFO",
  "searched: unreadable: Permission denied",
  "secret: unreadable: Permission denied",
  "sub/.GIT/x: git refuses this name",
  "unreadable: unreadable: Permission denied"]'
expect_exit 0 without_override git session snapshot --session s --label text
expect_err "warning: 'dark/a' is not in the snapshot: unreadable: Permission denied"
expect_out "Saved \"s/text\""

# Neither deleted nor changed in the snapshot; what is staged is staged in it.
for name in dark/a listed/a fifo/a replaced secret .gitmodules; do
  expect_equal "$(file_oid "$ref:$name")" "$(file_oid "HEAD:$name")" "$name"
done
expect_equal "$(file_oid "$ref:dark/b")" "$(file_oid :dark/b)"
expect_equal "$(git show "$ref:searched/a")" changed
expect_equal "$(git ls-tree -r --name-only -z "$ref^3" | tr '\0' ' ')" '.mailmap back\slash git~2 plain '

# The snapshot is one that git accepts.
chmod -R u+rwX .
rm -rf fifo replaced new-fifo inner ignored
git reset -q --hard
git clean -qfdx
git stash apply -q --index "$ref"
expect_equal "$(cat plain staged searched/a dark/b | tr '\n' ' ')" "new changed changed changed "
expect_equal "$(readlink .mailmap)" staged
rm .mailmap
expect_no_file gone
expect_file replaced

# With nothing else to save there is no snapshot, and still every name.
git reset -q --hard
git clean -qfdx
rm replaced
mkfifo .gitattributes
expect_exit 128 git session snapshot --session s --label nothing
expect_err "'.gitattributes' is not a regular file"
rm .gitattributes # git itself would wait there forever
mkfifo replaced
expect_exit 0 git session snapshot --session s --label nothing --json
expect_json '.skipped and .reason == "clean" and [.left_out[].path] == ["replaced"]'
expect_exit 0 git session snapshot --session s --label nothing
expect_out "Nothing to save besides what is left out."

# If git's own status is asked, the answer is the same; with a socket, a device and a submodule's directory, too.
git config core.fsmonitor false
git update-index --split-index
mkfifo fifo-too
command -v perl >/dev/null && perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => "sock", Listen => 1) or exit 1'
expect_exit 0 git session snapshot --session s --label nothing --json
expect_json '[.left_out[] | select(.path != "sock") | .path] == ["fifo-too", "replaced"]'
if [ -S sock ]; then expect_json '.left_out[] | select(.path == "sock") | .reason == "is a socket"'; fi
