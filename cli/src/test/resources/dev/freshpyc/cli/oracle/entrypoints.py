"""Answers entry_points() for many paths in one process: by importlib.metadata, and by freshpyc's reader.

Arguments: a file with one path per line, its entries separated by tabs, and the directory with freshpyc_entry_points.py.
Prints two lines for each path: the entry points of importlib.metadata, or null where it raises an exception; and those of the
reader, or null where the cache does not answer.
"""
import email.message
import email.parser
import encodings.cp437
import encodings.idna
import json
import sys
import textwrap
import warnings
import zipfile
import zlib

import importlib.metadata as metadata

try:
    import importlib.metadata._adapters
    import email.header
except ImportError:
    pass

warnings.simplefilter('ignore')
if hasattr(metadata, '_collections'):
    import importlib.metadata._text
sys.path.insert(0, sys.argv[2])
import freshpyc_entry_points as reader

OLD = sys.version_info < (3, 10)


def field(dist, name):
    try:
        return dist.metadata[name]
    except Exception:
        return None


def ask():
    if OLD:
        pairs = [(point, dist) for dist in metadata.distributions() for point in dist.entry_points]
        pairs.sort(key=lambda pair: pair[0].group)
        flat = [point for group in metadata.entry_points().values() for point in group]
        assert flat == [point for point, dist in pairs]
        return pairs
    found = metadata.entry_points()
    if sys.version_info < (3, 12):
        found = [point for group in sorted(found.groups) for point in found.select(group=group)]
    return [(point, point.dist) for point in found]


def python():
    try:
        return [[point.group, point.name, point.value, field(dist, 'Name'), field(dist, 'Version')]
                for point, dist in ask()]
    except Exception:
        return None


def cached(group=None):
    try:
        found = reader._cached(group)
    except Exception:
        return None
    return [[point.group, point.name, point.value, point.dist.name, point.dist.version] for point in found]


def line(answer):
    keys = 'group', 'name', 'value', 'dist', 'version'
    return json.dumps(answer and [dict(zip(keys, one)) for one in answer], separators=(',', ':'))


own = sys.path[:]
lines = []
for layout in open(sys.argv[1], encoding='ascii'):
    sys.path[:] = layout.rstrip('\n').split('\t')
    whole = cached()
    if whole is not None:
        for group in {one[0] for one in whole}:
            assert cached(group) == [one for one in whole if one[0] == group], (group, cached(group), whole)
    lines += [line(python()), line(whole)]
sys.path[:] = own
print('\n'.join(lines))
