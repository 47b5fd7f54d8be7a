package dev.freshpyc.indexer.scan;

import java.util.ArrayDeque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The directories that wait to be scanned, shared by the workers. The last directory found is taken first, so that few are held
 * open. Links wait until all other directories are scanned, so that a directory which the path has is reported under its own name.
 */
final class WorkQueue {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<DirectoryNode> ready = new ArrayDeque<>();
    private final PriorityQueue<DirectoryNode> links = new PriorityQueue<>(WorkQueue::byPath);
    private int busy;
    private int waiting;
    private @Nullable Throwable failure;

    private static int byPath(DirectoryNode one, DirectoryNode other) {
        int byEntry = one.entry().compareTo(other.entry());
        return byEntry != 0 ? byEntry : one.relative().compareTo(other.relative());
    }

    /** Adds the first directories, which are taken in their order. */
    void begin(List<DirectoryNode> roots) {
        lock.lock();
        try {
            add(roots);
        } finally {
            lock.unlock();
        }
    }

    /** Takes the first directory of a worker; waits while other workers may find more; null when none is left. */
    @Nullable
    DirectoryNode take() throws InterruptedException {
        lock.lock();
        try {
            return await();
        } finally {
            lock.unlock();
        }
    }

    /** Adds the subdirectories of the last directory, and takes the next one. */
    @Nullable
    DirectoryNode exchange(List<DirectoryNode> found) throws InterruptedException {
        lock.lock();
        try {
            busy--;
            add(found);
            return await();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the scan for all workers. */
    void fail(Throwable cause) {
        lock.lock();
        try {
            failure = cause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Throwable failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    private void add(List<DirectoryNode> found) {
        for (int i = found.size() - 1; i >= 0; i--) {
            DirectoryNode node = found.get(i);
            if (node.kind() == DirectoryNode.NodeKind.LINKED && node.parent() != null) {
                links.add(node);
            } else {
                ready.push(node);
            }
        }
    }

    private @Nullable DirectoryNode await() throws InterruptedException {
        while (ready.isEmpty() && failure == null) {
            if (busy > 0) {
                waiting++;
                changed.await();
                waiting--;
            } else if (links.isEmpty()) {
                changed.signalAll();
                return null;
            } else {
                ready.add(links.remove());
            }
        }
        if (failure != null) {
            return null;
        }
        busy++;
        DirectoryNode next = ready.pop();
        if (waiting > 0 && !ready.isEmpty()) {
            changed.signal();
        }
        return next;
    }
}
