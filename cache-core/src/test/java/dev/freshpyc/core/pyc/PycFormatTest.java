package dev.freshpyc.core.pyc;

import static dev.freshpyc.core.pyc.PythonVersion.cpython;
import static dev.freshpyc.core.pyc.PythonVersion.graalpy;
import static dev.freshpyc.core.pyc.PythonVersion.pypy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.pyc.PycFormat.MtimeRule;
import dev.freshpyc.core.pyc.SourceHash.Algorithm;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PycFormatTest {
    @ParameterizedTest
    @CsvSource({
        "cpython-27, MTIME, SECONDS_NON_NEGATIVE,",
        "cpython-32, MTIME, SECONDS_NON_NEGATIVE,",
        "cpython-33, MTIME_SIZE, TRUNCATED_WHOLE,",
        "cpython-36, MTIME_SIZE, TRUNCATED_WHOLE,",
        "cpython-37, FLAGS, TRUNCATED_LOW_32, SIPHASH_2_4",
        "cpython-39, FLAGS, TRUNCATED_LOW_32, SIPHASH_2_4",
        "cpython-310, FLAGS, TRUNCATED_LOW_32, SIPHASH_2_4",
        "cpython-311, FLAGS, TRUNCATED_LOW_32, SIPHASH_1_3",
        "cpython-315, FLAGS, TRUNCATED_LOW_32, SIPHASH_1_3",
        "cpython-316, FLAGS, TRUNCATED_LOW_32, SIPHASH_1_3",
        "pypy36, MTIME_SIZE, TRUNCATED_WHOLE,",
        "pypy37, FLAGS, TRUNCATED_LOW_32, SIPHASH_2_4",
        "pypy311, FLAGS, TRUNCATED_LOW_32, SIPHASH_2_4",
        "graalpy242-311, FLAGS, TRUNCATED_LOW_32,",
        "graalpy250-312, FLAGS, TRUNCATED_LOW_32,",
        "graalpy250dev1f-312, FLAGS, TRUNCATED_LOW_32,",
        "graalpy252-312, FLAGS, TRUNCATED_LOW_32, SIPHASH_1_3",
        "another, FLAGS, TRUNCATED_LOW_32, SIPHASH_1_3"
    })
    void everyTagHasItsFormat(String tag, HeaderLayout layout, MtimeRule rule, Algorithm hash) {
        assertThat(CacheTag.of(tag).format()).isEqualTo(new PycFormat(layout, rule, hash));
    }

    @Test
    void aGraalPyVersionWithoutATagHasNoHash() {
        assertThat(PycFormat.of(graalpy(3, 12)).hash()).isNull();
    }

    @Test
    void onlyCPythonBefore32CachesBesideTheSource() {
        assertThat(Stream.of(cpython(2, 7), cpython(3, 0), cpython(3, 1))).allMatch(PycFormat::cachesBesideSource);
        assertThat(Stream.of(cpython(3, 2), cpython(3, 11), pypy(2, 7), pypy(3, 9)))
                .noneMatch(PycFormat::cachesBesideSource);
    }

    @Test
    void versionsAreComparedByNumber() {
        assertThat(cpython(3, 9)).isLessThan(cpython(3, 10)).isGreaterThan(cpython(2, 10));
        assertThat(cpython(3, 7).atLeast(3, 7)).isTrue();
        assertThat(cpython(3, 6).atLeast(3, 7)).isFalse();
        assertThat(cpython(2, 7).atLeast(3, 0)).isFalse();
        assertThat(cpython(4, 0).atLeast(3, 7)).isTrue();
    }
}
