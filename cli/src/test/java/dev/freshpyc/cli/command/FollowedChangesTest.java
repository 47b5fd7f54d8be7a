package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.freshpyc.cli.Pairs;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.scan.GivenPath;
import dev.freshpyc.indexer.scan.PycachePrefix;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A change that the system reports to a service becomes an event for the clients of the service. */
@EnabledOnOs(OS.LINUX) // on other systems Java polls every few seconds
@Timeout(60)
class FollowedChangesTest {

    private static final long TIMEOUT_MILLIS = 20_000; // far below the ten minutes between two whole refreshes

    private final Path home;
    private final Path index;
    private final Path lib;

    FollowedChangesTest(@TempDir Path directory) throws IOException {
        home = directory.toRealPath();
        index = home.resolve("index");
        lib = Files.createDirectories(home.resolve("lib"));
        new Pairs(lib).fresh("a");
    }

    @Test
    void aDeletedPycIsReportedWithAndWithoutItsSource() throws Exception {
        new Pairs(lib).fresh("b");
        try (FollowedTree followed = follow(ScanOptions.defaults(), lib)) {
            Files.delete(lib.resolve(Pairs.cached("a")));
            await(followed, "vanished", "\"source\":\"a.py\",\"tag\":\"cpython-311\",\"opt\":\"\",\"before\":\"");

            Files.delete(lib.resolve("b.py"));
            await(followed, "verdict", "\"verdict\":\"orphaned\"");
            Files.delete(lib.resolve(Pairs.cached("b")));
            await(
                    followed,
                    "vanished",
                    "\"source\":\"b.py\",\"tag\":\"cpython-311\",\"opt\":\"\",\"before\":\"orphaned\"");
        }
    }

    @Test
    void aReplacedArchiveIsReadAgain() throws Exception {
        Path archive = zip(home.resolve("mods.zip"), "a");
        try (FollowedTree followed = follow(ScanOptions.defaults(), archive)) {
            Files.move(zip(home.resolve("next.zip"), "b"), archive, StandardCopyOption.REPLACE_EXISTING);

            await(followed, "verdict", "\"entry\":\"" + archive + "\",\"source\":\"b.py\"");
            await(followed, "vanished", "\"entry\":\"" + archive + "\",\"source\":\"a.py\"");
        }
    }

    @Test
    void bytecodeUnderACachePrefixBelongsToItsSource() throws Exception {
        Path prefix = home.resolve("prefix");
        ScanOptions scan =
                ScanOptions.defaults().withPrefix(Optional.of(PycachePrefix.of(RawPath.of(prefix.toString()))));
        try (FollowedTree followed = follow(scan, lib)) {
            Path mirror = Files.createDirectories(prefix.resolve(lib.toString().substring(1)));
            Path pyc = mirror.resolve("a.cpython-311.pyc");
            Files.copy(lib.resolve(Pairs.cached("a")), pyc);
            await(followed, "refreshed", "\"seen\":2,"); // the new directory

            changeUntilReported(followed, pyc, "\"source\":\"a.py\",\"pyc\":\"" + pyc + "\"");
        }
    }

    @Test
    void bytecodeBehindALinkIsReportedUnderThePathOfTheLink() throws Exception {
        Path outside = Files.createDirectories(home.resolve("outside"));
        new Pairs(outside).fresh("b");
        Files.createSymbolicLink(lib.resolve("linked"), outside);
        try (FollowedTree followed = follow(ScanOptions.defaults(), lib)) {
            new Pairs(outside).pair("c", Pairs.header(3495, 0xf0, 0, 0));

            await(followed, "verdict", "\"source\":\"linked/c.py\"", "\"verdict\":\"malformed\"");
        }
    }

    @Test
    void anEntryThatIsMovedBackIsReadAndFollowed() throws Exception {
        try (FollowedTree followed = follow(ScanOptions.defaults(), lib)) {
            Path away = home.resolve("away");
            Files.move(lib, away);
            new Pairs(away).fresh("b");
            Files.move(away, lib);
            await(followed, "refreshed", "\"seen\":2,");

            changeUntilReported(followed, lib.resolve(Pairs.cached("b")), "\"source\":\"b.py\"");
        }
    }

    @Test
    void aSourceBehindALinkIsReportedUnderThePathOfTheLink() throws Exception {
        Path source = Files.move(lib.resolve("a.py"), home.resolve("shared.py"));
        Files.createSymbolicLink(lib.resolve("a.py"), source);
        try (FollowedTree followed = follow(ScanOptions.defaults(), lib)) {
            Files.writeString(source, "another = 2\n");

            await(followed, "verdict", "\"source\":\"a.py\"", "\"before\":\"fresh\"");
        }
    }

    @Test
    void anEntryWhoseLinkIsSwitchedIsFollowed() throws Exception {
        Path next = Files.createDirectories(home.resolve("next"));
        new Pairs(next).fresh("b");
        Path current = Files.createSymbolicLink(home.resolve("current"), lib);
        try (FollowedTree followed = follow(ScanOptions.defaults(), current)) {
            Path link = Files.createSymbolicLink(home.resolve("link"), next);
            Files.move(link, current, StandardCopyOption.ATOMIC_MOVE);
            await(followed, "refreshed", "\"seen\":1,");

            changeUntilReported(followed, next.resolve(Pairs.cached("b")), "\"source\":\"b.py\"");
        }
    }

    private FollowedTree follow(ScanOptions scan, Path entry) throws InterruptedException {
        return new FollowedTree(index, GivenPath.entries(List.of(RawPath.of(entry.toString()))), scan);
    }

    private static Path zip(Path file, String stem) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(stem + ".py"));
            zip.write("x = 1\n".getBytes(StandardCharsets.US_ASCII));
            zip.putNextEntry(new ZipEntry(stem + ".pyc"));
            zip.write(Pairs.header(3495, 0, Pairs.MTIME, 6));
        }
        return file;
    }

    /** Changes a pyc until an event names the pyc. A whole refresh that sees a change first reports no single pyc. */
    private static void changeUntilReported(FollowedTree followed, Path pyc, String part) throws Exception {
        byte[][] malformed = {Pairs.header(3495, 0xf0, 0, 0), {1, 2, 3}};
        for (int change = 0; change < 40; change++) {
            Files.write(pyc, malformed[change % malformed.length]);
            if (followed.tree().hasEvent("verdict", List.of(part, "\"verdict\":\"malformed\""), 500)) {
                return;
            }
        }
        fail("no event for " + pyc);
    }

    private static void await(FollowedTree followed, String name, String... parts) throws InterruptedException {
        assertThat(followed.tree().hasEvent(name, List.of(parts), TIMEOUT_MILLIS))
                .as("%s %s", name, List.of(parts))
                .isTrue();
    }
}
