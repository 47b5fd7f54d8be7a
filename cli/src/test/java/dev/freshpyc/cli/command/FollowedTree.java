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

/** A served tree whose index is refreshed by file events alone after the first two whole refreshes. */
final class FollowedTree implements AutoCloseable {

    private final ServedTree tree;
    private final Thread keeper;
    private final CountDownLatch wholeRefreshes = new CountDownLatch(2);

    /** Returns after the second whole refresh. From then on, only an event leads to a refresh. */
    FollowedTree(Path index, List<PathEntry> entries, ScanOptions scan) throws InterruptedException {
        tree = ServedTree.of(index, entries, scan);
        DirectoryWatch watch =
                DirectoryWatch.of(() -> WatchRoots.of(entries, scan.pycachePrefix()), tree.refresh()::tell);
        keeper = Thread.ofPlatform().daemon().start(() -> keep(watch));
        wholeRefreshes.await();
    }

    private void keep(DirectoryWatch watch) {
        try (watch) {
            new IndexKeeper(watch, countingWholeRefreshes(tree.refresh()), Duration.ZERO, System::nanoTime).run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private IndexKeeper.Refresher countingWholeRefreshes(ServedRefresh refresh) {
        return new IndexKeeper.Refresher() {
            @Override
            public void changed(List<RawPath> paths) throws InterruptedException {
                refresh.changed(paths);
            }

            @Override
            public List<RawPath> whole() throws InterruptedException {
                List<RawPath> unsettled = refresh.whole();
                wholeRefreshes.countDown();
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
