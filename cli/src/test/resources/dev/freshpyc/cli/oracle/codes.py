"""Compiles modules and shows which code an interpreter (3.6 and later) would run.

codes.py compile LIST          compiles the files in LIST (lines "source<TAB>pyc<TAB>level<TAB>kind of header")
codes.py compileall ROOT LEVEL...   runs compileall -f for each level
codes.py load ROOT...          loads every module like an import, without running it, and prints
                               "number of ROOT<TAB>module<TAB>how<TAB>code": "loaded" or "compiled" with a digest of the code, or
                               "failed" with the exception; writes no files
"""
import compileall
import hashlib
import os
import py_compile
import sys
import types
from importlib.machinery import FileFinder, SourceFileLoader, SourcelessFileLoader


def compile_files(list_file):
    with open(list_file) as lines:
        for line in lines.read().splitlines():
            source, pyc, level, kind = line.split("\t")
            mode = {} if kind == "timestamp" else {"invalidation_mode": py_compile.PycInvalidationMode[kind.upper()]}
            py_compile.compile(source, pyc, doraise=True, optimize=int(level), **mode)


def compile_all(root, *levels):
    for level in levels:
        compileall.compile_dir(root, force=True, quiet=2, optimize=int(level))


class Loader(SourceFileLoader):
    how = "loaded"

    def source_to_code(self, data, path, **options):
        self.how = "compiled"
        return super().source_to_code(data, path, **options)


class Sourceless(SourcelessFileLoader):
    how = "loaded"


def modules(root):
    for directory, subdirectories, names in os.walk(root):
        subdirectories[:] = sorted(set(subdirectories) - {"__pycache__"})
        for stem in sorted({os.path.splitext(name)[0] for name in names if name.endswith((".py", ".pyc"))}):
            yield directory, stem


def facts(value):
    if isinstance(value, types.CodeType):
        fields = [(name, getattr(value, name)) for name in dir(value) if name.startswith("co_") and name != "co_lnotab"]
        named = [(name, field) for name, field in fields if not callable(field) and name != "co_filename"]
        lines = list(value.co_lines()) if hasattr(value, "co_lines") else list(value.co_lnotab)
        return [("file", os.path.basename(value.co_filename)), ("lines", lines)] + [
            (name, facts(field)) for name, field in named]
    if isinstance(value, tuple):
        return ["tuple"] + [facts(one) for one in value]
    if isinstance(value, frozenset):
        return ["frozenset"] + sorted(repr(facts(one)) for one in value)
    return type(value).__name__ + " " + repr(value)


def load(*roots):
    for number, root in enumerate(roots):
        for directory, stem in modules(root):
            loader = FileFinder(directory, (Loader, [".py"]), (Sourceless, [".pyc"])).find_spec(stem).loader
            try:
                code = loader.get_code(stem)
                how, what = loader.how, hashlib.sha256(repr(facts(code)).encode()).hexdigest()[:16]
            except Exception as failure:
                how, what = "failed", type(failure).__name__
            name = os.path.join(os.path.relpath(directory, root), stem)
            print("\t".join(("%d" % number, os.path.normpath(name), how, what)))


sys.dont_write_bytecode = True
{"compile": compile_files, "compileall": compile_all, "load": load}[sys.argv[1]](*sys.argv[2:])
