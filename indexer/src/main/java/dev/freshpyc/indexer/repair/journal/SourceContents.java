package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.repair.journal.JournalEntry.Origin;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares sources with their state when their pycs were repaired or removed. Each source is read once for all of its
 * pycs.
 *
 * <p>An old pyc must not come back if its source has changed. Beside another content, the pyc would run old code where
 * its header matches. Beside a source with another mtime, the pyc may be older than the content and match only now. A
 * source that cannot be found may appear again.
 *
 * <p>A source is found as the system of the tree finds it: if that system has another root directory, links lead to
 * files inside that directory.
 */
public final class SourceContents {

    private final TreeWriter editor;
    private final Optional<RawPath> root;
    private RawPath lastPath = RawPath.EMPTY;
    private @Nullable Source lastSource;

    private record Source(FileStamp stamp, Sha256 content) {}

    /**
     * Reads through the system calls of {@code editor}.
     *
     * @param root the root directory of the system that the sources belong to, absolute and without links; empty for this system
     */
    public SourceContents(TreeWriter editor, Optional<RawPath> root) {
        this.editor = editor;
        this.root = root;
    }

    /**
     * Whether the source that a pyc would be compared with has another content or mtime than at the repair, or is gone. A link that led
     * to no file had no pyc, which could be wrong.
     */
    boolean hasChanged(JournalEntry entry) {
        return switch (entry.operation()) {
            case RESTAMPED, REPLACED, REMOVED ->
                entry.origin().filter(this::hasChanged).isPresent();
            case LINK_REPLACED ->
                entry.origin()
                        .filter(origin -> !origin.prior().pycs().isEmpty())
                        .filter(this::hasChanged)
                        .isPresent();
            case CREATED, TIME, DIRECTORY_REMOVED, MADE, BEGUN, TREE -> false;
        };
    }

    /**
     * What a source is now, without its pycs; a source that is not there has no stamp.
     *
     * @param path absolute
     * @throws IOException when the source is there and cannot be read
     */
    public SourceRecord now(RawPath path) throws IOException {
        try {
            Source source = read(path);
            return new SourceRecord(source.stamp(), source.content(), List.of());
        } catch (SystemCallException refused) {
            if (refused.errno().isAbsence()) {
                return new SourceRecord(null, null, List.of());
            }
            throw refused;
        }
    }

    private boolean hasChanged(Origin origin) {
        try {
            Source now = read(origin.source());
            @Nullable FileStamp then = origin.prior().stamp();
            return !now.content().equals(origin.prior().content())
                    || then == null
                    || !now.stamp().hasMtimeOf(then);
        } catch (SystemCallException refused) {
            return origin.prior().stamp() != null || !refused.errno().isAbsence();
        } catch (IOException notRegular) {
            return origin.prior().stamp() != null;
        }
    }

    private Source read(RawPath path) throws IOException {
        @Nullable Source known = path.equals(lastPath) ? lastSource : null;
        if (known != null) {
            return known;
        }
        try (OpenFile file = open(path)) {
            FileFacts facts = editor.stat(file);
            if (!facts.regular()) {
                throw new IOException("not a regular file");
            }
            Source source = new Source(
                    facts.stamp(), editor.sha256(file, 0, facts.stamp().size()));
            lastPath = path;
            lastSource = source;
            return source;
        }
    }

    private OpenFile open(RawPath path) throws SystemCallException {
        Optional<RawPath> inside = root.flatMap(path::relativeTo);
        if (inside.isEmpty()) {
            return openWithoutLinks(CanonicalPath.of(path));
        }
        try {
            return openWithoutLinks(path);
        } catch (SystemCallException refused) {
            boolean link =
                    refused.errno().equals(Errno.ELOOP) || refused.errno().equals(Errno.ENOTDIR);
            if (!link) {
                throw refused;
            }
        }
        return openWithoutLinks(editor.resolveInRoot(root.orElseThrow(), inside.get()));
    }

    private OpenFile openWithoutLinks(RawPath real) throws SystemCallException {
        try (OpenFile directory = editor.openRoot(real.parent())) {
            return editor.open(directory, real.name(), false);
        }
    }
}
