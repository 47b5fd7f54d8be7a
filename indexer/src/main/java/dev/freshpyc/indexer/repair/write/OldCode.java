package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.marshal.CodeDigest;
import dev.freshpyc.core.marshal.CodeDigester;
import dev.freshpyc.core.marshal.MarshalDialect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.repair.change.Recompilation;
import dev.freshpyc.indexer.repair.change.RepairOptions.Bodies;
import dev.freshpyc.indexer.repair.change.SkippedException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the code of pycs with code compiled from their sources. Most bodies are equal byte for byte, so code is digested only
 * where the bodies differ.
 */
final class OldCode {

    /** The longest file that is held in memory; the code of a longer one is digested. */
    private static final int LONGEST = 1 << 20;

    private final OpenTree tree;
    private final Optional<RawPath> root;
    private final Bodies bodies;
    private final CodeDigester digester = new CodeDigester();

    /** The bytes of {@code loaded}. Whether the file has changed since the plan is checked when the new file replaces it. */
    private byte[] bytes = new byte[1 << 16];

    private int length;
    private @Nullable Recompilation loaded;

    /**
     * A comparison of the files of a tree.
     *
     * @param root the root directory of the system that the tree belongs to; empty for this system
     * @param bodies whether equal code is kept, or equal bytes alone
     */
    OldCode(OpenTree tree, Optional<RawPath> root, Bodies bodies) {
        this.tree = tree;
        this.root = root;
        this.bodies = bodies;
    }

    /**
     * The {@code co_filename} for the new code of a pyc, as it is marshalled: that of the old code where it is known, otherwise the
     * source's path in the system of the root. The source's path is also returned where the old body has these bytes anywhere, since a search costs less
     * than a digest; {@link #compare} finds the rare case in which the old code has another name.
     */
    RawPath codeName(Recompilation file) {
        RawPath path = path(file);
        boolean isPath = bodies == Bodies.RENEW || (load(file) && has(path.toBytes()));
        return isPath ? path : digestedName(file);
    }

    /** The old {@code co_filename}, by a digest; the source's path where the old code has no digest. */
    RawPath digestedName(Recompilation file) {
        return digest(file).map(CodeDigest::fileName).orElseGet(() -> path(file));
    }

    /** How a pyc's code compares with a body that was just compiled. */
    enum CodeComparison {
        EQUAL,
        /** The code differs, or there is no old code. */
        DIFFERENT,
        /** The old code has another {@code co_filename} than the new code was compiled with. */
        OTHER_NAME
    }

    /** Compares the code of a pyc with a body that {@code magic}'s interpreter just compiled under {@code name}. */
    CodeComparison compare(Recompilation file, Magic magic, RawPath name, byte[] body) throws IOException {
        boolean magicIsEqual = magic.equals(magic(file));
        if (magicIsEqual && load(file) && hasBody(file, body)) {
            return CodeComparison.EQUAL;
        }
        if (bodies == Bodies.RENEW) {
            return magicIsEqual && hasLongBody(file, body) ? CodeComparison.EQUAL : CodeComparison.DIFFERENT;
        }
        Optional<CodeDigest> old = digest(file);
        if (old.isPresent() && !old.get().fileName().equals(name)) {
            return CodeComparison.OTHER_NAME;
        }
        boolean equal = magicIsEqual && old.isPresent() && old.equals(digest(file, magic, ByteSource.of(body), 0));
        return equal ? CodeComparison.EQUAL : CodeComparison.DIFFERENT;
    }

    private RawPath path(Recompilation file) {
        RawPath path =
                file.place().entry().path().absolute().resolve(file.place().source());
        return file.compiler().codeName(root.flatMap(path::seenFrom).orElse(path));
    }

    /** Reads a pyc into memory unless it was read before; false where the pyc has no old code, is too long or cannot be read. */
    private boolean load(Recompilation file) {
        if (file.equals(loaded)) {
            return true;
        }
        loaded = null;
        if (!isReadable(file) || file.oldStamp().orElseThrow().size() > LONGEST) {
            return false;
        }
        length = (int) file.oldStamp().orElseThrow().size();
        bytes = length > bytes.length ? new byte[length] : bytes;
        try (OpenFile open = tree.open(file.place(), false)) {
            if (!source(open).readFully(0, bytes, length)) {
                return false;
            }
        } catch (IOException | SkippedException gone) {
            return false;
        }
        loaded = file;
        return true;
    }

    private boolean has(byte[] wanted) {
        for (int at = 0; at + wanted.length <= length; at++) {
            if (bytes[at] == wanted[0] && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasBody(Recompilation file, byte[] body) {
        return Arrays.equals(bytes, file.format().layout().length(), length, body, 0, body.length);
    }

    /** Whether a pyc that is too long to be held in memory has exactly that body. */
    private boolean hasLongBody(Recompilation file, byte[] body) {
        int start = file.format().layout().length();
        if (!isReadable(file) || file.oldStamp().orElseThrow().size() != (long) start + body.length) {
            return false;
        }
        byte[] part = new byte[1 << 16];
        try (OpenFile open = tree.open(file.place(), false)) {
            int at = 0;
            while (at < body.length) {
                int count = Math.min(part.length, body.length - at);
                if (!source(open).readFully((long) start + at, part, count)
                        || !Arrays.equals(part, 0, count, body, at, at + count)) {
                    return false;
                }
                at += count;
            }
            return true;
        } catch (IOException | SkippedException gone) {
            return false;
        }
    }

    private ByteSource source(OpenFile open) {
        return (position, into, offset, count) -> tree.editor().read(open, position, into, offset, count);
    }

    /** The digest of a pyc's code; empty when its magic is unknown or its body is not whole. */
    private Optional<CodeDigest> digest(Recompilation file) {
        if (!isReadable(file)) {
            return Optional.empty();
        }
        try (OpenFile open = tree.open(file.place(), false)) {
            return digest(
                    file, magic(file), source(open), file.format().layout().length());
        } catch (IOException | SkippedException gone) {
            return Optional.empty();
        }
    }

    private static boolean isReadable(Recompilation file) {
        return !file.broken()
                && file.oldStamp().isPresent()
                && file.oldHead().length() >= file.format().layout().length();
    }

    private static Magic magic(Recompilation file) {
        return new Magic((int) file.oldHead().low());
    }

    private Optional<CodeDigest> digest(Recompilation file, Magic magic, ByteSource source, int start)
            throws IOException {
        Optional<MarshalDialect> dialect = MarshalDialect.of(file.tag(), magic);
        return dialect.isEmpty() ? Optional.empty() : digester.digest(source, start, dialect.get());
    }
}
