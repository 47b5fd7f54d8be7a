#!/bin/sh
# Brings the index up to date after dpkg has changed Python libraries. dpkg's trigger and apt's hook run this script.
#
# Neither tells which files changed. So the script keeps the sorted list of all Python files that packages own. A file in only one
# of the old and the new list was added or removed. A package whose own list is newer than the last run was unpacked since then.
# An install must not fail because of an index: the script always ends with 0 and writes errors to the log.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
root=${DPKG_ROOT-}
program=${FRESHPYC_PROGRAM:-@program@}
info=${DPKG_ADMINDIR:-$root/var/lib/dpkg}/info
state=$root/var/lib/freshpyc
log=$root/var/log/freshpyc.log
pattern='^/usr/lib/python3.*\.py[co]\{0,1\}$'

[ -x "$program" ] && [ -d "$info" ] || exit 0
{ mkdir -p "$state" && touch "$state/dpkg-time.new"; } 2>/dev/null || exit 0
touch "$log" 2>/dev/null || log=/dev/null

set --
for entry in "$root"/usr/lib/python3/dist-packages "$root"/usr/lib/python3.[0-9]*; do
  [ ! -d "$entry" ] || set -- "$@" "${entry#"$root"}"
done
[ $# -gt 0 ] || exit 0

# In the locale C, Java could not express a root whose name is not ASCII.
refresh() {
  if [ -n "$root" ]; then
    LC_ALL=C.UTF-8 "$program" refresh -q --root "$root" --index "$root/var/cache/freshpyc" "$@"
  else
    LC_ALL=C.UTF-8 "$program" refresh -q "$@"
  fi
}

{
  find "$info" -name '*.list' -exec grep -h "$pattern" {} + | sort >"$state/dpkg-paths.new"
  if [ -f "$state/dpkg-paths" ] && [ -f "$state/dpkg-time" ]; then
    {
      comm -23 "$state/dpkg-paths" "$state/dpkg-paths.new"
      comm -13 "$state/dpkg-paths" "$state/dpkg-paths.new"
      find "$info" -name '*.list' -newer "$state/dpkg-time" -exec grep -h "$pattern" {} +
    } | sort -u >"$state/dpkg-changed"
    if [ -s "$state/dpkg-changed" ]; then
      refresh --changed-from "$state/dpkg-changed" "$@"
    fi
  else
    refresh "$@"
  fi && mv "$state/dpkg-paths.new" "$state/dpkg-paths" && mv "$state/dpkg-time.new" "$state/dpkg-time"
  rm -f "$state/dpkg-changed" "$state/dpkg-paths.new" "$state/dpkg-time.new"
} >/dev/null 2>>"$log"
[ ! -f "$log" ] || [ -s "$log" ] || rm -f "$log"
exit 0
