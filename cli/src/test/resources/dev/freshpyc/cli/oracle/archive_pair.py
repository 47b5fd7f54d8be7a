"""Archives with one source and its bytecode.

make ARCHIVE LEVEL KIND: the code is that of an optimization level. KIND is right (with matching times), late (with another mtime),
    wrong (late, and the code is another source's), impostor (the same with matching times), hash (with the source's hash), unchecked (the same, and
    the interpreter must not check it) or sealed (the same, and the code is another source's)
loads ARCHIVE: whether this interpreter loads the bytecode
copy ARCHIVE COPY: a copy whose members have the same contents and another time
unpack ARCHIVE DIRECTORY: the same pair as files, the bytecode with the name of level 0, and another time
"""
import importlib.util
import marshal
import os
import struct
import sys
import time
import zipfile
import zipimport

DATE = (2024, 5, 6, 7, 8, 10)
SECONDS = int(time.mktime(DATE + (0, 0, -1)))
SOURCE = b"def answer():\n    'a text that -OO drops'\n    assert answer\n    return 42\n"


def make(archive, level, kind):
    source = SOURCE.replace(b"42", b"43") if kind in ("wrong", "impostor", "sealed") else SOURCE
    body = marshal.dumps(compile(source, "m.py", "exec", optimize=int(level)))
    mtime = SECONDS + (5000 if kind in ("late", "wrong") else 0)
    times = struct.pack("<III", 0, mtime, len(SOURCE))
    flags = {"hash": 3, "unchecked": 1, "sealed": 1}.get(kind, 0)
    head = struct.pack("<I", flags) + importlib.util.source_hash(SOURCE) if flags else times
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr(zipfile.ZipInfo("m.py", DATE), SOURCE)
        out.writestr(zipfile.ZipInfo("m.pyc", DATE), importlib.util.MAGIC_NUMBER + head + body)


def copy(archive, copied):
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(copied, "w") as out:
        for name in old.namelist():
            out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name))


def unpack(archive, directory):
    with zipfile.ZipFile(archive) as old:
        cached = importlib.util.cache_from_source(os.path.join(directory, "m.py"), optimization="")
        os.mkdir(os.path.dirname(cached))
        with open(os.path.join(directory, "m.py"), "wb") as out:
            out.write(old.read("m.py"))
        with open(cached, "wb") as out:
            out.write(old.read("m.pyc")[:4] + bytes(12) + old.read("m.pyc")[16:])


def loads(archive):
    print(zipimport.zipimporter(archive).get_code("m").co_filename == "m.py")


{"make": make, "copy": copy, "unpack": unpack, "loads": loads}[sys.argv[1]](*sys.argv[2:])
