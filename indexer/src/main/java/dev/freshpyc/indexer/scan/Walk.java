package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Identity;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The state that the workers of one scan share: the waiting directories, and the claimed ones, which no worker enters again. */
final class Walk {

    /** {@code PATH_MAX} without the NUL, in bytes: no interpreter opens a file by a longer path. */
    private static final int MAX_PATH = 4095;

    private final ScanOptions options;
    private final EntryVisitor roots;
    private final WorkQueue queue = new WorkQueue();
    private final Set<Identity> claimed = ConcurrentHashMap.newKeySet();
    private final Set<RawPath> claimedArchives = new HashSet<>();
    private final Queue<PathEntry.Archive> archives = new ConcurrentLinkedQueue<>();

    /** @param roots is shown the directory of each entry */
    Walk(ScanOptions options, EntryVisitor roots) {
        this.options = options;
        this.roots = roots;
    }

    /** Opens and claims every entry before the walk begins, so that an entry inside another entry is not scanned as its part. */
    void begin(List<PathEntry> entries, TreeReader files, ScanVisitor visitor) {
        options.pycachePrefix().ifPresent(prefix -> claim(prefix.path(), files));
        AtomicInteger heldOpen = new AtomicInteger();
        List<DirectoryNode> begun = new ArrayList<>();
        for (PathEntry entry : entries) {
            if (entry instanceof PathEntry.Archive archive) {
                beginArchive(archive, visitor);
                continue;
            }
            boolean whole = entry instanceof PathEntry.Directory;
            DirectoryNode root =
                    DirectoryNode.root(entry, heldOpen).finds(options.order().of(entry));
            switch (root.open(files)) {
                case Opening.Refused(Errno errno) -> visitor.refused(entry, RawPath.EMPTY, errno);
                case Opening.Open(OpenDirectory directory) -> {
                    if (!whole || claimed.add(root.identity(files))) {
                        begun.add(root);
                    } else {
                        visitor.repeated(entry);
                        root.close(files);
                    }
                }
            }
        }
        queue.begin(begun);
    }

    private void beginArchive(PathEntry.Archive archive, ScanVisitor visitor) {
        if (claimedArchives.add(options.indexKey(archive))) {
            archives.add(archive);
        } else {
            visitor.repeated(archive);
        }
    }

    /** Scans the named sources of one directory, which is opened from its entry, one name after the other. */
    void only(PathEntry entry, RawPath relative, Set<RawPath> sources, TreeReader files, ScanVisitor visitor) {
        DirectoryNode node = DirectoryNode.root(entry, new AtomicInteger());
        for (RawPath name : relative.names()) {
            node = node.child(name, DirectoryNode.NodeKind.LINKED);
        }
        switch (node.open(files)) {
            case Opening.Refused(Errno errno) -> visitor.refused(entry, relative, errno);
            case Opening.Open(OpenDirectory directory) -> {
                new DirectoryScan(files, options, visitor, sources::contains).scan(node, directory);
                node.close(files);
            }
        }
    }

    /** Scans directories until none is left. */
    void work(TreeReader files, ScanVisitor visitor) {
        try {
            scanArchives(files, visitor);
            DirectoryScan scan = new DirectoryScan(files, options, visitor, null);
            @Nullable DirectoryNode node = queue.take();
            while (node != null) {
                node = queue.exchange(visit(node, scan, files, visitor));
            }
        } catch (InterruptedException | RuntimeException | Error broken) {
            queue.fail(broken);
        }
    }

    private void scanArchives(TreeReader files, ScanVisitor visitor) {
        PathEntry.@Nullable Archive next = archives.poll();
        if (next != null) {
            ArchiveScan scan = new ArchiveScan(files, options, visitor);
            for (; next != null; next = archives.poll()) {
                scan.scan(next, _ -> true);
            }
        }
    }

    /** Throws the exception that ended a worker early, if there is one. */
    void throwFailure() {
        @Nullable Throwable failure = queue.failure();
        if (failure != null) {
            throw new IllegalStateException("the scan broke off", failure);
        }
    }

    private List<DirectoryNode> visit(DirectoryNode node, DirectoryScan scan, TreeReader files, ScanVisitor visitor) {
        if (node.kind() == DirectoryNode.NodeKind.GONE) {
            node.releaseParent(files);
            return scanned(node, scan.scan(node, null), files);
        }
        @Nullable OpenDirectory directory = open(node, files, visitor);
        node.releaseParent(files);
        if (directory != null && node.parent() == null && node.entry() instanceof PathEntry.Directory) {
            roots.entered(node.entry(), files, directory);
        }
        return directory == null ? List.of() : scanned(node, scan.scan(node, directory), files);
    }

    private static List<DirectoryNode> scanned(DirectoryNode node, List<DirectoryNode> children, TreeReader files) {
        node.scanned(files, children.size());
        return children;
    }

    /** Opens a directory; null when the walk leaves it out, or when it cannot be opened, which is reported. */
    private @Nullable OpenDirectory open(DirectoryNode node, TreeReader files, ScanVisitor visitor) {
        Opening opening = node.pathLength() > MAX_PATH ? new Opening.Refused(Errno.ENAMETOOLONG) : node.open(files);
        return switch (opening) {
            case Opening.Refused(Errno errno) -> {
                boolean leadsNowhere = node.kind() == DirectoryNode.NodeKind.LINKED && errno.isAbsence();
                if (!leadsNowhere) {
                    visitor.refused(node.entry(), node.relative(), errno);
                }
                yield null;
            }
            case Opening.Open(OpenDirectory directory) -> {
                if (node.parent() == null || (node.staysOnLinkedDevice(files) && claimed.add(node.identity(files)))) {
                    yield directory;
                }
                node.close(files);
                yield null;
            }
        };
    }

    private void claim(RawPath path, TreeReader files) {
        if (files.openRoot(path) instanceof Opening.Open(OpenDirectory directory)) {
            claimed.add(files.identity(directory));
            files.close(directory);
        }
    }
}
