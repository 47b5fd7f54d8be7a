#!/bin/sh
# Written by 'freshpyc hook install pip'; 'freshpyc hook remove pip' removes it and restores pip's own script.
#
# Runs pip, and after an install or uninstall brings the index up to date: with the files of each RECORD that was added, changed or
# removed since the last run. Ends with pip's exit code; errors go to freshpyc.log in the environment and never fail pip.
script=$0
[ ! -L "$script" ] || script=$(readlink -f -- "$script")
kept=$script.before-freshpyc

# The interpreter of pip's script, and an option, from the first line; from the second line where a shell starts an interpreter whose
# path is long or has spaces.
interpreter='' option=''
{ IFS= read -r first && IFS= read -r second; } 2>/dev/null <"$kept"
case $first in
  '#!/bin/sh')
    interpreter=${second#"'''exec' "}
    interpreter=${interpreter%' "$0" "$@"'}
    interpreter=${interpreter#'"'}
    interpreter=${interpreter%'"'}
    ;;
  '#!'*python* | '#!'*pypy*)
    first=${first#'#!'}
    interpreter=${first%% *}
    option=${first#"$interpreter"}
    option=${option# }
    ;;
esac
[ -x "$interpreter" ] || interpreter=

# pip takes its name from its script. So its interpreter runs the script as the one that the user has called.
case ${interpreter##*/} in
  *python* | *pypy* | env)
    "$interpreter" ${option:+"$option"} -c 'import sys
kept = sys.argv[1]
del sys.argv[:2]
if sys.path[:1] == [""]:
    sys.path[0] = kept.rpartition("/")[0]
exec(compile(open(kept, "rb").read(), kept, "exec"))' "$kept" "$0" "$@"
    ;;
  *) "$kept" "$@" ;;
esac
code=$?
case " $* " in
  *" install "* | *" uninstall "*) ;;
  *) exit $code ;;
esac
bin=${script%/*}
environment=$bin/..
program=${FRESHPYC_PROGRAM:-@program@}
command -v "$program" >/dev/null || exit $code
if [ ! -e "$script" ] || ! grep -q 'freshpyc hook install pip' "$script"; then
  "$program" hook install pip --venv "$environment" >/dev/null 2>&1 # pip has upgraded itself
fi
log=$environment/freshpyc.log
touch "$log" 2>/dev/null || log=/dev/null
python=$bin/python
[ -x "$python" ] || python=$bin/python3
"$python" -I - "$program" "$environment" >/dev/null 2>>"$log" <<'EOF'
import csv, json, os, site, sys, sysconfig

program, environment = sys.argv[1:]
# One line for each RECORD at the last run: its path and its stat values, a tab, and the files that it listed.
state = os.path.join(environment, 'freshpyc-pip.records')


def sites():
    found = [site.getusersitepackages()] if sys.prefix == sys.base_prefix else []
    return [path for path in dict.fromkeys(site.getsitepackages() + found) if os.path.isdir(path)]


def records():
    """Each RECORD with the beginning of its line, which depends on its present stat values."""
    for directory in sites():
        for name in os.listdir(directory):
            record = os.path.join(directory, name, 'RECORD')
            if name.endswith('.dist-info') and os.path.isfile(record):
                stat = os.stat(record)
                yield record, json.dumps([record, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns])


def files(record):
    directory = os.path.dirname(os.path.dirname(record))
    with open(record, encoding='utf-8', errors='surrogateescape', newline='') as rows:
        names = [row[0] for row in csv.reader(rows) if row]
    return [os.path.normpath(os.path.join(directory, name)) for name in names if name.endswith(('.py', '.pyc', '.pth'))]


def lines(known):
    """The rest of each line by its beginning. The files of an unchanged RECORD are not parsed, since pip changes few."""
    return {start: known.get(start) or json.dumps(files(record)) for record, start in records()}


def refresh(*words):
    """Of the site directories and what their path files add; pip changes nothing in the standard library."""
    library = [sysconfig.get_path('stdlib'), sysconfig.get_path('platstdlib')]
    library += [os.path.join(path, 'lib-dynload') for path in library]
    entries = [path for path in dict.fromkeys(sites() + sys.path) if os.path.isdir(path) and path not in library]
    return os.spawnvp(os.P_WAIT, program, [program, 'refresh', '-q', *words, '--', *entries]) == 0


try:
    with open(state) as kept:
        before = dict(line.rstrip('\n').split('\t') for line in kept)
except (OSError, ValueError):
    before = None
known = before or {}
now = lines(known)
try:
    changed = {path for start in known.keys() ^ now.keys() for path in json.loads(known.get(start) or now[start])}
except ValueError:  # a damaged line
    before, now, changed = None, lines({}), set()

done = True
if before is None or any(path.endswith('.pth') for path in changed):
    done = refresh()  # sys.path may have changed
elif changed:
    listed = state + '.changed'
    with open(listed, 'wb') as out:
        out.write(b'\0'.join(os.fsencode(path) for path in sorted(changed)))
    done = refresh('-0', '--changed-from', listed)
    os.remove(listed)
if done and now != before:
    pending = state + '.new'
    with open(pending, 'w') as out:
        out.writelines(f'{start}\t{names}\n' for start, names in now.items())
    os.replace(pending, state)
EOF
[ ! -f "$log" ] || [ -s "$log" ] || rm -f "$log"
exit $code
