"""Imports modules of a directory and prints, for each name, loaded (its bytecode was run), compiled, or absent.

names.py DIRECTORY NAME...
"""
from __future__ import print_function

import sys


def outcome(name):
    try:
        return {'pyc': 'loaded', 'src': 'compiled'}[__import__(name).WHO]
    except ImportError:
        return 'absent'


sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
for name in sys.argv[2:]:
    print(outcome(name))
