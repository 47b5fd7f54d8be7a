package dev.freshpyc.indexer.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.core.file.UnixUser;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.linux.LinuxTreeReader;
import dev.freshpyc.indexer.fs.linux.NativeSupport;
import dev.freshpyc.indexer.fs.nio.NioTreeReader;
import dev.freshpyc.indexer.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Local disks have stable stamps; images, overlays and network file systems do not. Both readers report this. */
class StampStabilityTest {

    @TempDir
    Path temporary = Path.of("");

    private Path mounted = temporary;

    @BeforeEach
    void makeMountPoint() throws IOException {
        mounted = Files.createDirectory(temporary.resolve("mounted"));
    }

    @AfterEach
    void unmount() throws Exception {
        Programs.succeeds("umount", mounted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overlay",
                "squashfs",
                "erofs",
                "nfs",
                "nfs4",
                "cifs",
                "smb3",
                "9p",
                "ceph",
                "afs",
                "fuse",
                "fuseblk",
                "fuse.sshfs",
                "macfuse",
                "virtiofs",
                "vfat",
                "exFAT",
                "OVERLAY"
            })
    void imageOverlayAndNetworkFileSystemsAreUnstable(String type) {
        assertThat(StampStability.of(type).isStable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "ext2/ext3", "xfs", "btrfs", "tmpfs", "zfs", "apfs", "NTFS", "0x1234"})
    void localDiskFileSystemsAndUnknownTypesAreStable(String type) {
        assertThat(StampStability.of(type).isStable()).isTrue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aTmpfsIsStable() throws Exception {
        assumeTrue(tryMount("tmpfs", "-t", "tmpfs", "none"), "NOT RUN: mounting a tmpfs needs root");

        assertBothReadersReport(new StampStability("tmpfs", true));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anOverlayIsUnstable() throws Exception {
        String layers = "lowerdir=%s,upperdir=%s,workdir=%s"
                .formatted(
                        Files.createDirectory(temporary.resolve("lower")),
                        Files.createDirectory(temporary.resolve("upper")),
                        Files.createDirectory(temporary.resolve("work")));
        assumeTrue(
                tryMount("overlay", "-t", "overlay", "-o", layers, "none"), "NOT RUN: mounting an overlay needs root");

        assertBothReadersReport(new StampStability("overlay", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"erofs", "squashfs"})
    @EnabledOnOs(OS.LINUX)
    void anImageIsUnstable(String type) throws Exception {
        Path content = Files.createDirectory(temporary.resolve("content"));
        Files.writeString(content.resolve("a.py"), "x = 1\n");
        Path image = temporary.resolve("image");
        boolean made = type.equals("erofs")
                ? Programs.succeeds("mkfs.erofs", image, content)
                : Programs.succeeds("mksquashfs", content, image);
        assumeTrue(made, "NOT RUN: no program makes " + type + " images here");
        assumeTrue(tryMount(type, "-t", type, "-o", "loop,ro", image), "NOT RUN: mounting an image needs root");

        assertBothReadersReport(new StampStability(type, false));
    }

    private void assertBothReadersReport(StampStability expected) {
        assertThat(stability(NioTreeReader.workers())).isEqualTo(expected);
        if (NativeSupport.isAvailable()) {
            assertThat(stability(LinuxTreeReader::new)).isEqualTo(expected);
        }
    }

    private StampStability stability(Supplier<TreeReader> readers) {
        try (TreeReader reader = readers.get()) {
            if (!(reader.openRoot(RawPath.of(mounted.toString()))
                    instanceof OpenDirectory.Opening.Open(var directory))) {
                throw new AssertionError("the mount point cannot be opened");
            }
            StampStability stability = reader.stability(directory);
            reader.close(directory);
            return stability;
        }
    }

    /** Mounts a file system; returns false without root, and when the kernel lacks the type. */
    private boolean tryMount(String type, Object... options) throws Exception {
        if (!UnixUser.effective().equals(Optional.of(UnixUser.ROOT))) {
            return false;
        }
        Programs.succeeds("modprobe", "-q", type);
        Object[] command = new Object[options.length + 2];
        command[0] = "mount";
        System.arraycopy(options, 0, command, 1, options.length);
        command[command.length - 1] = mounted;
        return Programs.succeeds(command);
    }
}
