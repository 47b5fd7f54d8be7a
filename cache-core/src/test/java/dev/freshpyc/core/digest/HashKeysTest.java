package dev.freshpyc.core.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashKeysTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void everyDrawGivesOtherKeys() {
        assertThat(HashKeys.draw(1000)).doesNotHaveDuplicates().doesNotContain(0);
        assertThat(HashKeys.draw(4)).isNotEqualTo(HashKeys.draw(4));
    }

    /** Both halves of the kernel's UUID go into a key. */
    @Test
    void aKeyHasAllRandomBitsOfTheKernel() throws Exception {
        Path kernel = Files.writeString(directory.resolve("uuid"), "01234567-89ab-4def-8123-456789abcdef\n");

        assertThat(HashKeys.draw(2, kernel))
                .containsExactly(0x0123456789ab4defL ^ 0x8123456789abcdefL, 0x0123456789ab4defL ^ 0x8123456789abcdefL);
    }

    @Test
    void keysAreRandomWithoutTheFileOfTheKernel() throws Exception {
        Path absent = directory.resolve("absent");
        Path damaged = Files.writeString(directory.resolve("damaged"), "no UUID\n");

        assertThat(HashKeys.draw(100, absent)).doesNotHaveDuplicates();
        assertThat(HashKeys.draw(100, damaged)).doesNotHaveDuplicates();
    }

    /** As {@link HashKeys} claims for the UUIDs of random(4): over many keys, each bit has both values. */
    @Test
    void eachBitOfAKeyChanges() {
        long ever = 0;
        long always = -1;
        for (long key : HashKeys.draw(200)) {
            ever |= key;
            always &= key;
        }

        assertThat(ever).isEqualTo(-1);
        assertThat(always).isZero();
    }
}
