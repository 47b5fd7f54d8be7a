package dev.freshpyc.core.proof;

import dev.freshpyc.core.proof.OpenProofs.Watched;
import dev.freshpyc.core.proof.ProofFileWriter.RowFilter;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.file.DamageReport;
import dev.freshpyc.core.store.file.IndexDirectory;
import dev.freshpyc.core.store.file.PendingFile;
import dev.freshpyc.core.store.file.UnusableIndexException;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The proofs in one index directory, which the first publication creates. Any thread may call any method. */
public final class ProofStore {

    /** How many proofs are kept if nobody says otherwise: some 120 MB. */
    public static final long DEFAULT_MOST = 2_000_000;

    /** A file with up to this many times the rows of the new file is put into the new file. */
    private static final int GROWTH = 2;

    private static final int ATTEMPTS = 20;

    /** Names the one file of a sealed store, so that a later sealing replaces the file. */
    private static final long SEALED = 0;

    private final IndexDirectory directory;
    private final long most;
    private final List<ProofStore> shared;

    /**
     * The store in a directory, which need not exist.
     *
     * @param most how many proofs are kept; those that were confirmed longest ago go first
     */
    public ProofStore(Path directory, StoreEvents events, long most) {
        this(directory, events, most, List.of());
    }

    /** A store that {@linkplain IndexDirectory#ofOthers others} fill; the caller only reads it. */
    public static ProofStore ofOthers(Path directory, StoreEvents events) {
        return new ProofStore(IndexDirectory.ofOthers(directory, events), DEFAULT_MOST, List.of());
    }

    /**
     * The store in a directory, with others that are asked after it and never written to.
     *
     * @param most how many proofs are kept; those that were confirmed longest ago go first
     */
    public ProofStore(Path directory, StoreEvents events, long most, List<ProofStore> shared) {
        this(new IndexDirectory(directory, events), most, shared);
    }

    /**
     * The store in an index directory, which decides whether publications wait for the disk.
     *
     * @param most how many proofs are kept; those that were confirmed longest ago go first
     * @param shared asked after this store and never written to
     */
    public ProofStore(IndexDirectory directory, long most, List<ProofStore> shared) {
        this.directory = directory;
        this.most = most;
        this.shared = List.copyOf(shared);
    }

    /** Whether nothing was published here yet, as far as the directory can be read. */
    public boolean isEmpty() {
        try {
            return directory.proofs().isEmpty();
        } catch (IOException _) {
            return false;
        }
    }

    /**
     * The files of this store and of the shared ones. Each publication makes a file with a new name, so an equal set means that no
     * proof was added.
     */
    public Set<Path> files() throws IOException {
        Set<Path> files = new HashSet<>(directory.proofs());
        for (ProofStore other : shared) {
            files.addAll(other.files());
        }
        return files;
    }

    /** The proofs of this store. The files are opened when the first proof is asked for. */
    public OpenProofs open() {
        return new OpenProofs(this::openFiles, this::mayRefute, !directory.isOfOthers());
    }

    private boolean mayRefute() {
        try {
            return directory.proofs().stream().anyMatch(ProofFile::mayRefute);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * When the last file that may have refutations was published, in this or in a shared store: in nanoseconds since
     * 1970; {@link Long#MIN_VALUE} if there is no such file.
     */
    public long refutedAtNanos() {
        long last = shared.stream().mapToLong(ProofStore::refutedAtNanos).max().orElse(Long.MIN_VALUE);
        try {
            for (Path file : directory.proofs()) {
                if (ProofFile.mayRefute(file)) {
                    last = Math.max(last, Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS));
                }
            }
        } catch (IOException unreadable) {
            return last; // the files are listed again when a proof is asked for
        }
        return last;
    }

    /**
     * Begins to collect proofs.
     *
     * @param today in days since 1970
     */
    public ProofDraft draft(int today) {
        return new ProofDraft(
                this, open(), shared.stream().map(ProofStore::open).toList(), today);
    }

    /**
     * Reads all proofs.
     *
     * @throws FileSystemException when the directory is not trusted
     */
    public ProofStats stats() throws IOException {
        directory.requireTrusted();
        return read(files -> ProofStats.of(files(files)));
    }

    /**
     * Writes all proofs to one file, which then depends on nothing but the proofs and their origins. A pair that was refuted and
     * restored is a proof like others there: it restores no pair that another machine refuted.
     *
     * @return how many proofs were written
     * @throws FileSystemException when the directory is not trusted
     */
    public long export(FileChannel emptyFile) throws IOException {
        directory.requireTrusted();
        return read(files -> export(files, emptyFile.truncate(0)));
    }

    private static long export(List<Watched> files, FileChannel emptyFile) throws IOException {
        List<ProofFile> layers = files.stream()
                .map(Watched::file)
                .sorted(Comparator.comparing(file -> String.join("\n", file.origins())))
                .toList();
        return ProofFileWriter.write(
                emptyFile, layers, value -> value == null ? null : ProofRow.withDay(ProofRow.elsewhere(value), 0));
    }

    /**
     * Writes all proofs to the one file of another store, which is for copies of a tree: equal proofs give equal bytes.
     *
     * @throws FileSystemException when one of the directories is not trusted
     */
    public void seal(ProofStore target) throws IOException {
        directory.requireTrusted();
        IndexDirectory there = target.directory;
        there.publish(there.proofs(SEALED), channel -> read(files -> export(files, channel.truncate(0))));
    }

    /**
     * Imports the proofs of a file that {@link #export} wrote, here or elsewhere. The caller decides whether the file is trusted.
     *
     * @param name of the file, for the origins of its proofs
     * @param today in days since 1970
     * @return how many proofs the file has
     * @throws UnusableIndexException when the file is damaged, or holds no proofs
     */
    public long importFrom(Path path, String name, int today) throws IOException {
        try (ProofFile file = ProofFile.open(path)) {
            file.verify();
            publish(List.of(new ImportedRows(file, name, today)));
            return file.rows();
        }
    }

    /**
     * Writes new rows to a file of their own, together with the rows of smaller files.
     *
     * @param fresh the new rows
     */
    void publish(List<? extends ProofRows> fresh) throws IOException {
        directory.deleteLeftovers();
        read(files -> publish(fresh, files));
    }

    private long publish(List<? extends ProofRows> fresh, List<Watched> files) throws IOException {
        long rows = fresh.stream().mapToLong(ProofRows::rows).sum();
        long all = rows
                + files.stream().mapToLong(watched -> watched.file().rows()).sum();
        List<ProofFile> merged = all > most ? files(files) : smaller(files, rows);
        List<ProofRows> layers = new ArrayList<>(fresh);
        layers.addAll(merged);
        RowFilter filter = all > most ? Eviction.of(layers, most) : ProofFileWriter.ALL;
        Path file = directory.proofs(ThreadLocalRandom.current().nextLong());
        directory.publish(file, channel -> ProofFileWriter.write(channel, layers, filter));
        for (ProofFile old : merged) {
            Files.deleteIfExists(old.path());
        }
        return rows;
    }

    /** A task that reads the files of the directory. */
    private interface ProofReading<T> {
        T from(List<Watched> files) throws IOException;
    }

    /** Runs a task on all files; damaged ones are set aside, and the task is run again without them. */
    private <T> T read(ProofReading<T> task) throws IOException {
        for (int attempt = 1; ; attempt++) {
            List<Watched> files = openFiles();
            try {
                return task.from(files);
            } catch (Corrupt damage) {
                if (attempt == ATTEMPTS || !setAsideDamaged(files)) {
                    throw damage;
                }
            } finally {
                close(files);
            }
        }
    }

    /** Reads each file whole and sets damaged files aside; returns whether there were any. */
    private static boolean setAsideDamaged(List<Watched> files) {
        boolean any = false;
        for (Watched watched : files) {
            try {
                watched.file().verify();
            } catch (IOException damage) {
                watched.damage().report(damage);
                any = true;
            }
        }
        return any;
    }

    /** A new, empty file of this process, deleted when it is closed. */
    PendingFile temporary() throws IOException {
        return directory.temporary(directory.proofs(0));
    }

    static void close(List<Watched> files) {
        for (Watched watched : files) {
            try {
                watched.file().close();
            } catch (IOException _) {
                // The file was read.
            }
        }
    }

    private static List<ProofFile> files(List<Watched> watched) {
        return watched.stream().map(Watched::file).toList();
    }

    /** The files to put into a new file, so that a store of a million proofs has some dozen files at most. */
    private static List<ProofFile> smaller(List<Watched> files, long newRows) {
        List<ProofFile> merged = new ArrayList<>();
        long rows = newRows;
        for (ProofFile file : files(files).stream()
                .sorted(Comparator.comparingLong(ProofFile::rows))
                .toList()) {
            if (file.rows() > GROWTH * rows) {
                break;
            }
            merged.add(file);
            rows += file.rows();
        }
        return merged;
    }

    /** Opens all files. Lists the directory again until no file is new, since another run may merge files meanwhile. */
    private List<Watched> openFiles() throws IOException {
        List<Watched> open = new ArrayList<>();
        if (!directory.isTrusted()) {
            return open; // the store of the index in this directory reports that
        }
        try {
            Set<Path> tried = new HashSet<>();
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                List<Path> untried = directory.proofs().stream()
                        .filter(file -> !tried.contains(file))
                        .toList();
                if (untried.isEmpty()) {
                    break;
                }
                for (Path file : untried) {
                    tried.add(file);
                    DamageReport damage = directory.damageReport(file);
                    Optional<ProofFile> opened = directory.read(file, ProofFile::open);
                    opened.ifPresent(one -> open.add(new Watched(one, damage)));
                }
            }
            return open;
        } catch (IOException unreadable) {
            close(open);
            throw unreadable;
        }
    }
}
