package dev.freshpyc.cli.command;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import dev.freshpyc.indexer.watch.DirectoryWatch;
import dev.freshpyc.indexer.watch.IndexKeeper;
import dev.freshpyc.indexer.watch.WatchRoots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A tree whose index follows the events of the system, without the refreshes of everything after the first two. */
final class FollowedTree implements AutoCloseable {

    private final ServedTree tree;
    private final Thread keeper;
    private final CountDownLatch begun = new CountDownLatch(2);

    /** Returns when the index is up to date and nothing but an event leads to a refresh. */
    FollowedTree(Path index, List<PathEntry> entries, ScanOptions scan) throws InterruptedException {
        tree = ServedTree.of(index, entries, scan);
        DirectoryWatch watch =
                DirectoryWatch.of(() -> WatchRoots.of(entries, scan.pycachePrefix()), tree.refresh()::tell);
        keeper = Thread.ofPlatform().daemon().start(() -> keep(watch));
        begun.await();
    }

    private void keep(DirectoryWatch watch) {
        try (watch) {
            new IndexKeeper(watch, counted(tree.refresh()), Duration.ZERO, System::nanoTime).run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private IndexKeeper.Refresher counted(ServedRefresh refresh) {
        return new IndexKeeper.Refresher() {
            @Override
            public void changed(List<RawPath> paths) throws InterruptedException {
                refresh.changed(paths);
            }

            @Override
            public List<RawPath> whole() throws InterruptedException {
                List<RawPath> unsettled = refresh.whole();
                begun.countDown();
                return unsettled;
            }
        };
    }

    ServedTree tree() {
        return tree;
    }

    @Override
    public void close() {
        keeper.interrupt();
        try {
            keeper.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        tree.close();
    }
}
