package dev.freshpyc.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.image.SavedImage.LayerBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The audit of an image ends with a command that mends the image. */
@EnabledOnOs(OS.LINUX)
class ImageMendingTest {

    private static final String LIB = "srv/lib/";
    private static final long OLD = 1_600_000_000;
    private static final long NEW = 1_700_000_000;

    @TempDir
    private Path directory = Path.of("");

    private Path compiled = Path.of("");

    @BeforeEach
    void compileModules() throws IOException {
        directory = directory.toRealPath();
        compiled = CompiledModules.make(directory.resolve("compiled"), OLD, "a", "b");
    }

    @Test
    void theSuggestedCommandMendsTheImage() throws IOException {
        Path image = new SavedImage()
                .add(new LayerBuilder().tree(LIB, NEW, compiled))
                .save(directory.resolve("an image.tar"));

        CommandLineRun first = audit(image);
        List<String> command = words(after("Next: ", first.out()));
        CommandLineRun repair = run(command);

        assertThat(command.get(5)).isEqualTo(directory + "/an image-repaired.tar");
        assertThat(repair.code()).as(repair.out() + repair.err()).isZero();
        CommandLineRun second = audit(Path.of(command.get(5)));
        assertThat(second.out()).contains("2 pycs: 2 fresh", "0 findings").doesNotContain("Next: ");
        assertThat(after("Next: ", audit(image).out()))
                .as("the output exists now")
                .contains("an image-repaired-2.tar");
    }

    @Test
    void anOutputInAMissingDirectoryIsRefused() throws IOException {
        Path image = new SavedImage()
                .add(new LayerBuilder().tree(LIB, NEW, compiled))
                .save(directory.resolve("image.tar"));

        assertThat(CommandLineRun.of(
                                "repair",
                                "--image",
                                image,
                                "--output",
                                directory.resolve("none/out.tar"),
                                "--index",
                                index())
                        .complaint(3))
                .endsWith("/none/out.tar: its directory does not exist; choose another --output\n");
    }

    @Test
    void thePageNamesTheCommandForTheImageAndForEachFinding() throws IOException {
        Path image = new SavedImage()
                .add(new LayerBuilder().tree(LIB, NEW, compiled))
                .save(directory.resolve("image.tar"));
        String command = "freshpyc repair --image " + image + " --output " + directory + "/image-repaired.tar --index "
                + index();

        CommandLineRun page = audit(image, "--format", "html");

        assertThat(page.out())
                .contains("<pre><code>" + command + " /srv/lib</code></pre>", "\"" + command + " /srv/lib\"")
                .doesNotContain("freshpyc undo");
    }

    @Test
    void aFindingThatNoHeaderMendsIsLeftToTheBuildOfTheImage() throws IOException {
        Files.delete(compiled.resolve("a.py"));
        Files.delete(compiled.resolve("b.py"));
        Path image = new SavedImage()
                .add(new LayerBuilder().tree(LIB, OLD, compiled))
                .save(directory.resolve("image.tar"));

        String orphans = audit(image).out().replace("\n", " ");

        assertThat(orphans)
                .contains("2 pycs: 2 orphaned")
                .contains("A repair of an image writes headers alone.", "freshpyc docs howto-containers")
                .contains("Next: freshpyc explain --image " + image + " /srv/lib/__pycache__/a.")
                .doesNotContain("freshpyc repair --image");
        assertThat(audit(image, "--format", "html").out()).doesNotContain("rm /srv", "freshpyc repair --image");
    }

    @Test
    void anImageFromStandardInputMustBeSavedFirst() throws IOException {
        Path image = new SavedImage()
                .add(new LayerBuilder().tree(LIB, NEW, compiled))
                .save(directory.resolve("image.tar"));
        InputStream before = System.in;
        CommandLineRun run;
        try (InputStream in = Files.newInputStream(image)) {
            System.setIn(in);
            run = CommandLineRun.of("audit", "--image", "-", "--no-index", "/srv/lib");
        } finally {
            System.setIn(before);
        }

        assertThat(run.out().replace("\n", " "))
                .contains("Next: freshpyc repair --image image.tar --output image-repaired.tar /srv/lib")
                .contains("The image came from standard input, and a repair reads an image twice: save the image as"
                        + " image.tar first.");
    }

    private Path index() {
        return directory.resolve("index");
    }

    private CommandLineRun audit(Path image, Object... more) {
        return CommandLineRun.of("audit", "--image", image, "--index", index(), "/srv/lib", more);
    }

    private static CommandLineRun run(List<String> command) {
        assertThat(command.getFirst()).isEqualTo("freshpyc");
        return CommandLineRun.of(command.subList(1, command.size()));
    }

    private static String after(String prefix, String text) {
        return text.lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line begins with '" + prefix + "':\n" + text));
    }

    /** Splits a command line into words. Quotes enclose whole words only. */
    private static List<String> words(String command) {
        return Pattern.compile("'([^']*)'|(\\S+)")
                .matcher(command)
                .results()
                .map(ImageMendingTest::word)
                .toList();
    }

    private static String word(MatchResult found) {
        return found.group(1) != null ? found.group(1) : found.group(2);
    }
}
