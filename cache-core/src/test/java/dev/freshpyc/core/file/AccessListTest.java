package dev.freshpyc.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of the attribute are those that {@code setfacl} wrote. */
class AccessListTest {

    private static final FileUser NOBODY = new FileUser(65534, Set.of(65534));

    /** {@code setfacl -m u:65534:r FILE}, of a file with the mode 0600. */
    private static final String USER_MAY_READ = "02000000" + "01000600ffffffff" + "02000400feff0000"
            + "04000000ffffffff" + "10000400ffffffff" + "20000000ffffffff";

    @Test
    void aNamedUserMayReadWhatTheModeForbids() {
        AccessList list =
                AccessList.parse(HexFormat.of().parseHex(USER_MAY_READ)).orElseThrow();

        assertThat(list.entries()).hasSize(5);
        assertThat(NOBODY.mayRead(list, 0640, 0)).isTrue();
        assertThat(NOBODY.maySearch(list, 0640, 0)).isFalse();
        assertThat(NOBODY.mayRead(0640, 0, 0)).isFalse();
        assertThat(new FileUser(12345, Set.of(0)).mayRead(list, 0640, 0))
                .as("the owning group")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "02", "01000000", "0200000001000600", "0200000001000600ffffffff00"})
    void anotherLayoutIsNoList(String value) {
        assertThat(AccessList.parse(HexFormat.of().parseHex(value))).isEmpty();
    }

    @Test
    void onlyAUserWhoIsNotTheOwnerDependsOnTheList() {
        assertThat(NOBODY.dependsOnList(0)).isTrue();
        assertThat(NOBODY.dependsOnList(65534)).isFalse();
        assertThat(new FileUser(0, Set.of(0)).dependsOnList(65534)).isFalse();
        assertThat(FileUser.OTHER.dependsOnList(0)).isFalse();
    }
}
