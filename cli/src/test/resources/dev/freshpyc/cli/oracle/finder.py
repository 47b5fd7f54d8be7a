"""Prints which file an import of each name finds, or - for none.

suffixes .: prints the suffixes of extension modules.
find PATH NAME...: prints one line for each name, which may be dotted; PATH is one directory, or several with colons.
meta PATH NAME...: the same with PATH before sys.path; prints built-in or frozen for a module of the interpreter itself.
pack DIR: makes the archive DIR.zip of the modules in DIR; beside a source, its bytecode is one that no version loads.
own PATH: prints names of modules that the interpreter has built in or frozen.
frozen PATH: prints the directory of the standard library, and the files in it whose modules are frozen, without suffix.
"""
from __future__ import print_function

import os
import struct
import sys
import zipfile

try:
    from importlib.machinery import EXTENSION_SUFFIXES, PathFinder
except ImportError:
    PathFinder = None
    import imp


def old(name, path):
    try:
        for part in name.split("."):
            file = imp.find_module(part, path)[1]
            path = [file] if os.path.isdir(file) else []
        return imp.find_module("__init__", path)[1] if path else file
    except ImportError:
        return None


def found(name, path):
    if PathFinder is None:
        return old(name, path)
    parts = name.split(".")
    for count in range(1, len(parts) + 1):
        full = ".".join(parts[:count])
        spec = PathFinder.find_spec(full, path)
        if spec is None:
            return None
        locations = spec.submodule_search_locations or []
        path = list(getattr(locations, "_path", locations))
        sys.modules[full] = type(sys)(full)  # a namespace package asks its parent for the path
        sys.modules[full].__path__ = path
    if spec.origin == "<unknown>":  # of an archive, before 3.8
        return spec.loader.get_filename(full)
    return spec.loader and spec.origin


def own():
    names = list(sys.builtin_module_names)
    if (3, 8) <= sys.version_info < (3, 11) and sys.implementation.name == "cpython":
        names.append("zipimport")
    return names + getattr(sys.modules.get("_imp"), "_frozen_module_names", list)()


def frozen():
    import _imp
    import sysconfig

    library = sysconfig.get_path("stdlib")
    files = [library]
    for name in _imp._frozen_module_names():
        _, package, origin = _imp.find_frozen(name)
        file = name.replace(".", "/") + "/__init__" if package else (origin or name).replace(".", "/")
        if os.path.exists(os.path.join(library, file + ".py")):
            files.append(file)
    return files


def meta(name, path):
    if PathFinder is None:
        imp_path, kind = imp.find_module(name)[1], imp.find_module(name)[2][2]
        return {imp.C_BUILTIN: "built-in", imp.PY_FROZEN: "frozen"}.get(kind, imp_path)
    specs = (finder.find_spec(name, None) for finder in sys.meta_path)
    return next(spec for spec in specs if spec).origin


def pack(directory):
    import importlib.util
    import marshal

    code = importlib.util.MAGIC_NUMBER.ljust(struct.calcsize("<4I") if sys.version_info >= (3, 7) else 12, b"\0")
    code += marshal.dumps(compile("", "module", "exec"))
    with zipfile.ZipFile(directory + ".zip", "w") as archive:
        for where, directories, files in sorted(os.walk(directory)):
            inside = os.path.relpath(where, directory)
            if inside.endswith("__pycache__"):
                continue
            if inside != "." and sys.version_info < (3, 14):  # later versions need no entry of a directory
                archive.write(where, inside + "/")
            for file in sorted(files):
                name = os.path.normpath(os.path.join(inside, file))
                if file.endswith(".py"):
                    archive.write(os.path.join(where, file), name)
                    archive.writestr(name + "c", b"magic" * 4)
                else:
                    archive.writestr(name, code)


def main(mode, path, *names):
    if mode == "pack":
        pack(path)
        return
    if mode == "frozen":
        print("\n".join(frozen()))
        return
    if mode == "own":
        print("\n".join(own()))
        return
    if mode == "suffixes":
        suffixes = [s for s, _, kind in imp.get_suffixes() if kind == 3] if PathFinder is None else EXTENSION_SUFFIXES
        print("\n".join(suffixes))
        return
    path = path.split(":")
    if mode == "meta":
        sys.path[:0] = path
        sys.path_importer_cache.clear()
        print("\n".join(name if "." in name else meta(name, path) for name in names))
        return
    for name in names:
        file = found(name, path)
        print(os.path.relpath(file, path[0]) if file and file != "namespace" else "-")


main(*sys.argv[1:])
