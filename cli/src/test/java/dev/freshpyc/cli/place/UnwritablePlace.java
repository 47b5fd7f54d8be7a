package dev.freshpyc.cli.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A way to make a directory unwritable after an index was written to it. */
enum UnwritablePlace {
    FULL_DISK(Privileges.OWN_MOUNTS, "No space left on device; make room there or choose another directory") {
        @Override
        void prepare(Path index) throws IOException, InterruptedException {
            run("mount", "-t", "tmpfs", "-o", "size=256k,mode=755", "tmpfs", index.toString());
        }
    },

    READ_ONLY(Privileges.OWN_MOUNTS, "Read-only file system; choose another directory") {
        @Override
        void close(Path index) throws IOException, InterruptedException {
            run("mount", "--bind", index.toString(), index.toString());
            run("mount", "-o", "remount,bind,ro", index.toString());
        }
    },

    /** The quota of a btrfs subvolume, which also limits root. */
    QUOTA(Privileges.OWN_MOUNTS, "Disk quota exceeded; make room there or choose another directory") {
        @Override
        boolean isPossible() throws InterruptedException {
            return Privileges.allow(List.of("mkfs.btrfs", "--version"))
                    && Privileges.allow(List.of("sh", "-c", "grep -qw btrfs /proc/filesystems || modprobe btrfs"));
        }

        @Override
        void prepare(Path index) throws IOException, InterruptedException {
            String image = index.resolveSibling("image").toString();
            run("truncate", "-s", "400M", image);
            run("sh", "-c", "mkfs.btrfs -q \"$0\" > /dev/null 2>&1", image);
            run("mount", "-t", "btrfs", "-o", "loop", image, index.toString());
            run("btrfs", "quota", "enable", index.toString());
            run("btrfs", "qgroup", "limit", "384k", "0/5", index.toString());
        }
    },

    FILE_SIZE_LIMIT(List.of("prlimit", "--fsize=262144"), "File too large"),

    FORBIDDEN(Privileges.NONE, "permission denied; choose a directory that you may write to") {
        @Override
        void close(Path index) throws IOException {
            Files.setPosixFilePermissions(index, PosixFilePermissions.fromString("r-xr-xr-x"));
        }
    };

    private final String prefix;
    private final String reason;

    UnwritablePlace(List<String> prefix, String reason) {
        this.prefix = String.join(" ", prefix);
        this.reason = reason;
    }

    /** The command prefix of a process in which the directory becomes unwritable. */
    List<String> prefix() {
        return prefix.isEmpty() ? List.of() : List.of(prefix.split(" "));
    }

    /** The reason that the error message must contain. */
    String reason() {
        return reason;
    }

    /** Returns whether this machine can make the directory unwritable. */
    boolean isPossible() throws InterruptedException {
        return true;
    }

    /** Prepares the directory so that a small index still fits. */
    void prepare(Path index) throws IOException, InterruptedException {}

    /** Makes the directory unwritable; does nothing where the directory is only too small. */
    void close(Path index) throws IOException, InterruptedException {}

    static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                .as(String.join(" ", command))
                .isZero();
    }
}
