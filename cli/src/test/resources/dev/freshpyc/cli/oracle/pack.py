"""Packs and unpacks trees with the standard library: pack.py HOW FROM TO.

zip, pax, gnu, ustar: packs the tree FROM into the archive TO.
layer: the same as container engines do, which cut times to whole seconds.
extractall, untar: unpacks the archive FROM into the directory TO.
unlayer: the same as container engines do, which set times before 1970 to 0.
"""
import os
import sys
import tarfile
import zipfile


def members(tree):
    for directory, _, names in sorted(os.walk(tree)):
        for name in sorted(names):
            file = os.path.join(directory, name)
            yield file, os.path.relpath(file, tree)


def pack_zip(tree, archive):
    with zipfile.ZipFile(archive, "w", strict_timestamps=False) as out:
        for file, name in members(tree):
            out.write(file, name)


def pack_tar(tree, archive, form, whole=False):
    with tarfile.open(archive, "w", format=form) as out:
        for file, name in members(tree):
            info = out.gettarinfo(file, name)
            if whole:
                info.mtime = os.stat(file).st_mtime_ns // 10**9
            with open(file, "rb") as content:
                out.addfile(info, content)


def unpack_tar(archive, target):
    os.mkdir(target)
    with tarfile.open(archive) as packed:
        packed.extractall(target)


def unpack_layer(archive, target):
    unpack_tar(archive, target)
    for file, _ in members(target):
        if os.stat(file).st_mtime_ns < 0:
            os.utime(file, (0, 0))


def unpack_zip(archive, target):
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(target)


how, source, target = sys.argv[1:]
{
    "zip": pack_zip,
    "pax": lambda *a: pack_tar(*a, tarfile.PAX_FORMAT),
    "gnu": lambda *a: pack_tar(*a, tarfile.GNU_FORMAT),
    "ustar": lambda *a: pack_tar(*a, tarfile.USTAR_FORMAT),
    "layer": lambda *a: pack_tar(*a, tarfile.PAX_FORMAT, whole=True),
    "untar": unpack_tar,
    "unlayer": unpack_layer,
    "extractall": unpack_zip,
}[how](source, target)
