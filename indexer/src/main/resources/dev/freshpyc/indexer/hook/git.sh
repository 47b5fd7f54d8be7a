#!/bin/sh
# Written by 'freshpyc hook install git'; 'freshpyc hook remove git' removes it and restores the hook that was here before.
#
# Runs that hook first, with the same arguments and input, and ends with its exit code. Then brings the index up to date with the
# Python files that git has changed. Errors go to freshpyc.log in the git directory and never fail a git command.
code=0
if [ -x "$0.before-freshpyc" ]; then
  "$0.before-freshpyc" "$@"
  code=$?
fi
program=${FRESHPYC_PROGRAM:-@program@}
command -v "$program" >/dev/null || exit $code
log=$(git rev-parse --git-path freshpyc.log)

changed() {
  case ${0##*/} in
    post-checkout)
      case $3$1 in
        0* | *0000000000000000000000000000000000000000) git ls-files -z -- '*.py' '*.py[co]' ;; # single files, or a clone
        *) git diff --no-ext-diff --no-renames --name-only -z "$1" "$2" -- '*.py' '*.py[co]' ;;
      esac
      ;;
    *) git diff --no-ext-diff --no-renames --name-only -z ORIG_HEAD HEAD -- '*.py' '*.py[co]' ;;
  esac
}

{
  list=$(mktemp) && top=$(git rev-parse --show-toplevel) && export top &&
    changed "$@" | xargs -0 -r sh -c 'for file; do printf "%s/%s\0" "$top" "$file"; done' sh >"$list" &&
    { [ ! -s "$list" ] || "$program" refresh -q -0 --changed-from "$list"; }
  rm -f "$list"
} >/dev/null 2>>"$log" </dev/null
[ ! -f "$log" ] || [ -s "$log" ] || rm -f "$log"
exit $code
