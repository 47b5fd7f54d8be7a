()  # A syntax error for a shell, which would run import as a program.
# Compiles sources and never runs them. Reads requests and writes replies, one JSON object a line, as package-info.java
# specifies. Works in every Python from 2.7 on.
import sys
sys.path[:] = [entry for entry in sys.path if entry]
import binascii
import gc
import io
import json
import marshal
import os
import warnings

LONGEST = 500
MEMORY = 3 << 30  # the sources that need most take 2.7 GiB at 8 MiB, the limit of a source


def machine():
    """The memory of the machine or of the container, in bytes."""
    sizes = [os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES')]
    for path in ('/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes'):
        try:
            with io.open(path) as limit:
                sizes.append(int(limit.read()))
        except (EnvironmentError, ValueError):  # there is no such file, or it says "max"
            pass
    return min(sizes)


def limit():
    """Limits the memory of this process to its present size and a share of the machine's. Returns the share, in MiB."""
    import resource
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # some sources crash the interpreter: write no core file
    share = min(MEMORY, machine() // 4)
    with io.open('/proc/self/statm') as sizes:
        present = int(sizes.read().split()[0]) * os.sysconf('SC_PAGE_SIZE')
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = present + share
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))
    return share >> 20


def own(descriptor, mode):
    """Moves the stream to a private descriptor, so that no stray print or read disturbs the protocol."""
    stream = io.open(os.dup(descriptor), mode)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, descriptor)
    os.close(nothing)
    return stream


def magic():
    for name in ('_frozen_importlib_external', '_frozen_importlib'):
        found = getattr(sys.modules.get(name), 'MAGIC_NUMBER', None)
        if found:
            return found
    import imp
    return imp.get_magic()


def octets(text):
    return binascii.a2b_base64(text.encode('ascii'))


def ascii(data):
    return binascii.b2a_base64(data)[:-1].decode('ascii')


def name(data):
    """Decodes a file name as marshal does."""
    return data if str is bytes else data.decode('utf-8', 'surrogatepass')


def text(message):
    if isinstance(message, bytes):
        message = message.decode('utf-8', 'replace')
    return (u'%s' % (message,))[:LONGEST]


def code(source, filename, *optimize):
    """Compiles under any name. The compiler itself takes a name through the encoding of the file system, which some names do not
    survive, such as those that an interpreter gave to its code in another locale."""
    try:
        compiled = compile(source, filename, 'exec', 0, True, *optimize)
    except UnicodeEncodeError:
        compiled = compile(source, 'renamed', 'exec', 0, True, *optimize)
    if compiled.co_filename != filename:
        import _imp
        _imp._fix_co_filename(compiled, filename)
    return compiled


def body(source, filename, level):
    """The marshalled code, with the bytes that py_compile writes: marshal marks an object with more than one reference, and
    importlib holds a reference to the code while it marshals."""
    optimize = (level,) if sys.version_info >= (3, 2) else ()
    held = [code(source, filename, *optimize)]
    return marshal.dumps(held[0])


def answer(request):
    source, filename = octets(request['source']), name(octets(request['name']))
    bodies, room = [], request['limit']
    try:
        for level in request['levels']:
            compiled = body(source, filename, level)
            room -= (len(compiled) + 2) // 3 * 4
            if room < 0:
                return {'large': request['limit']}
            bodies.append(ascii(compiled))
        return {'bodies': bodies}
    except SyntaxError as error:
        line = error.lineno if isinstance(error.lineno, int) else None
        return {'syntax': text(error.msg), 'line': line}
    except MemoryError:
        return {'refused': 'MemoryError', 'message': 'too large or too deeply nested for the compiler' + allowed}
    except Exception as error:
        return {'refused': type(error).__name__, 'message': text(error)}


def line(reply):
    """A reply as a line. The bodies, most of the line, bypass json: base64 needs no escapes."""
    bodies = reply.pop('bodies', None)
    rest = json.dumps(reply)
    whole = rest if bodies is None else '%s, "bodies": ["%s"]}' % (rest[:-1], '", "'.join(bodies))
    return whole.encode('ascii') + b'\n'


def serve(requests, replies):
    def reply(value):
        replies.write(line(value))
        replies.flush()

    reply({'magic': ascii(magic())})
    for asked in iter(requests.readline, b''):
        request = json.loads(asked.decode('ascii'))
        reply(dict(answer(request), id=request['id']))


try:
    allowed = ', which may take %d MiB' % limit()
except Exception:  # there is no such limit on this system or in this interpreter
    allowed = ''
warnings.simplefilter('ignore')
gc.disable()  # the compiler leaves no cycles behind, so collections only take time
own(2, 'wb')
serve(own(0, 'rb'), own(1, 'wb'))
