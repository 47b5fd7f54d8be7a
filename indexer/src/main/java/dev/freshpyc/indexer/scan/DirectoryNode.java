package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Identity;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A directory that is to be scanned, or has been and still has children to come.
 *
 * <p>A child is opened by its name in its open parent, so that no path is followed twice. The parent therefore stays open
 * until its last child was opened. Where that would hold too many descriptors, in a very deep tree, it is closed at once and
 * a child opens the chain above it again, one name after the other.
 */
final class DirectoryNode {

    /** With the workers' own well below the usual limit of 1,024 descriptors. */
    private static final int MAX_HELD_OPEN = 512;

    private static final long ANY_DEVICE = -1;

    private final PathEntry entry;
    private final @Nullable DirectoryNode parent;
    private final RawPath name;
    private final Kind kind;
    private final int pathLength;
    private long linkedDevice = ANY_DEVICE;
    private @Nullable RawPath relative;
    private final AtomicInteger heldOpen;
    private final AtomicInteger unopenedChildren = new AtomicInteger();
    private volatile @Nullable OpenDirectory directory;
    private @Nullable Identity identity;

    /** How a directory came to be scanned. */
    enum Kind {
        REAL,
        /** Reached through a symbolic link. */
        LINKED,
        /** There is none, but under the cache prefix there is one of its name. */
        GONE
    }

    private DirectoryNode(
            PathEntry entry, @Nullable DirectoryNode parent, RawPath name, Kind kind, AtomicInteger heldOpen) {
        this.entry = entry;
        this.parent = parent;
        this.name = name;
        this.kind = kind;
        this.heldOpen = heldOpen;
        this.pathLength = (parent == null ? 0 : parent.pathLength + 1) + name.length();
    }

    /** An entry itself; {@code heldOpen} counts the directories of one walk that are kept open for their children. */
    static DirectoryNode root(PathEntry entry, AtomicInteger heldOpen) {
        return new DirectoryNode(entry, null, entry.path(), Kind.LINKED, heldOpen);
    }

    DirectoryNode child(RawPath childName, Kind childKind) {
        return new DirectoryNode(entry, this, childName, childKind, heldOpen);
    }

    PathEntry entry() {
        return entry;
    }

    Kind kind() {
        return kind;
    }

    /** The path relative to the entry: {@link RawPath#EMPTY} for the entry itself. */
    RawPath relative() {
        RawPath known = relative;
        if (known == null) {
            known = parent == null ? RawPath.EMPTY : parent.relative().resolve(name);
            relative = known;
        }
        return known;
    }

    RawPath name() {
        return name;
    }

    /** The path from the root, links kept: what a cache prefix repeats. */
    RawPath absolute() {
        return entry.path().absolute().resolve(relative());
    }

    /** The length of the path as it was given, in bytes: what {@code PATH_MAX} counts. */
    int pathLength() {
        return pathLength;
    }

    /** The open directory, or why it cannot be opened. */
    Opening open(TreeReader files) {
        @Nullable OpenDirectory known = directory;
        if (known != null) {
            return new Opening.Open(known);
        }
        Opening opening = parent == null ? files.openRoot(name) : parent.openChild(files, this);
        if (opening instanceof Opening.Open(var opened)) {
            directory = opened;
            linkedDevice = parent != null && kind == Kind.LINKED
                    ? identity(files).device()
                    : parent == null ? ANY_DEVICE : parent.linkedDevice;
        }
        return opening;
    }

    /** Whether this open directory lies on the file system that the last link above it leads to, if there is one. */
    boolean staysOnLinkedDevice(TreeReader files) {
        return linkedDevice == ANY_DEVICE || linkedDevice == identity(files).device();
    }

    /** Which directory this open one is; asked of the system once. */
    Identity identity(TreeReader files) {
        Identity known = identity;
        if (known == null) {
            known = files.identity(Objects.requireNonNull(directory));
            identity = known;
        }
        return known;
    }

    /** Keeps this directory open for that many children, or closes it when there are none or too many are open already. */
    void scanned(TreeReader files, int children) {
        unopenedChildren.set(children);
        if (directory == null) {
            return;
        }
        if (children == 0 || heldOpen.incrementAndGet() > MAX_HELD_OPEN) {
            if (children > 0) {
                heldOpen.decrementAndGet();
            }
            close(files);
        }
    }

    /** Tells the parent that one child less needs it open: to be called once for each node, opened or not. */
    void releaseParent(TreeReader files) {
        if (parent != null && parent.unopenedChildren.decrementAndGet() == 0 && parent.directory != null) {
            heldOpen.decrementAndGet();
            parent.close(files);
        }
    }

    @Nullable
    DirectoryNode parent() {
        return parent;
    }

    private Opening openChild(TreeReader files, DirectoryNode child) {
        @Nullable OpenDirectory known = directory;
        if (known != null) {
            return files.open(known, child.name, child.kind == Kind.LINKED);
        }
        Opening reopened = parent == null ? files.openRoot(name) : parent.openChild(files, this);
        if (reopened instanceof Opening.Open(var opened)) {
            try {
                return files.open(opened, child.name, child.kind == Kind.LINKED);
            } finally {
                files.close(opened);
            }
        }
        return reopened;
    }

    void close(TreeReader files) {
        @Nullable OpenDirectory open = directory;
        if (open != null) {
            directory = null;
            files.close(open);
        }
    }
}
