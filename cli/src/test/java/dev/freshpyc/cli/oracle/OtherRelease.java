package dev.freshpyc.cli.oracle;

import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that says that it is another release of an interpreter's version. It makes code that works the same and that no release
 * makes: with the flag of a future statement that the source does not have.
 */
final class OtherRelease {

    private OtherRelease() {}

    /** Writes the program to {@code directory}. */
    static Path of(Interpreter python, Path directory) throws IOException {
        Path program = python.launcher().wrapper(directory, "", List.of());
        return Shell.writeScript(directory.resolve("python"), """
                #!/bin/sh
                case "$*" in
                *sys.version.split*)
                  '%1$s' "$@" | sed 's/<freshpyc \\([^ ]* [^ ]* [^ ]*\\) [^ ]* \\([^ ]* [^ ]*\\) [^ ]*/<freshpyc \\1 392e39 \\2 /'
                  exit ;;
                esac
                for word; do
                  shift
                  case $word in
                  *'compile(source'*) word="
                import __future__, builtins
                builtins.compile = lambda source, name, mode, flags=0, *rest, plain=compile, **named: plain(
                    source, name, mode, flags | __future__.annotations.compiler_flag, *rest, **named)
                $word" ;;
                  esac
                  set -- "$@" "$word"
                done
                exec '%1$s' "$@"
                """.formatted(program));
    }
}
