package dev.freshpyc.indexer.manifest;

import dev.freshpyc.core.manifest.ManifestParser;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.manifest.ManifestFiles.OpenManifest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Reads one manifest: a file of rows, at most {@value #MAX_SIZE} bytes long. */
final class ManifestFile {
    static final long MAX_SIZE = 64L * 1024 * 1024;

    private static final int BUFFER = 64 * 1024;

    private final ManifestFiles files;
    private final byte[] buffer = new byte[BUFFER];

    ManifestFile(ManifestFiles files) {
        this.files = files;
    }

    /** Whether the file exists and was read to its end, or until {@code enough}. */
    boolean read(RawPath file, ManifestParser parser, BooleanSupplier enough) throws IOException {
        Optional<OpenManifest> opened = files.open(file, MAX_SIZE);
        if (opened.isEmpty()) {
            return false;
        }
        try (OpenManifest manifest = opened.get()) {
            return read(manifest, parser, enough);
        }
    }

    private boolean read(OpenManifest manifest, ManifestParser parser, BooleanSupplier enough) throws IOException {
        long size = manifest.size();
        if (size > MAX_SIZE) { // it has grown since it was looked at
            return false;
        }
        long done = 0;
        int read = 1;
        while (done < size && read > 0 && !enough.getAsBoolean()) {
            read = manifest.read(done, buffer, 0, (int) Math.min(BUFFER, size - done));
            parser.take(buffer, 0, read);
            done += read;
        }
        parser.end();
        return true;
    }
}
