package dev.freshpyc.core.pyc;

import static dev.freshpyc.core.pyc.PythonVersion.cpython;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.pyc.PythonVersion.Implementation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MagicTableTest {
    @ParameterizedTest
    @CsvSource({
        "CPYTHON, 2, 7, 62211",
        "CPYTHON, 3, 0, 3131",
        "CPYTHON, 3, 1, 3151",
        "CPYTHON, 3, 2, 3180",
        "CPYTHON, 3, 3, 3230",
        "CPYTHON, 3, 4, 3310",
        "CPYTHON, 3, 5, 3350 3351",
        "CPYTHON, 3, 6, 3379",
        "CPYTHON, 3, 7, 3394",
        "CPYTHON, 3, 8, 3413",
        "CPYTHON, 3, 9, 3425",
        "CPYTHON, 3, 10, 3439",
        "CPYTHON, 3, 11, 3495",
        "CPYTHON, 3, 12, 3531",
        "CPYTHON, 3, 13, 3571",
        "CPYTHON, 3, 14, 3627",
        "CPYTHON, 3, 15, 3666",
        "PYPY, 3, 6, 192",
        "PYPY, 3, 7, 240",
        "PYPY, 3, 8, 256",
        "PYPY, 3, 9, 336",
        "PYPY, 3, 10, 384",
        "PYPY, 3, 11, 400 416 432",
        "GRAALPY, 3, 11, 21290",
        "GRAALPY, 3, 12, 21330"
    })
    void everyFinalReleaseHasItsMagics(Implementation implementation, int major, int minor, String numbers) {
        PythonVersion version = new PythonVersion(implementation, major, minor);
        List<Magic> magics = List.of(numbers.split(" ")).stream()
                .map(Integer::valueOf)
                .map(Magic::of)
                .toList();

        assertThat(MagicTable.of(version)).isEqualTo(magics);
        assertThat(magics).allSatisfy(magic -> {
            assertThat(MagicTable.finalRelease(magic)).contains(version);
            assertThat(MagicTable.owner(magic)).contains(version);
        });
    }

    @Test
    void versionsOutsideTheTableHaveNoMagic() {
        assertThat(MagicTable.of(cpython(3, 16))).isEmpty();
        assertThat(MagicTable.of(PythonVersion.pypy(2, 7))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "11, 3450, 3499",
        "12, 3500, 3549",
        "13, 3550, 3599",
        "14, 3600, 3649",
        "15, 3650, 3699",
        "16, 3700, 3749",
        "25, 4150, 4199"
    })
    void everyNumberOfARangeBelongsToItsMinorVersion(int minor, int first, int last) {
        for (int number = first; number <= last; number++) {
            assertThat(MagicTable.owner(Magic.of(number))).contains(cpython(3, minor));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2899, 3000, 3378, 3380, 3438, 3440, 3449, 4200, 7899, 21289, 21331, 62171, 65535})
    void unassignedNumbersHaveNoOwner(int number) {
        assertThat(MagicTable.owner(Magic.of(number))).isEmpty();
        assertThat(MagicTable.finalRelease(Magic.of(number))).isEmpty();
    }

    @Test
    void aPreReleaseHasAnOwnerButIsNotAFinalRelease() {
        assertThat(MagicTable.finalRelease(Magic.of(3494))).isEmpty();
        assertThat(MagicTable.owner(Magic.of(3494))).contains(cpython(3, 11));
    }

    /** The number is right and the last two bytes are wrong, as after a file transfer in text mode. */
    @ParameterizedTest
    @ValueSource(ints = {0, 0x0a0a0000, 0x0d0a0000, 0x0d0d0000, 0x0a0d0000 ^ 0x80000000, 0x0a0d0000 ^ 0x10000})
    void aMagicWithACorruptedTailHasNoOwner(int tail) {
        for (int number : new int[] {3495, 3490, 62211, 21290, 384}) {
            Magic magic = new Magic(number | tail);

            assertThat(magic.wellFormed()).isFalse();
            assertThat(MagicTable.owner(magic)).isEmpty();
            assertThat(MagicTable.finalRelease(magic)).isEmpty();
        }
    }

    @Test
    void aMagicIsANumberFollowedByCarriageReturnAndLineFeed() {
        assertThat(Magic.of(3495)).isEqualTo(new Magic(0x0a0d0da7));
        assertThat(Magic.of(62211)).isEqualTo(new Magic(0x0a0df303));
        assertThat(Magic.of(62211).number()).isEqualTo(62211);
        assertThat(Magic.of(62211).wellFormed()).isTrue();
    }
}
