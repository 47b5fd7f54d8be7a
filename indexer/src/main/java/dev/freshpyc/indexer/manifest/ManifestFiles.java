package dev.freshpyc.indexer.manifest;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** The port through which manifests are found and read: the files of this system, of another one below a root directory, or of an image. */
public interface ManifestFiles {

    /** The path without links; empty where no file is there. */
    Optional<RawPath> real(RawPath path);

    /** Whether there is a file of any type, a link among them, whatever the link leads to. */
    boolean exists(RawPath path);

    /** Whether a path names a directory, and no link to one. */
    boolean isDirectory(RawPath path);

    /** The names in a directory that have an ending, sorted; empty where the directory cannot be listed. */
    Optional<List<RawPath>> list(RawPath directory, String ending);

    /**
     * Whether manifests in a directory may speak of the files in {@code below}: the directory belongs to the same owner or to root,
     * and not everybody may write to it.
     */
    boolean isTrusted(RawPath directory, RawPath below);

    /**
     * Opens a manifest; empty for a link, for what is no regular file, and for a file of more than {@code most} bytes.
     *
     * @throws NoSuchFileException when there is no file
     * @throws IOException when the file cannot be opened
     */
    Optional<OpenManifest> open(RawPath file, long most) throws IOException;

    /** A manifest that is open for reading. */
    interface OpenManifest extends ByteSource, AutoCloseable {

        /** The size in bytes when the file was opened. */
        long size() throws IOException;

        @Override
        void close() throws IOException;
    }
}
