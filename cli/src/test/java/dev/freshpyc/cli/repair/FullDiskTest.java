package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.oracle.Interpreters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No room for the new files, for the journal or for the index, and no permission to write at all. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {

    private static final int FILES = 12;
    private static final int MIB = 1 << 20;

    /** The magic number of CPython 3.11. */
    private static final int NUMBER = 3495;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"tmpfs,0", "tmpfs,1", "tmpfs,6", "tmpfs,11", "ext4,0", "ext4,1", "ext4,6", "ext4,11"})
    void whatDoesNotFitWholeIsNotBegun(String type, int room) throws Exception {
        try (Mount mount = Mount.of(type, directory, 4 * MIB)) {
            Caches caches = new Caches(mount.place().resolve("lib")).pairs(FILES);
            mount.fill(room);
            Map<String, Facts> before = Facts.files(caches.root());

            CommandLineRun run = repair(directory.resolve("index"), caches);

            assertThat(run.complaint(3)).contains("nothing was repaired", "ENOSPC");
            assertThat(Facts.files(caches.root())).isEqualTo(before);
            assertThat(journals(directory.resolve("index"))).isZero();
        }
    }

    /** Likewise what is compiled anew; and when there is room, the next run does all of it and leaves nothing of its own. */
    @ParameterizedTest
    @CsvSource({"tmpfs,0", "tmpfs,1", "tmpfs,6", "tmpfs,11", "ext4,0", "ext4,1", "ext4,6", "ext4,11"})
    void whatIsCompiledAndDoesNotFitWholeIsNotBegun(String type, int room) throws Exception {
        String python = python();
        try (Mount mount = Mount.of(type, directory, 4 * MIB)) {
            Caches caches = new Caches(mount.place().resolve("lib")).pairs(FILES);
            for (String pyc : names(caches)) {
                caches.compiled(pyc, Pairs.header(NUMBER, 0, Caches.MTIME - 9, 1));
            }
            mount.fill(room);
            Map<String, Facts> before = Facts.files(caches.root());
            Path index = directory.resolve("index");

            CommandLineRun run = repair(index, caches, "--python", python);

            assertThat(run.complaint(3)).contains("nothing was repaired", "ENOSPC");
            assertThat(Facts.files(caches.root())).isEqualTo(before);
            assertThat(journals(index)).isZero();

            mount.empty();
            CommandLineRun next = repair(index, caches, "--python", python);
            assertThat(next.code()).as(next.err()).isZero();
            assertThat(next.out()).contains("recompiled: " + FILES);
            requireHashes(caches);
            assertThat(Facts.files(caches.root()).keySet()).isEqualTo(before.keySet());
        }
    }

    /** Where files and the directories for them were missing, there is none, or a whole one, and never an empty one. */
    @ParameterizedTest
    @CsvSource({"tmpfs,0", "tmpfs,2", "tmpfs,6", "ext4,0", "ext4,2", "ext4,6"})
    void whatIsMissingAndDoesNotFitIsNotBegun(String type, int room) throws Exception {
        String[] words = {"--python", python(), "--expect", "cpython-311"};
        try (Mount mount = Mount.of(type, directory, 4 * MIB)) {
            Caches caches = new Caches(mount.place().resolve("lib")).pairs(FILES);
            Set<String> all = Facts.files(caches.root()).keySet();
            for (String pyc : names(caches)) {
                Files.delete(caches.root().resolve(pyc));
            }
            Files.delete(caches.root().resolve("pkg0/__pycache__"));
            mount.fill(room);
            Map<String, Facts> before = Facts.files(caches.root());
            Path index = directory.resolve("index");

            CommandLineRun run = repair(index, caches, words);

            assertThat(run.complaint(3)).contains("nothing was repaired", "ENOSPC");
            assertThat(Facts.files(caches.root())).isEqualTo(before);
            assertThat(caches.root().resolve("pkg0/__pycache__")).doesNotExist();
            assertThat(journals(index)).isZero();

            mount.empty();
            assertThat(repair(index, caches, words).code()).isZero();
            requireHashes(caches);
            assertThat(Facts.files(caches.root()).keySet()).isEqualTo(all);
        }
    }

    @Test
    void whatFitsIsDone() throws Exception {
        try (Mount mount = Mount.of("tmpfs", directory, 4 * MIB)) {
            Caches caches = new Caches(mount.place().resolve("lib")).pairs(FILES);
            mount.fill(FILES);

            assertThat(repair(directory.resolve("index"), caches).code()).isZero();
            requireHashes(caches);
        }
    }

    /** Nothing is written that could not be undone. */
    @Test
    void withoutRoomForTheJournalNothingIsBegun() throws Exception {
        try (Mount mount = Mount.of("tmpfs", directory, 4 * MIB)) {
            Caches caches = new Caches(directory.resolve("lib")).pairs(FILES);
            Path index = Files.createDirectory(mount.place().resolve("index"));
            assertThat(CommandLineRun.of("refresh", "--index", index, caches.root())
                            .code())
                    .isZero();
            mount.fill(0);
            Map<String, Facts> before = Facts.files(caches.root());

            CommandLineRun run = repair(index, caches);

            assertThat(run.complaint(3)).contains("nothing was repaired");
            assertThat(Facts.files(caches.root())).isEqualTo(before);
            assertThat(journals(index)).isZero();
        }
    }

    /** The index has no room for what was done: that is told, and what was done is not denied. */
    @Test
    void withoutRoomForTheIndexTheRepairIsDone() throws Exception {
        try (Mount mount = Mount.of("tmpfs", directory, 4 * MIB)) {
            Caches caches = new Caches(directory.resolve("lib")).pairs(FILES);
            Path index = Files.createDirectory(mount.place().resolve("index"));
            CommandLineRun.of("refresh", "--index", index, caches.root());
            mount.fill(2);

            CommandLineRun run = repair(index, caches);

            assertThat(run.code()).isEqualTo(3);
            assertThat(run.err()).doesNotContain("nothing was repaired").contains("index");
            assertThat(run.out()).contains("restamped: " + FILES);
            requireHashes(caches);
            assertThat(CommandLineRun.of("undo", "--index", index).code()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void aReadOnlyTreeStaysAsItIs(String write) throws Exception {
        try (Mount mount = Mount.of("tmpfs", directory, 4 * MIB)) {
            Caches caches = new Caches(mount.place().resolve("lib")).pairs(FILES);
            mount.readOnly();
            Map<String, Facts> before = Facts.tree(caches.root());

            CommandLineRun run = repair(directory.resolve("index"), caches, "--write", write);

            assertThat(run.complaint(3)).contains("nothing was repaired", "EROFS");
            assertThat(Facts.tree(caches.root())).isEqualTo(before);
            assertThat(journals(directory.resolve("index"))).isZero();
        }
    }

    /** Headers written in place need no room. */
    @Test
    void inPlaceAFullDiskIsNoHindrance() throws Exception {
        try (Mount mount = Mount.of("ext4", directory, 4 * MIB)) {
            Caches caches = new Caches(mount.place().resolve("lib")).pairs(FILES);
            mount.fill(0);

            assertThat(repair(directory.resolve("index"), caches, "--write", "in-place")
                            .code())
                    .isZero();
            requireHashes(caches);
        }
    }

    private static CommandLineRun repair(Path index, Caches caches, String... more) {
        Object[] words = new Object[more.length + 4];
        System.arraycopy(new Object[] {"repair", "--index", index, caches.root()}, 0, words, 0, 4);
        System.arraycopy(more, 0, words, 4, more.length);
        return CommandLineRun.of(words);
    }

    private static String python() {
        Optional<String> python = Interpreters.all().stream()
                .filter(one -> one.magicNumber() == NUMBER)
                .map(one -> one.executable().toString())
                .findFirst();
        assumeTrue(python.isPresent(), "NOT RUN: no CPython 3.11");
        return python.orElseThrow();
    }

    private static List<String> names(Caches caches) {
        List<String> names = new ArrayList<>();
        caches.pycs().forEach(names::add);
        return names;
    }

    private static long journals(Path index) throws IOException {
        try (var files = Files.list(index.resolve("undo"))) {
            return files.count();
        }
    }

    private static void requireHashes(Caches caches) throws IOException {
        for (String pyc : caches.pycs()) {
            assertThat(Files.readAllBytes(caches.root().resolve(pyc))).startsWith(caches.hash(pyc));
        }
    }
}
