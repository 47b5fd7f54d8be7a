package dev.freshpyc.indexer.fs.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.indexer.fs.StampStability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The translation of {@code statfs(2)} numbers to file system names. */
class FileSystemMagicTest {

    /** The numbers are constants of {@code linux/magic.h}. */
    @ParameterizedTest
    @CsvSource({
        "0x794c7630, overlay, false",
        "0x73717368, squashfs, false",
        "0xe0f5e1e2, erofs, false",
        "0x65735546, fuse, false",
        "0x6969, nfs, false",
        "0xff534d42, cifs, false",
        "0xfe534d42, smb2, false",
        "0x01021997, 9p, false",
        "0x00c36400, ceph, false",
        "0x5346414f, afs, false",
        "0x6b414653, afs, false",
        "0x4d44, msdos, false",
        "0xef53, ext4, true",
        "0x58465342, xfs, true",
        "0x9123683e, btrfs, true",
        "0x01021994, tmpfs, true"
    })
    void aKnownNumberGivesTheNameAndTheStability(String magic, String name, boolean stable) {
        assertThat(FileSystemMagic.stabilityOf(Long.decode(magic).intValue()))
                .isEqualTo(new StampStability(name, stable));
    }

    @Test
    void anUnknownNumberServesAsTheNameAndCountsAsStable() {
        assertThat(FileSystemMagic.stabilityOf(0xabcd1234)).isEqualTo(new StampStability("0xabcd1234", true));
    }
}
