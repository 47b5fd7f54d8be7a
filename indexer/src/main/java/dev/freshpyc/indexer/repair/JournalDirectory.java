package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.store.file.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where journals are kept: their names are in the order of their time. */
public final class JournalDirectory {

    private static final String SUFFIX = ".journal";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path directory;

    /** The directory at {@code path}, which is made when it is needed, for its owner alone. */
    public JournalDirectory(Path path) {
        this.directory = path;
    }

    Journal create(Instant now) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        requireBelieved();
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        return Journal.create(directory.resolve(NAME.format(now) + "-" + random + SUFFIX));
    }

    /** All journals, the oldest first. */
    public List<Path> all() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        requireBelieved();
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /** The newest journal. */
    public Optional<Path> last() throws IOException {
        List<Path> all = all();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    private void requireBelieved() throws IOException {
        @Nullable String objection = Ownership.objectionToDirectory(directory);
        if (objection != null) {
            throw new IOException(directory + ": " + objection);
        }
    }
}
