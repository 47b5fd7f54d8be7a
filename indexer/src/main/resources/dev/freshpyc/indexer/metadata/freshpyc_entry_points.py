# freshpyc entry point reader 1
"""Entry points of installed distributions, from freshpyc's cache.

    from freshpyc_entry_points import entry_points
    for plugin in entry_points(group='my_program.plugins'):
        plugin.load()

Answers as importlib.metadata.entry_points() does, without importing it, as long as freshpyc's cache is true: every path
entry is compared by one stat. Otherwise importlib.metadata answers. Nothing is ever written.
"""
import os
import sys

__all__ = ['entry_points', 'EntryPoint', 'EntryPoints']

_HEAD = b'freshpyc-entry-points 1\n'
_KEY = 0x66707931
_MASK = 0xffffffffffffffff
_MAX_SIZE = 128 << 20
_SETTLED = 2_000_000_000
_BROKEN, _UNCHECKED, _SAME = 1, 2, 4
_SUFFIXES = ('.dist-info', '.egg-info')
_KEPT_ANSWERS = 64

_NAMES = b'-' * 46 + b'.-0123456789-------ABCDEFGHIJKLMNOPQRSTUVWXYZ----_-abcdefghijklmnopqrstuvwxyz' + b'-' * 133
_VERSION = sys.version_info[:2]
_CONFIG = (3, 8) <= _VERSION < (3, 10)
_SORTED = (3, 8) <= _VERSION < (3, 12)
_CHECKED = _VERSION >= (3, 15)

_files = {}
_answers = {}
_answered = None


class Distribution:
    """The distribution of an entry point. Whatever else importlib.metadata knows of it is looked up there."""

    def __init__(self, name, version):
        self.name = name
        self.version = version

    def __getattr__(self, attribute):
        if attribute.startswith('__') or self.__dict__.get('name') is None:
            raise AttributeError(attribute)
        return getattr(_metadata().distribution(self.name), attribute)

    def __repr__(self):
        return 'Distribution(%r, %r)' % (self.name, self.version)


class EntryPoint:
    """An entry point, as importlib.metadata.EntryPoint."""

    __slots__ = ('name', 'value', 'group', '_dist')

    def __init__(self, name, value, group, dist=None):
        self.name = name
        self.value = value
        self.group = group
        self._dist = dist

    @property
    def dist(self):
        if isinstance(self._dist, tuple):
            self._dist = self._dist[0].distribution(self._dist[1])
        return self._dist

    @property
    def module(self):
        return self._parts()[0]

    @property
    def attr(self):
        return self._parts()[1]

    @property
    def extras(self):
        return self._parts()[2]

    def load(self):
        module, attr, _ = self._parts()
        __import__(module)
        found = sys.modules[module]
        for name in filter(None, (attr or '').split('.')):
            found = getattr(found, name)
        return found

    def matches(self, **params):
        return all(getattr(self, param) == wanted for param, wanted in params.items())

    def _parts(self):
        module, colon, attr = self.value.partition(':')
        if _is_dotted(module) and (not colon or _is_dotted(attr)):
            return module, attr if colon else None, []
        import re
        match = re.match(
            r'(?P<module>[\w.]+)\s*(:\s*(?P<attr>[\w.]+)\s*)?((?P<extras>\[.*\])\s*)?$', self.value)
        if match is None:
            raise ValueError('not an object reference: %r' % (self.value,))
        return match.group('module'), match.group('attr'), re.findall(r'\w+', match.group('extras') or '')

    def _key(self):
        return self.name, self.value, self.group

    def __eq__(self, other):
        return isinstance(other, EntryPoint) and self._key() == other._key()

    def __lt__(self, other):
        return self._key() < other._key()

    def __hash__(self):
        return hash(self._key())

    def __repr__(self):
        return 'EntryPoint(name=%r, value=%r, group=%r)' % self._key()


class EntryPoints(tuple):
    """Entry points in order, selectable as importlib.metadata.EntryPoints."""

    __slots__ = ()

    def __getitem__(self, name):
        if not isinstance(name, str):
            return tuple.__getitem__(self, name)
        for found in self:
            if found.name == name:
                return found
        raise KeyError(name)

    def select(self, **params):
        return EntryPoints(found for found in self if found.matches(**params))

    @property
    def names(self):
        return {found.name for found in self}

    @property
    def groups(self):
        return {found.group for found in self}


def entry_points(**params):
    """The entry points of all distributions on sys.path that match, usually by group or name, in importlib's order."""
    group = params.get('group')
    try:
        found = _cached(group)
    except Exception:
        found = _uncached(group)
    params.pop('group', None)
    return found.select(**params) if params else found


def _cached(group):
    global _answered
    if group is not None and not isinstance(group, str):
        raise LookupError
    if not _only_path_finder():
        raise LookupError
    places = {}
    files = [file for file in [_file(entry, places) for entry in sys.path] if file is not None]
    if files != _answered:
        _answers.clear()
        _answered = files
    found = _answers.get(group)
    if found is None:
        if len(_answers) >= _KEPT_ANSWERS:
            _answers.clear()
        found = _answers[group] = EntryPoints(_select(files, group))
    return found


def _only_path_finder():
    """Whether no other finder, such as that of a backport, finds distributions."""
    path_finder = sys.modules['_frozen_importlib_external'].PathFinder
    for finder in sys.meta_path:
        if finder is not path_finder and getattr(finder, 'find_distributions', None) is not None:
            return False
    return path_finder in sys.meta_path


def _select(files, group):
    """The entry points of a group, or all, of distributions that none of the same name precedes on the path."""
    found = []
    seen = set()
    for file in files:
        keys = None if _CONFIG or len(files) == 1 else file.keys()
        found += [EntryPoint(name, value, own, (file, position))
                  for number, position, name, value, own in file.records(group)
                  if not seen or keys is None or keys[position] not in seen]
        if keys is not None:
            seen.update(keys)
    if _SORTED and group is None:
        found.sort(key=lambda one: one.group)
    return found


class _File:
    """The cache file of one path entry."""

    def __init__(self, entry, data):
        end = data.index(b'\n', len(_HEAD))
        if not data.startswith(_HEAD):
            raise LookupError
        body = data[end + 1:]
        checksum = sys.modules['_imp'].source_hash(_KEY, body).hex().encode()
        if checksum not in data[len(_HEAD):end].split(b' '):
            raise LookupError
        end = body.index(b'\n')
        fields = body[:end].split(b' ')
        self.stamp = (fields[0] == b'd',) + tuple(map(int, fields[1:5]))
        start = end + 1 + int(fields[5])
        if body[end + 1:start] != entry:
            raise LookupError
        lists = [int(field) for field in fields[6:16]]
        if _CONFIG and lists[5] != _SAME:
            start += sum(lists[1:5])
            lists = lists[5:]
        if lists[0] & (_BROKEN | (_UNCHECKED if _CHECKED else 0)):
            raise LookupError
        sections = []
        for length in lists[1:5]:
            sections.append(body[start:start + length])
            start += length
        self._keys, self._rows, groups, self._records = sections
        groups = _fields(groups)
        self._groups = dict(zip(groups[0::3], zip(groups[1::3], groups[2::3])))

    def keys(self):
        if isinstance(self._keys, bytes):
            self._keys = _fields(self._keys)
        return self._keys

    def records(self, group):
        if group is not None:
            return self._group(group)
        return sorted(record for group in self._groups for record in self._group(group))

    def _group(self, group):
        if group not in self._groups:
            return []
        start, length = map(int, self._groups[group])
        fields = _fields(self._records[start:start + length])
        return [(int(number), int(position), name, value, group)
                for number, position, name, value in zip(*[iter(fields)] * 4)]

    def distribution(self, position):
        if isinstance(self._rows, bytes):
            self._rows = _fields(self._rows)
        name, version = self._rows[5 * position + 2:5 * position + 4]
        return Distribution(name[1:] if name else None, version[1:] if version else None)


def _fields(section):
    return section.decode('utf-8', 'surrogateescape').split('\0') if section else []


def _file(entry, places):
    """The cache file of a path entry; None for an entry without metadata. The directories of the cache are looked at once."""
    if not isinstance(entry, str):
        raise LookupError
    try:
        found = os.stat(entry or '.')
    except OSError:
        return None
    directory = found.st_mode & 0o170000 == 0o040000
    stamp = (directory, found.st_ino, 0 if directory else found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    known = _files.get(entry)
    if known is None or known[0] != stamp or not entry.startswith('/'):
        known = _files[entry] = _load(entry, stamp, places)
    return known[1]


def _load(entry, stamp, places):
    """The stamp and the cache file of a path entry; no stamp where an equal one would not mean an equal entry."""
    raw = os.fsencode(entry)
    if not entry.startswith('/'):
        raw = os.fsencode(os.getcwd()) + (b'/' + raw if raw else b'')
    name = _name(raw)
    for place in places or _trusted(places):
        data = _read(place, name)
        if data is not None:
            file = _File(raw, data)
            if file.stamp == stamp:
                return stamp, file
    if stamp[0] and not _has_metadata(entry):
        settled = 'time' in sys.modules and abs(sys.modules['time'].time() * 1e9 - max(stamp[3:])) > _SETTLED
        return stamp if settled else None, None
    raise LookupError


def _has_metadata(entry):
    egg = entry.lower().endswith('.egg')
    for name in os.listdir(entry or '.'):
        low = name.lower()
        if low.endswith(_SUFFIXES) or egg and low == 'egg-info':
            return True
    return False


def _name(raw):
    """The name of the cache file: the end of the path, and FNV-1a of the whole path with its bits mixed once more."""
    mixed = 0xcbf29ce484222325
    for byte in raw:
        mixed = (mixed ^ byte) * 0x100000001b3 & _MASK
    mixed = (mixed ^ mixed >> 33) * 0xff51afd7ed558ccd & _MASK
    mixed ^= mixed >> 33
    end = raw[-48:].translate(_NAMES).decode()
    return '%s-%016x.entrypoints' % (end.lstrip('-.') or 'root', mixed)


def _places():
    """The directories of the cache: the named one, or the user's own and then root's."""
    named = os.environ.get('FRESHPYC_INDEX')
    if named:
        return [named]
    places = ['/var/cache/freshpyc']
    if os.geteuid():
        cache = os.environ.get('XDG_CACHE_HOME', '')
        if not cache.startswith('/'):
            cache = os.environ.get('HOME', '') + '/.cache'
        places.insert(0, cache + '/freshpyc')
    return places


def _trusted(places):
    """Adds the directories of the cache that nobody but root and this user may write to."""
    for place in _places():
        try:
            if _is_trusted(os.stat(place)):
                places[place] = True
        except OSError:
            pass
    return places


def _read(place, name):
    """The bytes of a cache file that nobody but root and this user may write to; None where there is none."""
    try:
        fd = os.open(place + '/' + name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        found = os.fstat(fd)
        if found.st_mode & 0o170000 != 0o100000 or found.st_size > _MAX_SIZE or not _is_trusted(found):
            return None
        return os.read(fd, found.st_size)
    finally:
        os.close(fd)


def _is_trusted(found):
    return found.st_uid in (0, os.geteuid()) and not found.st_mode & 0o022


def _is_dotted(text):
    return text.replace('.', '_').replace('_', 'a').isalnum()


def _metadata():
    try:
        from importlib import metadata
    except ImportError:
        import importlib_metadata as metadata
    return metadata


def _uncached(group):
    """The answer of importlib.metadata."""
    try:
        metadata = _metadata()
    except ImportError:
        return EntryPoints()
    if _CONFIG:
        pairs = [(one, dist) for dist in metadata.distributions() for one in dist.entry_points]
        pairs.sort(key=lambda pair: pair[0].group)
    elif group is not None:
        pairs = [(one, one.dist) for one in metadata.entry_points(group=group)]
    else:
        found = metadata.entry_points()
        if _SORTED:
            found = [one for own in sorted(found.groups) for one in found.select(group=own)]
        pairs = [(one, one.dist) for one in found]
    return EntryPoints(EntryPoint(one.name, one.value, one.group, _named(dist))
                       for one, dist in pairs if group is None or one.group == group)


def _named(dist):
    return Distribution(dist.metadata['Name'], dist.version) if _CONFIG else dist
