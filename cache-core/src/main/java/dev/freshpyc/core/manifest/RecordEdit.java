package dev.freshpyc.core.manifest;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes single lines of a wheel's RECORD and keeps every other byte: the order of the lines, their quoting and their line ends.
 * A pure function. Lines without a digest, and lines that are not of a RECORD's form, stay as they are.
 */
public final class RecordEdit {

    private final RawPath base;
    private final Function<RawPath, Optional<LineChange>> changes;

    /** What becomes of a line. */
    public sealed interface LineChange {

        /** The line gets a SHA-256 digest and a size in bytes. */
        record Content(Sha256 digest, long size) implements LineChange {}

        /** The line is removed. */
        record Removal() implements LineChange {}
    }

    /**
     * An edit.
     *
     * @param base the directory that the paths in the RECORD are relative to, absolute
     * @param changes gives the change of a file's line, by the file's path relative to the base; empty for a line that stays
     */
    public RecordEdit(RawPath base, Function<RawPath, Optional<LineChange>> changes) {
        this.base = base;
        this.changes = changes;
    }

    /** The changed RECORD. */
    public byte[] apply(byte[] record) {
        ByteArrayOutputStream edited = new ByteArrayOutputStream(record.length + 64);
        RecordLines lines = new RecordLines(record);
        while (lines.next()) {
            @Nullable LineChange change = change(lines);
            switch (change) {
                case null -> edited.write(record, lines.begin(), lines.end() - lines.begin());
                case LineChange.Removal() -> {}
                case LineChange.Content(Sha256 digest, long size) -> {
                    edited.write(record, lines.begin(), lines.pathEnd() - lines.begin());
                    edited.writeBytes(fields(digest, size));
                    edited.write(record, lines.contentEnd(), lines.end() - lines.contentEnd());
                }
            }
        }
        return edited.toByteArray();
    }

    private @Nullable LineChange change(RecordLines lines) {
        return lines.hasDigest()
                ? Manifests.inside(base, lines.path()).flatMap(changes).orElse(null)
                : null;
    }

    private static byte[] fields(Sha256 digest, long size) {
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(digest.toBytes());
        return ("," + DigestAlgorithm.SHA256.label() + "=" + encoded + "," + size).getBytes(StandardCharsets.US_ASCII);
    }
}
