package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The room that snapshots take. A file with several names counts in equal parts for each name, so that the sum over all snapshots is
 * the room of all. A clone counts in full: it takes this room once the file in the tree is replaced.
 *
 * @param own bytes of files that no other snapshot shares
 * @param shared bytes of files that have further names, in other snapshots or in the live index
 * @param part this snapshot's part of the room of all
 */
public record SnapshotRoom(long own, long shared, long part) {

    /** No room at all. */
    static final SnapshotRoom NONE = new SnapshotRoom(0, 0, 0);

    /** The room of one snapshot. */
    static SnapshotRoom of(Path snapshot, TreeWriter editor) throws IOException {
        SnapshotRoom room = in(snapshot, editor);
        Path files = Snapshot.filesIn(snapshot);
        return Files.isDirectory(files, LinkOption.NOFOLLOW_LINKS) ? room.plus(in(files, editor)) : room;
    }

    /**
     * The bytes that the snapshots of all entries take together.
     *
     * @param all the directory of all snapshots
     */
    static long ofAll(Path all, TreeWriter editor) throws IOException {
        long total = 0;
        for (Path entry : directories(all)) {
            for (Path snapshot : directories(entry)) {
                total += of(snapshot, editor).part();
            }
        }
        return total;
    }

    private static List<Path> directories(Path parent) throws IOException {
        if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(parent)) {
            return files.filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    private static SnapshotRoom in(Path directory, TreeWriter editor) throws IOException {
        SnapshotRoom sum = NONE;
        try (OpenFile open = editor.openRoot(Snapshot.canonical(directory))) {
            for (RawPath name : editor.list(open)) {
                FileFacts facts = editor.stat(open, name);
                if (facts.regular()) {
                    sum = sum.plus(of(facts));
                }
            }
        }
        return sum;
    }

    private static SnapshotRoom of(FileFacts facts) {
        long size = facts.stamp().size();
        return facts.links() > 1 ? new SnapshotRoom(0, size, size / facts.links()) : new SnapshotRoom(size, 0, size);
    }

    private SnapshotRoom plus(SnapshotRoom other) {
        return new SnapshotRoom(own + other.own, shared + other.shared, part + other.part);
    }
}
