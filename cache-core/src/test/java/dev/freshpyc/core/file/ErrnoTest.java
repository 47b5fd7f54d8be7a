package dev.freshpyc.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected numbers and symbols come from Python's {@code errno.errorcode} on Linux. */
class ErrnoTest {
    @ParameterizedTest
    @CsvSource({
        "1, EPERM",
        "2, ENOENT",
        "4, EINTR",
        "5, EIO",
        "6, ENXIO",
        "12, ENOMEM",
        "13, EACCES",
        "16, EBUSY",
        "20, ENOTDIR",
        "21, EISDIR",
        "22, EINVAL",
        "23, ENFILE",
        "24, EMFILE",
        "28, ENOSPC",
        "29, ESPIPE",
        "30, EROFS",
        "36, ENAMETOOLONG",
        "40, ELOOP",
        "74, EBADMSG",
        "75, EOVERFLOW",
        "116, ESTALE",
        "117, EUCLEAN",
        "122, EDQUOT",
        "4095, errno-4095"
    })
    void numbersHaveTheSymbolsOfPython(int number, String symbol) {
        assertThat(new Errno(number).symbol()).isEqualTo(symbol);
        assertThat(new Errno(number)).hasToString(symbol);
    }

    @Test
    void theConstantsHaveTheirSymbols() {
        assertThat(List.of(Errno.EPERM, Errno.ENOENT, Errno.EIO, Errno.EACCES, Errno.ENOTDIR, Errno.EISDIR))
                .extracting(Errno::symbol)
                .containsExactly("EPERM", "ENOENT", "EIO", "EACCES", "ENOTDIR", "EISDIR");
        assertThat(List.of(Errno.EMFILE, Errno.ENAMETOOLONG, Errno.ELOOP))
                .extracting(Errno::symbol)
                .containsExactly("EMFILE", "ENAMETOOLONG", "ELOOP");
    }

    /** An error means absence where {@code os.path.isfile} returns false. EACCES does not: the source may still exist. */
    @Test
    void onlyErrorsOfAMissingFileMeanAbsence() {
        assertThat(List.of(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP)).allMatch(Errno::isAbsence);
        assertThat(List.of(Errno.EACCES, Errno.EIO, Errno.EPERM, Errno.EISDIR, Errno.ENAMETOOLONG, Errno.EMFILE))
                .noneMatch(Errno::isAbsence);
    }
}
