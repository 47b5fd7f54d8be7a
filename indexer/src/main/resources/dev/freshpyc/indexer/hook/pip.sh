#!/bin/sh
# Written by 'freshpyc hook install pip'; 'freshpyc hook remove pip' removes it and restores pip's own script.
#
# Runs pip, and after an install or uninstall brings the index up to date: with the files of each RECORD that was added, changed or
# removed since the last run. Ends with pip's exit code; errors go to freshpyc.log in the environment and never fail pip.
"$0.before-freshpyc" "$@"
code=$?
case " $* " in
  *" install "* | *" uninstall "*) ;;
  *) exit $code ;;
esac
bin=${0%/*}
environment=$bin/..
program=${FRESHPYC_PROGRAM:-@program@}
command -v "$program" >/dev/null || exit $code
if [ ! -e "$0" ] || ! grep -q 'freshpyc hook install pip' "$0"; then
  "$program" hook install pip --venv "$environment" >/dev/null 2>&1 # pip has upgraded itself
fi
log=$environment/freshpyc.log
touch "$log" 2>/dev/null || log=/dev/null
python=$bin/python
[ -x "$python" ] || python=$bin/python3
"$python" -I - "$program" "$environment" >/dev/null 2>>"$log" <<'EOF'
import csv, json, os, site, subprocess, sys, sysconfig, tempfile

program, environment = sys.argv[1:]
state = os.path.join(environment, 'freshpyc-pip.json')


def sites():
    found = [site.getusersitepackages()] if sys.prefix == sys.base_prefix else []
    return [path for path in dict.fromkeys(site.getsitepackages() + found) if os.path.isdir(path)]


def records():
    """The RECORDs by path, each with what its inode says."""
    for directory in sites():
        for name in os.listdir(directory):
            record = os.path.join(directory, name, 'RECORD')
            if name.endswith('.dist-info') and os.path.isfile(record):
                stat = os.stat(record)
                yield record, [stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]


def files(record):
    directory = os.path.dirname(os.path.dirname(record))
    with open(record, encoding='utf-8', errors='surrogateescape', newline='') as lines:
        names = [row[0] for row in csv.reader(lines) if row]
    return [os.path.normpath(os.path.join(directory, name)) for name in names if name.endswith(('.py', '.pyc', '.pth'))]


def refresh(*words):
    """Of the site directories and what their path files add; pip changes nothing in the standard library."""
    library = [sysconfig.get_path('stdlib'), sysconfig.get_path('platstdlib')]
    library += [os.path.join(path, 'lib-dynload') for path in library]
    entries = [path for path in dict.fromkeys(sites() + sys.path) if os.path.isdir(path) and path not in library]
    return subprocess.call([program, 'refresh', '-q', *words, '--', *entries], stdin=subprocess.DEVNULL) == 0


try:
    with open(state) as kept:
        before = json.load(kept)
except (OSError, ValueError):
    before = None
known = before or {}
now = {}
changed = set()
for record, stamp in records():
    same = record in known and known[record][0] == stamp
    now[record] = known[record] if same else [stamp, files(record)]
    if not same:
        changed.update(now[record][1], known.get(record, [0, []])[1])
for record in known.keys() - now.keys():
    changed.update(known[record][1])

done = True
if before is None or any(path.endswith('.pth') for path in changed):
    done = refresh()  # sys.path may have changed
elif changed:
    with tempfile.NamedTemporaryFile() as listed:
        listed.write(b'\0'.join(os.fsencode(path) for path in sorted(changed)))
        listed.flush()
        done = refresh('-0', '--changed-from', listed.name)
if done and now != before:
    pending = state + '.new'
    with open(pending, 'w') as out:
        json.dump(now, out)
    os.replace(pending, state)
EOF
[ ! -f "$log" ] || [ -s "$log" ] || rm -f "$log"
exit $code
