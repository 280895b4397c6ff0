# shellcheck shell=bash
# What a case sees of its repository, and how two views are compared. $R/last.* is the newest view; each action beside
# the close renews it (take_step), and the close may only add to it.
export BESIDE_STEP=1 # hooks run by a step are not boundaries

# shellcheck disable=SC2034 # both are used by the other files
SESSION=(GIT_AUTHOR_NAME="Session Person" GIT_AUTHOR_EMAIL=session@example.org
  GIT_COMMITTER_NAME="Session Person" GIT_COMMITTER_EMAIL=session@example.org)
# An action's time: the very second of the close, or BESIDE_LATER seconds after it.
at="@$((1767225600 + ${BESIDE_LATER:-0})) +0000"
# shellcheck disable=SC2034
OTHER=(GIT_AUTHOR_DATE="$at" GIT_COMMITTER_DATE="$at" GIT_AUTHOR_NAME="Other Person" GIT_AUTHOR_EMAIL=other@example.org
  GIT_COMMITTER_NAME="Other Person" GIT_COMMITTER_EMAIL=other@example.org)

marker='(ours|theirs)-[a-z0-9]+'
planned='^(src|lib|docs|\.orchestrator)/'

differs() { # TEXT…: one difference, on a line
  printf '%s: %s\n' "${when:-at the end}" "$*" | tr '\n' ';' | cut -c1-600 >>"$R/differences"
  echo >>"$R/differences"
}

branches() { git for-each-ref --format='%(refname)' refs/heads; }

# look NAME: the work tree's bytes and modes, the index, the refs, and the marked lines of each branch and of the index.
look() {
  {
    find . \( -path ./.git -o -path ./.orchestrator \) -prune -o \( -type f -o -type l \) -printf '%m %p\n'
    find . \( -path ./.git -o -path ./.orchestrator \) -prune -o -type f -print0 | xargs -0 sha1sum
  } | LC_ALL=C sort >"$R/$1.tree"
  git ls-files -s >"$R/$1.index"
  {
    git symbolic-ref -q HEAD || echo detached
    git for-each-ref --format='%(refname) %(objectname)' refs/tags
    git stash list --format='stash %H'
  } >"$R/$1.kept"
  git for-each-ref --format='%(refname) %(objectname)' refs/heads >"$R/$1.heads"
  git -C ../origin.git for-each-ref --format='%(refname) %(objectname)' refs/heads >"$R/$1.remote"
  # shellcheck disable=SC2046
  git grep -oE "$marker" $(branches) -- . ':!.orchestrator' | LC_ALL=C sort -u >"$R/$1.tips"
  git grep --cached -oE "$marker" -- . ':!.orchestrator' | LC_ALL=C sort -u >"$R/$1.staged"
  git grep --no-index -oE "$marker" -- . ':!.orchestrator' | LC_ALL=C sort -u >"$R/$1.files"
}

# The session's branch, even if it was renamed.
session_branch() {
  if git show-ref -q --verify refs/heads/main; then
    echo refs/heads/main
  else
    git symbolic-ref -q HEAD
  fi
}

same() { # WHAT FILE FILE
  cmp -s "$2" "$3" || differs "$1: $(diff "$2" "$3" | grep '^[<>]')"
}

gone() { # WHAT FILE FILE: lines of the first that the second does not have
  local lines
  lines=$(LC_ALL=C comm -23 "$2" "$3")
  [ -z "$lines" ] || differs "$1: $lines"
}

# The records go into the close's last commit as long as that is the tip.
amended_by_close() { # OLD NEW
  [ "$(git show -s --format=%ae "$1")" = session@example.org ] && git merge-base --is-ancestor "$1^" "$2" &&
    git diff --quiet "$1" "$2" -- . ':!.orchestrator'
}

forward_only() { # WHERE FILE FILE GIT…: only additions at the end are allowed
  local where=$1 before=$2 after=$3 ref old new
  shift 3
  while read -r ref old; do
    new=$(awk -v ref="$ref" '$1 == ref { print $2 }' "$after")
    if [ "$old" = "$new" ]; then
      continue
    elif [ -z "$new" ]; then
      differs "$where: $ref is gone"
    elif [ "$where" = branch ] && [ "$ref" != "$(session_branch)" ]; then
      differs "$where: $ref was moved from $old to $new"
    elif [ "$where" = branch ] && amended_by_close "$old" "$new"; then
      continue
    elif ! "$@" merge-base --is-ancestor "$old" "$new"; then
      differs "$where: $ref at $old was rewritten to $new"
    fi
  done <"$before"
  while read -r ref new; do
    grep -q "^$ref " "$before" || differs "$where: $ref at $new is new"
  done <"$after"
}

# The marked lines of the last view as the work tree has them now: a close commits what others have moved or removed
# there, even of what it had committed before.
as_it_is() { # tips|staged
  if grep -qs '^mv-planned done$' "$R/acted" && grep -q 'src/moved:' "$R/now.$1"; then
    sed 's#src/new:#src/moved:#' "$R/last.$1" | LC_ALL=C sort -u
  elif grep -qs '^rm-planned done$' "$R/acted" && [ ! -e lib/b ]; then
    grep -v 'lib/b:' "$R/last.$1"
  else
    cat "$R/last.$1"
  fi
}

# Looks again, and reports what the close has done to what was there.
compare_with_last() {
  look now
  same "work tree changed" "$R/last.tree" "$R/now.tree"
  same "index entries of others changed" <(grep -vE "$(printf '\t')${planned#^}" "$R/last.index") \
    <(grep -vE "$(printf '\t')${planned#^}" "$R/now.index")
  same "HEAD, tags or stashes changed" "$R/last.kept" "$R/now.kept"
  forward_only branch "$R/last.heads" "$R/now.heads" git
  forward_only remote "$R/last.remote" "$R/now.remote" git -C ../origin.git
  gone "committed content reverted" <(as_it_is tips) "$R/now.tips"
  gone "staged content lost" <(as_it_is staged) "$R/now.staged"
}

commits() { git rev-list --branches --remotes HEAD 2>/dev/null | LC_ALL=C sort; }

locked() { [ -e .git/index.lock ] || [ -e .git/HEAD.lock ] || [ -e .git/refs/heads/main.lock ]; }

# take_step ACTION other|driver
take_step() {
  local action=$1 who=$2 before result
  compare_with_last
  before=$(commits)
  cp "$R/now.tips" "$R/before.tips"
  result=refused
  if [ "$who" = other ]; then
    # If the close holds a lock, git refuses, sometimes halfway.
    case $action in
      stash-* | pull-* | merge | rebase | switch-* | cherry-pick) locked || { (act "$action") && result="done"; } ;;
      *) (act "$action") && result="done" ;;
    esac
    echo "$action $result" >>"$R/acted"
  else
    (act "$action")
  fi
  look last
  LC_ALL=C comm -13 <(echo "$before") <(commits) >"$R/made"
  case $action in
    close | continue) ;; # the session's own actions
    *) cat "$R/made" >>"$R/made-by-$who" ;;
  esac
  [ "$who" = other ] || return 0
  # What was already committed for the session when the other process began.
  [ "$(git rev-list --count "$(cat "$R/base")..$(session_branch)")" -lt "$(cat "$R/whole")" ] || touch "$R/late"
  case $action in
    reset-soft | switch-new | branch-rename) ;;
    *)
      when="in the action"
      gone "an innocent action took back what the session had committed" <(grep ':ours-' "$R/before.tips") "$R/last.tips"
      ;;
  esac
}
