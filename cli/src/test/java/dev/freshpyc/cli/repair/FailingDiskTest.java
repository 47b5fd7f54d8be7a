package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.SettledRefresh;
import dev.freshpyc.cli.StoredIndex;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * An index lies on a disk that can no longer read some of its pages. The disk is an image file behind a loop device, which loses its
 * last blocks: a read of them fails with EIO.
 */
@EnabledOnOs(OS.LINUX)
class FailingDiskTest {

    private static final int BLOCK = 4096;
    private static final int INODE = 256;
    private static final int INODES_OF_A_BLOCK = BLOCK / INODE;

    /** So many pairs that the index has blocks that no run touches while it opens the index. */
    private static final int PAIRS = 1_500;

    @TempDir
    private Path directory = Path.of("");

    private Path lib = Path.of("");
    private Path made = Path.of("");

    @BeforeEach
    void makeAnIndex() throws Exception {
        lib = Files.createDirectory(directory.resolve("lib"));
        Pairs pairs = new Pairs(lib);
        for (int i = 0; i < PAIRS; i++) {
            pairs.fresh("m" + i);
        }
        made = directory.resolve("made");
        SettledRefresh.run(made, lib);
        Shell.require("filefrag", "fallocate");
    }

    @Test
    void pagesThatCannotBeReadAreAnErrorOfTheRun() throws Exception {
        try (Mount disk = Mount.of("ext4", directory, 32 << 20)) {
            Path index = Files.createDirectory(disk.place().resolve("index"));
            writeAndLoseTheMiddle(index.resolve(StoredIndex.in(made).file().getFileName()));

            CommandLineRun status = CommandLineRun.of("status", "--index", index);
            assertThat(status.code()).as(status.err()).isZero(); // the counts are in the head
            CommandLineRun audit = CommandLineRun.of("audit", "--format", "jsonl", "--all", "--index", index, lib);
            assertThat(audit.code()).isEqualTo(3);
            assertThat(audit.err())
                    .contains("a part of the index could not be read, so its files were judged without the index: ")
                    .contains("Input/output error; the disk fails, as 'dmesg' tells; choose another directory");
            assertThat(audit.out())
                    .isEqualTo(CommandLineRun.of("audit", "--format", "jsonl", "--all", "--no-index", lib)
                            .out());
            assertThat(CommandLineRun.of("index", "verify", "--index", index).complaint(3))
                    .contains("Input/output error");
            assertThat(CommandLineRun.of("refresh", "--index", index, lib).code())
                    .isEqualTo(3);
            assertThat(CommandLineRun.of("refresh", "--index", directory.resolve("other"), lib)
                            .code())
                    .isZero();
        }
    }

    @Test
    void anIndexThatCannotBeOpenedIsNoMissingIndex() throws Exception {
        try (Mount disk = Mount.of("ext4", directory, 32 << 20)) {
            Path index = Files.createDirectory(disk.place().resolve("index"));
            Path live = StoredIndex.in(made).file();
            Path copy = Files.copy(live, index.resolve(live.getFileName()));
            Shell.run("sync");
            lose(firstBlock(copy, 0));

            CommandLineRun status = CommandLineRun.of("status", "--index", index);

            assertThat(status.complaint(3)).contains(copy + ": damaged or unreadable; 'freshpyc refresh' of the entry");
            assertThat(status.out()).isEmpty();
        }
    }

    /** The inode of the directory is destroyed: no run may take the directory for one that was never made. */
    @Test
    void anIndexDirectoryThatCannotBeReadIsNoMissingIndex() throws Exception {
        Shell.require("debugfs");
        try (Mount disk = Mount.of("ext4", directory, 32 << 20)) {
            for (int i = 0; i < 2 * INODES_OF_A_BLOCK; i++) {
                Files.createFile(disk.place().resolve("other" + i)); // so that no other directory is in the block
            }
            Path index = Files.createDirectory(disk.place().resolve("index"));
            Path live = StoredIndex.in(made).file();
            Files.copy(live, index.resolve(live.getFileName()));
            destroyTheInode("index");

            for (String command : List.of("audit", "refresh", "repair", "status", "explain", "lookup")) {
                Object path = command.equals("lookup") ? lib.resolve("m0.py") : lib;
                Object[] words = command.equals("status")
                        ? new Object[] {command, "--index", index}
                        : new Object[] {command, "--index", index, path};
                CommandLineRun run = CommandLineRun.of(words);
                assertThat(run.code()).as(run.out()).isEqualTo(3);
                assertThat(run.err())
                        .contains(index.toString())
                        .containsPattern("Structure needs cleaning|Bad message|Input/output error")
                        .hasLineCount(1);
            }
        }
    }

    private void destroyTheInode(String name) throws IOException, InterruptedException {
        Shell.run("sync");
        Path image = directory.resolve("image");
        Matcher place = Pattern.compile("located at block (\\d+), offset 0x0*(\\p{XDigit}+)")
                .matcher(Shell.run("debugfs", "-R", "imap " + name, image));
        assertThat(place.find()).isTrue();
        try (FileChannel disk = FileChannel.open(image, StandardOpenOption.WRITE)) {
            long at = Long.parseLong(place.group(1)) * BLOCK + Long.parseLong(place.group(2), 16);
            byte[] garbage = new byte[INODE];
            Arrays.fill(garbage, (byte) 0x5a);
            disk.write(ByteBuffer.wrap(garbage), at);
        }
        dropCaches();
    }

    /** Writes the index to a file whose blocks in the middle come last on the disk, and takes these blocks away. */
    private void writeAndLoseTheMiddle(Path file) throws IOException, InterruptedException {
        byte[] content = Files.readAllBytes(StoredIndex.in(made).file());
        int from = content.length / 3 / BLOCK * BLOCK;
        int to = 2 * from;
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            out.write(ByteBuffer.wrap(content, 0, from));
            out.write(ByteBuffer.wrap(content, to, content.length - to));
            out.force(true);
        }
        Shell.run("fallocate", "--insert-range", "-o", from, "-l", to - from, file);
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(content, from, to - from), from);
            out.force(true);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
        long first = firstBlock(file, from / BLOCK);
        assumeTrue(first > firstBlock(file, to / BLOCK), "NOT RUN: the file system put the blocks in another order");
        lose(first);
    }

    /** Takes all blocks from {@code first} on away from the disk. */
    private void lose(long first) throws IOException, InterruptedException {
        Shell.run("sync");
        try (RandomAccessFile image =
                new RandomAccessFile(directory.resolve("image").toFile(), "rw")) {
            image.setLength(first * BLOCK);
        }
        dropCaches();
    }

    private static void dropCaches() throws IOException {
        Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "3");
    }

    /** The block of the disk where the extent that begins with a block of the file begins. */
    private static long firstBlock(Path file, int logical) throws IOException, InterruptedException {
        Matcher extent = Pattern.compile("(?m)^ +\\d+: +" + logical + "\\.\\. +\\d+: +(\\d+)\\.\\.")
                .matcher(Shell.run("filefrag", "-v", file));
        assertThat(extent.find()).isTrue();
        return Long.parseLong(extent.group(1));
    }
}
