package dev.freshpyc.indexer.refresh;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The base of tests that use a tree and its index. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no inode numbers")
@Timeout(60)
abstract class IndexedTreeTest {

    final IndexedTree tree;
    final PairFiles files;

    IndexedTreeTest(Path directory) throws IOException {
        tree = new IndexedTree(directory);
        files = tree.files();
    }
}
