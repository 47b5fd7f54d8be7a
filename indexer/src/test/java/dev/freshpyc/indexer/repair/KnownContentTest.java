package dev.freshpyc.indexer.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.ForwardingReader;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import dev.freshpyc.indexer.scan.Exclusions;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import dev.freshpyc.indexer.testing.CompiledFile;
import dev.freshpyc.indexer.testing.TreeEdit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A repair remembers content facts: files with unchanged contents are not read again for the same facts. */
@EnabledOnOs(OS.LINUX)
class KnownContentTest {

    private static final String SOURCE = "x = 1\n";
    private static final int MTIME = 1_700_000_000;

    /** The read that checks the body: a first run reads source and body for their digests, and then checks the body. */
    private static final int BODY_CHECK = 3;

    @TempDir
    private Path directory;

    private Path pyc = Path.of(".");
    private final AtomicInteger contentsRead = new AtomicInteger();
    private TreeEdit beforeBodyCheck = () -> {};

    @BeforeEach
    void createPair() throws IOException {
        Path lib = Files.createDirectories(directory.resolve("lib").toAbsolutePath());
        Path source = Files.writeString(lib.resolve("a.py"), SOURCE);
        Files.setLastModifiedTime(source, FileTime.fromMillis(MTIME * 1000L));
        pyc = Files.createDirectory(lib.resolve("__pycache__")).resolve("a.cpython-311.pyc");
        CompiledFile.write(source, pyc, StagedRepair.bytecode(MTIME, SOURCE.length()));
    }

    @Test
    void aSecondRunReadsNoContents() throws Exception {
        repair(TargetMode.CHECKED_HASH, 1);
        assertThat(contentsRead.get()).isPositive();

        repair(TargetMode.CHECKED_HASH, 0);
        assertThat(contentsRead.get()).isZero();
    }

    @Test
    void aKnownSourceHashIsWrittenWithoutReading() throws Exception {
        repair(TargetMode.CHECKED_HASH, 1);
        byte[] hashed = Files.readAllBytes(pyc);
        repair(TargetMode.TIMESTAMP, 1);
        repair(TargetMode.CHECKED_HASH, 1);

        assertThat(contentsRead.get()).isZero();
        assertThat(Files.readAllBytes(pyc)).isEqualTo(hashed);
    }

    /** The check may have read the new body, but the result would be recorded for the old body. */
    @Test
    void aBodyThatChangedDuringItsCheckIsCheckedAgain() throws Exception {
        byte[] whole = Files.readAllBytes(pyc);
        beforeBodyCheck = () -> {
            Files.write(pyc, whole);
            Files.setLastModifiedTime(pyc, FileTime.fromMillis(MTIME * 1000L));
        };
        repair(TargetMode.TIMESTAMP, 0);
        repair(TargetMode.TIMESTAMP, 0);
        // One read for the digest, since the stamp differs, and one read for the check.
        assertThat(contentsRead.get()).isEqualTo(2);

        repair(TargetMode.TIMESTAMP, 0);
        assertThat(contentsRead.get()).isZero();
    }

    /** The index records that the body is complete even if the repair writes nothing. */
    @Test
    void aCompleteBodyIsNotCheckedAgain() throws Exception {
        repair(TargetMode.TIMESTAMP, 0);
        assertThat(contentsRead.get()).isPositive();

        repair(TargetMode.TIMESTAMP, 0);
        assertThat(contentsRead.get()).isZero();
    }

    @Test
    void aBodyThatWasTruncatedLaterIsNotRepaired() throws Exception {
        repair(TargetMode.CHECKED_HASH, 1);
        byte[] whole = Files.readAllBytes(pyc);
        Files.write(pyc, Arrays.copyOf(whole, whole.length - 1));
        Files.setLastModifiedTime(pyc, FileTime.fromMillis(MTIME * 1000L));

        RepairSummary summary = repair(TargetMode.TIMESTAMP, 0);
        assertThat(summary.unrepaired()).hasSize(1);
    }

    private RepairSummary repair(TargetMode mode, int restamped) throws IOException, InterruptedException {
        contentsRead.set(0);
        // Late enough that all stamps are settled.
        InstantSource later = () -> InstantSource.system().instant().plusSeconds(3600);
        ScanOptions scan = new ScanOptions(1, Optional.empty(), List.of(), Exclusions.NONE, Optional.empty(), later);
        RepairSummary summary = new Repair(
                        CountingReader::new,
                        new RepairStores(
                                new ChronicleStore(directory.resolve("index"), StoreEvents.NONE),
                                Optional.empty(),
                                new JournalDirectory(directory.resolve("undo"))),
                        scan,
                        StagedRepair.options(mode, WriteMode.REPLACE),
                        StagedRepair.noCompilers())
                .run(List.of(new PathEntry.Directory(
                        RawPath.of(directory.resolve("lib").toString()), 0)));
        assertThat(summary.restamped()).isEqualTo(restamped);
        return summary;
    }

    private final class CountingReader extends ForwardingReader {

        CountingReader() {
            super(HostFiles.readers().get());
        }

        @Override
        public FileContents.Opening openContents(OpenDirectory directory, Listing names, int index) {
            if (contentsRead.incrementAndGet() == BODY_CHECK) {
                beforeBodyCheck.runUnchecked();
                beforeBodyCheck = () -> {};
            }
            return super.openContents(directory, names, index);
        }
    }
}
