package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** A run whose journal can be undone. */
public final class RecordedRun {

    private final Path journal;
    private final JournalEntries entries;
    private final List<RawPath> trees;
    private final Optional<RawPath> root;
    private final boolean clean;

    private RecordedRun(
            Path journal, JournalEntries entries, List<RawPath> trees, Optional<RawPath> root, boolean clean) {
        this.journal = journal;
        this.entries = entries;
        this.trees = trees;
        this.root = root;
        this.clean = clean;
    }

    /**
     * The run that a journal is about.
     *
     * @throws IOException when the file cannot be read, is no journal or lists no change, or when its run has not ended
     */
    public static RecordedRun read(Path file) throws IOException {
        // First: a file of another kind with the name of a dead run's journal would be deleted below.
        Journal.requireBegun(file);
        Path ended = JournalDirectory.ended(file);
        Trees trees = new Trees();
        JournalEntries entries = Files.exists(ended, LinkOption.NOFOLLOW_LINKS)
                ? JournalEntries.read(ended, trees::see)
                : JournalEntries.of(List.of());
        if (!trees.anyChange) {
            throw new IOException(JavaPath.toRaw(file).shown() + " lists no change, so there is nothing to undo");
        }
        return new RecordedRun(CanonicalPath.ofExisting(ended), entries, trees.list(), trees.root, trees.anyRemoval);
    }

    /**
     * The trees that the run covered, which a journal lists first; the directories of the changes if it lists no trees.
     */
    private static final class Trees {

        private final Set<RawPath> named = new LinkedHashSet<>();
        private final Set<RawPath> changed = new LinkedHashSet<>();
        private Optional<RawPath> root = Optional.empty();
        private boolean anyChange;
        private boolean anyRemoval;

        private void see(JournalEntry entry) {
            anyChange |= entry.isChange();
            anyRemoval |= entry.operation() == JournalEntry.Operation.REMOVED;
            if (entry.operation() == JournalEntry.Operation.TREE) {
                named.add(entry.directory());
                root = Optional.of(entry.temporary()).filter(path -> path.length() > 0);
            } else if (entry.isChange() && named.isEmpty()) {
                changed.add(entry.directory());
            }
        }

        private List<RawPath> list() {
            return List.copyOf(named.isEmpty() ? changed : named);
        }
    }

    /** What the run was, for messages: a repair or a clean. */
    public String kind() {
        return clean ? "clean" : "repair";
    }

    /** The journal, absolute and without links. */
    public Path journal() {
        return journal;
    }

    /** The trees that the run looked at; the directories of its changes where the journal names no trees. */
    public List<RawPath> trees() {
        return trees;
    }

    /** The root directory of the system that the trees belong to, as the user named it; empty for this system. */
    Optional<RawPath> root() {
        return root;
    }

    /** Whether each tree lies at or below one of those paths; bytecode under a cache prefix belongs to the tree of its source. */
    boolean isWithin(List<RawPath> paths) {
        return trees.stream().allMatch(tree -> paths.stream().anyMatch(path -> JournalEntry.isAtOrBelow(tree, path)));
    }

    /** Whether the run changed a file at or below one of those paths. */
    boolean changedBelow(List<RawPath> paths) throws IOException {
        if (isWithin(paths)) {
            return true;
        }
        AtomicBoolean found = new AtomicBoolean();
        entries.forEach(entry -> {
            if (!found.get() && entry.isChange() && paths.stream().anyMatch(entry::isBelow)) {
                found.set(true);
            }
        });
        return found.get();
    }

    /** Whether every tree of the run lies in a directory, or the directory in one of the trees. */
    public boolean concerns(RawPath directory) {
        return trees.stream().allMatch(tree -> JournalEntry.isAtOrBelow(tree, directory))
                || trees.stream().anyMatch(tree -> JournalEntry.isAtOrBelow(directory, tree));
    }

    /** All entries. */
    JournalEntries entries() {
        return entries;
    }
}
