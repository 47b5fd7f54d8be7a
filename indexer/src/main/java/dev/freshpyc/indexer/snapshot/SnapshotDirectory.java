package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.file.FileTreeRemoval;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.file.IndexDirectory;
import dev.freshpyc.core.store.file.Ownership;
import dev.freshpyc.core.text.ShellWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The snapshots of one path entry, in a directory that only its owner can read. */
public final class SnapshotDirectory {

    private static final String DEFAULT = ".default";
    private static final String PENDING = ".pending-";
    private static final String REMOVED = ".removed-";

    private final RawPath entry;
    private final Path all;
    private final Path path;

    /**
     * The snapshots of an entry, which need not exist.
     *
     * @param entry the name of the entry's index
     */
    public SnapshotDirectory(IndexDirectory indexes, RawPath entry) {
        this.entry = entry;
        this.path = indexes.snapshots(entry);
        this.all = path.resolveSibling("");
    }

    /** The path entry. */
    public RawPath entry() {
        return entry;
    }

    /** The directory that holds the snapshots of all entries. */
    Path all() {
        return all;
    }

    /** Whether the directory of this entry's snapshots exists, perhaps only with files that a killed run left. */
    boolean isThere() {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** The names of all snapshots, sorted. */
    public List<SnapshotName> names() throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        requireTrusted(path);
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> SnapshotName.parse(String.valueOf(file.getFileName())))
                    .flatMap(Optional::stream)
                    .sorted()
                    .toList();
        }
    }

    /** Whether a snapshot has the name. */
    public boolean has(SnapshotName name) throws IOException {
        return names().contains(name);
    }

    /** The message that a snapshot has the name already. */
    public static String alreadyThere(RawPath entry, SnapshotName name) {
        String advice = name.equals(SnapshotName.POSTINIT)
                ? ", which stays: choose another name"
                : "; 'freshpyc snapshot remove " + name + " " + ShellWord.ofPath(entry) + "' removes it";
        return entry.shown() + ": there is a snapshot " + name + " already" + advice;
    }

    /**
     * The snapshot that a rollback without a name goes back to: the chosen one, or {@code postinit} where none was chosen or the chosen
     * one is gone. Empty where {@code postinit} is gone, too.
     */
    public Optional<SnapshotName> defaultName() throws IOException {
        List<SnapshotName> names = names();
        return chosen().filter(names::contains)
                .or(() -> Optional.of(SnapshotName.POSTINIT).filter(names::contains));
    }

    private Optional<SnapshotName> chosen() throws IOException {
        try {
            return SnapshotName.parse(Files.readString(path.resolve(DEFAULT)).strip());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /** Makes a snapshot the default, with one rename. */
    void choose(SnapshotName name) throws IOException {
        Path pending = path.resolve(PENDING + random());
        Files.writeString(pending, name + "\n");
        Files.move(pending, path.resolve(DEFAULT), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The directory of a snapshot. */
    Path of(SnapshotName name) {
        return path.resolve(name.text());
    }

    /**
     * The directory of a snapshot that must exist.
     *
     * @throws SnapshotException where it does not exist, with the names of the existing snapshots
     */
    Path existing(SnapshotName name) throws IOException {
        List<SnapshotName> names = names();
        if (!names.contains(name)) {
            String known = names.isEmpty()
                    ? "it has none; 'freshpyc snapshot save NAME' makes one"
                    : "it has "
                            + String.join(
                                    ", ", names.stream().map(SnapshotName::text).toList());
            throw new SnapshotException(entry.shown() + ": no snapshot " + name + ": " + known);
        }
        return of(name);
    }

    /**
     * Takes the lock that every change needs, and deletes the files that killed runs have left.
     *
     * @throws SnapshotException where another run changes snapshots
     */
    SnapshotLock lock() throws IOException {
        return tryLock()
                .orElseThrow(() -> new SnapshotException("another freshpyc changes snapshots in "
                        + JavaPath.toRaw(all).shown() + ": run the command again when it has ended"));
    }

    /** Takes the lock; empty where another run has it. */
    Optional<SnapshotLock> tryLock() throws IOException {
        make(all);
        Optional<SnapshotLock> lock = SnapshotLock.tryIn(all);
        if (lock.isPresent()) {
            make(path);
            for (Path leftover : hidden()) {
                FileTreeRemoval.remove(leftover);
            }
        }
        return lock;
    }

    private List<Path> hidden() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> {
                        String name = String.valueOf(file.getFileName());
                        return name.startsWith(PENDING) || name.startsWith(REMOVED);
                    })
                    .toList();
        }
    }

    /** A new, empty directory for a snapshot that is being made; the caller holds the lock. */
    Path newPending() throws IOException {
        Path pending = path.resolve(PENDING + random());
        make(pending);
        return pending;
    }

    /** Gives a complete snapshot its name. */
    void publish(Path pending, SnapshotName name) throws IOException {
        Files.move(pending, of(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes the name from a snapshot with one rename, and then deletes its files; the caller holds the lock. */
    void remove(SnapshotName name) throws IOException {
        Path removed = path.resolve(REMOVED + random());
        Files.move(existing(name), removed, StandardCopyOption.ATOMIC_MOVE);
        if (chosen().equals(Optional.of(name))) {
            Files.deleteIfExists(path.resolve(DEFAULT));
        }
        FileTreeRemoval.remove(removed);
    }

    /** Removes all snapshots; the caller holds the lock. */
    void removeAll() throws IOException {
        for (SnapshotName name : names()) {
            remove(name);
        }
        Files.deleteIfExists(path.resolve(DEFAULT));
        Files.deleteIfExists(path);
    }

    private static void make(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        requireTrusted(directory);
    }

    private static void requireTrusted(Path directory) throws IOException {
        @Nullable String objection = Ownership.objectionToDirectory(directory);
        if (objection != null) {
            throw new SnapshotException(JavaPath.toRaw(directory).shown() + ": not trusted: " + objection);
        }
    }

    private static String random() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
