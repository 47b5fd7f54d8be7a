package dev.freshpyc.core.marshal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.freshpyc.core.file.SparseFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Walks 100,000 random and mutated bodies. The seed is fixed, and the failure message contains the number of the input. */
class MarshalFuzzTest {
    private static final int INPUTS = 100_000;
    private static final int START = 16;
    private static final List<MarshalDialect> DIALECTS = List.of(MarshalDialect.values());
    private static final byte[] TYPES = "0NFTS.iIgylfxsutaAzZ()[<>{}:crR?".getBytes(StandardCharsets.US_ASCII);

    private final SplittableRandom random = new SplittableRandom(20260131);
    private final List<byte[]> bodies = Fixture.ALL.stream().map(Fixture::body).toList();
    private final MarshalWalker walker = new MarshalWalker();

    @Test
    void everyInputHasAResultWithinTheFile() {
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            for (int input = 0; input < INPUTS; input++) {
                check(input, nextBody());
            }
        });
    }

    private void check(int input, byte[] body) throws IOException {
        var file = new SparseFile(Integer.MAX_VALUE).appendHole(START).append(body);
        MarshalDialect dialect = DIALECTS.get(random.nextInt(DIALECTS.size()));

        MarshalBody result = walker.walk(file, START, dialect);

        assertThat(offset(result)).as("input %d: %s", input, result).isBetween((long) START, file.size());
        assertThat(file.reads()).as("reads of input %d", input).isLessThanOrEqualTo(body.length + 1);
        assertThat(file.bytesRead()).as("bytes of input %d", input).isLessThanOrEqualTo(body.length + 3);
    }

    private static long offset(MarshalBody result) {
        return switch (result) {
            case MarshalBody.Complete(long end) -> end;
            case MarshalBody.Empty() -> START;
            case MarshalBody.NotCode(long end) -> end;
            case MarshalBody.Truncated(long offset) -> offset;
            case MarshalBody.Malformed(long offset, var _) -> offset;
        };
    }

    private byte[] nextBody() {
        return switch (random.nextInt(4)) {
            case 0 -> randomBytes(random.nextInt(300));
            case 1 -> randomTypes(random.nextInt(300));
            default -> mutated(bodies.get(random.nextInt(bodies.size())));
        };
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Returns mostly type bytes and small numbers, which the walker follows farther than random bytes. */
    private byte[] randomTypes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = random.nextBoolean() ? nextType() : (byte) random.nextInt(4);
        }
        return bytes;
    }

    private byte nextType() {
        int type = TYPES[random.nextInt(TYPES.length)];
        return (byte) (random.nextBoolean() ? type : type | 0x80);
    }

    private byte[] mutated(byte[] body) {
        byte[] copy = Arrays.copyOf(body, random.nextInt(8) == 0 ? random.nextInt(body.length) : body.length);
        for (int edits = random.nextInt(1, 4); edits > 0 && copy.length > 4; edits--) {
            edit(copy, random.nextInt(copy.length - 4));
        }
        return copy;
    }

    private void edit(byte[] bytes, int at) {
        switch (random.nextInt(5)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> bytes[at] = nextType();
            case 3 -> System.arraycopy(bytes, at, bytes, at + 1, bytes.length - at - 1);
            default -> Arrays.fill(bytes, at, at + 4, (byte) (random.nextBoolean() ? 0xff : 0x7f));
        }
    }
}
