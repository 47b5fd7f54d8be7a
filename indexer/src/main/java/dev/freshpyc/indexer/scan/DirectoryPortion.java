package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.Listing.EntryType;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An open directory. */
final class DirectoryPortion implements Portion {

    /** The name of an extension module of Python 2 may have this ending before its suffix. */
    private static final String OLD_ENDING = "module";

    private final RawPath path;
    private final TreeReader files;
    private final OpenDirectory directory;
    private final Listing listing;
    private final SourceTable sources = new SourceTable();
    private final FinderOrder order;

    private DirectoryPortion(RawPath path, TreeReader files, OpenDirectory directory, Listing listing) {
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
        return new DirectoryPortion(path, files, directory, listing);
    }

    @Override
    public RawPath shown(RawPath file) {
        return path.resolve(file);
    }

    /** Whether a directory, or a link that may lead to one, has the name. */
    @Override
    public boolean hasDirectory(RawPath name) {
        for (int index = 0; index < listing.count(); index++) {
            EntryType type = listing.type(index);
            if ((type == EntryType.DIRECTORY || type == EntryType.LINK)
                    && listing.name(index).equals(name)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable Portion below(RawPath name) {
        return open(path.resolve(name), files);
    }

    /** The names up to the first dot, whether the name is that of a source, bytecode, a directory or an extension. */
    @Override
    public Set<RawPath> names() {
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

    @Override
    public @Nullable RawPath find(RawPath name, Importer importer) {
        byte[] stem = name.toBytes();
        @Nullable Hider first = order.find(stem, 0, stem.length, importer);
        return first != null ? first.path() : order.plain(stem, importer);
    }

    @Override
    public boolean mayExtendPath(RawPath file) {
        if (!(files.openRoot(path.resolve(file.parent())) instanceof Opening.Open(OpenDirectory open))) {
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

    @Override
    public void close() {
        files.close(directory);
    }
}
