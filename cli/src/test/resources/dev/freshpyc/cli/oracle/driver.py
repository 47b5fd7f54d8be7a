"""Runs in the tested interpreter and reports what it does (CPython 2.7, 3.6 and later, PyPy, GraalPy).

  driver.py describe              key=value lines: the version of this interpreter, and the bytes from which tests make a module
  driver.py date TIMES            sets mtimes (lines "nanoseconds<TAB>file"), 3.x only
  driver.py import TREE MODULES   imports every module listed in MODULES (lines "name<TAB>its pyc") from TREE and prints
                                  "name<TAB>outcome<TAB>pyc": loaded, compiled, absent or the exception; kept or rewritten
"""
import binascii
import marshal
import os
import sys

# The source of each module. Shorter than CACHED: the interpreter compares the header, not the length of the code.
SOURCE = b"WHO = 'src'\n"

# The source of the cached code. It holds every kind of constant, so that a truncation can hit each kind.
CACHED = b"""
WHO = 'pyc'
SMALL, BIG, REAL, IMAGINARY = 42, 1 << 80, 2.5, 3j
BYTES, TEXT, LONG_TEXT = b'\\x00\\xff', u'gr\\xfc\\xdf', 'longer than a byte can count ' * 9
NESTED = (None, True, False, (1, (2, (3,))), WHO in {'a', 'b'}, Ellipsis)
def outer(first, second=1, *rest, **named):
    def inner(value):
        return first, value, [item for item in rest]
    return inner
class Kind(object):
    def method(self):
        try:
            return self
        finally:
            pass
"""


def text(data):
    return binascii.hexlify(data).decode('ascii')


def describe():
    facts = {
        'version': '.'.join(str(part) for part in sys.version_info[:3]) + sys.version_info[3][:1].replace('f', ''),
        'implementation': getattr(getattr(sys, 'implementation', None), 'name', 'cpython').lower(),
        'tag': getattr(getattr(sys, 'implementation', None), 'cache_tag', None) or '',
        'executable': os.path.realpath(sys.executable),
        'source': text(SOURCE),
        'code': text(marshal.dumps(compile(CACHED, 'cached.py', 'exec'))),
        'prefix': str(hasattr(sys, 'pycache_prefix')).lower(),
        'hash': '',
    }
    if sys.version_info[0] == 2:
        import imp
        facts['magic'] = text(imp.get_magic())
    else:
        import importlib.util
        facts['magic'] = text(importlib.util.MAGIC_NUMBER)
        if hasattr(importlib.util, 'source_hash'):
            facts['hash'] = text(importlib.util.source_hash(SOURCE))
    for key in sorted(facts):
        print(key + '=' + facts[key])


def content(path):
    try:
        with open(path, 'rb') as file:
            return file.read()
    except (IOError, OSError):
        return None


def is_absent(failure, name):
    return isinstance(failure, ImportError) and str(failure).replace("'", '') == 'No module named ' + name


def outcome(name):
    try:
        who = getattr(__import__(name), 'WHO', None)
    except BaseException as failure:
        return 'absent' if is_absent(failure, name) else type(failure).__name__
    return {'pyc': 'loaded', 'src': 'compiled', None: 'absent'}[who]  # None: a namespace package


def import_all(tree, modules):
    sys.path.insert(0, tree)
    with open(modules) as lines:
        for line in lines.read().splitlines():
            name, pyc = line.split('\t')
            before = content(pyc)
            seen = outcome(name)
            print('\t'.join((name, seen, 'kept' if content(pyc) == before else 'rewritten')))
            sys.modules.pop(name, None)


def date(times):
    with open(times) as lines:
        for line in lines:
            nanoseconds, file = line.rstrip('\n').split('\t')
            os.utime(file, ns=(int(nanoseconds),) * 2)


{'describe': describe, 'date': date, 'import': import_all}[sys.argv[1]](*sys.argv[2:])
