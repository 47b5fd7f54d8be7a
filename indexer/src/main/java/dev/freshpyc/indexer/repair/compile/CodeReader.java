package dev.freshpyc.indexer.repair.compile;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.marshal.CodeDigest;
import dev.freshpyc.core.marshal.CodeDigester;
import dev.freshpyc.core.marshal.MarshalDialect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.MagicTable;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.repair.plan.Recompilation;
import dev.freshpyc.indexer.repair.tree.CheckedTree;
import dev.freshpyc.indexer.repair.tree.SkippedException;
import java.io.IOException;
import java.util.Optional;

/** The code that files have before they are compiled anew. */
public final class CodeReader {

    private final CheckedTree tree;
    private final CodeDigester digester = new CodeDigester();

    public CodeReader(CheckedTree tree) {
        this.tree = tree;
    }

    /** The code of a file with a magic number that is known, and a body that is whole. */
    public Optional<CodeDigest> of(Recompilation file) {
        Magic magic = new Magic((int) file.oldHead().low());
        if (file.broken()
                || file.stamp().isEmpty()
                || file.oldHead().length() < file.format().layout().length()) {
            return Optional.empty();
        }
        try {
            try (OpenFile open = tree.open(file.location(), false)) {
                TreeWriter editor = tree.editor();
                ByteSource bytes =
                        (position, into, offset, length) -> editor.read(open, position, into, offset, length);
                return digest(file, magic, bytes, file.format().layout().length());
            }
        } catch (IOException | SkippedException gone) {
            return Optional.empty();
        }
    }

    /** The code of a body that was just compiled. */
    public Optional<CodeDigest> of(Recompilation file, Magic magic, byte[] body) throws IOException {
        ByteSource bytes = (position, into, offset, length) -> {
            int available = (int) Math.min(length, body.length - position);
            System.arraycopy(body, (int) position, into, offset, available);
            return available;
        };
        return digest(file, magic, bytes, 0);
    }

    /** What {@code co_filename} is to be: what it was, where that can be told, and else the source's path in its system. */
    public static RawPath codeName(Recompilation file, Optional<CodeDigest> old, Optional<RawPath> root) {
        if (old.isPresent()) {
            return old.get().fileName();
        }
        RawPath path = file.location()
                .entry()
                .path()
                .absolute()
                .resolve(file.location().source());
        return root.flatMap(path::relativeTo)
                .map(inside -> RawPath.of("/").resolve(inside))
                .orElse(path);
    }

    private Optional<CodeDigest> digest(Recompilation file, Magic magic, ByteSource bytes, int start)
            throws IOException {
        Optional<PythonVersion> version = MagicTable.owner(magic)
                .or(() -> file.tag() == null ? Optional.empty() : file.tag().version());
        Optional<MarshalDialect> dialect = version.flatMap(MarshalDialect::of);
        return dialect.isEmpty() ? Optional.empty() : digester.digest(bytes, start, dialect.get());
    }
}
