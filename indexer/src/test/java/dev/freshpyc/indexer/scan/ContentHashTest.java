package dev.freshpyc.indexer.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each reader computes the SHA-256 of a file's bytes. */
class ContentHashTest extends TreeScannerContract {

    private static final List<Integer> SIZES =
            List.of(0, 1, 15, 16, 17, 55, 56, 63, 64, 65, 119, 65_535, 65_536, 65_537, 65_552, 200_000);

    @Test
    void theDigestIsTheSha256OfTheBytes() throws Exception {
        requireDisk("the test writes a file while the reader is open");
        byte[] bytes = new byte[200_000];
        new Random(7).nextBytes(bytes);
        try (TreeReader files = files().get()) {
            for (int size : SIZES) {
                Path file = Files.write(tree.at("a.py"), Arrays.copyOf(bytes, size));
                try (FileContents contents = open(files)) {
                    assertThat(contents.sha256(0)).as("%d bytes", size).isEqualTo(digest(bytes, 0, size));
                    assertThat(contents.sha256(16)).as("%d bytes", size).isEqualTo(digest(bytes, 16, size));
                }
                Files.delete(file);
            }
        }
    }

    @Test
    void aFileThatBecameShorterHasNoDigest() throws Exception {
        requireDisk("the test cuts a file while the file is open");
        Path file = Files.write(tree.at("a.py"), new byte[1000]);
        try (TreeReader files = files().get();
                FileContents contents = open(files)) {
            Files.write(file, new byte[10]);

            assertThatThrownBy(() -> contents.sha256(0)).isInstanceOf(IOException.class);

            Files.write(file, new byte[1000]);
            assertThat(contents.sha256(0))
                    .as("the failed digest leaves no bytes behind")
                    .isEqualTo(digest(new byte[1000], 0, 1000));
        }
    }

    private FileContents open(TreeReader files) {
        if (!(files.openRoot(RawPath.of(tree.root().toString())) instanceof Opening.Open(var directory))) {
            throw new AssertionError("the directory cannot be opened");
        }
        Listing names = files.newListing();
        assertThat(files.list(directory, names)).isNotNegative();
        if (!(files.openContents(directory, names, 0) instanceof FileContents.Opening.Open(var contents))) {
            throw new AssertionError("the file cannot be opened");
        }
        files.close(directory);
        return contents;
    }

    private static Sha256 digest(byte[] bytes, int from, int to) throws NoSuchAlgorithmException {
        byte[] part = from < to ? Arrays.copyOfRange(bytes, from, to) : new byte[0];
        return Sha256.of(MessageDigest.getInstance("SHA-256").digest(part));
    }
}
