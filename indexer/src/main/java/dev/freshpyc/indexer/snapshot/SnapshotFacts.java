package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.indexer.snapshot.KeptCount.Method;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The facts about a snapshot in its file {@code facts}. Each line has one fact: a word and its values.
 *
 * @param createdAtNanos in nanoseconds since 1970
 * @param base the default snapshot when this one was made; empty for none
 * @param kept counts the pycs that were kept
 * @param left how many pycs of the index could not be kept
 */
record SnapshotFacts(long createdAtNanos, Optional<SnapshotName> base, KeptCount kept, long left) {

    private static final String FILE = "facts";
    private static final String FIRST_LINE = "freshpyc-snapshot 1";
    private static final int MOST_BYTES = 4096;

    /** Writes the facts into the directory of a new snapshot. */
    void writeTo(Path directory) throws IOException {
        StringBuilder text = new StringBuilder(FIRST_LINE + "\ncreated " + createdAtNanos + "\nleft " + left + "\n");
        base.ifPresent(name -> text.append("base ").append(name).append('\n'));
        for (Method method : Method.values()) {
            text.append(method.label())
                    .append(' ')
                    .append(kept.files(method))
                    .append(' ')
                    .append(kept.bytes(method))
                    .append('\n');
        }
        Path file = directory.resolve(FILE);
        try {
            Files.writeString(file, text);
        } catch (FileSystemException refused) {
            throw refused;
        } catch (IOException full) { // names no file
            throw new FileSystemException(file.toString(), null, full.getMessage());
        }
    }

    /**
     * The facts of a snapshot.
     *
     * @throws IOException when the file does not exist or is damaged
     */
    static SnapshotFacts readFrom(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (Files.size(file) > MOST_BYTES) {
            throw damaged(file);
        }
        String[] lines = Files.readString(file, StandardCharsets.UTF_8).split("\n", -1);
        Map<String, String> values = new HashMap<>();
        for (String line : lines) {
            int space = line.indexOf(' ');
            values.put(space < 0 ? line : line.substring(0, space), line.substring(space + 1));
        }
        if (!lines[0].equals(FIRST_LINE)) {
            throw damaged(file);
        }
        try {
            KeptCount kept = new KeptCount();
            for (Method method : Method.values()) {
                String[] numbers = value(values, method.label()).split(" ", -1);
                kept.add(method, Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
            }
            return new SnapshotFacts(
                    Long.parseLong(value(values, "created")),
                    Optional.ofNullable(values.get("base")).flatMap(SnapshotName::parse),
                    kept,
                    Long.parseLong(value(values, "left")));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException wrong) {
            throw damaged(file);
        }
    }

    private static String value(Map<String, String> values, String word) {
        return values.getOrDefault(word, "");
    }

    private static IOException damaged(Path file) {
        return new IOException(file + " is not the description of a snapshot");
    }
}
