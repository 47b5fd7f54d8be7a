package dev.freshpyc.core.marshal;

import dev.freshpyc.core.pyc.PythonVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A bytecode file that a real interpreter wrote, of one source with every kind of constant. When these were made, each
 * interpreter's {@code marshal.loads} was run on every prefix of its body: all raised EOFError, except that 2.7 takes the
 * missing bytes of a number for 0xff and so calls 678 of its 4211 prefixes a ValueError.
 */
record Fixture(String tag, PythonVersion version, int start) {
    static final List<Fixture> ALL = List.of(
            new Fixture("cpython-27", PythonVersion.cpython(2, 7), 8),
            new Fixture("cpython-36", PythonVersion.cpython(3, 6), 12),
            new Fixture("cpython-37", PythonVersion.cpython(3, 7), 16),
            new Fixture("cpython-38", PythonVersion.cpython(3, 8), 16),
            new Fixture("cpython-39", PythonVersion.cpython(3, 9), 16),
            new Fixture("cpython-310", PythonVersion.cpython(3, 10), 16),
            new Fixture("cpython-311", PythonVersion.cpython(3, 11), 16),
            new Fixture("cpython-312", PythonVersion.cpython(3, 12), 16),
            new Fixture("cpython-313", PythonVersion.cpython(3, 13), 16),
            new Fixture("cpython-314", PythonVersion.cpython(3, 14), 16),
            new Fixture("pypy39", PythonVersion.pypy(3, 9), 16));

    static List<Fixture> all() {
        return ALL;
    }

    MarshalDialect dialect() {
        return MarshalDialect.of(version).orElseThrow();
    }

    byte[] file() {
        try (var stream = Fixture.class.getResourceAsStream("constants." + tag + ".pyc")) {
            return Objects.requireNonNull(stream, tag).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] body() {
        byte[] file = file();
        return Arrays.copyOfRange(file, start, file.length);
    }

    @Override
    public String toString() {
        return tag;
    }
}
