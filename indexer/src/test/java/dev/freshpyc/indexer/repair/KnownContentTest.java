package dev.freshpyc.indexer.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.ForwardingFiles;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import dev.freshpyc.indexer.scan.Exclusions;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** What a repair found out by reading is not read for again while the contents are the same. */
@EnabledOnOs(OS.LINUX)
class KnownContentTest {

    private static final String SOURCE = "x = 1\n";
    private static final int MTIME = 1_700_000_000;

    /** Which reading of a first run it is: those for the digests of source and body come before it. */
    private static final int WALK = 3;

    @TempDir
    private Path directory;

    private Path pyc = Path.of(".");
    private final AtomicInteger contentsRead = new AtomicInteger();
    private Deed onceWalked = () -> {};

    private interface Deed {
        void run() throws IOException;
    }

    @BeforeEach
    void plant() throws IOException {
        Path lib = Files.createDirectories(directory.resolve("lib").toAbsolutePath());
        Path source = Files.writeString(lib.resolve("a.py"), SOURCE);
        Files.setLastModifiedTime(source, FileTime.fromMillis(MTIME * 1000L));
        pyc = Files.createDirectory(lib.resolve("__pycache__")).resolve("a.cpython-311.pyc");
        Files.write(pyc, StagedRepair.bytecode(MTIME, SOURCE.length()));
        Files.setLastModifiedTime(pyc, FileTime.fromMillis(MTIME * 1000L));
    }

    @Test
    void aSecondRunReadsNothing() throws Exception {
        repair(TargetMode.CHECKED_HASH, 1);
        assertThat(contentsRead.get()).isPositive();

        repair(TargetMode.CHECKED_HASH, 0);
        assertThat(contentsRead.get()).isZero();
    }

    @Test
    void aHashOnceMadeIsWrittenAgain() throws Exception {
        repair(TargetMode.CHECKED_HASH, 1);
        byte[] hashed = Files.readAllBytes(pyc);
        repair(TargetMode.TIMESTAMP, 1);
        repair(TargetMode.CHECKED_HASH, 1);

        assertThat(contentsRead.get()).isZero();
        assertThat(Files.readAllBytes(pyc)).isEqualTo(hashed);
    }

    /** It may have been another one that was walked. */
    @Test
    void whatChangedWhileItWasWalkedIsWalkedAgain() throws Exception {
        byte[] whole = Files.readAllBytes(pyc);
        onceWalked = () -> {
            Files.write(pyc, whole);
            Files.setLastModifiedTime(pyc, FileTime.fromMillis(MTIME * 1000L));
        };
        repair(TargetMode.TIMESTAMP, 0);
        repair(TargetMode.TIMESTAMP, 0);
        assertThat(contentsRead.get()).isEqualTo(2); // for its digest, as it has another stamp, and for the walk

        repair(TargetMode.TIMESTAMP, 0);
        assertThat(contentsRead.get()).isZero();
    }

    /** Found whole and left as it was: that is remembered too, though nothing was written. */
    @Test
    void whatWasFoundWholeIsNotWalkedAgain() throws Exception {
        repair(TargetMode.TIMESTAMP, 0);
        assertThat(contentsRead.get()).isPositive();

        repair(TargetMode.TIMESTAMP, 0);
        assertThat(contentsRead.get()).isZero();
    }

    @Test
    void aBodyThatWasCutSinceIsFound() throws Exception {
        repair(TargetMode.CHECKED_HASH, 1);
        byte[] whole = Files.readAllBytes(pyc);
        Files.write(pyc, Arrays.copyOf(whole, whole.length - 1));
        Files.setLastModifiedTime(pyc, FileTime.fromMillis(MTIME * 1000L));

        RepairSummary summary = repair(TargetMode.TIMESTAMP, 0);
        assertThat(summary.unrepaired()).hasSize(1);
    }

    private RepairSummary repair(TargetMode mode, int restamped) throws IOException, InterruptedException {
        contentsRead.set(0);
        InstantSource later = () -> InstantSource.system().instant().plusSeconds(3600); // what was written has settled
        ScanOptions scan = new ScanOptions(1, Optional.empty(), List.of(), Exclusions.NONE, Optional.empty(), later);
        RepairSummary summary = new Repair(
                        CountedFiles::new,
                        new ChronicleStore(directory.resolve("index"), StoreEvents.NONE),
                        scan,
                        StagedRepair.options(mode, WriteMode.REPLACE),
                        StagedRepair.compilers(),
                        new JournalDirectory(directory.resolve("undo")))
                .run(List.of(new PathEntry.Directory(
                        RawPath.of(directory.resolve("lib").toString()), 0)));
        assertThat(summary.restamped()).isEqualTo(restamped);
        return summary;
    }

    private final class CountedFiles extends ForwardingFiles {

        CountedFiles() {
            super(HostFiles.readers().get());
        }

        @Override
        public FileContents.Opening openContents(OpenDirectory directory, Listing names, int index) {
            if (contentsRead.incrementAndGet() == WALK) {
                perform(onceWalked);
                onceWalked = () -> {};
            }
            return super.openContents(directory, names, index);
        }
    }

    private static void perform(Deed deed) {
        try {
            deed.run();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
