package dev.freshpyc.cli.repair;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary file system that is unmounted after the test. */
record Mount(Path place) implements AutoCloseable {

    /** How many files an ext4 file system of a test can have. */
    static final int INODES = 256;

    private static final int PAGE = 4096;

    /**
     * Mounts a file system: {@code tmpfs}, {@code overlay} on {@code directory}, or a file system of another type from
     * an image file in {@code directory}.
     */
    static Mount of(String type, Path directory, long bytes) throws IOException, InterruptedException {
        Shell.requireRoot();
        Path place = Files.createDirectories(directory.resolve("mounted"));
        switch (type) {
            case "tmpfs" -> mount("-t", "tmpfs", "-o", "size=" + bytes, "none", place);
            case "overlay" -> {
                Path lower = Files.createDirectories(directory.resolve("lower"));
                Path upper = Files.createDirectories(directory.resolve("upper"));
                Path work = Files.createDirectories(directory.resolve("work"));
                mount(
                        "-t",
                        "overlay",
                        "-o",
                        "lowerdir=" + lower + ",upperdir=" + upper + ",workdir=" + work,
                        "none",
                        place);
            }
            default -> {
                Shell.require("mkfs." + type);
                Path image = directory.resolve("image");
                try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                    file.setLength(bytes);
                }
                if (type.equals("ext4")) {
                    Shell.run("mkfs.ext4", "-q", "-m", "0", "-b", PAGE, "-N", INODES, "-O", "^has_journal", image);
                } else {
                    Shell.run("mkfs." + type, "-q", image);
                }
                mount("-t", type, "-o", "loop", image, place);
            }
        }
        return new Mount(place);
    }

    /** Fills the file system until {@code left} blocks of 4 KiB are free. */
    void fill(int left) throws IOException, InterruptedException {
        Path filler = place.resolve("filler");
        long free = Files.getFileStore(place).getUsableSpace();
        Shell.run("fallocate", "-l", free - (long) left * PAGE, filler);
        Shell.run("sync", "-f", place);
        long rest = Files.getFileStore(place).getUsableSpace();
        assumeTrue(rest == (long) left * PAGE, "NOT RUN: " + rest + " bytes are free instead of " + left + " blocks");
    }

    /** Frees the space again. */
    void empty() throws IOException {
        Files.delete(place.resolve("filler"));
    }

    void readOnly() throws IOException, InterruptedException {
        Shell.run("mount", "-o", "remount,ro", place);
    }

    @Override
    public void close() throws IOException {
        try {
            Shell.run("umount", "-l", place);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException("still mounted: " + place, ended);
        }
    }

    private static void mount(Object... words) throws InterruptedException {
        Object[] command = new Object[words.length + 1];
        command[0] = "mount";
        System.arraycopy(words, 0, command, 1, words.length);
        assumeTrue(Shell.succeeds(command), "NOT RUN: mount " + words[1] + " is refused");
    }
}
