package dev.freshpyc.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.image.SavedImage.LayerBuilder;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain --image} describes a file of an image as {@code explain} describes the same file on disk. */
@EnabledOnOs(OS.LINUX)
class ImageExplanationTest {

    private static final long OLD = 1_600_000_000;
    private static final long NEW = 1_700_000_000;

    @TempDir
    private Path directory = Path.of("");

    private Path lib = Path.of("");

    /** The upper layer changes {@code a}, so that the bytecode of the lower layer is stale. */
    private Path image = Path.of("");

    @BeforeEach
    void makeImage() throws Exception {
        directory = directory.toRealPath();
        lib = CompiledModules.make(directory.resolve("root/srv/lib"), OLD, "a", "b");
        Path upper = Files.createDirectories(directory.resolve("upper/srv/lib"));
        Path changed = Files.writeString(upper.resolve("a.py"), "x = 'changed'\n");
        Files.setLastModifiedTime(changed, FileTime.fromMillis(NEW * 1000));
        Files.createSymbolicLink(directory.resolve("upper/lib"), Path.of("/srv/lib"));
        Shell.run("tar", "-C", directory.resolve("upper"), "-cf", directory.resolve("upper.tar"), "lib", "srv");
        image = new SavedImage()
                .add(new LayerBuilder().tree("srv/lib/", OLD, lib))
                .add(directory.resolve("upper.tar"))
                .save(directory.resolve("image.tar"));
        Shell.run("cp", "-p", changed, lib);
        Shell.run("cp", "-a", directory.resolve("root"), directory.resolve("copy")); // its birth times prove no order
    }

    @Test
    void anImageFileIsExplainedLikeAFileOnDiskAndWithItsLayers() {
        for (String module : List.of("a", "b")) {
            CommandLineRun inImage = explain("/srv/lib/" + module + ".py");
            CommandLineRun onDisk = CommandLineRun.of(
                    "explain", "--no-index", "--root", directory.resolve("copy"), "/srv/lib/" + module + ".py");

            assertThat(inImage.code()).as(inImage.err()).isZero();
            assertThat(facts(inImage)).isEqualTo(facts(onDisk)).hasSizeGreaterThan(5);
        }
        assertThat(explain("srv/lib/a.py").lines())
                .anyMatch(line -> line.matches(
                        "  layer     2  sha256:[0-9a-f]{12}  step 1; a lower layer has another file of this name"))
                .anyMatch(line -> line.matches("  layer     1  sha256:[0-9a-f]{12}  step 0"))
                .contains("  freshpyc repair --image " + image + " --output " + directory
                        + "/image-repaired.tar /srv/lib");
    }

    @Test
    void bytecodeADirectoryAndALinkAreExplained() {
        String pyc = explain("/srv/lib/b.py").lines().stream()
                .filter(line -> line.startsWith("/") && line.endsWith(".pyc"))
                .findFirst()
                .orElseThrow();

        assertThat(explain(pyc).out()).isEqualTo(explain("/srv/lib/b.py").out()).contains("fresh (match)");
        assertThat(explain("/lib/b.py").out())
                .as("through a link")
                .isEqualTo(explain("/srv/lib/b.py").out());
        assertThat(explain("/srv/lib").out())
                .startsWith("/srv/lib\n  directory  2 pycs")
                .contains("stale (size): distrusts it and compiles the source");
        assertThat(explain("/srv/lib/__pycache__").out()).startsWith("/srv/lib/__pycache__\n  directory  2 pycs");
    }

    @Test
    void anAuditOfAnOrphanSuggestsAnExplanation() throws IOException {
        Files.delete(lib.resolve("b.py"));
        Path orphan = new SavedImage()
                .add(new LayerBuilder().tree("srv/lib/__pycache__/", OLD, lib.resolve("__pycache__")))
                .save(directory.resolve("orphan.tar"));
        String next = CommandLineRun.of("audit", "--no-index", "--image", orphan, "/srv/lib").lines().stream()
                .filter(line -> line.startsWith("Next: freshpyc "))
                .findFirst()
                .orElseThrow();

        CommandLineRun inImage =
                CommandLineRun.of((Object[]) next.replace("Next: freshpyc ", "").split(" "));

        assertThat(inImage.out()).contains("orphaned (no-source)", "  layer     1  sha256:");
    }

    /** The message names interpreters that an audit without PATH asks, and a command that works. */
    @Test
    void anAuditOfAFileNamesTheNextCommand() {
        assertThat(CommandLineRun.of("audit", "--no-index", "--image", image, "/nowhere")
                        .err())
                .isEqualTo("freshpyc: /nowhere: no such directory; without PATH, audit judges the sys.path of the"
                        + " interpreters in the image\n");
        assertThat(CommandLineRun.of("audit", "--no-index", "--image", image, "/srv/lib/a.py")
                        .err())
                .contains("not a directory; 'freshpyc explain --image " + image + " /srv/lib/a.py' explains");
        Path root = directory.resolve("root");
        assertThat(CommandLineRun.of("audit", "--no-index", "--root", root, "/nowhere")
                        .err())
                .endsWith("audit judges the sys.path of the interpreters in " + root + "\n");
        assertThat(CommandLineRun.of("audit", "--no-index", directory.resolve("no where"))
                        .err())
                .endsWith("audit judges the sys.path of python3\n");
    }

    @Test
    void aFileThatTheImageLacksIsReportedInOneLine() {
        assertThat(explain("/srv/lib/none.py").complaint(ExitCode.INCOMPLETE))
                .contains("/srv/lib/none.py: no such file in the image");
        assertThat(explain("/srv/lib/none").complaint(ExitCode.USAGE)).contains("nor a directory in the image");
        assertThat(CommandLineRun.of("explain", "--image", image, "--root", "/", "/srv/lib/a.py")
                        .complaint(ExitCode.USAGE))
                .contains("--root cannot be used with --image");
    }

    private CommandLineRun explain(String file) {
        return CommandLineRun.of("explain", "--no-index", "--image", image, file);
    }

    /**
     * The lines that an explanation has both for an image and for a directory: source, reader, verdict, import and
     * remedy.
     */
    private static List<String> facts(CommandLineRun inImage) {
        return Stream.of("source", "read by", "header", "verdict", "import", "to fix", "more")
                .flatMap(word -> inImage.lines().stream().filter(line -> line.startsWith("  " + word)))
                .map(line -> line.replaceFirst(" and [0-9,]+ ns", ""))
                .toList();
    }
}
