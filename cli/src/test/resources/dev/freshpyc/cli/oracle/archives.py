# archives.py DIR COUNT SEED: writes random archives into DIR, imports from each, and prints what happened:
#   archive<TAB>number<TAB>time zone<TAB>check of hashes<TAB>ok, ignored or broken
#   module<TAB>number<TAB>name<TAB>the file whose code ran, or error, absent or namespace
import io
import marshal
import os
import random
import struct
import sys
import time
import types
import zipimport
import zlib

OLD = sys.version_info < (3, 5)  # reads members that end in .pyo
if OLD:
    import imp
    MAGIC = imp.get_magic()
else:
    import _imp
    import importlib.machinery
    import importlib.util
    MAGIC = importlib.util.MAGIC_NUMBER
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Asia/Kathmandu"]
DATES = [(2024, 5, 2, 3, 4, 6), (1980, 1, 1, 0, 0, 0), (2007, 12, 31, 23, 59, 58), (2020, 3, 29, 2, 30, 0),
         (2020, 3, 8, 2, 30, 2), (2099, 7, 1, 12, 0, 0), (2106, 2, 7, 7, 0, 0), (2107, 12, 31, 23, 59, 58)]
STEMS = ["a", "b", "a/__init__", "a/c", "b/c", "n/d", "n/m/e", "\u00e9", "a/__init__/x", "x.y", "__pycache__/a.cpython-39",
         "b/__init__", "n/__init__", "__init__", "a/c/__init__"]
STEMS = [stem for stem in STEMS if not (OLD and stem == "\u00e9")]  # Python 2 asks for the bytes of a name
ENDINGS = [".pyc", ".pyo"]


def write_out(text):
    if OLD:
        sys.stdout.write(text + "\n")
        return
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape") + b"\n")


def dos(when):
    y, mo, d, h, mi, s = when
    return (y - 1980) << 9 | mo << 5 | d, h << 11 | mi << 5 | s // 2


def seconds(date, clock):
    return int(time.mktime((1980 + (date >> 9), date >> 5 & 15, date & 31, clock >> 11, clock >> 5 & 63,
                            (clock & 31) * 2, -1, -1, -1)))


def code(text, name):
    return marshal.dumps(compile("v = %r\n" % (text + " " + name), name, "exec"))


def pyc(rng, name, source, date, clock):
    body = code("pyc", name)
    mtime, size = seconds(date, clock) if source is not None else 5, len(source or b"")
    if OLD:
        return old_pyc(rng, body, mtime)
    kind = rng.choice(["time"] * 6 + ["shift"] * 4 + ["zone", "size", "flags2", "flags4", "flags5", "checked", "checked",
                       "unchecked", "badchecked", "badunchecked", "magic", "short", "cut", "constant", "empty", "other"])
    flags, first, second, magic = 0, mtime & 0xffffffff, size, MAGIC
    if kind == "shift":
        first = (mtime + rng.choice([-3, -2, -1, 1, 2, 3])) & 0xffffffff
    elif kind == "zone":
        first = (mtime + 3600 * rng.choice([-5, 1, 2, 9])) & 0xffffffff
    elif kind == "size":
        second = size + rng.choice([-1, 1])
    elif kind.startswith("flags"):
        flags = int(kind[-1])
    elif kind in ("magic", "other"):
        magic = b"abcd" if kind == "magic" else struct.pack("<H", 3379) + b"\r\n"
    head = magic + struct.pack("<III", flags, first, second & 0xffffffff)
    if "checked" in kind:
        right = importlib.util.source_hash(source or b"")
        head = MAGIC + struct.pack("<I", 1 if "unchecked" in kind else 3) + (b"12345678" if "bad" in kind else right)
    if kind == "short":
        cut = rng.choice([0, 1, 3, 4, 7, 8, 12, 15, 16])
        return (rng.choice([head, b"abcd" + head[4:]]))[:cut]
    if kind == "cut":
        return head + body[:rng.randrange(len(body))]
    if kind == "constant":
        return head + marshal.dumps(5)
    return head if kind == "empty" else head + body


def old_pyc(rng, body, mtime):
    kind = rng.choice(["time"] * 6 + ["shift"] * 6 + ["zone", "magic", "magic", "short", "cut", "constant", "empty", "other"])
    shift = {"shift": rng.choice([-3, -2, -1, 1, 2, 3]), "zone": 3600 * rng.choice([-5, 1, 2, 9])}.get(kind, 0)
    magic = {"magic": b"abcd", "other": struct.pack("<H", 3379) + b"\r\n"}.get(kind, MAGIC)
    head = magic + struct.pack("<I", (mtime + shift) & 0xffffffff)
    if kind == "short":
        return rng.choice([head, b"abcd" + head[4:]])[:rng.choice([0, 1, 3, 4, 7, 8])]
    if kind == "cut":
        return head + body[:rng.randrange(len(body))]
    return head + {"constant": marshal.dumps(5), "empty": b""}.get(kind, body)


class Zip:
    def __init__(self, rng):
        self.rng, self.out, self.central, self.count, self.data = rng, io.BytesIO(), [], 0, []

    def add(self, name, data, date, clock):
        rng = self.rng
        flags = 0
        if isinstance(name, str):
            raw = name if OLD else name.encode("utf-8")
            if any(b > 127 for b in bytearray(raw)):
                if rng.random() < 0.5:
                    flags = 0x800
                else:
                    raw = name.encode("cp437")
        else:
            raw, flags = name
        method = rng.choice([0, 8, 8])
        packed = data
        if method:
            deflate = zlib.compressobj(rng.choice([1, 9]), zlib.DEFLATED, -15)
            packed = deflate.compress(data) + deflate.flush()
            method = 12 if rng.random() < 0.02 else method
        if rng.random() < 0.03:  # zstd, with one frame of one block that is not compressed
            method = 93
            packed = struct.pack("<IBI", 0xfd2fb528, 0xa0, len(data))
            packed += struct.pack("<I", len(data) << 3 | 1)[:3] + data
        size = len(data) + (1 if rng.random() < 0.02 else 0)
        at = self.out.tell()
        extra = b"" if rng.random() < 0.7 else struct.pack("<HHI", 0x5455, 4, 7)
        local = struct.pack("<IHHHHHIIIHH", 0x04034b50, 20, flags, method, clock, date, zlib.crc32(data) & 0xffffffff,
                            len(packed), size, len(raw), len(extra))
        self.out.write(local + raw + extra)
        begin = self.out.tell()
        self.out.write(packed)
        self.data.append((begin, self.out.tell()))
        shown, wide = [size, len(packed), at], b""
        if rng.random() < 0.04:
            for i in range(3):
                if rng.random() < 0.6:
                    wide += struct.pack("<Q", shown[i])
                    shown[i] = 0xffffffff
            if rng.random() < 0.1:
                wide = wide[:8]
            extra = extra + struct.pack("<HH", 1, len(wide)) + wide
        comment = b"c" * rng.choice([0, 0, 0, 5])
        self.central.append(struct.pack("<IHHHHHHIIIHHHHHII", 0x02014b50, 20, 20, flags, method, clock, date,
                                        zlib.crc32(data) & 0xffffffff, shown[1], shown[0], len(raw), len(extra),
                                        len(comment), 0, 0, 0, shown[2]) + raw + extra + comment)

    def bytes(self):
        rng = self.rng
        at = self.out.tell()
        if rng.random() < 0.1:
            rng.shuffle(self.central)
        central = b"".join(self.central)
        count = len(self.central) + (rng.choice([-1, 1]) if rng.random() < 0.03 else 0)
        tail, wide = b"", rng.random() < 0.08
        if wide:
            tail = struct.pack("<IQHHIIQQQQ", 0x06064b50, 44, 45, 45, 0, 0, count, count, len(central), at)
            tail += struct.pack("<IIQI", 0x07064b50, 0, at + len(central), 1)
        comment = rng.choice([b"", b"", b"", b"a comment", b"x" * 30, b"PK\5\6 and more", b"PK\5\6" + b"y" * 30])
        hide = wide and rng.random() < 0.5
        size = 0xffffffff if hide else len(central) + len(tail) if wide and rng.random() < 0.3 else len(central)
        tail += struct.pack("<IHHHHIIH", 0x06054b50, 0, 0, max(count, 0) & 0xffff, max(count, 0) & 0xffff, size,
                            0xffffffff if hide else at, len(comment)) + comment
        return self.out.getvalue() + central + tail


def archive(rng, number):
    z = Zip(rng)
    names = []
    date, clock = dos(rng.choice(DATES))
    stems = rng.sample(STEMS, rng.randrange(1, 8))
    for stem in stems:
        if rng.random() < 0.1:
            date, clock = rng.choice([(0, 0), (0x1ff, 0xffff), (0x52f0, 0x7f7f), (0x5062, 0)])
        elif rng.random() < 0.3:
            date, clock = dos(rng.choice(DATES))
        source = ("v = %r\n" % ("src " + stem + ".py")).encode("utf-8") if rng.random() < 0.75 else None
        files = []
        if source is not None:
            files.append((stem + ".py", source))
        for ending in ENDINGS:
            if rng.random() < (0.9 if ending == ".pyc" else 0.6 if OLD else 0.1):
                files.append((stem + ending, pyc(rng, stem + ending, source, date, clock)))
        rng.shuffle(files)
        for name, data in files:
            z.add(name, data, date, clock)
            if rng.random() < 0.04:
                z.add(name, data, date + 1, clock)
        names.append(stem)
        if "/" in stem and rng.random() < 0.4:
            z.add(stem.rsplit("/", 1)[0] + "/", b"", date, clock)
            if rng.random() < 0.5:
                z.add("n/", b"", date, clock)
    if rng.random() < 0.05:
        z.add(rng.choice(["../up.pyc", "/abs.pyc", "a//b.pyc", "./h.pyc"]), b"x", date, clock)
    if rng.random() < 0.03:
        z.add((b"\xff\xfe.py", rng.choice([0, 0x800])), b"", date, clock)
    data = z.bytes()
    fault = rng.random()
    if fault < 0.1:
        data = data[:rng.randrange(len(data))]
    elif fault < 0.25:
        at = rng.randrange(len(data))
        if not any(a <= at < b for a, b in z.data):
            data = data[:at] + bytes(bytearray([rng.randrange(256)])) + data[at + 1:]
    if rng.random() < 0.2:
        data = b"#!/usr/bin/env python3\n" + data
    if rng.random() < 0.03:
        data += b"\0" * rng.choice([1, 30])
    return data, names


def outcome(path, name):
    if OLD:
        return old_outcome(path, name)
    parts = name.split(".")
    where = [path]
    known = set(sys.modules)
    try:
        for i in range(len(parts)):
            full = ".".join(parts[:i + 1])
            spec = importlib.machinery.PathFinder.find_spec(full, where)
            if spec is None:
                return "absent"
            if i < len(parts) - 1:
                if spec.submodule_search_locations is None:
                    return "absent"
                where = list(getattr(spec.submodule_search_locations, "_path", spec.submodule_search_locations))
                parent = types.ModuleType(full)  # what a namespace package below it asks for its path
                parent.__path__ = where
                sys.modules[full] = parent
        if spec.loader is None or not isinstance(spec.loader, zipimport.zipimporter):
            return "namespace"
        names = {}
        exec(spec.loader.get_code(name), names)
        return names["v"]
    except Exception:
        return "error"
    finally:
        for added in set(sys.modules) - known:
            del sys.modules[added]


def old_outcome(path, name):
    known, whole = set(sys.modules), sys.path
    sys.path_importer_cache.clear()
    zipimport._zip_directory_cache.clear()
    sys.path = [path]
    try:
        __import__(name)
        return sys.modules[name].v
    except Exception as fault:
        return "absent" if str(fault).startswith("No module named") else "error"
    finally:
        sys.path = whole
        for added in set(sys.modules) - known:
            del sys.modules[added]


def main(directory, count, seed):
    rng = random.Random(seed)
    for number in range(count):
        zone = rng.choice(ZONES)
        os.environ["TZ"] = zone
        time.tzset()
        check = rng.choice(["default", "default", "always", "never"]) if sys.version_info >= (3, 8) else "default"
        if not OLD:
            _imp.check_hash_based_pycs = check
        data, names = archive(rng, number)
        path = os.path.join(directory, "%d.zip" % number)
        with open(path, "wb") as out:
            out.write(data)
        try:
            zipimport.zipimporter(path)
            whole = "ok"
        except zipimport.ZipImportError:
            whole = "ignored"
        except Exception:
            whole = "broken"
        write_out("archive\t%d\t%s\t%s\t%s" % (number, zone, check, whole))
        if whole == "ok":
            modules = set()
            for stem in names:
                module = stem[:-len("/__init__")] if stem.endswith("/__init__") else stem
                if "." not in module:
                    modules.add(module.replace("/", "."))
            for module in sorted(modules):
                parents = [module[:i] for i in range(len(module)) if module[i] == "."]
                if all(outcome(path, parent) != "error" for parent in parents):  # else no import gets to the module
                    write_out("module\t%d\t%s\t%s" % (number, module, outcome(path, module)))


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
