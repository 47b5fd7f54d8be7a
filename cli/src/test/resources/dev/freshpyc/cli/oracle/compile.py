"""Compiles a source as py_compile does and prints the path of the bytecode.

compile.py SOURCE MODE    MODE: a name in PycInvalidationMode; not used before 3.7
"""
from __future__ import print_function

import py_compile
import sys

source, mode = sys.argv[1:]
modes = getattr(py_compile, 'PycInvalidationMode', None)
options = {'invalidation_mode': modes[mode]} if modes and mode else {}
print(py_compile.compile(source, doraise=True, **options) or source + 'c')
