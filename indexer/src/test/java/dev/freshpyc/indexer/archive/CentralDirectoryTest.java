package dev.freshpyc.indexer.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader lists an archive or refuses the archive with a reason; damaged bytes never make the reader throw. */
class CentralDirectoryTest {

    private static final byte[] SOURCE = "v = 1\n".repeat(500).getBytes(US_ASCII);

    private static byte[] archive() throws IOException {
        Map<String, byte[]> members = new LinkedHashMap<>();
        for (int i = 0; i < 5; i++) {
            members.put("pkg/m" + i + ".py", SOURCE);
            members.put("pkg/m" + i + ".pyc", Arrays.copyOf(SOURCE, 100 + i));
        }
        return Zips.of(members);
    }

    @Test
    void everyMemberIsListedAndUnpacked() throws IOException {
        byte[] bytes = archive();
        CentralDirectory directory = Zips.listed(bytes);
        assertThat(directory.files()).hasSize(10);
        assertThat(unpack(bytes, "pkg/m0.py")).isEqualTo(SOURCE);
        assertThat(unpack(bytes, "pkg/m4.pyc")).isEqualTo(Arrays.copyOf(SOURCE, 104));
    }

    @Test
    void bytesBeforeTheArchiveAreSkipped() throws IOException {
        byte[] line = "#!/usr/bin/env python3\n".getBytes(US_ASCII);
        byte[] zip = archive();
        byte[] bytes = Arrays.copyOf(line, line.length + zip.length);
        System.arraycopy(zip, 0, bytes, line.length, zip.length);
        assertThat(unpack(bytes, "pkg/m0.py")).isEqualTo(SOURCE);
    }

    @Test
    void anArchiveCutAtAnyByteIsRefused() throws IOException {
        byte[] bytes = archive();
        for (int length = 0; length < bytes.length; length++) {
            for (ZipRules rules : new ZipRules[] {ZipRules.NEWEST, ZipRules.BEFORE_ZIP64}) {
                assertThat(CentralDirectory.read(Zips.opened(Arrays.copyOf(bytes, length)), rules))
                        .as("%d bytes", length)
                        .isInstanceOf(ArchiveReading.Refused.class);
            }
        }
    }

    @Test
    void aFlippedByteNeverMakesTheReaderThrow() throws IOException {
        byte[] bytes = archive();
        Random random = new Random(7);
        for (int at = 0; at < bytes.length; at++) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= (byte) (1 + random.nextInt(255));
            readWhole(flipped);
        }
    }

    @Test
    void randomBytesNeverMakeTheReaderThrow() {
        Random random = new Random(11);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 30) {
                int at = random.nextInt(bytes.length - 25);
                System.arraycopy(new byte[] {'P', 'K', 5, 6}, 0, bytes, at, 4);
            }
            readWhole(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../up.pyc", "/etc/passwd.pyc", "a/../../b.pyc", "./a.pyc", "a//b.pyc", "a/./b.pyc", ".."})
    void aMemberWithAnUnsafeNameIsListedAsUnsafe(String name) throws IOException {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put(name, SOURCE);
        members.put("good.py", SOURCE);
        CentralDirectory directory = Zips.listed(Zips.of(members));
        assertThat(directory.files()).containsOnlyKeys(RawPath.of("good.py"));
        assertThat(directory.unsafe()).contains(RawPath.of(name));
    }

    @Test
    void theLastOfTwoMembersWithTheSameNameCounts() throws IOException {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("a.py", "first".getBytes(US_ASCII));
        members.put("b.py", "second".getBytes(US_ASCII));
        byte[] bytes = replace(Zips.of(members), "b.py", "a.py");
        assertThat(Zips.listed(bytes).duplicate()).contains(RawPath.of("a.py"));
        assertThat(unpack(bytes, "a.py")).isEqualTo("second".getBytes(US_ASCII));
    }

    @Test
    void namesOfTheOldCodePageAreRead() throws IOException {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("xy.py", SOURCE);
        byte[] bytes = replace(Zips.of(members), "xy.py", "\u0082\u00e1.py");
        assertThat(Zips.listed(withoutFlags(bytes)).files()).containsOnlyKeys(RawPath.of("\u00e9\u00df.py"));
    }

    private static void readWhole(byte[] bytes) {
        for (ZipRules rules : new ZipRules[] {ZipRules.NEWEST, ZipRules.BEFORE_ZIP64}) {
            if (CentralDirectory.read(Zips.opened(bytes), rules)
                    instanceof ArchiveReading.Listed(CentralDirectory all)) {
                try (MemberReader reader = new MemberReader(Zips.opened(bytes), rules)) {
                    all.files().values().forEach(member -> {
                        assertThat(reader.head(member, 17)).isNotNull();
                        assertThat(reader.all(member)).isNotNull();
                    });
                }
            }
        }
    }

    private static byte[] unpack(byte[] bytes, String name) {
        ArchiveMember member = Zips.listed(bytes).file(RawPath.of(name)).orElseThrow();
        try (MemberReader reader = new MemberReader(Zips.opened(bytes), ZipRules.NEWEST)) {
            if (reader.all(member) instanceof Unpacked.Bytes unpacked) {
                return Arrays.copyOf(unpacked.bytes(), unpacked.length());
            }
            throw new AssertionError("not unpacked: " + name);
        }
    }

    /** Replaces a name by another name of equal length everywhere; each character of the other name is one byte. */
    private static byte[] replace(byte[] bytes, String name, String other) {
        byte[] changed = bytes.clone();
        byte[] from = name.getBytes(UTF_8);
        for (int at = 0; at + from.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + from.length, from, 0, from.length)) {
                for (int i = 0; i < from.length; i++) {
                    changed[at + i] = (byte) other.charAt(i);
                }
            }
        }
        return changed;
    }

    /** Clears the flags that declare the names of members as UTF-8. */
    private static byte[] withoutFlags(byte[] bytes) {
        byte[] changed = bytes.clone();
        for (int at = 0; at + 10 < bytes.length; at++) {
            if (LittleEndian.word(bytes, at) == 0x02014b50) {
                changed[at + 9] = 0;
            }
        }
        return changed;
    }
}
