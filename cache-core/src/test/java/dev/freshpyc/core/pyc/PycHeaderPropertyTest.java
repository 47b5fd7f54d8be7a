package dev.freshpyc.core.pyc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.freshpyc.core.pyc.PycHeader.BadFlags;
import dev.freshpyc.core.pyc.PycHeader.Cut;
import dev.freshpyc.core.pyc.PycHeader.Hashed;
import dev.freshpyc.core.pyc.PycHeader.Intact;
import dev.freshpyc.core.pyc.PycHeader.Timestamped;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PycHeaderPropertyTest {
    private static final int INPUTS = 100_000;
    private static final HeaderLayout[] LAYOUTS = HeaderLayout.values();

    private final SplittableRandom random = new SplittableRandom(20260131);

    @Property
    void anEncodedHeaderIsParsedBack(@ForAll("headers") Intact header) {
        byte[] bytes = header.encode();

        assertThat(bytes).hasSize(header.layout().length());
        assertThat(PycHeader.parse(bytes, bytes.length, header.layout())).isEqualTo(header);
    }

    /** The seed is fixed, so a failure can be repeated. The failure message contains the number of the input. */
    @Test
    void everyInputIsParsedAndIntactHeadersEncodeToTheSameBytes() {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (int input = 0; input < INPUTS; input++) {
                check(input, randomFile(), LAYOUTS[random.nextInt(LAYOUTS.length)]);
            }
        });
    }

    @Provide
    Arbitrary<Intact> headers() {
        Arbitrary<Integer> number = Arbitraries.integers();
        Arbitrary<Magic> magic = number.map(Magic::new);
        Arbitrary<Intact> plain = Combinators.combine(magic, number)
                .as((m, mtime) -> new Timestamped(m, HeaderLayout.MTIME, 0, mtime, 0));
        Arbitrary<Intact> sized = Combinators.combine(magic, number, number)
                .as((m, mtime, size) -> new Timestamped(m, HeaderLayout.MTIME_SIZE, 0, mtime, size));
        Arbitrary<Intact> flagged = Combinators.combine(magic, Arbitraries.of(0, 2), number, number)
                .as((m, flags, mtime, size) -> new Timestamped(m, HeaderLayout.FLAGS, flags, mtime, size));
        Arbitrary<Intact> hashed = Combinators.combine(magic, Arbitraries.of(true, false), Arbitraries.longs())
                .as((m, check, hash) -> new Hashed(m, check, new SourceHash(hash)));
        return Arbitraries.oneOf(plain, sized, flagged, hashed);
    }

    private static void check(int input, byte[] file, HeaderLayout layout) {
        switch (PycHeader.parse(file, file.length, layout)) {
            case Cut(int length) ->
                assertThat(length).as("input %d", input).isEqualTo(file.length).isLessThan(layout.length());
            case BadFlags(var _, int flags) ->
                assertThat(flags & ~3).as("input %d", input).isNotZero();
            case Intact header ->
                assertThat(header.encode()).as("input %d", input).isEqualTo(Arrays.copyOf(file, layout.length()));
        }
    }

    /** Returns up to 24 random bytes. Half of the files have small flags, so that the parser accepts the flags. */
    private byte[] randomFile() {
        byte[] file = new byte[random.nextInt(25)];
        random.nextBytes(file);
        if (random.nextBoolean() && file.length >= 8) {
            Arrays.fill(file, 4, 8, (byte) 0);
            file[4] = (byte) random.nextInt(5);
        }
        return file;
    }
}
