package dev.freshpyc.core.record.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.verdict.Verdict;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealCodecTest {

    private final Random random = new Random(1);

    /** Removing seals from the encoded bytes gives the encoded bytes of the remaining seals. */
    @Test
    void removedSealsLeaveTheBytesOfTheOtherSeals() throws BadRecordException {
        for (int round = 0; round < 200; round++) {
            Map<RawPath, Seal> seals = seals(random.nextInt(30));
            Set<RawPath> removed = new HashSet<>(Set.of(RawPath.of("never/there")));
            seals.keySet().stream().filter(_ -> random.nextInt(3) == 0).forEach(removed::add);
            byte[] all = SealCodec.encode(seals);

            byte[] rest = SealCodec.without(all, removed);

            seals.keySet().removeAll(removed);
            assertThat(rest).isEqualTo(SealCodec.encode(seals));
            assertThat(SealCodec.decode(rest)).isEqualTo(seals);
        }
    }

    @Test
    void truncatedSealsAreRefused() {
        byte[] all = SealCodec.encode(seals(9));
        for (int length = 0; length < all.length; length++) {
            byte[] truncated = Arrays.copyOf(all, length);
            assertThatExceptionOfType(BadRecordException.class).isThrownBy(() -> SealCodec.decode(truncated));
            assertThatExceptionOfType(BadRecordException.class)
                    .isThrownBy(() -> SealCodec.without(truncated, Set.of()));
        }
    }

    private Map<RawPath, Seal> seals(int count) {
        Map<RawPath, Seal> seals = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Map<Verdict.Kind, Long> verdicts = new HashMap<>();
            for (Verdict.Kind kind : Verdict.Kind.values()) {
                if (random.nextInt(4) == 0) {
                    verdicts.put(kind, (long) random.nextInt(100_000));
                }
            }
            Sha256 fingerprint = new Sha256(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
            seals.put(RawPath.of("a".repeat(random.nextInt(300)) + "/" + i), new Seal(fingerprint, i, 2, verdicts));
        }
        return seals;
    }
}
