"""Makes archives of every shape that zipfile can write, and checks what a repair made of them.

make DIRECTORY COUNT SEED: writes DIRECTORY/old/N.zip
check DIRECTORY: compares DIRECTORY/new/N.zip with them, imports every module, and prints a line for each fault
"""
import importlib.util
import io
import marshal
import os
import random
import struct
import sys
import time
import zipfile
import zipimport

DATE = (2024, 5, 6, 7, 8, 10)
SECONDS = int(time.mktime(DATE + (0, 0, -1)))


class Stream(io.RawIOBase):
    """A file that cannot seek: zipfile writes descriptors behind the data."""

    def __init__(self, file):
        self.file = file

    def writable(self):
        return True

    def write(self, data):
        return self.file.write(data)


def header(source, dice):
    kind = dice.choice(['right', 'mtime', 'size', 'checked', 'unchecked', 'damaged'])
    magic = importlib.util.MAGIC_NUMBER
    if kind in ('checked', 'unchecked', 'damaged'):
        digest = importlib.util.source_hash(source.encode() if kind != 'damaged' else b'other')
        return magic + struct.pack('<I', 3 if kind != 'unchecked' else 1) + digest
    mtime = SECONDS + (dice.choice([2, -2, 3600, -99999]) if kind == 'mtime' else dice.choice([-1, 0, 1]))
    size = len(source) + (7 if kind == 'size' else 0)
    return magic + struct.pack('<III', 0, mtime & 0xFFFFFFFF, size)


def make(path, dice):
    compression = dice.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    with open(path, 'wb') as raw:
        if dice.random() < 0.3:
            raw.write(b'#!/usr/bin/env python3\n')
        target = Stream(raw) if dice.random() < 0.3 else raw
        with zipfile.ZipFile(target, 'w') as archive:
            names = ['m%d' % i for i in range(dice.randrange(1, 6))]
            if dice.random() < 0.5:
                names += ['pkg/__init__', 'pkg/inner']
                archive.writestr(zipfile.ZipInfo('pkg/', DATE), b'')
            for name in names:
                source = 'NAME = %r\nVALUE = %r\n' % (name, [dice.random() for _ in range(dice.randrange(40))])
                head = header(source, dice)
                hashed = head[4] and head[8:] == importlib.util.source_hash(source.encode())
                wrong = not hashed and dice.random() < 0.3  # a right hash counts as a proof
                code = source.replace('VALUE', 'OTHER') if wrong else source
                body = marshal.dumps(compile(code, name + '.py', 'exec', optimize=dice.choice([0, 1, 2])))
                members = [(name + '.py', source.encode()), (name + '.pyc', head + body)]
                dice.shuffle(members)
                for member, data in members:
                    add(archive, member, data, compression if dice.random() < 0.8 else zipfile.ZIP_STORED, dice)
                if dice.random() < 0.3:
                    add(archive, name + '.txt', os.urandom(dice.randrange(300)), compression, dice)
            if dice.random() < 0.3:
                archive.comment = b'a comment'


def add(archive, name, data, compression, dice):
    info = zipfile.ZipInfo(name, DATE)
    info.compress_type = compression
    info.external_attr = 0o644 << 16
    if dice.random() < 0.2:
        info.extra = struct.pack('<HH4s', 0x4242, 4, b'abcd')
    if dice.random() < 0.2:
        info.comment = b'of a member'
    with archive.open(info, 'w', force_zip64=dice.random() < 0.2) as out:
        out.write(data)


def raw(path):
    """The bytes of each member's local header without sizes, of its data, and of its record without offset and sizes."""
    with open(path, 'rb') as file, zipfile.ZipFile(file) as archive:
        result = {}
        for info in archive.infolist():
            file.seek(info.header_offset)
            head = file.read(30)
            name, extra = struct.unpack('<HH', head[26:])
            rest = file.read(name + extra)
            data = file.read(info.compress_size)
            whole = (head, rest, data) if not info.filename.endswith('.pyc') else (head[:14], rest[:name])
            result[info.filename] = whole, info.date_time, info.external_attr, info.comment, info.extra[:0]
        return list(result.items()), archive.comment


def check(old, new):
    if zipfile.ZipFile(new).testzip() is not None:
        yield 'a member has a wrong checksum'
    if raw(old) != raw(new):
        yield 'another member changed'
    with open(old, 'rb') as before, open(new, 'rb') as after:
        first = min(info.header_offset for info in zipfile.ZipFile(old).infolist())
        if before.read(first) != after.read(first):
            yield 'what precedes the archive changed'
    compiled = []
    original = zipimport._compile_source
    zipimport._compile_source = lambda path, data: compiled.append(path) or original(path, data)
    zipimport._zip_directory_cache.clear()
    importer = zipimport.zipimporter(new)
    with zipfile.ZipFile(new) as archive:
        for name in archive.namelist():
            if name.endswith('.py') and not name.startswith('pkg/'):
                code = importer.get_code(name[:-3])
                space = {}
                exec(code, space)
                if 'VALUE' not in space:
                    yield '%s has wrong code' % name
    zipimport._compile_source = original
    if compiled:
        yield 'compiled again: %s' % compiled


def main():
    directory = sys.argv[2]
    if sys.argv[1] == 'make':
        dice = random.Random(int(sys.argv[4]))
        for number in range(int(sys.argv[3])):
            make(os.path.join(directory, 'old', '%d.zip' % number), dice)
    else:
        for name in sorted(os.listdir(os.path.join(directory, 'old'))):
            for fault in check(os.path.join(directory, 'old', name), os.path.join(directory, 'new', name)):
                print(name, fault)


main()
