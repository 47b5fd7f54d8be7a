package dev.freshpyc.core.marshal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of {@link PartDigest}, checked for every {@link ObjectHash}. */
class PartDigestTest {

    private final Random random = new Random(1);

    @ParameterizedTest
    @EnumSource(ObjectHash.class)
    void theDigestDoesNotDependOnThePieces(ObjectHash hash) {
        PartDigest digest = hash.begin();
        for (int length = 0; length < 3000; length += 1 + random.nextInt(7)) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            digest.update(bytes);
            String whole = finish(hash, digest);
            for (int at = 0; at < length; ) {
                int piece = Math.min(length - at, random.nextInt(600));
                if (piece == 1) {
                    digest.update(bytes[at]);
                } else {
                    digest.update(bytes, at, piece);
                }
                at += piece;
            }
            assertThat(finish(hash, digest)).as("%d bytes", length).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @EnumSource(ObjectHash.class)
    void theDigestDependsOnEveryByteAndOnTheLength(ObjectHash hash) {
        PartDigest digest = hash.begin();
        Set<String> seen = new HashSet<>();
        for (int length = 0; length < 1100; length++) {
            digest.update(new byte[length]);
            assertThat(seen.add(finish(hash, digest))).as("%d zeros", length).isTrue();
        }
        for (int place = 0; place < 1100; place++) {
            byte[] bytes = new byte[1100];
            bytes[place] = 1;
            digest.update(bytes);
            assertThat(seen.add(finish(hash, digest))).as("a one at %d", place).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(ObjectHash.class)
    void aResetDiscardsTheEarlierBytes(ObjectHash hash) {
        PartDigest digest = hash.begin();
        String nothing = finish(hash, digest);
        digest.update(new byte[700]);
        digest.reset();

        assertThat(finish(hash, digest)).isEqualTo(nothing);
    }

    @Test
    void theHalvesOfAKeyedDigestHaveDifferentKeys() {
        String hex = finish(ObjectHash.KEYED, ObjectHash.KEYED.begin());

        assertThat(hex.substring(0, 16)).isNotEqualTo(hex.substring(16));
    }

    private static String finish(ObjectHash hash, PartDigest digest) {
        byte[] into = new byte[hash.length()];
        digest.finish(into);
        return HexFormat.of().formatHex(into);
    }
}
