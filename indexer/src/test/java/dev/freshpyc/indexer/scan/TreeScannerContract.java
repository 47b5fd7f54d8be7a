package dev.freshpyc.indexer.scan;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.fs.MemoryTree;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.fs.linux.LinuxTreeReader;
import dev.freshpyc.indexer.fs.linux.NativeSupport;
import dev.freshpyc.indexer.fs.nio.NioTreeReader;
import dev.freshpyc.indexer.scan.ScanOptions.Expected;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs the scanner's tests three times: through the C library, through {@code java.nio.file} and on a copy in memory.
 */
@ParameterizedClass
@EnumSource
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the trees need symbolic links and names of any bytes")
@Timeout(60)
abstract class TreeScannerContract {

    enum Implementation {
        NATIVE,
        PORTABLE,
        MEMORY;

        /**
         * Makes a reader for each worker of one scan of {@code directory}; {@code MEMORY} reads a copy of the
         * directory.
         */
        Supplier<TreeReader> workers(Path directory) throws IOException {
            return switch (this) {
                case NATIVE -> LinuxTreeReader::new;
                case PORTABLE -> NioTreeReader.workers();
                case MEMORY -> MemoryTree.copyOf(directory.toRealPath())::newReader;
            };
        }
    }

    @Parameter
    Implementation implementation = Implementation.NATIVE;

    @TempDir(factory = MemoryDirectory.class)
    Path directory = Path.of("");

    /** The path entry that most tests scan. */
    Tree tree = new Tree(directory);

    @BeforeEach
    void createTree() throws IOException {
        assumeTrue(
                implementation != Implementation.NATIVE || NativeSupport.isAvailable(),
                "NOT RUN: this system has no native scanner");
        tree = new Tree(directory.toRealPath().resolve("tree")).directories("");
    }

    /** The readers of one scan; a copy in memory is made now. */
    Supplier<TreeReader> files() throws IOException {
        return implementation.workers(directory);
    }

    /** Skips a test that needs the tree on disk, when the tree is read from memory. */
    void requireDisk(String why) {
        assumeTrue(implementation != Implementation.MEMORY, "NOT RUN in memory: " + why);
    }

    Scan scan(Path... entries) throws IOException, InterruptedException {
        return scan(ScanOptions.defaults(), entries);
    }

    Scan scan(ScanOptions options, Path... entries) throws IOException, InterruptedException {
        return Scan.of(files(), options, entries.length == 0 ? new Path[] {tree.root()} : entries);
    }

    /** A directory beside the tree, in the same temporary directory. */
    Tree outside(String name) throws IOException {
        return new Tree(Tree.at(directory.toRealPath(), name)).directories("");
    }

    static ScanOptions workers(int workers) {
        return options(workers, Optional.empty(), List.of(), Exclusions.NONE);
    }

    static ScanOptions prefixed(Path prefix) {
        return options(4, Optional.of(RawPath.of(prefix.toString())), List.of(), Exclusions.NONE);
    }

    static ScanOptions excluding(String... globs) {
        return options(4, Optional.empty(), List.of(), Exclusions.of(List.of(globs)));
    }

    static ScanOptions expecting(Expected... expected) {
        return options(4, Optional.empty(), List.of(expected), Exclusions.NONE);
    }

    static Expected expected(String tag, String level) {
        return new Expected(CacheTag.of(tag), new OptimizationLevel(level));
    }

    static ScanOptions options(int workers, Optional<RawPath> prefix, List<Expected> expected, Exclusions exclusions) {
        ScanOptions defaults = ScanOptions.defaults();
        return new ScanOptions(
                workers, prefix.map(PycachePrefix::of), expected, exclusions, defaults.interpreter(), defaults.clock());
    }
}
