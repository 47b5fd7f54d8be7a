package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.repair.journal.SourceContents;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Tells the present state of sources. A source that has the stamp of the save has not changed and is not read. */
final class SourceNow {

    private final KeptTree tree;
    private final TreeWriter editor;
    private final SourceContents contents;

    /** @param root the root directory of the system that the tree belongs to; empty for this system */
    SourceNow(KeptTree tree, TreeWriter editor, Optional<RawPath> root) {
        this.tree = tree;
        this.editor = editor;
        this.contents = new SourceContents(editor, root);
    }

    /**
     * The present record of a source, without pycs.
     *
     * @param source relative to the entry
     * @throws IOException when the source exists and cannot be read
     */
    SourceRecord of(RawPath source, SourceRecord then) throws IOException {
        return isUnchanged(source, then)
                ? new SourceRecord(then.stamp(), then.content(), List.of())
                : contents.now(tree.entry().resolve(source));
    }

    private boolean isUnchanged(RawPath source, SourceRecord then) {
        if (then.stamp() == null || then.content() == null || then.stamp().equals(FileStamp.UNSETTLED)) {
            return false;
        }
        try {
            FileFacts facts = editor.stat(tree.directory(source.parent()), source.name());
            return facts.regular() && facts.stamp().equals(then.stamp());
        } catch (SystemCallException notThere) {
            return false;
        }
    }
}
