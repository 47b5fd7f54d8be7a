package dev.freshpyc.indexer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.host.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of an archive, the bytecode of one source can be shown, and the verdict on the whole told, without a look into the other members. */
class ArchivedSourceTest {

    private static final int MODULES = 200;

    @TempDir
    private Path directory = Path.of("");

    private final AtomicLong bytes = new AtomicLong();
    private final TreeScanner scanner =
            new TreeScanner(() -> new ReadCounter(HostFiles.readers().get(), bytes), ScanOptions.defaults());

    private PathEntry.Archive archive = new PathEntry.Archive(RawPath.EMPTY, 0, RawPath.EMPTY, RawPath.EMPTY);

    @BeforeEach
    void makeAnArchive() throws IOException {
        Path file = directory.resolve("lib.zip");
        byte[] content = new byte[5_000];
        new Random(1).nextBytes(content);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < MODULES; i++) {
                for (String ending : List.of(".py", ".pyc")) {
                    zip.putNextEntry(new ZipEntry("pkg/m" + i + ending));
                    zip.write(content);
                }
            }
        }
        RawPath path = RawPath.of(file.toString());
        archive = new PathEntry.Archive(path, 0, path, RawPath.EMPTY);
    }

    @Test
    void theBytecodeOfOneSourceIsShownAlone() {
        Recorder all = new Recorder();
        scanner.scanArchive(archive, all);
        assertThat(all.shown).hasSize(MODULES);
        long readForAll = bytes.getAndSet(0);

        Recorder one = new Recorder();
        scanner.scanArchive(archive, RawPath.of("pkg/m7.py"), one);

        assertThat(one.shown).containsExactly("pkg/m7.pyc");
        assertThat(bytes.getAndSet(0)).isLessThan(readForAll / 4);
        Recorder none = new Recorder();
        scanner.scanArchive(archive, RawPath.of("pkg/none.py"), none);
        assertThat(none.shown).isEmpty();
        assertThat(bytes).hasValueLessThan(readForAll / 4);
    }

    @Test
    void theVerdictOnTheWholeReadsNoMember() throws IOException {
        scanner.scanArchive(archive, new Recorder());
        long readForAll = bytes.getAndSet(0);

        assertThat(scanner.archiveFlaw(archive)).isEmpty();
        assertThat(bytes).hasValueLessThan(readForAll / 4);

        Files.writeString(directory.resolve("lib.zip"), "no archive");
        assertThat(scanner.archiveFlaw(archive))
                .hasValueSatisfying(flaw -> assertThat(flaw.reason().label()).isEqualTo("no-archive"));
    }

    /** Notes the names of the pycs that are shown. */
    private static final class Recorder implements ScanVisitor {

        private final List<String> shown = new ArrayList<>();

        @Override
        public void saw(Sighting sighting) {
            shown.add(sighting.pyc().orElseThrow().toPython());
        }

        @Override
        public void refused(PathEntry entry, RawPath refused, Errno errno) {
            throw new AssertionError(refused + ": " + errno);
        }

        @Override
        public void finished(PathEntry entry, RawPath finished) {}
    }
}
