package dev.freshpyc.indexer.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.freshpyc.core.path.RawPath;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A glob of {@code --exclude} covers the files whose name or path matches the glob. */
class ExclusionsTest {

    @ParameterizedTest
    @CsvSource({
        "tests, a/tests, true",
        "tests, tests/a, false",
        "tests/, a/tests, true",
        "*.py, a/b.py, true",
        "*.py, a.pyc, false",
        "?.py, a.py, true",
        "?.py, ab.py, false",
        "a/*, a/b, true",
        "a/*, a/b/c, false",
        "a/**, a/b/c, true",
        "**/c, a/b/c, true",
        "**/c, c, true",
        "**/c, abc, false",
        "a/**/c, a/c, true",
        "a/**/c, a/x/y/c, true",
        "[a-c]x, bx, true",
        "[a-c]x, dx, false",
        "[!a-c]x, dx, true",
        "[!a-c]x, ax, false",
        "[ab, '[ab', true",
        "[]a]x, ]x, true",
        "[!]a]x, bx, true",
        "[!]a]x, ]x, false",
        "[.]x, .x, true",
        "[.]x, ax, false",
        "[a-]x, -x, true",
        "[^a]x, ^x, true",
        "[&&a]x, &x, true",
        "[z-a]x, mx, false",
        "'[]', '[]', true",
        "'[!]', '[!]', true",
        "a.b, axb, false",
        "a+(b), a+(b), true",
        "a{1}, a{1}, true",
        "a\\d, a1, false"
    })
    void aGlobCoversThePathsThatItMatches(String glob, String path, boolean covered) {
        assertThat(Exclusions.of(List.of(glob)).covers(RawPath.of(path))).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "\u00e9*, \u00e9t\u00e9",
        "a?b, a\u20acb",
        "'a?b', 'a\nb'",
        "'[\udcff]', '\udcff'",
        "'a?', 'a\ud83d\ude00'",
        "'\ud83d\ude00*', '\ud83d\ude00x'",
        "'[\ud83d\ude00]', '\ud83d\ude00'"
    })
    void aGlobMatchesCharactersNotBytes(String glob, String path) {
        assertThat(Exclusions.of(List.of(glob)).covers(RawPath.of(path))).isTrue();
    }

    /** Every text is a glob, and a glob covers the name of which each character is in a class of its own. */
    @Property(tries = 3000)
    void aGlobOfClassesCoversTheNameOfTheirCharacters(
            @ForAll
                    @Chars({'[', ']', '!', '^', '-', '*', '?', '\\', '&'})
                    @CharRange(from = 'a', to = 'c')
                    @StringLength(min = 1, max = 9)
                    String name) {
        String glob = name.replaceAll("[^!]", "[$0]");
        Exclusions exclusions = Exclusions.of(List.of(glob));

        assertThat(exclusions.covers(RawPath.of("a/" + name))).isTrue();
        assertThat(exclusions.covers(RawPath.of(name + "x"))).isFalse();
    }

    /** A text that is no pattern, such as one with an unclosed bracket, is a glob like any other. */
    @Property(tries = 3000)
    void noGlobIsRefused(
            @ForAll
                    @Chars({'[', ']', '!', '^', '-', '*', '?', '\\', '/', '&'})
                    @CharRange(from = 'a', to = 'c')
                    @StringLength(max = 9)
                    String glob) {
        assertThatCode(() -> Exclusions.of(List.of(glob))).doesNotThrowAnyException();
        assertThat(Exclusions.of(List.of(glob, "other")).covers(RawPath.of("other")))
                .as("the next glob")
                .isTrue();
    }
}
