package dev.freshpyc.core.marshal;

import static dev.freshpyc.core.marshal.MarshalDialect.CPYTHON_3_11;
import static dev.freshpyc.core.marshal.MarshalDialect.CPYTHON_3_14;
import static dev.freshpyc.core.marshal.MarshalDialect.PYPY_3_9;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.SparseFile;
import dev.freshpyc.core.marshal.MarshalBody.Defect;
import dev.freshpyc.core.marshal.MarshalBody.Malformed;
import dev.freshpyc.core.marshal.MarshalBody.NotCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Checks which objects get a reference slot, in which order, and when a reference to the slot is valid. */
class MarshalReferenceTest {
    private final MarshalWalker walker = new MarshalWalker();

    @Test
    void onlyFlaggedObjectsHaveReferenceSlots() throws IOException {
        assertValid(
                CPYTHON_3_11, new MarshalBytes().tuple(2).flagged('i').i32(1).reference(0));
        assertInvalid(CPYTHON_3_11, new MarshalBytes().tuple(2).type('i').i32(1).reference(0), 10);
        assertInvalid(
                CPYTHON_3_11, new MarshalBytes().tuple(2).flagged('i').i32(1).reference(1), 10);
        assertInvalid(CPYTHON_3_11, new MarshalBytes().reference(-1), 0);
        assertInvalid(CPYTHON_3_11, new MarshalBytes().reference(0), 0);
    }

    @Test
    void aFlaggedConstantOrReferenceHasASlotOnlyOnPyPy() throws IOException {
        assertInvalid(CPYTHON_3_11, new MarshalBytes().tuple(2).flagged('N').reference(0), 6);
        assertValid(PYPY_3_9, new MarshalBytes().tuple(2).flagged('N').reference(0));
        var twice = new MarshalBytes()
                .tuple(3)
                .flagged('i')
                .i32(1)
                .flagged('r')
                .i32(0)
                .reference(1);
        assertInvalid(CPYTHON_3_11, twice, 15);
        assertValid(PYPY_3_9, twice);
        assertInvalid(PYPY_3_9, new MarshalBytes().flagged('r').i32(0), 0);
    }

    @Test
    void anObjectGetsItsSlotBeforeItsParts() throws IOException {
        assertValid(
                CPYTHON_3_11,
                new MarshalBytes()
                        .tuple(2)
                        .flagged('(')
                        .i32(1)
                        .flagged('i')
                        .i32(1)
                        .reference(1));
        assertInvalid(
                CPYTHON_3_11,
                new MarshalBytes()
                        .tuple(2)
                        .flagged('(')
                        .i32(1)
                        .flagged('i')
                        .i32(1)
                        .reference(2),
                15);
    }

    @Test
    void onlySomeTypesMayContainThemselves() throws IOException {
        assertValid(CPYTHON_3_11, new MarshalBytes().flagged('(').i32(1).reference(0));
        assertValid(CPYTHON_3_11, new MarshalBytes().flagged('[').i32(1).reference(0));
        assertInvalid(CPYTHON_3_11, new MarshalBytes().flagged('>').i32(1).reference(0), 5);
        assertInvalid(CPYTHON_3_14, new MarshalBytes().flagged(':').reference(0).types("NN"), 1);
        assertInvalid(CPYTHON_3_11, new MarshalBytes().flagged('c').zeros(20).reference(0), 21);
        assertInvalid(PYPY_3_9, new MarshalBytes().flagged('(').i32(1).reference(0), 5);
        assertValid(PYPY_3_9, new MarshalBytes().flagged('[').i32(1).reference(0));
    }

    @Test
    void onlyACompleteFrozensetCanBeReferredTo() throws IOException {
        var sets = new MarshalBytes().flagged('>').i32(2).flagged('>').i32(1).types("N");

        assertInvalid(CPYTHON_3_11, sets.reference(0), 11);
        assertValid(
                CPYTHON_3_11,
                new MarshalBytes()
                        .flagged('>')
                        .i32(2)
                        .flagged('>')
                        .i32(1)
                        .types("N")
                        .reference(1));
        assertValid(
                CPYTHON_3_11, new MarshalBytes().tuple(2).flagged('>').i32(0).reference(0));
    }

    private void assertValid(MarshalDialect dialect, MarshalBytes stream) throws IOException {
        byte[] bytes = stream.toBytes();
        assertThat(walk(dialect, bytes)).isEqualTo(new NotCode(bytes.length));
    }

    private void assertInvalid(MarshalDialect dialect, MarshalBytes stream, long offset) throws IOException {
        assertThat(walk(dialect, stream.toBytes())).isEqualTo(new Malformed(offset, Defect.INVALID_REFERENCE));
    }

    private MarshalBody walk(MarshalDialect dialect, byte[] bytes) throws IOException {
        return walker.walk(SparseFile.of(bytes), 0, dialect);
    }
}
