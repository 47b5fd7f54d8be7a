package dev.freshpyc.indexer.repair.record;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.file.IndexDirectory;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import dev.freshpyc.indexer.repair.change.UncompiledSource;
import dev.freshpyc.indexer.repair.change.UncompiledSource.Attempt;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The sources that earlier repairs could not compile, in a file beside the indexes. A plan predicts their outcome from
 * that file. A run tries them again, so only a forecast depends on the file: it is no error if the file is lost or
 * cannot be written.
 */
public final class UncompiledSources {

    private static final int MAGIC = 0x46505553;
    private static final int LARGEST = 32 << 20;
    private static final int LONGEST_MESSAGE = 500;

    private final IndexDirectory directory;

    public UncompiledSources(IndexDirectory directory) {
        this.directory = directory;
    }

    /** What is known. */
    public Map<Attempt, UncompiledSource> known() {
        try {
            return directory
                    .read(directory.uncompiled(), UncompiledSources::read)
                    .orElse(Map.of());
        } catch (IOException unreadable) {
            return Map.of();
        }
    }

    /** Adds the sources that a run could not compile. */
    public void add(Collection<UncompiledSource> found) {
        Map<Attempt, UncompiledSource> before = known();
        Map<Attempt, UncompiledSource> all = new LinkedHashMap<>();
        found.forEach(one -> put(all, one));
        before.values().forEach(one -> put(all, one));
        if (!before.keySet().equals(all.keySet())) {
            try {
                directory.publishQuickly(directory.uncompiled(), bytes(all.values()));
            } catch (IOException unwritable) {
                // The next plan says that the sources would be compiled.
            }
        }
    }

    private static void put(Map<Attempt, UncompiledSource> all, UncompiledSource one) {
        if (all.size() < UncompiledSource.MOST) {
            all.putIfAbsent(one.attempt(), one);
        }
    }

    private static byte[] bytes(Collection<UncompiledSource> all) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeInt(all.size());
        for (UncompiledSource one : all) {
            byte[] source = one.attempt().source().toBytes();
            out.writeInt(source.length);
            out.write(source);
            one.attempt().stamp().writeTo(out);
            out.writeUTF(one.attempt().interpreter());
            out.writeInt(one.line().orElse(-1));
            String message = one.message();
            out.writeUTF(message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)));
        }
        out.write(new byte[Crc32c.LENGTH]);
        byte[] file = bytes.toByteArray();
        Crc32c.finish(file);
        return file;
    }

    private static Map<Attempt, UncompiledSource> read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        }
        int end = bytes.length - Crc32c.LENGTH;
        Corrupt.unless(end >= 2 * Integer.BYTES && bytes.length <= LARGEST, file, "sources", "another size");
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end));
        Corrupt.unless(in.readInt() == MAGIC, file, "sources", "another kind of file");
        Corrupt.unless(Crc32c.isIntact(bytes), file, "the right checksum", "another one");
        try {
            return rows(in);
        } catch (EOFException garbled) {
            throw new Corrupt(file, "sources", "parts that do not fit");
        }
    }

    private static Map<Attempt, UncompiledSource> rows(DataInputStream in) throws IOException {
        Map<Attempt, UncompiledSource> all = new LinkedHashMap<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            int length = in.readInt();
            if (length < 0 || length > in.available()) {
                throw new EOFException("a path beyond the end");
            }
            RawPath source = RawPath.of(in.readNBytes(length), 0, length);
            Attempt attempt = new Attempt(source, FileStamp.readFrom(in), in.readUTF());
            int line = in.readInt();
            put(
                    all,
                    new UncompiledSource(attempt, line < 0 ? OptionalInt.empty() : OptionalInt.of(line), in.readUTF()));
        }
        return all;
    }
}
