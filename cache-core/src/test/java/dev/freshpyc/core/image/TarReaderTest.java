package dev.freshpyc.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.core.image.TarMember.Attribute;
import dev.freshpyc.core.image.TarMember.MemberType;
import dev.freshpyc.core.path.RawPath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {

    private static final Path TAR = Path.of("/usr/bin/tar");
    private static final int SIZE_OFFSET = 124;
    private static final int CHECKSUM_OFFSET = 148;
    private static final int TYPE_OFFSET = 156;

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "pax", "oldgnu"})
    void theArchivesOfGnuTarAreRead(String format) throws Exception {
        assumeTrue(Files.isExecutable(TAR), "NOT RUN: no tar");
        String deep = "d".repeat(90) + "/" + "e".repeat(90) + "/f.py";
        Path tree = directory.resolve("tree");
        Files.createDirectories(tree.resolve(deep).getParent());
        Files.writeString(tree.resolve(deep), "x = 1\n");
        Files.createSymbolicLink(tree.resolve("link"), Path.of(deep));
        Files.createLink(tree.resolve("other.py"), tree.resolve(deep));
        Files.writeString(tree.resolve("é.py"), "");
        Path archive = directory.resolve("a.tar");
        run(TAR, "-C", tree, "--format=" + format, "--sort=name", "--mtime=@1700000000", "-cf", archive, ".");

        List<TarMember> members = members(Files.readAllBytes(archive));

        assertThat(members).extracting(member -> member.name().toPython()).contains("./" + deep, "./é.py", "./link");
        assertThat(members).allMatch(member -> member.mtimeSeconds() == 1_700_000_000L);
        TarMember file = named(members, "./" + deep);
        assertThat(file.type()).isEqualTo(MemberType.REGULAR);
        assertThat(file.size()).isEqualTo(6);
        assertThat(named(members, "./link").link().toPython()).isEqualTo(deep);
        assertThat(named(members, "./other.py").type()).isEqualTo(MemberType.HARD_LINK);
        assertThat(named(members, "./other.py").link().toPython()).isEqualTo("./" + deep);
    }

    @Test
    void aWrittenMemberIsReadBack() throws Exception {
        TarMember odd = new TarMember(
                RawPath.of("a/" + "n".repeat(200)),
                MemberType.REGULAR,
                0640,
                5_000_000,
                1L << 40,
                -5,
                0,
                3,
                RawPath.EMPTY,
                List.of(new Attribute("SCHILY.xattr.user.x", RawPath.of("v\n=1"))));
        byte[] archive = written(odd, "abc");

        assertThat(members(archive)).containsExactly(odd);
    }

    @Test
    void gnuTarListsAWrittenMember() throws Exception {
        assumeTrue(Files.isExecutable(TAR), "NOT RUN: no tar");
        Path archive = directory.resolve("a.tar");
        Files.write(archive, written(file("p/" + "n".repeat(150) + ".py", 3), "abc"));

        assertThat(run(TAR, "-tf", archive)).isEqualTo("p/" + "n".repeat(150) + ".py\n");
    }

    @Test
    void anArchiveThatEndsInsideAMemberIsRefused() throws Exception {
        byte[] whole = written(file("m.py", 700), "x".repeat(700));
        for (int length = 1; length < 512 + 1024; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> members(cut)).as("cut at %s", length).isInstanceOf(BadArchiveException.class);
        }
        assertThat(members(whole)).hasSize(1);
    }

    @Test
    void aChangedHeaderIsRefused() throws Exception {
        byte[] whole = written(file("m.py", 0), "");
        for (int at = 0; at < CHECKSUM_OFFSET; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> members(changed)).as("byte %s", at).isInstanceOf(BadArchiveException.class);
        }
    }

    @Test
    void aLongNameOfGigabytesIsRefusedBeforeItIsRead() throws Exception {
        byte[] archive = written(file("././@LongLink", 0), "");
        patch(archive, TYPE_OFFSET, "L");
        patch(archive, SIZE_OFFSET, "37777777777\0");
        writeChecksum(archive);

        assertThatThrownBy(() -> members(archive))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining("name or records take more than");
    }

    @Test
    void aRecordThatClaimsMoreBytesThanItHasIsRefused() throws Exception {
        String records = "99 path=a\n";
        byte[] archive = written(file("PaxHeaders/x", records.length()), records);
        patch(archive, TYPE_OFFSET, "x");
        writeChecksum(archive);

        assertThatThrownBy(() -> members(archive))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining("damaged record");
    }

    private static TarMember file(String name, long size) {
        return new TarMember(RawPath.of(name), MemberType.REGULAR, 0644, 0, 0, 0, 0, size, RawPath.EMPTY, List.of());
    }

    private static byte[] written(TarMember member, String content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(out);
        tar.begin(member);
        out.write(content.getBytes(StandardCharsets.US_ASCII));
        tar.end(content.length());
        tar.finish();
        return out.toByteArray();
    }

    private static void patch(byte[] archive, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, archive, at, bytes.length);
    }

    private static void writeChecksum(byte[] archive) {
        Arrays.fill(archive, CHECKSUM_OFFSET, TYPE_OFFSET, (byte) ' ');
        int sum = 0;
        for (int at = 0; at < 512; at++) {
            sum += archive[at] & 0xff;
        }
        patch(archive, CHECKSUM_OFFSET, Integer.toOctalString(sum) + "\0");
    }

    private static List<TarMember> members(byte[] archive) throws IOException {
        TarReader tar = new TarReader(new ByteArrayInputStream(archive));
        List<TarMember> members = new ArrayList<>();
        Optional<TarMember> member = tar.next();
        while (member.isPresent()) {
            members.add(member.get());
            member = tar.next();
        }
        return members;
    }

    private static TarMember named(List<TarMember> members, String name) {
        return members.stream()
                .filter(member -> member.name().toPython().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String run(Object... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Arrays.stream(command).map(Object::toString).toList())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
