package dev.freshpyc.perf.startup;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.PycHeader.Hashed;
import dev.freshpyc.core.pyc.PycHeader.Timestamped;
import dev.freshpyc.core.pyc.PycName;
import dev.freshpyc.core.pyc.SourceHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pyc that the command's interpreter just compiled, and the headers that it has in other states.
 *
 * @param place its path below the prefix
 * @param source the absolute path of its source
 * @param ending the end of its name, from the tag on: {@code .cpython-314.opt-1.pyc}
 * @param compiled the file itself, with a timestamp header
 * @param hash of its source
 * @param inTree the header of the pyc in the tree; empty where none can be read
 */
record PreparedPyc(
        Path place,
        Path source,
        String ending,
        Path compiled,
        Timestamped stamp,
        SourceHash hash,
        Optional<PycHeader> inTree) {

    private static final int MAX_SIZE = 256 << 20;

    /** Reads a pyc below the prefix; empty if the file is no pyc, or if its source cannot be read. */
    static Optional<PreparedPyc> read(Path prefix, Path pyc) throws IOException {
        String file = pyc.getFileName().toString();
        Optional<PycName> name = PycName.parse(RawPath.of(file));
        Path place = prefix.relativize(pyc);
        Path directory = Path.of("/").resolve(place).getParent();
        if (name.isEmpty() || directory == null) {
            return Optional.empty();
        }
        byte[] content = bytes(pyc);
        if (!(PycHeader.parse(content, content.length, HeaderLayout.FLAGS) instanceof Timestamped stamp)) {
            return Optional.empty();
        }
        Path source = directory.resolve(name.get().source().toString());
        if (!Files.isRegularFile(source)) {
            return Optional.empty();
        }
        SourceHash.@Nullable Algorithm algorithm =
                PycFormat.of(name.get().tag(), stamp.magic()).hash();
        if (algorithm == null) {
            return Optional.empty();
        }
        SourceHash hash = SourceHash.of(bytes(source), stamp.magic(), algorithm);
        String ending = file.substring(name.get().stem().toString().length());
        Path own = directory.resolve("__pycache__").resolve(file);
        return Optional.of(new PreparedPyc(place, source, ending, pyc, stamp, hash, header(own)));
    }

    /** The bytes of the file in a state that has bytecode. */
    byte[] in(StartState state) throws IOException {
        PycHeader.Intact header = switch (state) {
            case TIMESTAMP -> stamp;
            case STALE, STALE_READONLY ->
                new Timestamped(stamp.magic(), stamp.layout(), stamp.flags(), stamp.mtime() + 1, stamp.size());
            case CHECKED_HASH -> new Hashed(stamp.magic(), true, hash);
            case UNCHECKED_HASH -> new Hashed(stamp.magic(), false, hash);
            case REPAIRED ->
                inTree.orElse(stamp) instanceof Hashed old ? new Hashed(stamp.magic(), old.checkSource(), hash) : stamp;
            case AS_IS, NONE -> throw new IllegalArgumentException(state + " has no prepared bytecode");
        };
        byte[] bytes = bytes(compiled);
        byte[] encoded = header.encode();
        System.arraycopy(encoded, 0, bytes, 0, encoded.length);
        return bytes;
    }

    private static Optional<PycHeader> header(Path pyc) {
        if (!Files.isRegularFile(pyc)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(pyc)) {
            byte[] start = in.readNBytes(HeaderLayout.MAX_LENGTH);
            return Optional.of(PycHeader.parse(start, start.length, HeaderLayout.FLAGS));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_SIZE + 1);
            if (bytes.length > MAX_SIZE) {
                throw new IOException(file + " is larger than " + MAX_SIZE + " bytes");
            }
            return bytes;
        }
    }
}
