package dev.freshpyc.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.cli.image.SavedImage.LayerBuilder;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.repair.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * An image of two layers. The lower layer has four modules that a real interpreter compiled. The upper layer changes
 * the code of {@code a} and the mtime of {@code b}, and removes {@code c}.
 */
@EnabledOnOs(OS.LINUX)
class ContainerImageTest {

    private static final String LIB = "srv/lib/";
    private static final long OLD = 1_600_000_000;
    private static final long NEW = 1_700_000_000;

    @TempDir
    private Path directory = Path.of("");

    private Path compiled = Path.of("");

    @BeforeEach
    void compileModules() throws IOException {
        directory = directory.toRealPath();
        compiled = CompiledModules.make(directory.resolve("compiled"), OLD, "a", "b", "c", "d");
    }

    @Test
    void theMergedImageIsJudgedAndEachFindingNamesItsLayers() throws Exception {
        Path image = image(UnaryOperator.identity());

        CommandLineRun text = audit(image, "/srv/lib");

        assertThat(text.code()).as(text.err()).isZero();
        assertThat(text.out())
                .contains("4 pycs: 1 fresh (1 unproven), 2 stale, 1 orphaned")
                .containsPattern(
                        "/srv/lib/a\\.py:1: stale \\(size\\): a\\.\\S+\\.pyc: source replaced in layer 2, bytecode from layer 1")
                .containsPattern("/__pycache__/c\\.\\S+\\.pyc: orphaned \\(no-source\\): from layer 1")
                .containsPattern("1  sha256:[0-9a-f]{12}  4 pycs: 2 stale, 1 orphaned  step 0")
                .containsPattern("2  sha256:[0-9a-f]{12}  0 pycs  step 1");
        assertThat(audit(image, "/srv/lib", "--format", "jsonl").out())
                .contains("\"verdict\":\"stale\"", "\"layer\":1,\"source_layer\":2")
                .contains("\"layer\":1,\"source_layer\":null");
        assertThat(audit(image, "/srv/lib", "--format", "json").out())
                .containsPattern(
                        "\"layers\":\\[\\{\"layer\":1,\"digest\":\"sha256:[0-9a-f]{64}\",\"created_by\":\"step 0\"");
        assertThat(audit(image, "/srv/lib", "--fail-on", "stale").code()).isEqualTo(1);
        assertThat(audit(image, "/srv/lib", "--fail-on", "impostor").code()).isZero();
    }

    /** The variable is this system's: the programs in the image do not see it. */
    @Test
    void theCachePrefixOfThisSystemDoesNotCountInTheImage() throws Exception {
        Path image = image(UnaryOperator.identity());
        ProcessBuilder process =
                ProgramProcess.ofProgram(List.of(), "audit", "-q", "--no-index", "--image", image, "/srv/lib");
        process.environment()
                .put("PYTHONPYCACHEPREFIX", directory.resolve("prefix").toString());

        assertThat(ProgramProcess.run(process, "").out())
                .isEqualTo(audit(image, "/srv/lib").out())
                .contains("1 fresh");
    }

    /** The path of a file in an image is no path of this system. */
    @Test
    void sarifNamesTheFilesRelativeToTheImage() throws Exception {
        assertThat(audit(image(UnaryOperator.identity()), "/srv/lib", "--format", "sarif")
                        .out())
                .contains(
                        "\"originalUriBaseIds\":{\"IMAGE\":",
                        "\"artifactLocation\":{\"uri\":\"srv/lib/a.py\",\"uriBaseId\":\"IMAGE\"}")
                .doesNotContain("file://");
    }

    @Test
    void theVerdictsAreThoseOfTheUnpackedTree() throws Exception {
        Path root = Files.createDirectory(directory.resolve("root"));
        Path lib = Files.createDirectories(root.resolve(LIB));
        Shell.run("cp", "-a", compiled + "/.", lib);
        Files.writeString(lib.resolve("a.py"), "x = 'changed'\n");
        Files.setLastModifiedTime(lib.resolve("a.py"), FileTime.fromMillis(NEW * 1000));
        Files.setLastModifiedTime(lib.resolve("b.py"), FileTime.fromMillis(NEW * 1000));
        Files.delete(lib.resolve("c.py"));
        CommandLineRun tree =
                CommandLineRun.of("audit", "--no-index", "--verify", "--format", "jsonl", "--root", root, "/srv/lib");

        CommandLineRun image = audit(image(UnaryOperator.identity()), "/srv/lib", "--verify", "--format", "jsonl");

        assertThat(verdicts(image)).isEqualTo(verdicts(tree)).hasSize(3);
    }

    @Test
    void gzippedLayersAndArchivesAreRead() throws Exception {
        List<String> expected = verdicts(audit(image(UnaryOperator.identity()), "/", "--format", "jsonl"));

        assertThat(verdicts(audit(image(ContainerImageTest::gzip), "/", "--format", "jsonl")))
                .isEqualTo(expected);
        assertThat(verdicts(audit(image(ContainerImageTest::manyGzips), "/", "--format", "jsonl")))
                .isEqualTo(expected);
        Path whole = directory.resolve("whole.tar.gz");
        Files.write(whole, gzip(Files.readAllBytes(image(UnaryOperator.identity()))));
        assertThat(verdicts(audit(whole, "/", "--format", "jsonl"))).isEqualTo(expected);
        assertThat(verdicts(fromStandardInput(whole))).isEqualTo(expected);
    }

    @Test
    void zstdLayersAreRead() throws Exception {
        Shell.require("zstd");
        List<String> expected = verdicts(audit(image(UnaryOperator.identity()), "/", "--format", "jsonl"));

        assertThat(verdicts(audit(image(plain -> zstd(plain, "-3")), "/", "--format", "jsonl")))
                .isEqualTo(expected);
        assertThat(verdicts(audit(image(plain -> zstd(plain, "-19")), "/", "--format", "jsonl")))
                .isEqualTo(expected);
        byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 'a', 'b', 'c'};
        assertThat(verdicts(audit(
                        image(plain -> joined(skippable, zstd(plain, "-3"), skippable)), "/", "--format", "jsonl")))
                .isEqualTo(expected);
        assertThat(audit(image(plain -> zstd(plain, "--ultra", "-22")), "/").complaint(ExitCode.INCOMPLETE))
                .contains("with a window of 134217728 bytes", "compress it with level 19 or lower");
    }

    @Test
    void aTruncatedArchiveIsOneLine() throws Exception {
        byte[] whole = Files.readAllBytes(image(ContainerImageTest::gzip));
        Path cut = directory.resolve("cut.tar");
        for (int length = 0; length < whole.length - 1024; length += 397) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThat(audit(cut, "/").complaint(ExitCode.INCOMPLETE)).startsWith("freshpyc: --image: ");
        }
    }

    @Test
    void anArchiveWithAChangedByteCausesNoCrash() throws Exception {
        byte[] whole = Files.readAllBytes(image(ContainerImageTest::gzip));
        Path changed = directory.resolve("changed.tar");
        for (int at = 0; at < whole.length; at += 311) {
            byte[] bytes = whole.clone();
            bytes[at] ^= (byte) 0x55;
            Files.write(changed, bytes);
            CommandLineRun run = audit(changed, "/");
            assertThat(run.code()).as("byte %s: %s", at, run.err()).isIn(0, ExitCode.INCOMPLETE);
            assertThat(run.err()).doesNotContain("defect");
        }
    }

    @Test
    void aDecompressionBombIsRefused() throws Exception {
        Shell.require("zstd");
        Path image = new SavedImage()
                .add(new LayerBuilder().file("zeros", 0, new byte[100 << 20]))
                .packed(plain -> zstd(plain, "-3"))
                .save(directory.resolve("bomb.tar"));

        assertThat(audit(image, "/").complaint(ExitCode.INCOMPLETE)).contains("is a decompression bomb");
    }

    @Test
    void aLayerWithAnotherDigestIsRefused() throws Exception {
        Path image = image(UnaryOperator.identity());
        byte[] bytes = Files.readAllBytes(image);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("x = 'd'");
        bytes[at + 5] = 'e';
        Files.write(image, bytes);

        assertThat(audit(image, "/").complaint(ExitCode.INCOMPLETE)).contains("another digest than it says");
    }

    @Test
    void aMemberThatLeadsOutOfItsLayerIsRefused() throws Exception {
        for (String name : List.of("../../etc/x.py", "srv/../../x.py", "srv/.wh...")) {
            Path image = new SavedImage()
                    .add(new LayerBuilder().file(name, OLD, "x = 1\n"))
                    .save(directory.resolve("out.tar"));

            assertThat(audit(image, "/").complaint(ExitCode.INCOMPLETE)).contains("layer 1 has a member that");
        }
    }

    @Test
    void aFileThatIsNoImageIsReportedInOneLine() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "hello");
        Path empty = Files.createDirectory(directory.resolve("empty"));

        assertThat(audit(text, "/").complaint(ExitCode.INCOMPLETE)).contains("text ");
        assertThat(audit(empty, "/").complaint(ExitCode.INCOMPLETE)).contains("is neither an OCI image layout nor");
        assertThat(audit(directory.resolve("none"), "/").complaint(ExitCode.INCOMPLETE))
                .contains("no such file or directory");
        assertThat(audit(text, "/", "--root", "/").complaint(ExitCode.USAGE))
                .contains("--root cannot be used with --image: --root is about this system");
    }

    @Test
    void aRepairAddsALayerWithTheProvenHeaders() throws Exception {
        Path image = image(ContainerImageTest::gzip);
        Path archive = directory.resolve("repaired.tar");
        Path layout = directory.resolve("repaired");

        CommandLineRun dry = repair(image, "--profile", "oci", "--dry-run");
        CommandLineRun run = repair(image, "--profile", "oci", "--output", archive);
        repair(image, "--profile", "oci", "--output", layout);

        assertThat(dry.out())
                .contains("profile oci sets --to unchecked-hash --require proof")
                .contains("4 seen; would get new headers: 2; 1 as wanted; 1 left");
        assertThat(run.code()).as("a.pyc is left").isEqualTo(1);
        assertThat(run.out())
                .containsPattern("/srv/lib/__pycache__/a\\.\\S+\\.pyc  left: stale: compile it")
                .contains("4 seen; new headers: 2; 1 as wanted; 1 left");
        for (Path repaired : List.of(archive, layout)) {
            assertThat(audit(repaired, "/srv/lib").out())
                    .contains("4 pycs: 2 fresh, 1 stale, 1 orphaned")
                    .containsPattern("3  sha256:[0-9a-f]{12}  2 pycs  freshpyc repair --image");
            CommandLineRun again = repair(repaired, "--profile", "oci", "--dry-run");
            assertThat(again.out()).contains("would get new headers: 0; 3 as wanted");
        }
        Path second = directory.resolve("second.tar");
        repair(image, "--profile", "oci", "--output", second);
        assertThat(Files.mismatch(archive, second)).isEqualTo(-1);
        assertThat(repair(image, "--output", archive).complaint(ExitCode.USAGE))
                .contains("exists already; give another name, or remove it");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith(".freshpyc"));
        }
    }

    @Test
    void realToolsReadTheRepairedImageAndTheInterpreterLoadsItsBytecode() throws Exception {
        Shell.require("skopeo", "umoci");
        Path layout = directory.resolve("repaired");
        repair(image(ContainerImageTest::gzip), "--profile", "oci", "--output", layout);

        String inspected = Shell.run("skopeo", "inspect", "oci:" + layout + ":1");
        Path bundle = directory.resolve("bundle");
        Shell.run("umoci", "unpack", "--rootless", "--image", layout + ":1", bundle);

        assertThat(inspected.split("sha256:", -1)).as(inspected).hasSizeGreaterThanOrEqualTo(5);
        Path lib = bundle.resolve("rootfs/" + LIB);
        assertThat(CommandLineRun.of("audit", "--no-index", lib).out()).contains("2 fresh, 1 stale, 1 orphaned");
        List<String> imported =
                CompiledModules.PYTHON.launcher().run("modules.py", List.of("-v"), List.of("import", lib.toString()));
        assertThat(imported).contains("VALUE b -");
    }

    @Test
    void imagesThatSkopeoWritesAreRead() throws Exception {
        Shell.require("skopeo");
        Path image = image(UnaryOperator.identity());
        List<String> expected = verdicts(audit(image, "/", "--format", "jsonl"));
        Path layout = directory.resolve("layout");
        Path archive = directory.resolve("oci.tar");
        Shell.run("skopeo", "copy", "-q", "docker-archive:" + image, "oci:" + layout + ":1");
        Shell.run("skopeo", "copy", "-q", "docker-archive:" + image, "oci-archive:" + archive + ":1");

        assertThat(verdicts(audit(layout, "/", "--format", "jsonl"))).isEqualTo(expected);
        assertThat(verdicts(audit(archive, "/", "--format", "jsonl"))).isEqualTo(expected);
    }

    private Path image(UnaryOperator<byte[]> packing) throws IOException {
        LayerBuilder lower = new LayerBuilder().tree(LIB, OLD, compiled);
        LayerBuilder upper = new LayerBuilder()
                .file(LIB + "a.py", NEW, "x = 'changed'\n")
                .file(LIB + "b.py", NEW, "x = 'b'\n")
                .file(LIB + ".wh.c.py", 0, "");
        return new SavedImage().add(lower).add(upper).packed(packing).save(directory.resolve("image.tar"));
    }

    private CommandLineRun audit(Path image, Object... more) {
        return CommandLineRun.of("audit", "-q", "--no-index", "--image", image, more);
    }

    private CommandLineRun repair(Path image, Object... more) {
        return CommandLineRun.of("repair", "--index", directory.resolve("index"), "--image", image, "/srv/lib", more);
    }

    private static CommandLineRun fromStandardInput(Path file) throws IOException {
        InputStream before = System.in;
        try (InputStream in = Files.newInputStream(file)) {
            System.setIn(in);
            return CommandLineRun.of("audit", "-q", "--no-index", "--image", "-", "/", "--format", "jsonl");
        } finally {
            System.setIn(before);
        }
    }

    /** Returns the file name and the verdict of each row, without the directory of the file. */
    private static List<String> verdicts(CommandLineRun run) {
        return run.lines().stream()
                .map(line ->
                        line.replaceFirst(".*\"pyc\":\"([^\"]*/)?([^\"/]+)\".*\"verdict\":\"([^\"]+)\".*", "$2 $3"))
                .sorted()
                .toList();
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            new ByteArrayInputStream(plain).transferTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] manyGzips(byte[] plain) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int at = 0; at < plain.length; at += 700) {
            all.writeBytes(gzip(Arrays.copyOfRange(plain, at, Math.min(at + 700, plain.length))));
        }
        return all.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private byte[] zstd(byte[] plain, String... options) {
        try {
            Path file = Files.write(directory.resolve("plain"), plain);
            Path packed = directory.resolve("packed");
            String command = "zstd -q -c " + String.join(" ", options) + " < " + file + " > " + packed;
            Shell.run("sh", "-c", command); // from standard input, so that the frame does not have the size
            return Files.readAllBytes(packed);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }
}
