package dev.freshpyc.indexer.scan;

import static dev.freshpyc.indexer.scan.Tree.pair;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.testing.Programs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A scan never opens a FIFO, a socket or a device, which could block the scan, and never reads a huge file whole. */
class SpecialFileTest extends TreeScannerContract {

    private static final String CACHED = "__pycache__/a.cpython-311.pyc";
    private static final long FIVE_GIGABYTES = 5_000_000_000L;

    @Test
    void aFifoIsNeverOpened() throws Exception {
        tree.sources("a.py").directories("__pycache__");
        fifo(CACHED);
        fifo("b.pyc");

        Scan scan = scan();

        assertThat(scan.pairs()).containsExactly("- <- b.pyc", pair("a"));
        assertThat(scan.seen()).allSatisfy(seen -> assertThat(seen.pycState()).isEqualTo(PycState.NOT_A_FILE));
    }

    @Test
    void aFifoBehindALinkIsNeverOpened() throws Exception {
        Tree outside = outside("outside");
        assumeTrue(Programs.succeeds("mkfifo", outside.at("fifo")), "NOT RUN: no mkfifo");
        tree.sources("a.py").link(CACHED, outside.at("fifo"));

        assertThat(scan().only().pycState()).isEqualTo(PycState.NOT_A_FILE);
    }

    /** An import asks for these names, and a pyc that is expected under such a name cannot be made. */
    @Test
    void aDirectoryThatHasTheNameOfAPycIsShown() throws Exception {
        tree.sources("a.py", "b.pyc/c.py").directories(CACHED, "b.pyc", "d.pyo");
        ScanOptions expecting = ScanOptions.defaults()
                .selecting(
                        List.of(new ScanOptions.Expected(CacheTag.of("cpython-311"), OptimizationLevel.NONE)),
                        Exclusions.NONE);

        Scan scan = Scan.of(files(), expecting, tree.root());

        assertThat(scan.seen())
                .filteredOn(seen -> seen.pycState().equals(PycState.DIRECTORY))
                .extracting(Scan.Seen::pyc)
                .containsExactlyInAnyOrder(CACHED, "b.pyc", "d.pyo");
        assertThat(scan.seen())
                .filteredOn(seen -> seen.pycState().equals(PycState.ABSENT))
                .as("the expected pyc of the source in the directory")
                .hasSize(1);
    }

    /** No import asks for these names, so they are directories like any other. */
    @Test
    void aDirectoryWithANameThatNoImportAsksForIsNotShown() throws Exception {
        tree.sources("a.py").directories("__pycache__/a.pyc", "__pycache__/a.cpython-311-pytest-8.pyc", "b.c.pyc");

        assertThat(scan().seen()).isEmpty();
    }

    @Test
    void aFifoNamedLikeASourceCountsAsAbsent() throws Exception {
        tree.pycs(CACHED);
        fifo("a.py");

        assertThat(scan().only().observation().source()).isEqualTo(SourceState.ABSENT);
    }

    @Test
    void aSocketIsNeitherASourceNorAPyc() throws Exception {
        requireDisk("the socket lies outside the copy");
        Path near = Files.createTempDirectory(Path.of("/tmp"), "fp"); // the path of a socket must be short
        try (var bytecode = socket(near.resolve("b.pyc"));
                var source = socket(near.resolve("a.py"))) {
            new Tree(near).pycs(CACHED);

            Scan scan = scan(near);

            assertThat(bytecode.isOpen() && source.isOpen()).isTrue();
            assertThat(scan.pairs()).containsExactly("- <- " + CACHED, "- <- b.pyc");
            assertThat(scan.seen())
                    .filteredOn(seen -> seen.pyc().equals("b.pyc"))
                    .extracting(Scan.Seen::pycState)
                    .containsExactly(PycState.NOT_A_FILE);
        } finally {
            Programs.succeeds("rm", "-rf", "--", near);
        }
    }

    @Test
    void aDeviceIsNeverOpened() throws Exception {
        tree.sources("a.py").directories("__pycache__");
        assumeTrue(
                Programs.succeeds("mknod", tree.at(CACHED), "c", "1", "5")
                        && Programs.succeeds("mknod", tree.at("b.py"), "b", "7", "9"),
                "NOT RUN: only root makes device nodes");

        assertThat(scan().only().pycState()).isEqualTo(PycState.NOT_A_FILE);
    }

    /** {@code /dev/zero} has no end: a scanner that reads it whole never returns. */
    @Test
    void aLinkToADeviceIsNeverOpened() throws Exception {
        requireDisk("the link leads out of the copy");
        tree.sources("a.py").link(CACHED, "/dev/zero").link("b.py", "/dev/zero").pycs("b.pyc");

        Scan scan = scan();

        assertThat(scan.pairs()).containsExactly("- <- b.pyc", pair("a"));
        assertThat(scan.seen())
                .extracting(Scan.Seen::pycState)
                .filteredOn(PycState.NOT_A_FILE::equals)
                .hasSize(1);
    }

    @Test
    void onlyTheHeaderOfAFiveGigabytePycIsRead() throws Exception {
        requireDisk("a file of five gigabytes is larger than the largest array");
        tree.pairs("a");
        lengthen(CACHED, FIVE_GIGABYTES);

        assertThat(scanReadingOnlyTheEndsOfAPyc().pycState())
                .isInstanceOfSatisfying(
                        PycState.Read.class, read -> assertThat(read.body()).isEqualTo(BodyState.BEGINS_AS_CODE));
    }

    @Test
    void aPycThatEndsInZerosIsReported() throws Exception {
        tree.pairs("a");
        requireDisk("the bytes of the copy are fixed");
        lengthen(CACHED, 100_000);

        assertThat(scan().only().pycState())
                .isInstanceOfSatisfying(
                        PycState.Read.class, read -> assertThat(read.body()).isEqualTo(BodyState.ENDS_IN_ZEROS));
    }

    @Test
    void aFiveGigabyteSourceIsNotRead() throws Exception {
        requireDisk("a file of five gigabytes is larger than the largest array");
        tree.pairs("a");
        lengthen("a.py", FIVE_GIGABYTES);

        assertThat(scanReadingOnlyTheEndsOfAPyc().observation().source())
                .isInstanceOfSatisfying(
                        SourceState.Present.class,
                        source -> assertThat(source.stamp().size()).isEqualTo(FIVE_GIGABYTES));
    }

    /** Scans a tree of one pair, and requires that the scan reads the two ends of the pyc and no other byte. */
    private Scan.Seen scanReadingOnlyTheEndsOfAPyc() throws Exception {
        AtomicLong bytes = new AtomicLong();
        Supplier<TreeReader> readers = files();
        Scan scan = Scan.of(() -> new ReadCounter(readers.get(), bytes), ScanOptions.defaults(), tree.root());
        assertThat(bytes).as("bytes read").hasValue(PycDecoder.HEAD + PycDecoder.TAIL);
        return scan.only();
    }

    /** Makes a file longer; the new bytes are zeros that take no space on the disk. */
    private void lengthen(String name, long length) throws IOException {
        try (var file = new RandomAccessFile(tree.at(name).toFile(), "rw")) {
            file.setLength(length);
        }
    }

    private void fifo(String name) throws InterruptedException {
        assumeTrue(Programs.succeeds("mkfifo", tree.at(name)), "NOT RUN: no mkfifo");
    }

    private static ServerSocketChannel socket(Path path) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
    }
}
