package dev.freshpyc.core.marshal;

import static dev.freshpyc.core.marshal.MarshalDialect.CPYTHON_3_11;
import static dev.freshpyc.core.marshal.MarshalDialect.DEPTH_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.SparseFile;
import dev.freshpyc.core.marshal.MarshalBody.Complete;
import dev.freshpyc.core.marshal.MarshalBody.Defect;
import dev.freshpyc.core.marshal.MarshalBody.Malformed;
import dev.freshpyc.core.marshal.MarshalBody.NotCode;
import dev.freshpyc.core.marshal.MarshalBody.Truncated;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Checks that large declared sizes and depths cost neither memory nor reads. */
class MarshalBoundsTest {
    private static final int HUGE = Integer.MAX_VALUE;

    private final MarshalWalker walker = new MarshalWalker();

    @Test
    void aBodyOfSixGigabytesIsReadInFourWindows() throws IOException {
        var file = hugeStrings();

        assertThat(walk(file)).isEqualTo(new Complete(file.size()));
        assertThat(file.size()).isGreaterThan(6L << 30);
        assertThat(file.bytesRead()).isLessThanOrEqualTo(4L * Window.SIZE);
    }

    @Test
    void aStringWithoutItsLastByteIsTruncated() throws IOException {
        var file = new SparseFile(HUGE)
                .append(new MarshalBytes().type('s').i32(HUGE).toBytes());

        assertThat(walk(file.appendHole(HUGE - 1L))).isEqualTo(new Truncated(5));
        assertThat(walk(file.appendHole(1))).isEqualTo(new NotCode(5L + HUGE));
    }

    @Test
    void tuplesWithoutTheirDeclaredItemsAreTruncated() throws IOException {
        var nested = new MarshalBytes();
        for (int depth = 0; depth < DEPTH_LIMIT; depth++) {
            nested.tuple(HUGE);
        }

        assertThat(walk(SparseFile.of(nested.toBytes()))).isEqualTo(new Truncated(5L * DEPTH_LIMIT));
    }

    @Test
    void aBodyDeeperThanTheLimitIsMalformed() throws IOException {
        assertThat(walk(nestedTuples(DEPTH_LIMIT - 1))).isInstanceOf(NotCode.class);
        assertThat(walk(nestedTuples(DEPTH_LIMIT))).isEqualTo(new Malformed(5L * DEPTH_LIMIT, Defect.TOO_DEEP));
    }

    @Test
    void aReferenceBeyondTheLastSlotIsInvalid() throws IOException {
        int count = 300_000;
        var stream = new MarshalBytes().tuple(count + 2);
        for (int i = 0; i < count; i++) {
            stream.flagged(')').u8(0);
        }
        long reference = 10 + 2L * count;

        assertThat(walk(SparseFile.of(
                        stream.reference(count - 1).reference(count).toBytes())))
                .isEqualTo(new Malformed(reference, Defect.INVALID_REFERENCE));
    }

    /** A code object whose bytecode, constants and line table are three strings of 2 GiB. */
    private static SparseFile hugeStrings() {
        return new SparseFile(HUGE)
                .append(new MarshalBytes()
                        .type('c')
                        .zeros(20)
                        .type('s')
                        .i32(HUGE)
                        .toBytes())
                .appendHole(HUGE)
                .append(new MarshalBytes().type(')').u8(1).type('s').i32(HUGE).toBytes())
                .appendHole(HUGE)
                .append(new MarshalBytes()
                        .types("NNNNNN")
                        .zeros(4)
                        .type('s')
                        .i32(HUGE)
                        .toBytes())
                .appendHole(HUGE)
                .append(new MarshalBytes().types("N").toBytes());
    }

    private static SparseFile nestedTuples(int count) {
        var stream = new MarshalBytes();
        for (int i = 0; i < count; i++) {
            stream.tuple(1);
        }
        return SparseFile.of(stream.types("N").toBytes());
    }

    private MarshalBody walk(SparseFile file) throws IOException {
        return walker.walk(file, 0, CPYTHON_3_11);
    }
}
