#!/bin/sh
# Brings the index up to date after rpm has changed Python libraries. The plugins of dnf for actions run this script; for another
# root, run it with FRESHPYC_ROOT=DIR.
#
# Nobody tells which files changed. So the script keeps the sorted list of all Python files that packages own, each with the
# number and time of the package's entry in rpm's database: an upgrade or a new install gives other numbers. What is in only one
# of the old and the new list has changed. An install must not fail because of an index: the script always ends with 0 and writes
# errors to the log.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
root=${FRESHPYC_ROOT-}
program=${FRESHPYC_PROGRAM:-@program@}
state=$root/var/lib/freshpyc
log=$root/var/log/freshpyc.log
pattern='^[0-9.]* /usr/lib\(64\)\{0,1\}/python3.*\.py[co]\{0,1\}$'

[ -x "$program" ] && command -v rpm >/dev/null || exit 0
{ mkdir -p "$state" && : >"$state/rpm-paths.new"; } 2>/dev/null || exit 0
touch "$log" 2>/dev/null || log=/dev/null

set --
for entry in "$root"/usr/lib/python3*/site-packages "$root"/usr/lib64/python3*/site-packages \
  "$root"/usr/lib/python3.[0-9]* "$root"/usr/lib64/python3.[0-9]*; do
  [ ! -d "$entry" ] || set -- "$@" "${entry#"$root"}"
done

# In the locale C, Java could not express a root whose name is not ASCII.
refresh() {
  if [ -n "$root" ]; then
    LC_ALL=C.UTF-8 "$program" refresh -q --root "$root" --index "$root/var/cache/freshpyc" "$@"
  else
    LC_ALL=C.UTF-8 "$program" refresh -q "$@"
  fi
}

renew() {
  rpm ${root:+--root "$root"} -qa --qf '[%{=DBINSTANCE}.%{=INSTALLTIME} %{FILENAMES}\n]' |
    grep "$pattern" | sort >"$state/rpm-paths.new"
  if [ -f "$state/rpm-paths" ]; then
    comm -3 "$state/rpm-paths" "$state/rpm-paths.new" | sed 's/^[^/]*//' | sort -u >"$state/rpm-changed"
    [ ! -s "$state/rpm-changed" ] || refresh --changed-from "$state/rpm-changed" "$@"
  else
    refresh "$@"
  fi
}

{
  [ $# = 0 ] || { renew "$@" && mv "$state/rpm-paths.new" "$state/rpm-paths"; }
  rm -f "$state/rpm-changed" "$state/rpm-paths.new"
} >/dev/null 2>>"$log"
[ ! -f "$log" ] || [ -s "$log" ] || rm -f "$log"
exit 0
