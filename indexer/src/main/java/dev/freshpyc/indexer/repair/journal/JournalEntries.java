package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.file.ChannelBytes;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The entries of a journal up to where it is torn. They are read block by block, forwards or backwards, since those of a large
 * journal do not fit into memory; a journal of one block is read once.
 */
final class JournalEntries {

    /** How many entries are in memory at the same time, unless a test says otherwise. */
    static final int BLOCK = 16_384;

    private static final int MAX_ENTRY = 1 << 18;
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final Optional<FileChannel> channel;
    private final int block;
    private final List<Long> begins = new ArrayList<>();
    private List<JournalEntry> onlyBlock = List.of();

    private JournalEntries(Path file, Optional<FileChannel> channel, int block) {
        this.file = file;
        this.channel = channel;
        this.block = block;
    }

    /** Entries that are in memory. */
    static JournalEntries of(List<JournalEntry> entries) {
        JournalEntries all = new JournalEntries(Path.of(""), Optional.empty(), BLOCK);
        all.begins.add(0L);
        all.onlyBlock = List.copyOf(entries);
        return all;
    }

    /**
     * Reads a journal.
     *
     * @param each gets each entry
     * @throws IOException when the file cannot be read or is no journal
     */
    static JournalEntries read(Path file, Consumer<JournalEntry> each) throws IOException {
        return new JournalEntries(file, Optional.empty(), BLOCK).readAll(each);
    }

    /** Reads an open journal; the channel stays open, and is used as long as the entries are. */
    static JournalEntries read(Path file, FileChannel channel, Consumer<JournalEntry> each) throws IOException {
        return new JournalEntries(file, Optional.of(channel), BLOCK).readAll(each);
    }

    /** Reads a journal in blocks of that many entries. */
    static JournalEntries read(Path file, int block) throws IOException {
        return new JournalEntries(file, Optional.empty(), block).readAll(_ -> {});
    }

    /** Shows all entries in the order of the run. */
    void forEach(Consumer<JournalEntry> each) throws IOException {
        for (int i = 0; i < begins.size(); i++) {
            block(i).forEach(each);
        }
    }

    /** Shows all entries, the last one first. */
    void forEachReversed(Consumer<JournalEntry> each) throws IOException {
        for (int i = begins.size() - 1; i >= 0; i--) {
            block(i).reversed().forEach(each);
        }
    }

    private List<JournalEntry> block(int number) throws IOException {
        if (begins.size() == 1) {
            return onlyBlock;
        }
        List<JournalEntry> entries = new ArrayList<>(block);
        use(open -> {
            DataInputStream in = from(open, begins.get(number));
            while (entries.size() < block) {
                Optional<byte[]> payload = next(in);
                if (payload.isEmpty()) {
                    return;
                }
                entries.add(decode(payload.get()));
            }
        });
        return entries;
    }

    private JournalEntries readAll(Consumer<JournalEntry> each) throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        use(open -> {
            DataInputStream in = from(open, 0);
            requireMagic(in, file);
            long at = Long.BYTES;
            int count = 0;
            for (Optional<byte[]> payload = next(in); payload.isPresent(); payload = next(in)) {
                if (count++ % block == 0) {
                    begins.add(at);
                    entries.clear();
                }
                JournalEntry entry = decode(payload.get());
                entries.add(entry);
                each.accept(entry);
                at += 2 * Integer.BYTES + payload.get().length;
            }
        });
        onlyBlock = begins.size() == 1 ? List.copyOf(entries) : List.of();
        return this;
    }

    private interface EntriesUse {
        void of(FileChannel open) throws IOException;
    }

    private void use(EntriesUse use) throws IOException {
        try {
            if (channel.isPresent()) {
                use.of(channel.get());
                return;
            }
            try (FileChannel open = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                use.of(open);
            }
        } catch (EOFException end) {
            // A journal that is shorter than its magic has no entries.
        }
    }

    private static void requireMagic(DataInputStream in, Path file) throws IOException {
        long magic = in.readLong();
        if (magic != Journal.MAGIC && magic != Journal.MAGIC_OF_CLEAN) {
            throw Journal.notAJournal(file);
        }
    }

    /** The bytes of the next entry; empty where the journal ends or is torn. */
    private static Optional<byte[]> next(DataInputStream in) throws IOException {
        try {
            int length = in.readInt();
            int checksum = in.readInt();
            if (length < 0 || length > MAX_ENTRY) {
                return Optional.empty();
            }
            byte[] payload = in.readNBytes(length);
            boolean whole = payload.length == length && Crc32c.of(ByteBuffer.wrap(payload)) == checksum;
            return whole ? Optional.of(payload) : Optional.empty();
        } catch (EOFException end) {
            return Optional.empty();
        }
    }

    private static DataInputStream from(FileChannel open, long position) {
        return new DataInputStream(new BufferedInputStream(new ChannelBytes(open, position), BUFFER));
    }

    private static JournalEntry decode(byte[] payload) {
        try {
            return JournalEntryCodec.read(new DataInputStream(new ByteArrayInputStream(payload)));
        } catch (IOException broken) {
            throw new UncheckedIOException("a journal entry has a valid checksum but an invalid content", broken);
        }
    }
}
