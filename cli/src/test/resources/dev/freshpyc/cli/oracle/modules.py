"""Compiles or imports all modules of a tree.

compile ROOT: compiles every source below ROOT.
import ROOT: imports every module and prints its VALUE, or the exception; writes no bytecode.
run ROOT: the same, and lets the interpreter write bytecode.
library .: prints the directory of the standard library.
"""
from __future__ import print_function

import os
import py_compile
import sys


def sources(root):
    for directory, subdirectories, names in os.walk(root):
        subdirectories.sort()
        for name in sorted(names):
            if name.endswith(".py"):
                yield os.path.join(directory, name)


def module(root, source):
    parts = os.path.relpath(source, root)[:-3].split(os.sep)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def main(mode, root):
    if mode == "library":
        print(os.path.dirname(os.__file__))
        return
    sys.path.insert(0, root)
    sys.dont_write_bytecode = mode == "import"
    for source in list(sources(root)):
        if mode == "compile":
            py_compile.compile(source, doraise=True)
        else:
            name = module(root, source)
            try:
                __import__(name)
                sys.stderr.flush()  # PyPy holds the end of a line of -v back
                print("VALUE", name, getattr(sys.modules[name], "VALUE", "-"))
            except Exception as failed:
                print("FAILED", name, type(failed).__name__)


main(sys.argv[1], sys.argv[2])
