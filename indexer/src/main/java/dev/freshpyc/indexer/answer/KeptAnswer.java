package dev.freshpyc.indexer.answer;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import dev.freshpyc.core.store.file.UnusableIndexException.TooNew;
import dev.freshpyc.core.store.file.UnusableIndexException.TooOld;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An answer with all that it depends on.
 *
 * @param question names the request and the surroundings
 * @param whole {@link Surroundings#whole} where code runs at the start; else empty
 * @param real the executable without links
 */
record KeptAnswer(RawPath question, String whole, RawPath real, String line, List<PathTarget> states) {

    /** The version of the format and of the script that is answered. */
    static final int VERSION = 1;

    /** Largest file that is written or read; an interpreter's output is bounded by a quarter of that. */
    static final int MAX_SIZE = 4 << 20;

    private static final int MAGIC = 0x4650414e;
    private static final int HEADER = 2 * Integer.BYTES;

    KeptAnswer {
        states = List.copyOf(states);
    }

    /** Whether nothing that the answer depends on has changed. */
    boolean holds(RawPath asked, Surroundings now, RawPath realNow) {
        return question.equals(asked)
                && real.equals(realNow)
                && (whole.isEmpty() || whole.equals(now.whole()))
                && states.stream().allMatch(PathTarget::isUnchanged);
    }

    byte[] toBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        write(out, question);
        write(out, RawPath.of(whole));
        write(out, real);
        write(out, RawPath.of(line));
        out.writeInt(states.size());
        for (PathTarget state : states) {
            write(out, state.path());
            out.writeBoolean(state.stamp().isPresent());
            if (state.stamp().isPresent()) {
                state.stamp().get().writeTo(out);
            }
        }
        out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
        return bytes.toByteArray();
    }

    /** Reads a file that {@link #toBytes} made. */
    static KeptAnswer read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_SIZE + 1);
        }
        Corrupt.unless(
                bytes.length >= HEADER + Integer.BYTES && bytes.length <= MAX_SIZE, file, "an answer", "another size");
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, bytes.length - Integer.BYTES);
        Corrupt.unless(in.getInt() == MAGIC, file, "an answer", "another kind of file");
        int version = in.getInt();
        if (version < VERSION) {
            throw new TooOld(file, "version " + VERSION, "version " + version);
        }
        if (version > VERSION) {
            throw new TooNew(file, "version " + VERSION, "version " + version);
        }
        int end = bytes.length - Integer.BYTES;
        Corrupt.unless(
                ByteBuffer.wrap(bytes).getInt(end) == checksum(bytes, end), file, "the right checksum", "another one");
        try {
            return parse(new DataInputStream(new ByteArrayInputStream(bytes, HEADER, end - HEADER)));
        } catch (EOFException | IllegalArgumentException garbled) {
            throw new Corrupt(file, "an answer", "parts that do not fit");
        }
    }

    private static KeptAnswer parse(DataInputStream in) throws IOException {
        RawPath question = text(in);
        String whole = text(in).toPython();
        RawPath real = text(in);
        String line = text(in).toPython();
        int count = in.readInt();
        List<PathTarget> states = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawPath path = text(in);
            states.add(new PathTarget(path, in.readBoolean() ? Optional.of(FileStamp.readFrom(in)) : Optional.empty()));
        }
        return new KeptAnswer(question, whole, real, line, states);
    }

    private static RawPath text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new EOFException("a text beyond the end");
        }
        return RawPath.of(in.readNBytes(length), 0, length);
    }

    private static void write(DataOutputStream out, RawPath text) throws IOException {
        byte[] bytes = text.toBytes();
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static int checksum(byte[] bytes, int length) {
        return Crc32c.of(bytes, 0, length);
    }
}
