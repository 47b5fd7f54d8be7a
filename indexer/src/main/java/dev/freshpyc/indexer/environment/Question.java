package dev.freshpyc.indexer.environment;

import java.util.List;

/**
 * The question as an interpreter is asked it: {@code -c} with a script for every Python from 2.7 on, which prints
 * one line for {@link Answer} to read.
 *
 * <p>Only the interpreter itself is to speak, so the script imports nothing that could lie in the current
 * directory: it uses what is loaded before it runs, and drops the current directory from {@code sys.path} first.
 * ({@code imp}, needed for Python 2.7 and 3.3 alone, is looked up after that.) {@code site} runs as ever, since it
 * adds site-packages.
 */
final class Question {

    /**
     * What stands before and after the answer; never whole in the script, so a program that echoes it does not
     * answer.
     */
    static final String OPENING = "<freshpyc ";

    static final String CLOSING = " freshpyc>";

    /** Stands for a tag in the answer of an interpreter that has none. */
    static final String NO_TAG = "-";

    /** The exit status of every Python that is given an option it does not know. */
    static final int UNKNOWN_OPTION = 2;

    /**
     * Names are printed in hexadecimal: they are bytes, and may hold newlines. The first line stops a shell, which
     * would run {@code import} as a program. Last, {@code _exit} spares the interpreter its tidying, a tenth of the
     * time it takes.
     */
    private static final String SCRIPT = """
            ()
            import sys
            sys.path[:] = [entry for entry in sys.path if entry]

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

            kind = getattr(sys, 'implementation', None)
            answer = [octets(kind.name if kind else sys.subversion[0].lower())]
            answer += ['%d' % part for part in sys.version_info[:2]]
            answer += [octets(sys.version.split()[0]), octets(magic()), octets(getattr(kind, 'cache_tag', None) or '-')]
            answer += [octets(sys.executable or '')]
            answer += [octets(entry) for entry in sys.path if isinstance(entry, (bytes, type(u'')))]
            sys.__stdout__.write('<' + 'freshpyc ' + ' '.join(answer) + ' freshpyc' + '>')
            sys.__stdout__.flush()
            sys.modules['os']._exit(0)
            """;

    private Question() {}

    /**
     * Asks without the user's environment variables, site-packages and current directory ({@code -I}), and without
     * writing bytecode ({@code -B}): whoever asks what is stale must not mend it by asking.
     */
    static List<String> isolated(String executable) {
        return List.of(executable, "-I", "-B", "-c", SCRIPT);
    }

    /** The same for Python before 3.4, which does not know {@code -I}. */
    static List<String> older(String executable) {
        return List.of(executable, "-E", "-s", "-B", "-c", SCRIPT);
    }
}
