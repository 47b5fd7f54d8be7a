package dev.freshpyc.indexer.scan;

import static dev.freshpyc.indexer.scan.Tree.pair;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is no regular file is never opened, so it cannot block or do harm; what is huge is not read. */
class SpecialFileTest extends TreeScannerContract {

    private static final String CACHED = "__pycache__/a.cpython-311.pyc";

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
    void norBehindALink() throws Exception {
        Tree outside = outside("outside");
        assumeTrue(Tree.runs("mkfifo", outside.at("fifo")), "NOT RUN: no mkfifo");
        tree.sources("a.py").link(CACHED, outside.at("fifo"));

        assertThat(scan().one().pycState()).isEqualTo(PycState.NOT_A_FILE);
    }

    @Test
    void aFifoIsNoSource() throws Exception {
        tree.pycs(CACHED);
        fifo("a.py");

        assertThat(scan().one().observation().source()).isEqualTo(SourceState.ABSENT);
    }

    @Test
    void aSocketIsNeitherSourceNorBytecode() throws Exception {
        Path near = Files.createTempDirectory(Path.of("/tmp"), "fp"); // the address of a socket is short
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
            Tree.runs("rm", "-rf", "--", near);
        }
    }

    @Test
    void aDeviceIsNeverOpened() throws Exception {
        tree.sources("a.py").directories("__pycache__");
        assumeTrue(
                Tree.runs("mknod", tree.at(CACHED), "c", "1", "5")
                        && Tree.runs("mknod", tree.at("b.py"), "b", "7", "9"),
                "NOT RUN: only root makes device nodes");

        assertThat(scan().one().pycState()).isEqualTo(PycState.NOT_A_FILE);
    }

    /** {@code /dev/zero} has no end: a scanner that reads it whole never returns. */
    @Test
    void aLinkToADeviceIsNeverOpened() throws Exception {
        tree.sources("a.py").link(CACHED, "/dev/zero").link("b.py", "/dev/zero").pycs("b.pyc");

        Scan scan = scan();

        assertThat(scan.pairs()).containsExactly("- <- b.pyc", pair("a"));
        assertThat(scan.seen())
                .extracting(Scan.Seen::pycState)
                .filteredOn(PycState.NOT_A_FILE::equals)
                .hasSize(1);
    }

    @Test
    void ofASparseFileOfFiveGigabytesOnlyTheHeadIsRead() throws Exception {
        tree.pairs("a");
        try (var file = new RandomAccessFile(tree.at(CACHED).toFile(), "rw")) {
            file.setLength(5_000_000_000L);
        }

        assertThat(scan().one().pycState())
                .isInstanceOfSatisfying(
                        PycState.Read.class, read -> assertThat(read.body()).isEqualTo(BodyState.BEGINS_AS_CODE));
    }

    @Test
    void aSparseSourceOfFiveGigabytesIsNotRead() throws Exception {
        tree.pairs("a");
        try (var file = new RandomAccessFile(tree.at("a.py").toFile(), "rw")) {
            file.setLength(5_000_000_000L);
        }

        assertThat(scan().one().observation().source())
                .isInstanceOfSatisfying(
                        SourceState.Present.class,
                        source -> assertThat(source.stamp().size()).isEqualTo(5_000_000_000L));
    }

    private void fifo(String name) throws InterruptedException {
        assumeTrue(Tree.runs("mkfifo", tree.at(name)), "NOT RUN: no mkfifo");
    }

    private static ServerSocketChannel socket(Path path) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
    }
}
