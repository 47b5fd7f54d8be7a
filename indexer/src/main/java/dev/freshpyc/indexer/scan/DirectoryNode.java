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
 * A directory that waits to be scanned, or that was scanned and has children that wait.
 *
 * <p>A child is opened by its name in its open parent, so that no path is resolved twice. The parent therefore stays open until
 * its last child is opened. In a very deep tree this would take too many descriptors: then the parent is closed at once, and a
 * child opens its ancestors again, one name after the other.
 */
final class DirectoryNode {

    /** How many directories are held open; with the workers' own, well below the usual limit of 1,024 descriptors. */
    private static final int MAX_HELD_OPEN = 512;

    private static final long ANY_DEVICE = -1;

    private final PathEntry entry;
    private final @Nullable DirectoryNode parent;
    private final RawPath name;
    private final NodeKind kind;
    private final int pathLength;
    private long linkedDevice = ANY_DEVICE;
    private @Nullable RawPath relative;
    private final AtomicInteger heldOpen;
    private final AtomicInteger unopenedChildren = new AtomicInteger();
    private volatile @Nullable OpenDirectory directory;
    private @Nullable Identity identity;
    private @Nullable TakenName taken;
    private @Nullable FoundElsewhere elsewhere;

    /** How a directory was reached. */
    enum NodeKind {
        REAL,
        /** Reached through a symbolic link. */
        LINKED,
        /** The directory does not exist, but its counterpart under the cache prefix does. */
        GONE
    }

    private DirectoryNode(
            PathEntry entry, @Nullable DirectoryNode parent, RawPath name, NodeKind kind, AtomicInteger heldOpen) {
        this.entry = entry;
        this.parent = parent;
        this.name = name;
        this.kind = kind;
        this.heldOpen = heldOpen;
        this.pathLength = (parent == null ? 0 : parent.pathLength + 1) + name.length();
    }

    /** The node of an entry; {@code heldOpen} counts the directories of one walk that are held open for their children. */
    static DirectoryNode root(PathEntry entry, AtomicInteger heldOpen) {
        return new DirectoryNode(entry, null, entry.path(), NodeKind.LINKED, heldOpen);
    }

    DirectoryNode child(RawPath childName, NodeKind childKind) {
        return new DirectoryNode(entry, this, childName, childKind, heldOpen)
                .finds(elsewhere == null ? null : elsewhere.below(childName));
    }

    /** Sets {@link #taken}. */
    void take(@Nullable TakenName name) {
        taken = name;
    }

    /** The modules that imports may find in place of everything in this directory; null when there are none. */
    @Nullable
    TakenName taken() {
        return taken;
    }

    /** Sets {@link #elsewhere}. */
    DirectoryNode finds(@Nullable FoundElsewhere found) {
        elsewhere = found;
        return this;
    }

    /** The modules of this directory that an interpreter finds elsewhere; null when there are none. */
    @Nullable
    FoundElsewhere elsewhere() {
        return elsewhere;
    }

    PathEntry entry() {
        return entry;
    }

    NodeKind kind() {
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

    /** The absolute path with its links: the path that a cache prefix repeats. */
    RawPath absolute() {
        return entry.path().absolute().resolve(relative());
    }

    /** The length of the path as the user gave it, in bytes, which {@code PATH_MAX} limits. */
    int pathLength() {
        return pathLength;
    }

    /** The open directory, or the reason why it cannot be opened. */
    Opening open(TreeReader files) {
        @Nullable OpenDirectory known = directory;
        if (known != null) {
            return new Opening.Open(known);
        }
        Opening opening = parent == null ? files.openRoot(name) : parent.openChild(files, this);
        if (opening instanceof Opening.Open(var opened)) {
            directory = opened;
            linkedDevice = parent != null && kind == NodeKind.LINKED
                    ? identity(files).device()
                    : parent == null ? ANY_DEVICE : parent.linkedDevice;
        }
        return opening;
    }

    /** Whether this open directory lies on the file system that the nearest link above leads to; true without a link. */
    boolean staysOnLinkedDevice(TreeReader files) {
        return linkedDevice == ANY_DEVICE || linkedDevice == identity(files).device();
    }

    /** Whether the directory is reached through a symbolic link below its entry. */
    boolean isBehindLink() {
        return linkedDevice != ANY_DEVICE;
    }

    /** The identity of this open directory; the system is asked once. */
    Identity identity(TreeReader files) {
        Identity known = identity;
        if (known == null) {
            known = files.identity(Objects.requireNonNull(directory));
            identity = known;
        }
        return known;
    }

    /** Holds this directory open for its children; closes it when it has no child, or when too many directories are held open. */
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

    /** Releases the parent, which this node no longer needs; to be called once for each node, opened or not. */
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
            return files.open(known, child.name, child.kind == NodeKind.LINKED);
        }
        Opening reopened = parent == null ? files.openRoot(name) : parent.openChild(files, this);
        if (reopened instanceof Opening.Open(var opened)) {
            try {
                return files.open(opened, child.name, child.kind == NodeKind.LINKED);
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
