#!/bin/sh
# Written by 'freshpyc hook install git'; 'freshpyc hook remove git' removes it and restores the hook that was here before.
#
# Runs that hook first, with the same arguments and input, and ends with its exit code. Then brings the index up to date with the
# Python files that git has changed. Errors go to freshpyc.log in the git directory and never fail a git command.
hook=${0##*/}
kept=$0
[ ! -L "$0" ] || kept=$(readlink -f -- "$0")
kept=$kept.before-freshpyc
rewritten=
[ "$hook" != post-rewrite ] || rewritten=$(cat) # each line has the old and the new name of a commit

before() {
  [ -x "$kept" ] || return 0
  case $hook in
    post-rewrite)
      "$kept" "$@" <<EOF
$rewritten
EOF
      ;;
    *) "$kept" "$@" ;;
  esac
}

before "$@"
code=$?
program=${FRESHPYC_PROGRAM:-@program@}
command -v "$program" >/dev/null || exit $code
log=$(git rev-parse --git-path freshpyc.log)

between() {
  git diff --no-ext-diff --no-renames --name-only -z "$@" -- '*.py' '*.py[co]'
}

changed() {
  case $hook:$1 in
    post-checkout:*)
      case $3$1 in
        0* | *0000000000000000000000000000000000000000) git ls-files -z -- '*.py' '*.py[co]' ;; # single files, or a clone
        *) between "$1" "$2" ;;
      esac
      ;;
    post-merge:1) between HEAD ;; # --squash changes the files and makes no commit
    post-merge:*) between ORIG_HEAD HEAD ;;
    post-rewrite:rebase) # the files of each commit were written, even those that are as before in the end
      echo "$rewritten" | cut -d ' ' -f 2 |
        git diff-tree --stdin --root -m -r --no-commit-id --name-only -z -- '*.py' '*.py[co]' &&
        echo "$rewritten" | tail -n 1 | while read -r old new _; do between "$old" "$new"; done
      ;;
  esac # an amended commit changes no file of the working tree
}

{
  list=$(mktemp) && top=$(git rev-parse --show-toplevel) && export top &&
    changed "$@" | xargs -0 -r sh -c 'for file; do printf "%s/%s\0" "$top" "$file"; done' sh >"$list" &&
    { [ ! -s "$list" ] || "$program" refresh -q -0 --changed-from "$list"; }
  rm -f "$list"
} >/dev/null 2>>"$log" </dev/null
[ ! -f "$log" ] || [ -s "$log" ] || rm -f "$log"
exit $code
