#!/bin/sh
# Unpacks the Debian package into a temporary root and runs what is in it. usage: package.sh BUILD-DIRECTORY
set -eu
deb=$(find "$(realpath "$1")" -maxdepth 1 -name 'git-session_*.deb' -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d ' ' -f 2-)
[ -n "$deb" ] || {
  echo "package: no .deb in '$1'" >&2
  exit 1
}
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
fail() {
  echo "package: $*" >&2
  exit 1
}

dpkg-deb -x "$deb" "$root"
for file in usr/bin/git-session usr/share/man/man1/git-session.1.gz usr/share/man/man1/git-session-close.1.gz \
  usr/share/bash-completion/completions/git-session usr/share/zsh/site-functions/_git-session \
  usr/share/fish/vendor_completions.d/git-session.fish usr/share/doc/git-session/copyright \
  usr/share/doc/git-session/changelog.Debian.gz usr/share/git-session/hooks/pre-push \
  usr/share/git-session/hooks/post-commit; do
  [ -s "$root/$file" ] || fail "'$file' is not in $deb"
done
# Of a program that links libraries, dpkg-shlibdeps names them; one with a libgit2 of its own needs only the C library.
for dependency in git libc6; do
  dpkg-deb -f "$deb" Depends | grep -q "$dependency" || fail "no dependency on $dependency: $(dpkg-deb -f "$deb" Depends)"
done
if dpkg-deb -f "$deb" Depends | grep -q libgit2 && [ -e "$root/usr/share/doc/git-session/COPYING.libgit2" ]; then
  fail "it brings a libgit2, and yet depends on one: $(dpkg-deb -f "$deb" Depends)"
fi

# As git finds it, in a repository of its own.
export HOME="$root/home" GIT_CONFIG_NOSYSTEM=1 PATH="$root/usr/bin:$PATH"
mkdir "$HOME" "$root/repo"
cd "$root/repo"
git init -q
echo dirty >file
[ "$(command -v git-session)" = "$root/usr/bin/git-session" ] || fail "another git-session runs"
git session --version | grep -qF " $(dpkg-deb -f "$deb" Version | sed 's/-.*//')" ||
  fail "git session --version does not say the package's version"
git session snapshot --session s --label packaged >/dev/null || fail "git session snapshot failed"
git rev-parse --verify -q refs/so-snapshots/s/wave-0-packaged >/dev/null || fail "no snapshot was saved"

if command -v lintian >/dev/null 2>&1; then
  lintian --fail-on error "$deb" || fail "lintian found errors"
fi
echo "package: $deb installs and runs"
