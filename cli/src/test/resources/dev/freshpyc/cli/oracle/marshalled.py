"""Marshals the code of standard modules, each in several ways: marshalled.py OUT COUNT all|elsewhere|sets.

Writes two length-prefixed byte strings for each: "module way" and the body. Runs on Python 2.7 and 3.
"""
import io
import marshal
import os
import struct
import sys
import types

try:
    from importlib.util import MAGIC_NUMBER, cache_from_source
except ImportError:
    import imp
    MAGIC_NUMBER = imp.get_magic()

    def cache_from_source(source):
        return source + "c"

HEADER = 16 if sys.version_info >= (3, 7) else 12 if sys.version_info >= (3, 3) else 8


def sources():
    top = os.path.dirname(os.path.abspath(os.__file__))
    for directory, names, files in os.walk(top):
        names[:] = sorted(set(names) - {"site-packages", "dist-packages", "test", "tests", "lib2to3", "idlelib"})
        for name in sorted(files):
            if name.endswith(".py"):
                yield os.path.join(directory, name)


def installed(source):
    """The installed body, if its header matches the source."""
    try:
        with open(cache_from_source(source), "rb") as file:
            content = file.read()
    except (IOError, OSError):
        return None
    stat = os.stat(source)
    stamp = struct.pack("<I", int(stat.st_mtime) & 0xFFFFFFFF)
    if HEADER > 8:
        stamp += struct.pack("<I", stat.st_size & 0xFFFFFFFF)
    if content[:4] != MAGIC_NUMBER or content[HEADER - len(stamp):HEADER] != stamp or (HEADER == 16 and content[4:8] != b"\0\0\0\0"):
        return None
    return content[HEADER:]


SETS = """
def f(x):
    return (x in {1, 'a', None, 2.0, (1, 2)} or x in {True, 'b', 0.0, (None, 'x'), (0.5, ('c', b'd'))}
            or x in {3j, 2 ** 70, -0.5, 1e300, b'b', 'b', (1, (2.5, 'c'))} or x in {'long' * 5, 7, 7.5})
"""

FIELDS = ["argcount", "kwonlyargcount", "nlocals", "stacksize", "flags", "code", "consts", "names", "varnames",
          "filename", "name", "firstlineno", "lnotab", "freevars", "cellvars"]


def replace(old, **changes):
    if hasattr(old, "replace"):
        return old.replace(**{"co_" + field: value for field, value in changes.items()})
    fields = [field for field in FIELDS if hasattr(old, "co_" + field)]
    return types.CodeType(*[changes.get(field, getattr(old, "co_" + field)) for field in fields])


def innermost(code, change):
    """The code with a change in its last, innermost function; None if the change is not possible."""
    for index in reversed(range(len(code.co_consts))):
        if isinstance(code.co_consts[index], types.CodeType):
            changed = innermost(code.co_consts[index], change)
            if changed is not None:
                consts = code.co_consts[:index] + (changed,) + code.co_consts[index + 1:]
                return replace(code, consts=consts)
    return change(code)


def constant(code):
    for index, value in enumerate(code.co_consts):
        if type(value) in (int, float):
            return replace(code, consts=code.co_consts[:index] + (value + 1,) + code.co_consts[index + 1:])
        if type(value) is str:
            return replace(code, consts=code.co_consts[:index] + (value + "x",) + code.co_consts[index + 1:])
    return None


def retyped(code):
    for index, value in enumerate(code.co_consts):
        if type(value) is int:
            return replace(code, consts=code.co_consts[:index] + (float(value),) + code.co_consts[index + 1:])
    return None


def name(code):
    return replace(code, names=code.co_names[:-1] + (code.co_names[-1] + "x",)) if code.co_names else None


def line(code):
    return replace(code, firstlineno=code.co_firstlineno + 1)


def bytecode(code):
    changed = bytearray(code.co_code)
    changed[-1] ^= 1
    changed = replace(code, code=bytes(changed))
    return changed if changed.co_code != code.co_code else None  # the last byte may be an inline cache, which is cleared


def write(out, module, way, body):
    for part in ((module + " " + way).encode("utf-8"), body):
        out.write(struct.pack("<I", len(part)) + part)


def main(path, count, which):
    kept = []
    with io.open(path, "wb") as out:
        if which == "sets":
            write(out, "sets", "whole", marshal.dumps(compile(SETS, "sets.py", "exec", 0, 1)))
            write(out, "sets", "changed", marshal.dumps(compile(SETS.replace("0.0", "0"), "sets.py", "exec", 0, 1)))
            return
        for source in list(sources())[:count]:
            with open(source, "rb") as file:
                text = file.read()
            body = installed(source)
            file_name = marshal.loads(body).co_filename if body else source
            try:
                code = compile(text, file_name, "exec", 0, 1)
            except (SyntaxError, ValueError, TypeError):
                continue
            module = os.path.relpath(source, os.path.dirname(os.__file__)).replace(" ", "_")
            if which != "all":
                kept.append((code, code.co_names, code.co_consts, marshal.loads(marshal.dumps(code))))
                write(out, module, "elsewhere", marshal.dumps(code))
                continue
            if body:
                write(out, module, "installed", body)
            write(out, module, "compiled", marshal.dumps(code))
            write(out, module, "again", marshal.dumps(marshal.loads(marshal.dumps(code))))
            try:
                write(out, module, "old-format", marshal.dumps(code, 2))
            except ValueError:
                pass
            write(out, module, "moved", marshal.dumps(compile(text, "/else/where.py", "exec", 0, 1)))
            for change in (constant, retyped, name, line, bytecode):
                changed = innermost(code, change)
                if changed is not None:
                    write(out, module, "changed-" + change.__name__, marshal.dumps(changed))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
