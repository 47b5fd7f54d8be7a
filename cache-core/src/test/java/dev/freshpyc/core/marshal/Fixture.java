package dev.freshpyc.core.marshal;

import dev.freshpyc.core.pyc.PythonVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A pyc that a real interpreter wrote for one source with every kind of constant. Each interpreter also ran
 * {@code marshal.loads} on every prefix of its body. All prefixes raised EOFError, with one exception: CPython 2.7 reads the
 * missing bytes of a number as 0xff, and so raises ValueError for 678 of its 4211 prefixes.
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
