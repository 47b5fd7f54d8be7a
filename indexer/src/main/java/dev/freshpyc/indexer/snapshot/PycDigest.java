package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.MagicTable;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import java.io.IOException;
import java.util.Optional;

/** Compares the bytes of open files with records. Not thread-safe. */
final class PycDigest {

    /** The largest file that is read, in bytes; the index has the same limit. */
    private static final long MAX_SIZE = 256L << 20;

    private final TreeWriter editor;

    /** Reads through the system calls of {@code editor}. */
    PycDigest(TreeWriter editor) {
        this.editor = editor;
    }

    /** Whether a file of {@code size} bytes has the header and the body of a record. */
    boolean isOf(PycRecord record, OpenFile file, long size) throws IOException {
        if (record.body() == null || size > MAX_SIZE) {
            return false;
        }
        byte[] head = editor.read(file, HeaderLayout.MAX_LENGTH);
        return HeaderBytes.of(head, head.length).equals(record.head())
                && body(record, file, size).equals(record.body());
    }

    /** The digest of a file's body, which begins where the header of the record's interpreter ends. */
    Sha256 body(PycRecord record, OpenFile file, long size) throws IOException {
        return editor.sha256(file, bodyAt(record), size);
    }

    private static long bodyAt(PycRecord record) {
        return header(record) instanceof PycHeader.Intact intact
                ? intact.layout().length()
                : 0;
    }

    /** The header of a record, in the layout of the interpreter that reads the pyc, or else of the interpreter that wrote it. */
    static PycHeader header(PycRecord record) {
        Magic magic = new Magic((int) record.head().low());
        Optional<CacheTag> tag = Optional.ofNullable(record.tag()).map(CacheTag::of);
        HeaderLayout layout = tag.filter(known -> known.accepts(magic))
                .map(known -> known.format().layout())
                .or(() -> MagicTable.owner(magic)
                        .or(() -> tag.flatMap(CacheTag::version))
                        .map(version -> PycFormat.of(version).layout()))
                .orElse(HeaderLayout.FLAGS);
        return record.head().decode(layout);
    }
}
