"""Works with modules whose names are not ASCII, and some not UTF-8. Runs on Python 2.7 and 3, in a UTF-8 locale.

make ROOT: writes the modules and compiles them.
change ROOT: writes other sources.
unmake ROOT: removes the bytecode.
names ROOT: prints each bytecode file with the marshalled name of its source and its VALUE, both files in hexadecimal.
pack ROOT: moves the modules into an archive whose name is not UTF-8, each bytecode file beside its source, under ASCII names.
pack-cut ROOT: the same, with bytecode that has only the first bytes of the code.
members ROOT: prints each bytecode member of that archive and whether its code has the name that zipimport gives it.
"""
from __future__ import print_function

import binascii
import marshal
import os
import py_compile
import sys
import zipfile
import zipimport

ARCHIVE = b"lib\xe9.zip"
NAMES = [b"caf\xe9", b"\xff\xfe", b"caf\xc3\xa9", b"\xed\xb3\xa9", b"plain"]
HEADER = 16 if sys.version_info >= (3, 7) else 12 if sys.version_info >= (3, 3) else 8


def text(path):
    return path if str is bytes else os.fsdecode(path)


def marshalled(name):
    return name if isinstance(name, bytes) else name.encode("utf-8", "surrogatepass")


def write(root, value):
    for name in NAMES:
        path = os.path.join(root, name + b".py")
        with open(path, "wb") as source:
            source.write(b"def f():\n    return lambda: 1\nVALUE = '" + value + b"'\n")
        os.utime(path, (1600000000, 1600000000))


def pycs(root):
    for directory, _, names in os.walk(root):
        for name in sorted(names):
            if name.endswith(b".pyc"):
                yield os.path.join(directory, name)


def names(root):
    for path in sorted(pycs(root)):
        with open(path, "rb") as pyc:
            code = marshal.loads(pyc.read()[HEADER:])
        inner = [constant for constant in code.co_consts if isinstance(constant, type(code))]
        assert [one.co_filename for one in inner] == [code.co_filename], inner
        values = {}
        exec(code, values)
        print(binascii.hexlify(path).decode(), binascii.hexlify(marshalled(code.co_filename)).decode(), values["VALUE"])


def pack(root, end):
    with zipfile.ZipFile(text(os.path.join(root, ARCHIVE)), "w") as archive:
        for path in list(pycs(root)):
            name = os.path.basename(path).split(b".")[0]
            source = os.path.join(root, name + b".py")
            member = "m" + binascii.hexlify(name).decode()
            archive.write(text(source), member + ".py")
            info = zipfile.ZipInfo.from_file(text(path), member + ".pyc")
            with open(path, "rb") as pyc:
                archive.writestr(info, pyc.read()[:end])
            os.remove(source)
            os.remove(path)


def members(root):
    path = text(os.path.join(root, ARCHIVE))
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".pyc"):
                code = marshal.loads(archive.read(name)[HEADER:])
                named = zipimport.zipimporter(path).get_filename(name[:-4])
                print(name, code.co_filename == os.path.join(path, name[:-1]), os.path.dirname(named) == path)


def main(mode, root):
    if mode == "make":
        write(root, b"first")
        for name in NAMES:
            py_compile.compile(text(os.path.join(root, name + b".py")), doraise=True)
    elif mode == "change":
        write(root, b"second")
    elif mode == "unmake":
        for path in list(pycs(root)):
            os.remove(path)
    elif mode == "names":
        names(root)
    elif mode == "pack":
        pack(root, None)
    elif mode == "pack-cut":
        pack(root, HEADER + 4)
    elif mode == "members":
        members(root)


main(sys.argv[1], sys.argv[2].encode("ascii"))
