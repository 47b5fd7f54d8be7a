package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.Listing.EntryType;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One directory that a search for a module goes through, open. */
final class Portion {

    /** Before its suffix, the name of an extension module of Python 2 may end so. */
    private static final String OLD_ENDING = "module";

    private static final RawPath INIT = RawPath.of("__init__");

    private final RawPath path;
    private final TreeReader files;
    private final OpenDirectory directory;
    private final Listing listing;
    private final SourceTable sources = new SourceTable();
    private final FinderOrder order;

    private Portion(RawPath path, TreeReader files, OpenDirectory directory, Listing listing) {
        this.path = path;
        this.files = files;
        this.directory = directory;
        this.listing = listing;
        this.order = new FinderOrder(files, sources);
        sources.fill(listing);
        order.enter(DirectoryNode.root(new PathEntry.Directory(path, 0), new AtomicInteger()), directory, listing);
    }

    /** The directory at a canonical path; null when it cannot be read. */
    static @Nullable Portion open(RawPath path, TreeReader files) {
        if (!(files.openRoot(path) instanceof Opening.Open(OpenDirectory directory))) {
            return null;
        }
        Listing listing = files.newListing();
        if (files.list(directory, listing) < 0) {
            files.close(directory);
            return null;
        }
        return new Portion(path, files, directory, listing);
    }

    RawPath path() {
        return path;
    }

    /** Whether a directory, or a link that may lead to one, has that very name. */
    boolean hasDirectory(RawPath name) {
        for (int index = 0; index < listing.count(); index++) {
            EntryType type = listing.type(index);
            if ((type == EntryType.DIRECTORY || type == EntryType.LINK)
                    && listing.name(index).equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the directory is a package, so that its modules are no top-level modules. */
    boolean isPackage() {
        return names().contains(INIT);
    }

    /** The names that an import may find here: up to the first dot, as of a source, bytecode, a directory or an extension. */
    Set<RawPath> names() {
        Set<RawPath> names = new HashSet<>();
        byte[] bytes = listing.bytes();
        for (int index = 0; index < listing.count(); index++) {
            int at = listing.start(index);
            while (at < listing.end(index) && bytes[at] != '.') {
                at++;
            }
            if (at > listing.start(index)) {
                RawPath name = RawPath.of(bytes, listing.start(index), at);
                names.add(name);
                if (name.endsWith(OLD_ENDING) && name.length() > OLD_ENDING.length()) {
                    names.add(RawPath.of(bytes, listing.start(index), at - OLD_ENDING.length()));
                }
            }
        }
        return names;
    }

    /** The file that an interpreter imports for a name; null when this entry has none, or a part of a namespace package. */
    @Nullable
    RawPath find(RawPath name, KnownInterpreter interpreter) {
        byte[] stem = name.toBytes();
        @Nullable
        Hider first = order.find(
                stem,
                0,
                stem.length,
                Optional.of(interpreter.version()),
                interpreter.tag().orElse(null));
        @Nullable RawPath found = first != null ? first.path() : order.plain(stem);
        return found == null ? null : path.resolve(found);
    }

    /** Whether the file that an import finds may add directories of other entries to its package. */
    boolean mayExtendPath(RawPath file) {
        RawPath parent = file.parent();
        if (!(files.openRoot(parent) instanceof Opening.Open(OpenDirectory open))) {
            return true;
        }
        try {
            Listing names = files.newListing();
            files.list(open, names);
            for (int index = 0; index < names.count(); index++) {
                if (names.type(index) != EntryType.DIRECTORY
                        && names.name(index).equals(file.name())) {
                    FileContents.Opening contents = files.openContents(open, names, index);
                    return PathMention.isIn(contents);
                }
            }
            return true;
        } finally {
            files.close(open);
        }
    }

    void close() {
        files.close(directory);
    }
}
