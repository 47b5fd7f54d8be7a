package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.file.OwnedFile;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The journal of one run: each change is written to it before the change is made. The run keeps the file locked. Each entry
 * is preceded by its length and a CRC-32C, so that a reader sees where a crash tore the end off; an entry that is not whole
 * belongs to a change that was not begun.
 */
public final class Journal implements Closeable {

    static final long MAGIC = 0x66726573686a6e34L;

    /** The magic of a journal that may list removed files, which earlier versions cannot undo. */
    static final long MAGIC_OF_CLEAN = 0x66726573686a6e35L;

    private static final int BUFFER = 1 << 16;

    private final OwnedFile file;
    private final Set<RawPath> begun = new HashSet<>();
    private final OldContents kept;
    private final KeptFiles files;
    private boolean hasTrees;
    private boolean used;
    private boolean interrupted;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream(BUFFER);

    private Journal(OwnedFile file) {
        this.file = file;
        this.kept = new OldContents(file.path());
        this.files = new KeptFiles(file.path());
    }

    /**
     * A new journal, readable for its owner alone.
     *
     * @param names gives another random name at each call
     */
    static Journal create(Supplier<Path> names) throws IOException {
        return create(names, MAGIC);
    }

    static Journal create(Supplier<Path> names, long magic) throws IOException {
        Journal journal = new Journal(OwnedFile.create(names, "rw-------"));
        try {
            new DataOutputStream(journal.pending).writeLong(magic);
            journal.drain(); // a cleaner takes an empty journal for one that nobody has begun, and deletes it
            return journal;
        } catch (IOException refused) {
            journal.close(); // deletes the file
            throw refused;
        }
    }

    /** The file that the run keeps locked. */
    Path file() {
        return file.path();
    }

    /** Writes an entry; the change may be made after {@link #secure}. */
    public void add(JournalEntry entry) throws IOException {
        byte[] bytes = framed(entry);
        synchronized (this) {
            used = true;
            append(bytes);
        }
    }

    /**
     * Writes the trees that the run covers.
     *
     * @param trees absolute and without links
     * @param root the root directory of the system that the trees belong to, absolute and without links; empty for this system
     */
    public synchronized void addTrees(Collection<RawPath> trees, Optional<RawPath> root) throws IOException {
        hasTrees = true;
        for (RawPath tree : trees) {
            append(framed(JournalEntry.tree(tree, root)));
        }
    }

    /**
     * Keeps a hard link of a file beside the journal, so that an undo can make the file's name a link of the same file again.
     *
     * @return the name of the link; empty where the file system is another one or allows no link
     */
    public RawPath keepLink(TreeWriter editor, OpenFile directory, RawPath name) {
        try {
            return files.link(editor, directory, name);
        } catch (IOException impossible) {
            return RawPath.EMPTY;
        }
    }

    /**
     * Keeps a file that will be removed, with all that an undo puts back, as a hard link or a copy beside the journal.
     *
     * @param seen the stamp of the file that is to be kept, and of no other
     * @return the name for {@link JournalEntry#keptLink}
     */
    public RawPath keepFile(TreeWriter editor, OpenFile directory, RawPath name, FileStamp seen) throws IOException {
        return files.keep(editor, directory, name, seen);
    }

    /** Keeps owner, permissions and extended attributes of a directory that will be removed; as {@link #keepFile}. */
    public RawPath keepDirectory(TreeWriter editor, OpenFile directory) throws IOException {
        return files.keepDirectory(editor, directory);
    }

    /** Keeps the whole of an open file that will be replaced; returns the position for {@link JournalEntry#keptAt}. */
    public long keep(TreeWriter editor, OpenFile old, long size) throws IOException {
        return kept.add(editor, old, size);
    }

    /**
     * Writes that a directory may hold new files from now on, so that a later run finds files of a killed run that no
     * other entry names. Call this before the first new file is made; further calls do nothing and return false.
     *
     * @param directory absolute, without links
     * @param exists whether the directory is there; otherwise the run makes it, and its removal is written down too
     */
    public synchronized boolean begin(RawPath directory, boolean exists) throws IOException {
        if (begun.contains(directory)) {
            return false;
        }
        if (!exists) {
            append(framed(JournalEntry.directoryMade(directory)));
        }
        append(framed(JournalEntry.directoryBegun(directory)));
        drain();
        begun.add(directory);
        return true;
    }

    /** Whether {@link #begin} was called for a directory. */
    public synchronized boolean hasBegun(RawPath directory) {
        return begun.contains(directory);
    }

    /** Lets directories be begun again, which does no harm: a run of a million files need not keep all of them in memory. */
    public synchronized void forgetDirectories() {
        begun.clear();
    }

    /** Calls {@link #begin} for directories that exist, with one write for all of them. */
    public synchronized void beginAll(Collection<RawPath> directories) throws IOException {
        for (RawPath directory : directories) {
            if (begun.add(directory)) {
                append(framed(JournalEntry.directoryBegun(directory)));
            }
        }
        drain();
    }

    private void append(byte[] bytes) throws IOException {
        pending.writeBytes(bytes);
        if (pending.size() > BUFFER) {
            drain();
        }
    }

    /** Length, checksum and bytes of an entry. */
    private static byte[] framed(JournalEntry entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(0);
        JournalEntryCodec.write(entry, out);
        ByteBuffer frame = ByteBuffer.wrap(bytes.toByteArray());
        ByteBuffer payload = frame.slice(Long.BYTES, frame.capacity() - Long.BYTES);
        return frame.putInt(payload.capacity()).putInt(Crc32c.of(payload)).array();
    }

    /**
     * Hands everything to the system, so that the entries outlive this process, and unless {@code NONE} is asked for waits until
     * they are on the disk, so that they outlive the machine.
     */
    public synchronized void secure(Durability durability) throws IOException {
        drain();
        if (durability != Durability.NONE) {
            kept.force();
            files.force();
            file.channel().force(true);
        }
    }

    /** Says that none of the changes will be made: the journal is deleted when it is closed. */
    public synchronized void abandon() {
        used = false;
    }

    /** Says that the run may leave new files behind: the journal stays that of a running repair, so that the next run cleans up. */
    public synchronized void interrupt() {
        interrupted = true;
    }

    /** Writes the pending entries. When that fails, the file is cut back to its last whole entry, so that it stays readable. */
    private void drain() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(pending.toByteArray());
        pending.reset();
        FileChannel channel = file.channel();
        long end = channel.position();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException refused) {
            channel.truncate(end);
            String directory = JavaPath.toRaw(file.path().toAbsolutePath().resolveSibling(""))
                    .shown();
            throw new IOException(
                    "the journal cannot be written in " + directory + ": " + refused.getMessage()
                            + "; make room there, or choose another directory with --index",
                    refused);
        }
    }

    /** Closes the journal; a failure is a problem and no exception, since the files of the tree are as they should be. */
    public void close(OutcomeTally tally) {
        try {
            close();
        } catch (IOException refused) {
            tally.addProblem("the journal could not be completed: " + refused.getMessage());
        }
    }

    /** Gives the journal the name of a finished one; one without changes is deleted, and at most a note of the run stays. */
    @Override
    public void close() throws IOException {
        try (file;
                kept;
                files) {
            if (interrupted) {
                drain();
            } else if (used) {
                drain();
                Path path = file.path();
                Files.move(path, JournalName.finished(path), StandardCopyOption.ATOMIC_MOVE);
            } else if (hasTrees) {
                JournalName.replaceByNote(file.path());
            } else {
                JournalName.delete(file.path());
            }
        }
    }

    /**
     * Refuses a file that is too short for any entry: no run has finished it.
     *
     * @throws IOException that names the file
     */
    static void requireBegun(Path file) throws IOException {
        if (Files.size(file) < Long.BYTES) {
            throw notAJournal(file);
        }
    }

    static IOException notAJournal(Path file) {
        return new IOException(JavaPath.toRaw(file).shown() + " is not the journal of a repair");
    }
}
