package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.marshal.CodeDigest;
import dev.freshpyc.core.marshal.CodeDigester;
import dev.freshpyc.core.marshal.MarshalDialect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.repair.change.Recompilation;
import dev.freshpyc.indexer.repair.change.SkippedException;
import java.io.IOException;
import java.util.Optional;

/** Digests the code of pycs before they are compiled anew, to see whether the new code differs. */
final class OldCode {

    private final OpenTree tree;
    private final CodeDigester digester = new CodeDigester();

    OldCode(OpenTree tree) {
        this.tree = tree;
    }

    /** The digest of a pyc's code; empty when its magic is unknown or its body is not whole. */
    Optional<CodeDigest> of(Recompilation file) {
        Magic magic = new Magic((int) file.oldHead().low());
        if (file.broken()
                || file.oldStamp().isEmpty()
                || file.oldHead().length() < file.format().layout().length()) {
            return Optional.empty();
        }
        try {
            try (OpenFile open = tree.open(file.place(), false)) {
                TreeWriter editor = tree.editor();
                ByteSource bytes =
                        (position, into, offset, length) -> editor.read(open, position, into, offset, length);
                return digest(file, magic, bytes, file.format().layout().length());
            }
        } catch (IOException | SkippedException gone) {
            return Optional.empty();
        }
    }

    /** The digest of a body that was just compiled. */
    Optional<CodeDigest> of(Recompilation file, Magic magic, byte[] body) throws IOException {
        return digest(file, magic, ByteSource.of(body), 0);
    }

    /** The new {@code co_filename}: the old one where it is known, otherwise the source's path in the system of the root. */
    static RawPath codeName(Recompilation file, Optional<CodeDigest> old, Optional<RawPath> root) {
        if (old.isPresent()) {
            return old.get().fileName();
        }
        RawPath path =
                file.place().entry().path().absolute().resolve(file.place().source());
        return root.flatMap(path::relativeTo)
                .map(inside -> RawPath.of("/").resolve(inside))
                .orElse(path);
    }

    private Optional<CodeDigest> digest(Recompilation file, Magic magic, ByteSource bytes, int start)
            throws IOException {
        Optional<MarshalDialect> dialect = MarshalDialect.of(file.tag(), magic);
        return dialect.isEmpty() ? Optional.empty() : digester.digest(bytes, start, dialect.get());
    }
}
