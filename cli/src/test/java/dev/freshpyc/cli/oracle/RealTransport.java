package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.OwnedDirectories;
import dev.freshpyc.core.pyc.SourceMtime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/** A way of packing and unpacking a tree with real tools, and the word of {@code --after} that stands for it. */
enum RealTransport {
    ZIPFILE_UNZIP("zip"),
    ZIP_UNZIP("tar-ustar"),
    ZIP_EXTRACTALL("touch"),
    TAR_POSIX("tar"),
    TAR_GNU("tar-ustar"),
    TAR_USTAR("tar-ustar"),
    TARFILE_PAX("tar"),
    TARFILE_GNU("tar-ustar"),
    TARFILE_USTAR("tar-ustar"),
    DOCKER_LAYER("docker-layer"),
    BUILDAH("podman-layer"),
    /** A checkout from this kind of repository unpacks every file; deployments use the other kinds. */
    OSTREE_ARCHIVE("touch"),
    OSTREE_BARE_USER("ostree"),
    OSTREE_BARE_USER_ONLY("ostree"),
    SQUASHFS("squashfs"),
    EROFS("erofs"),
    DPKG_DEB("clamp=" + RealTransport.EPOCH),
    TAR_CLAMP("clamp=" + RealTransport.EPOCH),
    COPY("touch"),
    GIT("git");

    /** The latest mtime that the clamping transports keep. */
    static final long EPOCH = 1_600_000_000L;

    private static final int ABSENT = 77;
    private static final long START_OF_2100 = 4_102_444_800L;

    private final String word;

    RealTransport(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /** Whether the tools treat this mtime as {@code --after} says. Some tools refuse or damage certain mtimes. */
    boolean supports(Instant mtime) {
        long second = mtime.getEpochSecond();
        return switch (this) {
            case ZIPFILE_UNZIP -> second < START_OF_2100; // unzip takes 2100 for a leap year
            case ZIP_UNZIP -> second >= 0 && second < 1L << 32;
            case TAR_GNU, TAR_USTAR -> second >= 0 && second < 1L << 33;
            case TARFILE_GNU, TARFILE_USTAR -> // tarfile rounds the mtime, which is a double
                second >= 0
                        && second < 1L << 33
                        && SourceMtime.truncated(second, mtime.getNano()).seconds() == second;
            case ZIP_EXTRACTALL,
                    TAR_POSIX,
                    TARFILE_PAX,
                    DOCKER_LAYER,
                    BUILDAH,
                    OSTREE_ARCHIVE,
                    OSTREE_BARE_USER,
                    OSTREE_BARE_USER_ONLY,
                    SQUASHFS,
                    EROFS,
                    DPKG_DEB,
                    TAR_CLAMP,
                    COPY,
                    GIT -> true;
        };
    }

    /**
     * Whether a repair can predict the mtime after the transport. Python rounds the last nanoseconds of a second up to
     * the next second, but a package that clamps times cuts them off.
     */
    boolean survivesByRepair(Instant mtime) {
        boolean rounded =
                SourceMtime.truncated(mtime.getEpochSecond(), mtime.getNano()).seconds() != mtime.getEpochSecond();
        return !(rounded && word.startsWith("clamp="));
    }

    /** Packs a tree and unpacks it in a new directory. Skips the test if a tool is missing. */
    Path carry(Path tree, String zone) throws IOException, InterruptedException {
        Path work = OwnedDirectories.make("transport").toRealPath();
        Path target = work.resolve("unpacked-tree");
        copy("pack.py", work);
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        copy("transport.sh", work).toString(),
                        name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        tree.toString(),
                        target.toString(),
                        work.toString(),
                        Long.toString(EPOCH))
                .redirectErrorStream(true);
        builder.environment().put("TZ", zone);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        assumeTrue(code != ABSENT, "NOT RUN: " + printed.strip());
        assertThat(code).as("%s: %s", this, printed).isZero();
        return target;
    }

    private static Path copy(String script, Path directory) throws IOException {
        Path file = directory.resolve(script);
        try (InputStream in = Objects.requireNonNull(RealTransport.class.getResourceAsStream(script))) {
            Files.copy(in, file);
        }
        return file;
    }
}
