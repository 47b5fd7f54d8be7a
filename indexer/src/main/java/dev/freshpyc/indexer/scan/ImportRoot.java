package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.Listing.EntryType;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import java.util.Optional;

/**
 * Finds the directory that stands on {@code sys.path} when a source is imported: the first directory above the source that is no
 * package, and beside which no module has the directory's name.
 */
public final class ImportRoot {

    private static final String INIT = "__init__.";

    private final TreeReader files;
    private final Optional<RawPath> top;
    private final Listing names;

    /** @param top the root directory of the system that the sources belong to; empty for this system */
    public ImportRoot(TreeReader files, Optional<RawPath> top) {
        this.files = files;
        this.top = top;
        this.names = files.newListing();
    }

    /** The root of the imports of the sources in a directory, whose path is absolute and without links. */
    public RawPath of(RawPath directory) {
        RawPath at = directory;
        while (!at.parent().equals(at) && !top.equals(Optional.of(at)) && isBelowRoot(at)) {
            at = at.parent();
        }
        return at;
    }

    private boolean isBelowRoot(RawPath directory) {
        return hasFile(directory, INIT)
                || hasFile(directory.parent(), directory.name().toPython() + ".");
    }

    /** Whether a directory has a source, bytecode or an extension module whose name begins with {@code beginning}. */
    private boolean hasFile(RawPath directory, String beginning) {
        if (!(files.openRoot(directory) instanceof Opening.Open(OpenDirectory open))) {
            return false;
        }
        try {
            names.clear();
            boolean found = false;
            if (files.list(open, names) >= 0) {
                for (int index = 0; index < names.count() && !found; index++) {
                    EntryType type = names.type(index);
                    found = type != EntryType.DIRECTORY
                            && type != EntryType.LINK
                            && names.name(index).toPython().startsWith(beginning);
                }
            }
            return found;
        } finally {
            files.close(open);
        }
    }
}
