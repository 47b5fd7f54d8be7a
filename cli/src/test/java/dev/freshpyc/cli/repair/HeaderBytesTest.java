package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A repair writes headers in every format. Each header has the length that its interpreter reads, and the body is
 * unchanged.
 */
class HeaderBytesTest {

    private static final int NEW = 1_700_000_555;
    private static final String SOURCE = "x = 1\n";

    @TempDir
    private Path directory;

    /** A timestamp field written over a hash, or the reverse, would leave half of the old value. */
    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void aNewHeaderLeavesNoByteOfTheOldHeader(String write) throws Exception {
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pair("a");
        String pyc = "__pycache__/a.cpython-311.pyc";
        byte[] planted = Files.readAllBytes(tree.root().resolve(pyc));
        for (String to : new String[] {"checked-hash", "timestamp", "checked-hash", "zero-mtime", "checked-hash"}) {
            assertThat(repair("--to", to, "--write", write).code()).isZero();
            byte[] now = Files.readAllBytes(tree.root().resolve(pyc));
            byte[] wanted = switch (to) {
                case "checked-hash" -> tree.hash(pyc);
                case "timestamp" -> tree.timestamp(pyc);
                default -> Pairs.header(3495, 0, 0, MatchingTree.word(tree.timestamp(pyc), 12));
            };
            assertThat(now).startsWith(wanted).hasSameSizeAs(planted);
            assertThat(Arrays.copyOfRange(now, 16, now.length))
                    .isEqualTo(Arrays.copyOfRange(planted, 16, planted.length));
        }
    }

    /**
     * The source gets another mtime. The header of 2.7 stays 8 bytes long, and the header of 3.6 stays 12 bytes long.
     */
    @ParameterizedTest
    @CsvSource({
        "62211,lib/m.pyc,replace",
        "62211,lib/m.pyc,in-place",
        "3379,lib/__pycache__/m.cpython-36.pyc,replace",
        "3379,lib/__pycache__/m.cpython-36.pyc,in-place"
    })
    void oldHeadersKeepTheirLength(int magic, String name, String write) throws Exception {
        boolean sized = magic == 3379;
        Path source = source();
        Path pyc = directory.resolve(name);
        byte[] head = header(magic, MatchingTree.MTIME, sized);
        byte[] body = sized ? MarshalledCode.of36(new byte[20]) : MarshalledCode.of27(new byte[20]);
        Files.createDirectories(Objects.requireNonNull(pyc.getParent()));
        Files.write(pyc, joined(head, body));
        assertThat(CommandLineRun.of("refresh", "--index", directory.resolve("index"), directory.resolve("lib"))
                        .code())
                .isZero();
        Files.setLastModifiedTime(source, FileTime.from(Instant.ofEpochSecond(NEW)));

        CommandLineRun run = repair("--to", "auto", "--write", write, "--assume-matching");

        assertThat(run.out()).as(run.err()).contains("restamped: 1, recompiled: 0");
        assertThat(Files.readAllBytes(pyc)).isEqualTo(joined(header(magic, NEW, sized), body));
    }

    /** Only GraalPy itself can compute the hashes of GraalPy before 25.2. */
    @Test
    void aPycWithoutAKnownHashAlgorithmIsSkipped() throws Exception {
        source();
        Path pyc = directory.resolve("lib/__pycache__/m.graalpy242-311.pyc");
        Files.createDirectories(Objects.requireNonNull(pyc.getParent()));
        Files.write(pyc, joined(Pairs.header(21290, 0, MatchingTree.MTIME, SOURCE.length()), new byte[] {1, 2, 3}));
        FileSnapshot before = FileSnapshot.of(pyc);

        for (String to : new String[] {"checked-hash", "unchecked-hash"}) {
            CommandLineRun run = repair("--to", to);
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).contains("no-hash-in-its-format");
        }
        assertThat(repair().out()).contains("restamped: 0, recompiled: 0");
        assertThat(FileSnapshot.of(pyc)).isEqualTo(before);
    }

    private Path source() throws IOException {
        Path source = Files.createDirectories(directory.resolve("lib")).resolve("m.py");
        Files.writeString(source, SOURCE);
        return Files.setLastModifiedTime(source, FileTime.from(Instant.ofEpochSecond(MatchingTree.MTIME)));
    }

    private static byte[] header(int magic, int mtime, boolean sized) {
        ByteBuffer header = ByteBuffer.allocate(sized ? 12 : 8).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(magic | 0x0a0d0000).putInt(mtime);
        if (sized) {
            header.putInt(SOURCE.length());
        }
        return header.array();
    }

    private static byte[] joined(byte[] head, byte[] body) {
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .array();
    }

    private CommandLineRun repair(String... more) {
        return new MatchingTree(directory.resolve("lib")).repair(directory.resolve("index"), more);
    }
}
