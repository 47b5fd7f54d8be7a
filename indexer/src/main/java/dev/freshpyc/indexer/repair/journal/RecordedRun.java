package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** A run whose journal can be undone. */
public final class RecordedRun {

    private final Path journal;
    private final List<JournalEntry> entries;

    private RecordedRun(Path journal, List<JournalEntry> entries) {
        this.journal = journal;
        this.entries = entries;
    }

    /**
     * The run that a journal is about.
     *
     * @throws IOException when the file cannot be read, is no journal or lists no change, or when its run has not ended
     */
    public static RecordedRun read(Path file) throws IOException {
        Journal.requireBegun(
                file); // before a file that only has the name of a dead run's journal would be deleted as one
        Path ended = JournalDirectory.ended(file);
        List<JournalEntry> entries = Files.exists(ended, LinkOption.NOFOLLOW_LINKS) ? Journal.read(ended) : List.of();
        if (entries.stream().noneMatch(JournalEntry::isChange)) {
            throw new IOException(
                    RawPath.of(file.toString()).shown() + " lists no change, so there is nothing to undo");
        }
        return new RecordedRun(CanonicalPath.ofExisting(ended), entries);
    }

    /** The journal, absolute and without links. */
    public Path journal() {
        return journal;
    }

    /** The trees that the run looked at; the directories of its changes where the journal names no trees. */
    public List<RawPath> trees() {
        List<RawPath> named = entries.stream()
                .filter(entry -> entry.operation() == JournalEntry.Operation.TREE)
                .map(JournalEntry::directory)
                .distinct()
                .toList();
        return named.isEmpty()
                ? entries.stream()
                        .filter(JournalEntry::isChange)
                        .map(JournalEntry::directory)
                        .distinct()
                        .toList()
                : named;
    }

    /** Whether each tree lies at or below one of those paths; bytecode under a cache prefix belongs to the tree of its source. */
    boolean isWithin(List<RawPath> paths) {
        return trees().stream().allMatch(tree -> paths.stream().anyMatch(path -> JournalEntry.isAtOrBelow(tree, path)));
    }

    /** Whether the run changed a file at or below one of those paths. */
    boolean changedBelow(List<RawPath> paths) {
        return isWithin(paths)
                || entries.stream()
                        .anyMatch(entry -> entry.isChange() && paths.stream().anyMatch(entry::isBelow));
    }

    /** Whether every tree of the run lies in a directory, or the directory in one of the trees. */
    public boolean concerns(RawPath directory) {
        List<RawPath> trees = trees();
        return trees.stream().allMatch(tree -> JournalEntry.isAtOrBelow(tree, directory))
                || trees.stream().anyMatch(tree -> JournalEntry.isAtOrBelow(directory, tree));
    }

    /** All entries, in the order of the run. */
    List<JournalEntry> entries() {
        return entries;
    }
}
