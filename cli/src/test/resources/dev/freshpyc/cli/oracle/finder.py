"""Prints which file an import of each name finds, or - for none.

suffixes .: prints the suffixes of extension modules.
find PATH NAME...: prints one line for each name, which may be dotted; PATH is one directory, or several with colons.
"""
from __future__ import print_function

import os
import sys

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
        spec = PathFinder.find_spec(".".join(parts[:count]), path)
        if spec is None:
            return None
        path = list(spec.submodule_search_locations or [])
    return spec.loader and spec.origin


def main(mode, path, *names):
    if mode == "suffixes":
        suffixes = [s for s, _, kind in imp.get_suffixes() if kind == 3] if PathFinder is None else EXTENSION_SUFFIXES
        print("\n".join(suffixes))
        return
    path = path.split(":")
    for name in names:
        file = found(name, path)
        print(os.path.relpath(file, path[0]) if file and file != "namespace" else "-")


main(*sys.argv[1:])
