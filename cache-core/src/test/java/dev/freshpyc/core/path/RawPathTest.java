package dev.freshpyc.core.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawPathTest {
    @ParameterizedTest
    @CsvSource({
        "'', a, a",
        "a, '', a",
        "'', '', ''",
        "a, b, a/b",
        "a/, b, a/b",
        "a, /b, a/b",
        "a/, /b/c, a/b/c",
        "/, a, /a",
        "/, /, /",
        "/cache, /, /cache/",
        "/cache, /lib/pkg, /cache/lib/pkg"
    })
    void aNameIsAppendedToAPath(String path, String name, String joined) {
        assertThat(RawPath.of(path).resolve(name)).isEqualTo(RawPath.of(joined));
    }

    @ParameterizedTest
    @CsvSource({
        "a/b.py, a, b.py",
        "b.py, '', b.py",
        "/b.py, /, b.py",
        "/a/b, /a, b",
        "a/, a, ''",
        "/, /, ''",
        "'', '', ''",
    })
    void aPathIsSplitIntoParentAndName(String path, String parent, String name) {
        assertThat(RawPath.of(path).parent()).isEqualTo(RawPath.of(parent));
        assertThat(RawPath.of(path).name()).isEqualTo(RawPath.of(name));
    }

    @ParameterizedTest
    @CsvSource({
        "/cache/lib/a.pyc, /cache, lib/a.pyc",
        "/cache/lib/a.pyc, /cache/, lib/a.pyc",
        "/lib/a.pyc, /, lib/a.pyc",
        "pkg/a.py, pkg, a.py",
        "pkg/a.py, '', pkg/a.py",
        "/pkg/a.py, '',",
        "/cachet/a.pyc, /cache,",
        "/cachet/a.pyc, /cache/,",
        "/cache, /cache,",
        "/cache/, /cache,",
        "/cache/, /cache/,",
        "/other/a.pyc, /cache,",
        "/c, /cache,"
    })
    void aPathIsMadeRelativeToADirectory(String path, String directory, String rest) {
        assertThat(RawPath.of(path).relativeTo(RawPath.of(directory)))
                .isEqualTo(Optional.ofNullable(rest).map(RawPath::of));
    }

    @ParameterizedTest
    @CsvSource({"a/b.py, a b.py", "/a//b/, a b", "a, a", "/, ''", "'', ''"})
    void aPathIsSplitIntoNames(String path, String names) {
        assertThat(RawPath.of(path).names().stream().map(RawPath::toPython).collect(Collectors.joining(" ")))
                .isEqualTo(names);
    }

    @Test
    void aRelativePathStartsAtTheWorkingDirectory() {
        RawPath here = RawPath.of(System.getProperty("user.dir"));

        assertThat(RawPath.of("a/../b").absolute()).isEqualTo(here.resolve("a/../b"));
        assertThat(RawPath.of("/a").absolute()).isEqualTo(RawPath.of("/a"));
        assertThat(RawPath.EMPTY.absolute()).isEqualTo(here);
        assertThat(RawPath.of(".").absolute()).isEqualTo(here);
        assertThat(RawPath.of("./a/.//b/").absolute()).isEqualTo(here.resolve("a/b"));
        assertThat(RawPath.of("/a").isAbsolute()).isTrue();
        assertThat(RawPath.of("a/").isAbsolute()).isFalse();
        assertThat(RawPath.EMPTY.isAbsolute()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b.py, /a/b.py",
        "./a.py, a.py",
        "a//b/./c.py, a/b/c.py",
        "/a/../b.py, /b.py",
        "/../../a.py, /a.py",
        "../../a.py, ../../a.py",
        "a/../../b.py, ../b.py",
        "../a/../b.py, ../b.py",
        "/, /"
    })
    void dotsAndDoubleSlashesAreRemoved(String path, String normalized) {
        assertThat(RawPath.of(path).normalized()).isEqualTo(RawPath.of(normalized));
    }

    @Test
    void aPathDoesNotShareItsBytes() {
        byte[] bytes = {'/', 'a', '.', 'p', 'y'};
        RawPath path = RawPath.of(bytes, 1, 5);
        bytes[1] = 'b';
        path.toBytes()[0] = 'c';

        assertThat(path).isEqualTo(RawPath.of("a.py"));
        assertThat(path.length()).isEqualTo(4);
        assertThat(path).hasToString("a.py").hasSameHashCodeAs(RawPath.of("a.py"));
    }

    @Test
    void endsWithComparesTheLastBytes() {
        assertThat(RawPath.of("a.py").endsWith(".py")).isTrue();
        assertThat(RawPath.of(".py").endsWith(".py")).isTrue();
        assertThat(RawPath.of("py").endsWith(".py")).isFalse();
        assertThat(RawPath.of("a.pyc").endsWith(".py")).isFalse();
        assertThat(RawPath.EMPTY.endsWith("")).isTrue();
        assertThat(RawPath.of("a.é").endsWith(".é")).isTrue();
        assertThat(RawPath.of("é").endsWith(".é")).isFalse();
        assertThat(RawPath.of("a\udcff").endsWith("\udcff")).isTrue();
        assertThat(RawPath.of("aÿ").endsWith("\udcff")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "a, true",
        "a/b.py, true",
        ".a/..b/...c, true",
        "a./b../c.., true",
        "'', false",
        "., false",
        ".., false",
        "/a, false",
        "a/, false",
        "a//b, false",
        "a/./b, false",
        "../a, false",
        "a/.., false"
    })
    void aPlainPathHasNoDotsAndNoEmptyNames(String path, boolean plain) {
        assertThat(RawPath.of(path).isPlain()).isEqualTo(plain);
    }

    @Test
    void pathsAreOrderedByUnsignedBytes() {
        assertThat(Stream.of("\udcff", "é", "a/b", "a", "", "b")
                        .map(RawPath::of)
                        .sorted())
                .extracting(RawPath::toPython)
                .containsExactly("", "a", "a/b", "b", "é", "\udcff");
    }
}
