package dev.freshpyc.indexer.scan;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Directories still to be scanned, shared by the workers. The last one found is the first one taken, so that few stay open;
 * links wait until all else is done, so that a directory is reported under its own name where it has one on the path.
 */
final class WorkQueue {

    private static final Comparator<DirectoryNode> BY_PATH = Comparator.comparingInt(
                    (DirectoryNode node) -> node.entry().index())
            .thenComparing(DirectoryNode::relative);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<DirectoryNode> ready = new ArrayDeque<>();
    private final PriorityQueue<DirectoryNode> links = new PriorityQueue<>(BY_PATH);
    private int busy;
    private @Nullable Throwable failure;

    /** Adds what was found in one directory; the first of {@code found} will be the next one taken. */
    void add(List<DirectoryNode> found) {
        lock.lock();
        try {
            for (DirectoryNode node : found.reversed()) {
                if (node.kind() == DirectoryNode.Kind.LINKED && node.parent() != null) {
                    links.add(node);
                } else {
                    ready.push(node);
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next directory, waiting for one while others work; null when there is nothing left. */
    @Nullable
    DirectoryNode take() throws InterruptedException {
        lock.lock();
        try {
            while (ready.isEmpty() && failure == null) {
                if (busy > 0) {
                    changed.await();
                } else if (links.isEmpty()) {
                    return null;
                } else {
                    ready.add(links.remove());
                }
            }
            if (failure != null) {
                return null;
            }
            busy++;
            return ready.pop();
        } finally {
            lock.unlock();
        }
    }

    /** To be called after each directory taken, when what was found in it was added. */
    void done() {
        lock.lock();
        try {
            busy--;
            changed.signalAll();
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
}
