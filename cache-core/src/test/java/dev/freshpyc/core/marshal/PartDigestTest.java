package dev.freshpyc.core.marshal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartDigestTest {

    private final Random random = new Random(1);
    private final PartDigest digest = new PartDigest();

    @Test
    void theDigestDoesNotDependOnThePieces() {
        for (int length = 0; length < 3000; length += 1 + random.nextInt(7)) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            digest.update(bytes);
            String whole = finish();
            for (int at = 0; at < length; ) {
                int piece = Math.min(length - at, random.nextInt(600));
                if (piece == 1) {
                    digest.update(bytes[at]);
                } else {
                    digest.update(bytes, at, piece);
                }
                at += piece;
            }
            assertThat(finish()).as("%d bytes", length).isEqualTo(whole);
        }
    }

    @Test
    void theDigestDependsOnEveryByteAndOnTheLength() {
        Set<String> seen = new HashSet<>();
        for (int length = 0; length < 1100; length++) {
            digest.update(new byte[length]);
            assertThat(seen.add(finish())).as("%d zeros", length).isTrue();
        }
        for (int place = 0; place < 1100; place++) {
            byte[] bytes = new byte[1100];
            bytes[place] = 1;
            digest.update(bytes);
            assertThat(seen.add(finish())).as("a one at %d", place).isTrue();
        }
    }

    @Test
    void bothHalvesOfADigestHaveDifferentKeys() {
        byte[] into = new byte[PartDigest.LENGTH];
        digest.finish(into);

        String hex = HexFormat.of().formatHex(into);
        assertThat(hex.substring(0, 16)).isNotEqualTo(hex.substring(16));
    }

    private String finish() {
        byte[] into = new byte[PartDigest.LENGTH];
        digest.finish(into);
        return HexFormat.of().formatHex(into);
    }
}
