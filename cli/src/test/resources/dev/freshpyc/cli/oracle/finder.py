"""Prints which file an import of each name finds in a directory, or - for none.

suffixes .: prints the suffixes of extension modules.
find DIRECTORY NAME...: prints one line for each name.
"""
from __future__ import print_function

import os
import sys

try:
    from importlib.machinery import EXTENSION_SUFFIXES, PathFinder
except ImportError:
    PathFinder = None
    import imp


def old(name, directory):
    try:
        path = imp.find_module(name, [directory])[1]
        return imp.find_module("__init__", [path])[1] if os.path.isdir(path) else path
    except ImportError:
        return None


def found(name, directory):
    if PathFinder is None:
        return old(name, directory)
    spec = PathFinder.find_spec(name, [directory])
    return spec and spec.loader and spec.origin


def main(mode, directory, *names):
    if mode == "suffixes":
        suffixes = [s for s, _, kind in imp.get_suffixes() if kind == 3] if PathFinder is None else EXTENSION_SUFFIXES
        print("\n".join(suffixes))
        return
    for name in names:
        path = found(name, directory)
        print(os.path.relpath(path, directory) if path and path != "namespace" else "-")


main(*sys.argv[1:])
