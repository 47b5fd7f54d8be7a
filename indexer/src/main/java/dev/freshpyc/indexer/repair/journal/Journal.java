package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.store.file.OwnedFile;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.repair.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.plan.FileChange;
import dev.freshpyc.indexer.repair.plan.FileLocation;
import dev.freshpyc.indexer.repair.plan.SourceTimeChange;
import dev.freshpyc.indexer.repair.tree.CheckedTree;
import dev.freshpyc.indexer.repair.tree.SkippedException;
import dev.freshpyc.indexer.repair.write.PreparedChange;
import dev.freshpyc.indexer.repair.write.PycWriter;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What one run is about to change, in a file that its run keeps locked. Each entry has its length and a CRC-32C before it, so
 * that an end which a crash tore off is seen: what is not written down whole was not yet begun.
 */
public final class Journal implements Closeable {

    private static final long MAGIC = 0x66726573686a6e32L;
    private static final int MAX_ENTRY = 1 << 18;
    private static final int BUFFER = 1 << 16;

    private final OwnedFile file;
    private final Set<RawPath> begun = new HashSet<>();
    private final List<FileLocation> made = new ArrayList<>();
    private final Map<RawPath, RawPath> roots = new ConcurrentHashMap<>();
    private boolean used;
    private final SavedContents kept;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream(BUFFER);

    private Journal(OwnedFile file) {
        this.file = file;
        this.kept = new SavedContents(file.path());
    }

    /**
     * A new journal, readable for its owner alone.
     *
     * @param names gives another random name at each call
     */
    public static Journal create(Supplier<Path> names) throws IOException {
        Journal journal = new Journal(OwnedFile.create(names, "rw-------"));
        new DataOutputStream(journal.pending).writeLong(MAGIC);
        return journal;
    }

    public Path file() {
        return file.path();
    }

    /** Writes a change down, and keeps the old file where more than its header is lost; safe after {@link #secure}. */
    public void add(PycWriter writer, PreparedChange prepared) throws IOException, SkippedException {
        FileChange change = prepared.change();
        boolean whole = change.isWhole() && change.stamp().isPresent();
        long keptAt = whole ? kept(writer, change) : JournalEntry.NOTHING_KEPT;
        byte[] head = change.newHead().encode();
        add(new JournalEntry(
                change.stamp().isEmpty()
                        ? JournalEntry.Kind.CREATED
                        : whole ? JournalEntry.Kind.REPLACED : JournalEntry.Kind.RESTAMPED,
                directory(change.location()),
                change.location().pyc().name(),
                prepared.temporary().orElse(RawPath.EMPTY),
                change.stamp().map(FileState::of).orElse(FileState.ABSENT),
                prepared.after(),
                change.oldHead(),
                HeaderBytes.of(head, head.length),
                keptAt));
    }

    /**
     * Writes down that new files will lie beside a bytecode file, before the first of them does: so those are found that no
     * change tells of yet, when the process is killed.
     */
    public synchronized void begin(PycWriter writer, FileLocation location) throws IOException, SkippedException {
        RawPath directory = directory(location);
        if (begun.contains(directory)) {
            return;
        }
        if (!writer.tree().hasCache(location)) {
            append(framed(JournalEntry.ofDirectory(
                    JournalEntry.Kind.MADE, directory.parent(), directory.name(), RawPath.EMPTY)));
            made.add(location);
        }
        append(begun(directory));
        drain();
        begun.add(directory);
    }

    /** The same for files that are there, and so are their directories: in one write for all. */
    public synchronized void begin(List<FileChange> changes) throws IOException {
        for (FileChange change : changes) {
            RawPath directory = directory(change.location());
            if (begun.add(directory)) {
                append(begun(directory));
            }
        }
        drain();
    }

    /** Bytecode files whose directories were not there before the run. */
    public synchronized List<FileLocation> made() {
        return List.copyOf(made);
    }

    /** Writes a change of a source's time down. */
    public void add(SourceTimeChange time) throws IOException {
        FileState before = FileState.of(time.stamp());
        add(new JournalEntry(
                JournalEntry.Kind.TIME,
                directory(time.location()),
                time.source().name(),
                RawPath.EMPTY,
                before,
                new FileState(before.inode(), before.size(), time.seconds(), 0),
                JournalEntry.NO_HEAD,
                JournalEntry.NO_HEAD,
                JournalEntry.NOTHING_KEPT));
    }

    private long kept(PycWriter writer, FileChange change) throws IOException, SkippedException {
        CheckedTree tree = writer.tree();
        try (OpenFile old = tree.open(change.location(), false)) {
            return kept.add(tree.editor(), old, change.stamp().orElseThrow().size());
        }
    }

    private RawPath directory(FileLocation location) {
        RawPath directory = location.directory();
        return directory.isAbsolute()
                ? directory
                : roots.computeIfAbsent(location.entry().path(), CanonicalPath::of)
                        .resolve(directory);
    }

    private void add(JournalEntry entry) throws IOException {
        byte[] bytes = framed(entry);
        synchronized (this) {
            used = true;
            append(bytes);
        }
    }

    private void append(byte[] bytes) throws IOException {
        pending.writeBytes(bytes);
        if (pending.size() > BUFFER) {
            drain();
        }
    }

    private static byte[] begun(RawPath directory) throws IOException {
        return framed(
                JournalEntry.ofDirectory(JournalEntry.Kind.BEGUN, directory, RawPath.EMPTY, RawPath.of(PycWriter.RUN)));
    }

    /** The bytes of an entry, with their length and checksum before them. */
    private static byte[] framed(JournalEntry entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(0);
        entry.write(out);
        ByteBuffer frame = ByteBuffer.wrap(bytes.toByteArray());
        ByteBuffer payload = frame.slice(Long.BYTES, frame.capacity() - Long.BYTES);
        return frame.putInt(payload.capacity()).putInt(Crc32c.of(payload)).array();
    }

    /** Makes what was written down outlive this process, and the machine too where the changes are to outlive it. */
    public synchronized void secure(Durability durability) throws IOException {
        drain();
        if (durability != Durability.NONE) {
            kept.force();
            file.channel().force(true);
        }
    }

    /** Nothing that was written down will be done. */
    public synchronized void abandon() {
        used = false;
    }

    /** What cannot be written whole is taken back: it will not be done, and what stands before it can still be read. */
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
            throw refused;
        }
    }

    /** Takes the name of a journal whose run came to its end, or vanishes where nothing was written down. */
    @Override
    public void close() throws IOException {
        try (file;
                kept) {
            if (used) {
                drain();
                Files.move(file(), JournalDirectory.finished(file()), StandardCopyOption.ATOMIC_MOVE);
            } else {
                JournalDirectory.discard(file());
            }
        }
    }

    /** The changes that a journal tells of, up to where it is torn. */
    public static List<JournalEntry> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return read(file, channel);
        }
    }

    /** The same through an open channel, which stays open. */
    public static List<JournalEntry> read(Path file, FileChannel channel) throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), BUFFER));
        try {
            if (in.readLong() != MAGIC) {
                throw new IOException(file + " is no journal of a repair");
            }
            while (true) {
                int length = in.readInt();
                int checksum = in.readInt();
                if (length < 0 || length > MAX_ENTRY) {
                    return entries;
                }
                byte[] payload = in.readNBytes(length);
                if (payload.length < length || Crc32c.of(ByteBuffer.wrap(payload)) != checksum) {
                    return entries;
                }
                entries.add(decode(payload));
            }
        } catch (EOFException end) {
            return entries;
        }
    }

    private static JournalEntry decode(byte[] payload) {
        try {
            return JournalEntry.read(new DataInputStream(new ByteArrayInputStream(payload)));
        } catch (IOException broken) {
            throw new UncheckedIOException("a journal entry with a right checksum and a wrong content", broken);
        }
    }
}
