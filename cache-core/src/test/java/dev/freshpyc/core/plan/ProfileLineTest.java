package dev.freshpyc.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A profile can hold every name of a module, and a line never becomes the name of another module. */
class ProfileLineTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "pkg.a",
                "pkg.two words",
                " a ",
                "a#b",
                "a #b",
                "\"",
                "\"a\"",
                "a\"b",
                "pkg.\"a b\" # c",
                "\\",
                "é\u2003ü"
            })
    void aNameIsReadAsItWasWritten(String name) {
        assertThat(ProfileLine.module(ProfileLine.of(name))).contains(name);
        assertThat(ProfileLine.module("  " + ProfileLine.of(name) + " # \"comment\""))
                .contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "# a", " #\"a\""})
    void aLineWithoutANameIsEmpty(String line) {
        assertThat(ProfileLine.module(line)).contains("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "a\tb", "\"a", "\"a\"b", "\"a\" b", "\"\"", "\"a\"\"", "\"a\tb\"", "\"a..b\"", "a/b"})
    void anythingElseThanOneNameIsRefused(String line) {
        assertThat(ProfileLine.module(line)).isEmpty();
    }

    @Test
    void aPlainNameStandsWithoutQuotes() {
        assertThat(ProfileLine.of("pkg.a")).isEqualTo("pkg.a");
    }
}
