package dev.freshpyc.core.marshal;

import static dev.freshpyc.core.marshal.MarshalDialect.CPYTHON_3_11;
import static dev.freshpyc.core.marshal.MarshalDialect.CPYTHON_3_14;
import static dev.freshpyc.core.marshal.MarshalDialect.PYPY_3_9;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.marshal.MarshalBody.Defect;
import dev.freshpyc.core.marshal.MarshalBody.Malformed;
import dev.freshpyc.core.marshal.MarshalBody.NotCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Which objects get a reference slot, in which order, and when it can be referred to. */
class MarshalReferenceTest {
    private final MarshalWalker walker = new MarshalWalker();

    @Test
    void onlyMarkedObjectsHaveSlots() throws IOException {
        assertValid(CPYTHON_3_11, new Stream().tuple(2).marked('i').i32(1).reference(0));
        assertInvalid(CPYTHON_3_11, new Stream().tuple(2).type('i').i32(1).reference(0), 10);
        assertInvalid(CPYTHON_3_11, new Stream().tuple(2).marked('i').i32(1).reference(1), 10);
        assertInvalid(CPYTHON_3_11, new Stream().reference(-1), 0);
        assertInvalid(CPYTHON_3_11, new Stream().reference(0), 0);
    }

    @Test
    void aMarkedConstantOrReferenceHasASlotOnPyPyOnly() throws IOException {
        assertInvalid(CPYTHON_3_11, new Stream().tuple(2).marked('N').reference(0), 6);
        assertValid(PYPY_3_9, new Stream().tuple(2).marked('N').reference(0));
        var twice = new Stream().tuple(3).marked('i').i32(1).marked('r').i32(0).reference(1);
        assertInvalid(CPYTHON_3_11, twice, 15);
        assertValid(PYPY_3_9, twice);
        assertInvalid(PYPY_3_9, new Stream().marked('r').i32(0), 0);
    }

    @Test
    void aSlotIsGivenBeforeThoseOfTheParts() throws IOException {
        assertValid(
                CPYTHON_3_11,
                new Stream().tuple(2).marked('(').i32(1).marked('i').i32(1).reference(1));
        assertInvalid(
                CPYTHON_3_11,
                new Stream().tuple(2).marked('(').i32(1).marked('i').i32(1).reference(2),
                15);
    }

    @Test
    void whatCanContainItself() throws IOException {
        assertValid(CPYTHON_3_11, new Stream().marked('(').i32(1).reference(0));
        assertValid(CPYTHON_3_11, new Stream().marked('[').i32(1).reference(0));
        assertInvalid(CPYTHON_3_11, new Stream().marked('>').i32(1).reference(0), 5);
        assertInvalid(CPYTHON_3_14, new Stream().marked(':').reference(0).types("NN"), 1);
        assertInvalid(CPYTHON_3_11, new Stream().marked('c').zeros(20).reference(0), 21);
        assertInvalid(PYPY_3_9, new Stream().marked('(').i32(1).reference(0), 5);
        assertValid(PYPY_3_9, new Stream().marked('[').i32(1).reference(0));
    }

    @Test
    void aWholeFrozensetCanBeReferredToAndAnOpenOneAroundItCannot() throws IOException {
        var sets = new Stream().marked('>').i32(2).marked('>').i32(1).types("N");

        assertInvalid(CPYTHON_3_11, sets.reference(0), 11);
        assertValid(
                CPYTHON_3_11,
                new Stream().marked('>').i32(2).marked('>').i32(1).types("N").reference(1));
        assertValid(CPYTHON_3_11, new Stream().tuple(2).marked('>').i32(0).reference(0));
    }

    private void assertValid(MarshalDialect dialect, Stream stream) throws IOException {
        byte[] bytes = stream.toBytes();
        assertThat(walk(dialect, bytes)).isEqualTo(new NotCode(bytes.length));
    }

    private void assertInvalid(MarshalDialect dialect, Stream stream, long offset) throws IOException {
        assertThat(walk(dialect, stream.toBytes())).isEqualTo(new Malformed(offset, Defect.INVALID_REFERENCE));
    }

    private MarshalBody walk(MarshalDialect dialect, byte[] bytes) throws IOException {
        return walker.walk(SparseFile.of(bytes), 0, dialect);
    }
}
