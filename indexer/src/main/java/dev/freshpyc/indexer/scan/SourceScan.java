package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Scans one directory of an entry as a scan of the whole entry does. For one source of the directory, tells which file imports find in
 * its place, and which modules imports do not find because of the source.
 */
public final class SourceScan {

    private static final RawPath INIT = RawPath.of("__init__.py");

    private final TreeReader files;
    private final ScanOptions options;
    private final SourceTable sources = new SourceTable();
    private final FinderOrder order;
    private final Listing names;

    public SourceScan(TreeReader files, ScanOptions options) {
        this.files = files;
        this.options = options;
        this.order = new FinderOrder(files, sources);
        this.names = files.newListing();
    }

    /**
     * The source's place in the order of finders.
     *
     * @param hider the file that imports find in place of the source, relative to the entry, or absolute in another entry; empty when
     *     imports find the source
     * @param own which interpreters have the module built in or frozen, so that imports read no file
     * @param hidden the modules that the source's package hides, relative to the entry; empty for a source that is no {@code
     *     __init__.py}
     * @param unreached whether no import gets to the source, which is in a directory of an archive that is no package
     */
    public record Order(Optional<RawPath> hider, Owners own, List<RawPath> hidden, boolean unreached) {

        /** Of a source that nothing hides, and that hides nothing. */
        static final Order PLAIN = new Order(Optional.empty(), Owners.NONE, List.of(), false);
    }

    /** Which interpreters have a module themselves. */
    public enum Owners {
        NONE,
        /** The one that was asked. */
        ASKED,
        /** Every CPython since 3.11; no interpreter was asked. */
        RELEASES
    }

    /**
     * Shows the bytecode of a directory, without that of its subdirectories.
     *
     * @param directory relative to the entry
     * @param name the source whose order is wanted; empty for none
     */
    public Order scan(PathEntry entry, RawPath directory, RawPath name, ScanVisitor visitor) {
        DirectoryNode node = DirectoryNode.root(entry, new AtomicInteger())
                .finds(options.order().of(entry));
        List<RawPath> hidden = List.of();
        for (RawPath child : directory.names()) {
            DirectoryNode below = node.child(child, DirectoryNode.NodeKind.LINKED);
            if (enter(node)) {
                byte[] bytes = child.toBytes();
                below.take(order.takenBelow(bytes, 0, bytes.length));
                hidden = order.modules(bytes, 0, bytes.length, false).stream()
                        .map(TakenName.Module::path)
                        .toList();
            }
            node.close(files);
            node = below;
        }
        @Nullable Hider hider = null;
        switch (node.open(files)) {
            case Opening.Refused(Errno errno) -> visitor.refused(entry, directory, errno);
            case Opening.Open(OpenDirectory open) -> {
                new DirectoryScan(files, options, visitor, null).scan(node, open);
                node.close(files); // a directory that is open is listed only once
                hider = name.length() > 0 && enter(node) ? hiderOf(name) : null;
                node.close(files);
            }
        }
        return new Order(
                Optional.ofNullable(hider).flatMap(found -> Optional.ofNullable(found.path())),
                hider == null || hider.path() != null
                        ? Owners.NONE
                        : options.interpreter().isPresent() ? Owners.ASKED : Owners.RELEASES,
                name.equals(INIT) ? hidden : List.of(),
                false);
    }

    private boolean enter(DirectoryNode node) {
        names.clear();
        if (!(node.open(files) instanceof Opening.Open(OpenDirectory open)) || files.list(open, names) < 0) {
            return false;
        }
        sources.fill(names);
        order.enter(node, open, names);
        return true;
    }

    private @Nullable Hider hiderOf(RawPath source) {
        byte[] bytes = source.toBytes();
        int length = bytes.length - PycPath.SOURCE_SUFFIX.length();
        Optional<KnownInterpreter> asked = options.interpreter();
        Importer importer = new Importer(
                asked.map(KnownInterpreter::version),
                asked.flatMap(KnownInterpreter::tag).orElse(null),
                false);
        @Nullable Hider found = order.find(bytes, 0, length, importer);
        if (found != null || asked.isPresent()) {
            return found;
        }
        Importer release = new Importer(Optional.of(FrozenModules.FIRST), null, false);
        @Nullable Hider ofReleases = order.find(bytes, 0, length, release);
        return ofReleases != null && ofReleases.path() == null ? ofReleases : null;
    }
}
