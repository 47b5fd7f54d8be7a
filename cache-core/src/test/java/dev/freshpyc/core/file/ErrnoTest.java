package dev.freshpyc.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers and symbols are those of Python's {@code errno.errorcode} on Linux. */
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
    void symbols(int number, String symbol) {
        assertThat(new Errno(number).symbol()).isEqualTo(symbol);
        assertThat(new Errno(number)).hasToString(symbol);
    }

    @Test
    void constants() {
        assertThat(List.of(Errno.EPERM, Errno.ENOENT, Errno.EIO, Errno.EACCES, Errno.ENOTDIR, Errno.EISDIR))
                .extracting(Errno::symbol)
                .containsExactly("EPERM", "ENOENT", "EIO", "EACCES", "ENOTDIR", "EISDIR");
        assertThat(List.of(Errno.EMFILE, Errno.ENAMETOOLONG, Errno.ELOOP))
                .extracting(Errno::symbol)
                .containsExactly("EMFILE", "ENAMETOOLONG", "ELOOP");
    }

    /** What {@code os.path.isfile} answers false for is absent; a source behind EACCES may exist after all. */
    @Test
    void absence() {
        assertThat(List.of(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP)).allMatch(Errno::isAbsence);
        assertThat(List.of(Errno.EACCES, Errno.EIO, Errno.EPERM, Errno.EISDIR, Errno.ENAMETOOLONG, Errno.EMFILE))
                .noneMatch(Errno::isAbsence);
    }
}
