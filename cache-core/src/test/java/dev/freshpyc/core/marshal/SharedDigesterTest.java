package dev.freshpyc.core.marshal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.Magic;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the digests that machines exchange: they never change, and they detect what code digests detect. */
class SharedDigesterTest {

    private static final String FIXTURES = "dev.freshpyc.core.marshal.Fixture#all";
    private static final int CHANGES = 300;

    private final SharedDigester shared = new SharedDigester();
    private final CodeDigester digester = new CodeDigester();

    /** Other machines have stored these digests. Change them only together with the {@code method} of the protocol. */
    @ParameterizedTest
    @CsvSource({
        "cpython-27,  b18b9f46f37574179a6550c7c94312f6c919f979d1f40e3726516f73e41c24f2",
        "cpython-38,  b9ece11b68c7f11e7ec02cee79af9b12c4979cc0d6d171ad20ca9875867a67c9",
        "cpython-311,  67a0673f0502094b436c205861cdbbb7722c9a803383312c52896f4851ec1ef6",
        "cpython-314,  3522c65b8268eb4474c71ac9c187741becc53c4c01d4b15e4079bea13db32226",
        "pypy39,  f6c37b06aba53437a21819b978c5f3b05f8ab1995317aababa2f1c8dfc3d5ea8"
    })
    void theDigestsOfRealBodiesDoNotChange(String tag, String digest) {
        Fixture fixture = Fixture.all().stream()
                .filter(candidate -> candidate.tag().equals(tag))
                .findFirst()
                .orElseThrow();

        assertThat(shared(fixture, fixture.file()).orElseThrow().digest()).hasToString(digest);
    }

    @ParameterizedTest
    @MethodSource(FIXTURES)
    void aChangedBitChangesBothDigestsOrNeither(Fixture fixture) {
        byte[] file = fixture.file();
        var code = code(fixture, file);
        var digest = shared(fixture, file);
        Random random = new Random(5);
        for (int change = 0; change < CHANGES; change++) {
            byte[] changed = file.clone();
            int at = fixture.start() + random.nextInt(file.length - fixture.start());
            changed[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(shared(fixture, changed).equals(digest))
                    .as("a change at %d", at)
                    .isEqualTo(code(fixture, changed).equals(code));
            assertThat(shared(fixture, changed).isPresent())
                    .as("a change at %d", at)
                    .isEqualTo(code(fixture, changed).isPresent());
        }
    }

    private Optional<SharedDigester.SharedDigest> shared(Fixture fixture, byte[] file) {
        return shared.digest(file, fixture.start(), CacheTag.of(fixture.tag()), magic(file));
    }

    private Optional<CodeDigest> code(Fixture fixture, byte[] file) {
        return digester.digest(file, fixture.start(), CacheTag.of(fixture.tag()), magic(file));
    }

    private static Magic magic(byte[] file) {
        return new Magic(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt());
    }
}
