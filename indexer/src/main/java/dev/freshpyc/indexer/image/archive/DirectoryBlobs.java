package dev.freshpyc.indexer.image.archive;

import dev.freshpyc.core.image.BadArchiveException;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts of an image that is a directory: an OCI image layout, or an unpacked archive of Docker. Links are not followed. */
final class DirectoryBlobs implements Blobs {

    private final RawPath directory;
    private final BlobReader reader;
    private final Map<String, Blob> known = new HashMap<>();

    DirectoryBlobs(RawPath directory, BlobReader reader) {
        this.directory = directory;
        this.reader = reader;
    }

    @Override
    public Optional<Blob> find(String name) throws IOException {
        @Nullable Blob blob = known.get(name);
        if (blob != null) {
            return Optional.of(blob);
        }
        Optional<Path> file = file(name);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file.get(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            Blob read = reader.read(in, Files.size(file.get()));
            known.put(name, read);
            return Optional.of(read);
        } catch (BadArchiveException bad) {
            throw new BadArchiveException("has a part that " + bad.getMessage() + ": "
                    + RawPath.of(name).shown());
        }
    }

    /** The regular file of a part; a name that leads out of the directory has none. */
    Optional<Path> file(String name) {
        try {
            RawPath path = RawPath.of(name);
            boolean inside = !path.isAbsolute()
                    && path.names().stream().noneMatch(part -> part.toPython().equals(".."));
            return inside
                    ? Optional.of(JavaPath.of(directory.resolve(path)))
                            .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    : Optional.empty();
        } catch (IllegalArgumentException noPath) {
            return Optional.empty();
        }
    }
}
