"""Archives for Python 2.7, whose zipimport looks for .pyc and .pyo members.

make ARCHIVE MEMBER=STATE ... [compiled=TEXT]: the STATE of a source is the name of its text, that of bytecode: right (with the
    source's time), late (with another time), foreign (with another magic) or short (one byte). Bytecode has the code that this
    interpreter compiles from TEXT with its own option; TEXT is plain unless given.
loads ARCHIVE MODULE: the name of the member that an import takes, or the exception that it ends with
"""
import imp
import marshal
import struct
import sys
import time
import zipfile
import zipimport

DATE = (2024, 5, 6, 7, 8, 10)
SECONDS = int(time.mktime(DATE + (0, 0, -1)))
TEXTS = {"plain": "VALUE = 1\n", "more": "VALUE = 1\nMORE = 2\n",
         "documented": "def f():\n    'a text that -OO drops'\n    assert f\n\n\nVALUE = 1\n",
         "other": "def f():\n    'another text'\n    assert f\n\n\nVALUE = 2\n"}


def bytecode(source, text, state):
    if state == "short":
        return b"x"
    magic = b"abcd" if state == "foreign" else imp.get_magic()
    mtime = SECONDS + (5000 if state == "late" else 0)
    return magic + struct.pack("<I", mtime) + marshal.dumps(compile(text, source, "exec"))


def make(archive, *members):
    states = dict(member.split("=") for member in members)
    compiled = TEXTS[states.pop("compiled", "plain")]
    with zipfile.ZipFile(archive, "w") as out:
        for name in sorted(states):
            state = states[name]
            content = TEXTS[state] if name.endswith(".py") else bytecode(name[:-1], compiled, state)
            out.writestr(zipfile.ZipInfo(name, DATE), content)


def loads(archive, module):
    try:
        print(zipimport.zipimporter(archive).get_filename(module)[len(archive) + 1:])
    except Exception as fault:
        print(type(fault).__name__)


{"make": make, "loads": loads}[sys.argv[1]](*sys.argv[2:])
