package dev.freshpyc.core.verdict;

import static dev.freshpyc.core.pyc.PythonVersion.cpython;
import static dev.freshpyc.core.verdict.ObservationSamples.MAGIC_27;
import static dev.freshpyc.core.verdict.ObservationSamples.MAGIC_311;
import static dev.freshpyc.core.verdict.ObservationSamples.MAGIC_36;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.pyc.Magic;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LegacyReaderTest {
    private static final Magic UNKNOWN = Magic.of(1);
    private static final LegacyReader UNKNOWN_READER = new LegacyReader(Optional.empty());
    private static final LegacyReader PYTHON_27 = new LegacyReader(Optional.of(ClassifierCase.PYTHON_27));
    private static final LegacyReader PYTHON_311 = new LegacyReader(Optional.of(ClassifierCase.PYTHON_311));
    private static final LegacyReader PREVIEW_311 = new LegacyReader(Optional.of(ClassifierCase.PREVIEW_311));

    @Test
    void besideASourceTheWriterReadsIfItIsOlderThanPython32() {
        assertThat(UNKNOWN_READER.besideSource(MAGIC_27)).contains(cpython(2, 7));
        assertThat(UNKNOWN_READER.besideSource(Magic.of(3151))).contains(cpython(3, 1));
        assertThat(UNKNOWN_READER.besideSource(Magic.of(3180))).isEmpty();
        assertThat(UNKNOWN_READER.besideSource(MAGIC_311)).isEmpty();
        assertThat(UNKNOWN_READER.besideSource(UNKNOWN)).isEmpty();
        assertThat(PYTHON_311.besideSource(MAGIC_311)).isEmpty();
        assertThat(PYTHON_311.besideSource(MAGIC_27)).isEmpty();
        assertThat(PYTHON_311.besideSource(UNKNOWN)).isEmpty();
    }

    @Test
    void besideASourcePython27ReadsEveryPyc() {
        assertThat(PYTHON_27.besideSource(MAGIC_27)).contains(cpython(2, 7));
        assertThat(PYTHON_27.besideSource(MAGIC_311)).contains(cpython(2, 7));
        assertThat(PYTHON_27.besideSource(UNKNOWN)).contains(cpython(2, 7));
    }

    @Test
    void withoutASourceTheGivenInterpreterReadsOrElseTheWriter() {
        assertThat(PYTHON_311.withoutSource(MAGIC_27)).contains(cpython(3, 11));
        assertThat(UNKNOWN_READER.withoutSource(MAGIC_36)).contains(cpython(3, 6));
        assertThat(UNKNOWN_READER.withoutSource(UNKNOWN)).isEmpty();
    }

    @Test
    void theGivenInterpreterAcceptsItsOwnMagicOnly() {
        assertThat(PYTHON_311.accepts(cpython(3, 11), MAGIC_311)).isTrue();
        assertThat(PYTHON_311.accepts(cpython(3, 11), Magic.of(3490))).isFalse();
        assertThat(PREVIEW_311.accepts(cpython(3, 11), MAGIC_311)).isFalse();
        assertThat(PREVIEW_311.accepts(cpython(3, 11), Magic.of(3490))).isTrue();
    }

    @Test
    void anotherInterpreterAcceptsTheMagicsOfItsVersion() {
        assertThat(PYTHON_311.accepts(cpython(2, 7), MAGIC_27)).isTrue();
        assertThat(UNKNOWN_READER.accepts(cpython(2, 7), MAGIC_27)).isTrue();
        assertThat(UNKNOWN_READER.accepts(cpython(2, 7), MAGIC_311)).isFalse();
        assertThat(UNKNOWN_READER.accepts(cpython(2, 7), UNKNOWN)).isFalse();
        assertThat(UNKNOWN_READER.accepts(cpython(2, 7), new Magic(62211))).isFalse();
    }
}
