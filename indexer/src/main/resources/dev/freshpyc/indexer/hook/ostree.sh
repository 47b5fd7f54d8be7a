#!/bin/sh
# Written by 'freshpyc hook install ostree'; 'freshpyc hook remove ostree' removes it.
#
# usage: freshpyc-compose [ROOT [PATH]...]
#
# Run this before 'ostree commit', with the directory of the tree, or as rpm-ostree's postprocess-script inside of it: ostree sets
# all mtimes to 0, and then Python rejects every bytecode file whose header has a time. The script writes headers with hashes, and
# an index for copies of the tree to /usr/lib/freshpyc: for all Pythons in the tree, or for PATHs inside of it. It does not fail a
# composition, and writes what it did to standard error. Files with hard links outside the tree, such as the objects of a
# repository, stay as they are.
program=${FRESHPYC_PROGRAM:-@program@}
root=${1:-/}
[ $# = 0 ] || shift
command -v "$program" >/dev/null || exit 0
work=$(mktemp -d) || exit 0
"$program" repair --root "$root" --index "$work" --to unchecked-hash "$@" </dev/null >&2
"$program" refresh -q --root "$root" --seal "$@" </dev/null >/dev/null
rm -rf "$work"
exit 0
