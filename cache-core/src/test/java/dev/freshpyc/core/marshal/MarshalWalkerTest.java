package dev.freshpyc.core.marshal;

import static dev.freshpyc.core.marshal.MarshalDialect.CPYTHON_2_7;
import static dev.freshpyc.core.marshal.MarshalDialect.CPYTHON_3_0;
import static dev.freshpyc.core.marshal.MarshalDialect.CPYTHON_3_11;
import static dev.freshpyc.core.marshal.MarshalDialect.CPYTHON_3_14;
import static dev.freshpyc.core.marshal.MarshalDialect.CPYTHON_3_15;
import static dev.freshpyc.core.marshal.MarshalDialect.PYPY_3_9;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.SparseFile;
import dev.freshpyc.core.marshal.MarshalBody.Defect;
import dev.freshpyc.core.marshal.MarshalBody.Malformed;
import dev.freshpyc.core.marshal.MarshalBody.NotCode;
import dev.freshpyc.core.marshal.MarshalBody.Truncated;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks single rules of marshal.c. The expected results come from CPython 2.7, 3.11, 3.14 and PyPy 3.9 themselves. */
class MarshalWalkerTest {
    private final MarshalWalker walker = new MarshalWalker();

    @ParameterizedTest
    @ValueSource(strings = {"N", "F", "T", "S", "."})
    void constantsAreNotCode(String code) throws IOException {
        assertNotCode(CPYTHON_3_11, new MarshalBytes().types(code));
    }

    @Test
    void numbersOfEveryFormatAreAccepted() throws IOException {
        assertNotCode(CPYTHON_3_11, new MarshalBytes().type('i').i32(7));
        assertNotCode(CPYTHON_3_11, new MarshalBytes().type('I').zeros(8));
        assertNotCode(CPYTHON_3_11, new MarshalBytes().type('g').zeros(8));
        assertNotCode(CPYTHON_3_11, new MarshalBytes().type('y').zeros(16));
        assertNotCode(CPYTHON_3_11, new MarshalBytes().type('f').u8(3).types("1.5"));
        assertNotCode(
                CPYTHON_3_11,
                new MarshalBytes().type('x').u8(3).types("1.5").u8(1).types("2"));
        assertNotCode(CPYTHON_3_11, new MarshalBytes().type('l').i32(0));
        assertNotCode(CPYTHON_3_11, new MarshalBytes().type('l').i32(-2).i16(0).i16(1));
    }

    @Test
    void theDigitsOfALongAreChecked() throws IOException {
        assertMalformed(
                CPYTHON_3_11, new MarshalBytes().type('l').i32(2).i16(0x8000).i16(1), 5, Defect.DIGIT_OUT_OF_RANGE);
        assertMalformed(
                CPYTHON_3_11, new MarshalBytes().type('l').i32(-2).i16(1).i16(0), 7, Defect.UNNORMALIZED_LONG);
        assertMalformed(CPYTHON_3_11, new MarshalBytes().type('l').i32(Integer.MIN_VALUE), 0, Defect.SIZE_OUT_OF_RANGE);
        assertNotCode(PYPY_3_9, new MarshalBytes().type('l').i32(2).i16(0xffff).i16(0));
    }

    @ParameterizedTest
    @ValueSource(chars = {'s', 'u', 't', 'a', 'A', '(', '[', '<', '>'})
    void onlyCPythonReadsSizesAsSigned(char code) throws IOException {
        assertMalformed(CPYTHON_3_11, new MarshalBytes().type(code).i32(-1).zeros(9), 0, Defect.SIZE_OUT_OF_RANGE);
        assertTruncated(PYPY_3_9, new MarshalBytes().type(code).i32(-1), 5);
        assertTruncated(CPYTHON_3_11, new MarshalBytes().type(code).i32(Integer.MAX_VALUE), 5);
        assertNotCode(CPYTHON_3_11, new MarshalBytes().type(code).i32(0));
    }

    @Test
    void typesAreAcceptedOnlyByTheirVersions() throws IOException {
        assertMalformed(CPYTHON_3_0, new MarshalBytes().flagged('N'), 0, Defect.UNKNOWN_TYPE);
        assertMalformed(CPYTHON_2_7, new MarshalBytes().type(')').u8(0), 0, Defect.UNKNOWN_TYPE);
        assertMalformed(CPYTHON_3_11, new MarshalBytes().type('R').i32(0), 0, Defect.UNKNOWN_TYPE);
        assertMalformed(CPYTHON_3_11, new MarshalBytes().types(":NNN"), 0, Defect.UNKNOWN_TYPE);
        assertNotCode(CPYTHON_3_14, new MarshalBytes().types(":NNN"));
        assertMalformed(CPYTHON_3_14, new MarshalBytes().types("}0"), 0, Defect.UNKNOWN_TYPE);
        assertNotCode(CPYTHON_3_15, new MarshalBytes().types("}NN0"));
        assertMalformed(CPYTHON_3_15, new MarshalBytes().types("?"), 0, Defect.UNKNOWN_TYPE);
    }

    @Test
    void python27HasATableOfInternedStrings() throws IOException {
        var table = new MarshalBytes().tuple(2).type('t').i32(1).types("a");

        assertNotCode(CPYTHON_2_7, table.type('R').i32(0));
        assertMalformed(CPYTHON_2_7, new MarshalBytes().tuple(1).type('R').i32(0), 5, Defect.INVALID_REFERENCE);
        assertMalformed(CPYTHON_2_7, new MarshalBytes().type('R').i32(-1), 0, Defect.INVALID_REFERENCE);
    }

    @Test
    void theAbsentObjectEndsADictionaryAndIsRefusedElsewhere() throws IOException {
        assertNotCode(CPYTHON_3_11, new MarshalBytes().types("{NTFN0"));
        assertMalformed(CPYTHON_3_11, new MarshalBytes().types("0"), 0, Defect.ABSENT_OBJECT);
        assertMalformed(CPYTHON_3_11, new MarshalBytes().type(')').u8(1).types("0"), 2, Defect.ABSENT_OBJECT);
        assertMalformed(CPYTHON_3_14, new MarshalBytes().types(":N0N"), 2, Defect.ABSENT_OBJECT);
    }

    @Test
    void whetherADictionaryValueMayBeAbsentDependsOnTheInterpreter() throws IOException {
        assertNotCode(CPYTHON_3_11, new MarshalBytes().types("{N0"));
        assertTruncated(CPYTHON_2_7, new MarshalBytes().types("{N0"), 3);
        assertNotCode(CPYTHON_2_7, new MarshalBytes().types("{N0TF0"));
        assertMalformed(PYPY_3_9, new MarshalBytes().types("{N0"), 2, Defect.ABSENT_OBJECT);
    }

    @Test
    void aDefectInsideACodeObjectIsFound() throws IOException {
        assertMalformed(CPYTHON_3_11, new MarshalBytes().type('c').zeros(20).types("NNN0"), 24, Defect.ABSENT_OBJECT);
        assertTruncated(CPYTHON_3_11, new MarshalBytes().type('c').zeros(19), 1);
    }

    private void assertNotCode(MarshalDialect dialect, MarshalBytes stream) throws IOException {
        byte[] bytes = stream.toBytes();
        assertThat(walk(dialect, bytes)).isEqualTo(new NotCode(bytes.length));
    }

    private void assertTruncated(MarshalDialect dialect, MarshalBytes stream, long offset) throws IOException {
        assertThat(walk(dialect, stream.toBytes())).isEqualTo(new Truncated(offset));
    }

    private void assertMalformed(MarshalDialect dialect, MarshalBytes stream, long offset, Defect defect)
            throws IOException {
        assertThat(walk(dialect, stream.toBytes())).isEqualTo(new Malformed(offset, defect));
    }

    private MarshalBody walk(MarshalDialect dialect, byte[] bytes) throws IOException {
        return walker.walk(SparseFile.of(bytes), 0, dialect);
    }
}
