package dev.freshpyc.indexer.environment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Tells whether the kernel can start a file. If the kernel does not take a file for a program, the Java runtime runs
 * the file by {@code /bin/sh}, as execvp(3) does: the bytes of a foreign or broken program would run as a shell script.
 */
public final class NativeProgram {

    private static final Path OWN = Path.of("/proc/self/exe");
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
    private static final int HEADER = 64;

    /** How many bytes of a script's first line Linux reads. */
    private static final int FIRST_LINE = 255;

    /** The longest chain of scripts that interpret one another, as in Linux. */
    private static final int MOST_SCRIPTS = 5;

    private static final String NONE =
            "it is no program: it begins neither as a script nor as a program of this system";

    private NativeProgram() {}

    /**
     * Why the kernel would not start a file; empty if it would, if the file cannot be read, and on systems without ELF.
     *
     * @param program a path; a name without a slash is not checked, since the system searches for it
     */
    public static Optional<String> objection(String program) {
        byte[] own = program.contains("/") ? beginning(OWN) : new byte[0];
        return isElf(own) ? objection(program, own, 0) : Optional.empty();
    }

    private static Optional<String> objection(String file, byte[] own, int scripts) {
        byte[] begin;
        try {
            begin = beginning(Path.of(file));
        } catch (InvalidPathException absent) {
            return Optional.empty();
        }
        if (begin.length == 0 || (isElf(begin) && isStartable(begin, own))) {
            return Optional.empty();
        }
        if (isElf(begin)) {
            return Optional.of(isOfMachine(begin, own) ? "it is a broken program" : "it is for another architecture");
        }
        Optional<String> interpreter = interpreter(begin).filter(_ -> scripts < MOST_SCRIPTS);
        return interpreter.isEmpty() ? Optional.of(NONE) : objection(interpreter.get(), own, scripts + 1);
    }

    /** The word after {@code #!}. */
    private static Optional<String> interpreter(byte[] begin) {
        String text = new String(begin, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("#!")) {
            return Optional.empty();
        }
        String line = text.substring(2).lines().findFirst().orElse("").strip();
        String word = line.split("[ \t]", 2)[0];
        return Optional.of(word).filter(name -> !name.isEmpty());
    }

    private static boolean isElf(byte[] begin) {
        return begin.length >= HEADER && Arrays.equals(begin, 0, ELF.length, ELF, 0, ELF.length);
    }

    /** Whether word size, byte order and machine are those of the running program. */
    private static boolean isOfMachine(byte[] begin, byte[] own) {
        return begin[4] == own[4] && begin[5] == own[5] && begin[18] == own[18] && begin[19] == own[19];
    }

    /** Whether the header passes the checks of Linux: an executable or a shared object with program headers of the right size. */
    private static boolean isStartable(byte[] begin, byte[] own) {
        boolean wide = begin[4] == 2;
        int sizes = wide ? 54 : 42; // e_phentsize and e_phnum
        int type = begin[begin[5] == 2 ? 17 : 16];
        return isOfMachine(begin, own)
                && (type == 2 || type == 3)
                && Arrays.equals(begin, sizes, sizes + 2, own, sizes, sizes + 2)
                && (begin[sizes + 2] | begin[sizes + 3]) != 0;
    }

    /** The first bytes of a file; none if the file is empty or cannot be read. */
    private static byte[] beginning(Path file) {
        if (!Files.isRegularFile(file)) { // a FIFO would block
            return new byte[0];
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(FIRST_LINE);
        } catch (IOException | UnsupportedOperationException unreadable) {
            return new byte[0];
        }
    }
}
