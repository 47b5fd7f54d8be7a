package dev.freshpyc.indexer.environment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The command lines that make an interpreter report itself: {@code -c} with a script for every Python from 2.7 on, which
 * prints one line for {@link ProbeAnswer}.
 *
 * <p>No file of the current directory may run, so the script removes the current directory from {@code sys.path} first and
 * uses modules that are loaded already. ({@code imp}, needed by Python 2.7 and 3.3 only, and {@code os}, which is not loaded with
 * {@code -S}, are imported after that.) {@code site} runs as usual, since it adds site-packages.
 */
final class ProbeScript {

    /** Precedes the answer. The script holds this text only in pieces, so a program that echoes the script does not answer. */
    static final String OPENING = "<freshpyc ";

    /** Follows the answer. */
    static final String CLOSING = " freshpyc>";

    /** Takes the place of the tag if the interpreter has none. */
    static final String NO_TAG = "-";

    /** Exit status of every Python for an unknown option. */
    static final int UNKNOWN_OPTION = 2;

    /**
     * Prints names in hexadecimal, since a name may hold newlines and bytes that are not UTF-8. The first line stops a shell,
     * which would run {@code import} as a program. The final {@code _exit} skips the interpreter's clean-up, a tenth of the
     * whole time.
     */
    private static final String SCRIPT = """
            ()
            import sys
            sys.path[:] = [entry for entry in sys.path if entry]
            import os

            def octets(name):
                if not isinstance(name, bytes):
                    errors = getattr(sys, 'getfilesystemencodeerrors', lambda: 'surrogateescape')()
                    name = name.encode(sys.getfilesystemencoding() or 'utf-8', errors)
                return ''.join('%02x' % octet for octet in bytearray(name))

            def magic():
                for name in ('_frozen_importlib_external', '_frozen_importlib'):
                    found = getattr(sys.modules.get(name), 'MAGIC_NUMBER', None)
                    if found:
                        return found
                import imp
                return imp.get_magic()

            def older(): # before 3.11
                imp = sys.modules.get('_imp')
                is_frozen = getattr(imp, 'is_frozen', lambda name: False)
                for name, alias in ('zipimport', ''), ('_frozen_importlib', '_bootstrap'), ('_frozen_importlib_external', '_bootstrap_external'):
                    if is_frozen(name):
                        yield 'f' + ('importlib/' + alias if alias else name)

            def own():
                for name in sys.builtin_module_names:
                    yield 'b' + name
                imp = sys.modules.get('_imp')
                if not hasattr(imp, 'find_frozen'):
                    for module in older():
                        yield module
                    return
                for name in getattr(imp, '_frozen_module_names', list)():
                    found = imp.find_frozen(name)
                    if found:
                        yield 'f' + name.replace('.', '/') + ('/__init__' if found[1] else '')
                    if found and not found[1] and found[2:] and found[2] and found[2][0] != '<':
                        yield 'f' + found[2].replace('.', '/')

            def start():
                site = sys.modules.get('site')
                if site:
                    yield 'imports', 'sitecustomize'
                    for directory in getattr(site, 'getsitepackages', list)():
                        yield 'site', directory
                    if getattr(site, 'ENABLE_USER_SITE', None) and site.USER_SITE:
                        yield 'imports', 'usercustomize'
                        yield 'site', site.USER_SITE

            def facts():
                yield 'prefix', sys.prefix
                yield 'base', getattr(sys, 'base_prefix', sys.prefix)
                yield 'checks', getattr(sys.modules.get('_imp'), 'check_hash_based_pycs', 'default')
                for fact in start():
                    yield fact
                try:
                    yield 'running', os.readlink('/proc/self/exe')
                    maps, more = b'', os.open('/proc/self/maps', os.O_RDONLY)
                    while True:
                        block = os.read(more, 65536)
                        maps += block
                        if not block:
                            break
                    os.close(more)
                    for name in set(line.split(None, 5)[5] for line in maps.splitlines() if b' /' in line):
                        yield 'loaded', name
                    for module in list(sys.modules.values()):
                        for name in ('__file__', '__cached__'):
                            found = getattr(module, name, None)
                            if found:
                                yield 'loaded', found
                    yield 'whole', 'yes'
                except Exception:
                    pass

            kind = getattr(sys, 'implementation', None)
            answer = [octets(kind.name if kind else sys.subversion[0].lower())]
            answer += ['%d' % part for part in sys.version_info[:2]]
            answer += [octets(sys.version.split()[0]), octets(magic()), octets(getattr(kind, 'cache_tag', None) or '-')]
            answer += [octets(sys.executable or ''), octets(getattr(sys, 'pycache_prefix', None) or '')]
            answer += [octets('\\n'.join(own()))]
            answer += [octets('\\n'.join(key + ' ' + octets(value) for key, value in facts()))]
            answer += [octets(entry) for entry in sys.path if isinstance(entry, (bytes, type(u'')))]
            sys.__stdout__.write('<' + 'freshpyc ' + ' '.join(answer) + ' freshpyc' + '>')
            sys.__stdout__.flush()
            os._exit(0)
            """;

    private ProbeScript() {}

    /**
     * Runs the script without the user's environment variables, site-packages and current directory ({@code -I}), and without
     * writing bytecode ({@code -B}), so that a probe changes none of the files that are audited.
     *
     * @param cachePrefix what the interpreter is told to be its cache prefix; versions before 3.8 have none and ignore it
     */
    static List<String> isolated(String executable, Optional<String> cachePrefix) {
        Stream<String> prefix = cachePrefix.stream().flatMap(path -> Stream.of("-X", "pycache_prefix=" + path));
        return Stream.of(Stream.of(executable, "-I", "-B"), prefix, Stream.of("-c", SCRIPT))
                .flatMap(words -> words)
                .toList();
    }

    /**
     * Runs the script as the user's shell runs the interpreter: with PYTHONPATH, the other variables and, where wanted, the
     * user's own site-packages.
     */
    static List<String> asUser(String executable, boolean userSite) {
        return userSite ? List.of(executable, "-B", "-c", SCRIPT) : List.of(executable, "-s", "-B", "-c", SCRIPT);
    }

    /** The command line for Python before 3.4, which does not know {@code -I}. */
    static List<String> older(String executable) {
        return List.of(executable, "-E", "-s", "-B", "-c", SCRIPT);
    }
}
