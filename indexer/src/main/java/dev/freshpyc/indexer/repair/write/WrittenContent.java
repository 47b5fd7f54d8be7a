package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.SkippedException;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The content of a whole pyc, as a line of a RECORD describes it.
 *
 * @param size in bytes
 */
public record WrittenContent(Sha256 digest, long size) {

    /** Reads the content of a pyc; empty where the pyc cannot be read or changes meanwhile, which is reported to the tally. */
    public static Optional<WrittenContent> of(FileRewriter writer, FilePlace place, OutcomeTally tally)
            throws IOException {
        AtomicReference<WrittenContent> read = new AtomicReference<>();
        new FileSteps(tally).run(place, () -> read.set(read(writer.tree(), place)));
        return Optional.ofNullable(read.get());
    }

    private static WrittenContent read(OpenTree tree, FilePlace place) throws IOException, SkippedException {
        TreeWriter editor = tree.editor();
        try (OpenFile file = tree.open(place, false)) {
            FileStamp stamp = editor.stat(file).stamp();
            Sha256 digest = editor.sha256(file, 0, stamp.size());
            if (!editor.stat(file).stamp().equals(stamp)) {
                throw new SkippedException(SkipReason.CHANGING, "its line in RECORD stays as it was");
            }
            return new WrittenContent(digest, stamp.size());
        }
    }
}
