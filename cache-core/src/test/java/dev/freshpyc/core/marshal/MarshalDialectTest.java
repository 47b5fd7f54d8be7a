package dev.freshpyc.core.marshal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.core.pyc.PythonVersion.Implementation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MarshalDialectTest {

    @ParameterizedTest
    @CsvSource({
        "2,  7, CPYTHON_2_7",
        "3,  0, CPYTHON_3_0",
        "3,  3, CPYTHON_3_0",
        "3,  4, CPYTHON_3_4",
        "3,  7, CPYTHON_3_4",
        "3,  8, CPYTHON_3_8",
        "3, 10, CPYTHON_3_8",
        "3, 11, CPYTHON_3_11",
        "3, 13, CPYTHON_3_11",
        "3, 14, CPYTHON_3_14",
        "3, 15, CPYTHON_3_15"
    })
    void everyCPythonVersionHasItsDialect(int major, int minor, MarshalDialect dialect) {
        assertThat(MarshalDialect.of(PythonVersion.cpython(major, minor))).contains(dialect);
    }

    @Test
    void anUnverifiedVersionHasNoDialect() {
        assertThat(MarshalDialect.of(PythonVersion.cpython(2, 6))).isEmpty();
        assertThat(MarshalDialect.of(PythonVersion.cpython(3, 16))).isEmpty();
        assertThat(MarshalDialect.of(PythonVersion.pypy(3, 9))).contains(MarshalDialect.PYPY_3_9);
        assertThat(MarshalDialect.of(PythonVersion.pypy(3, 10))).isEmpty();
        assertThat(MarshalDialect.of(PythonVersion.graalpy(3, 11))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aVersionIsKnownIfItHasADialect(Implementation implementation) {
        for (int major = 0; major < 5; major++) {
            for (int minor = -1; minor < 20; minor++) {
                PythonVersion version = new PythonVersion(implementation, major, minor);

                assertThat(MarshalDialect.isKnown(version))
                        .as("%s", version)
                        .isEqualTo(MarshalDialect.of(version).isPresent());
            }
        }
    }

    @Test
    void codeBeginsWithOneOfTwoBytes() {
        assertThat(MarshalDialect.mayBeginCode((byte) 'c')).isTrue();
        assertThat(MarshalDialect.mayBeginCode((byte) 0xe3)).isTrue();
        assertThat(MarshalDialect.mayBeginCode((byte) '(')).isFalse();
        assertThat(MarshalDialect.mayBeginCode((byte) 0)).isFalse();
    }
}
