package dev.freshpyc.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.cli.option.CommandFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A report replaces a regular file; a link, a pipe and a directory are never replaced. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class ReportFileTest {

    @TempDir
    Path home = Path.of("");

    @Test
    void aFileIsReplacedAndALinkToItStays() throws Exception {
        Path file = Files.writeString(home.resolve("old.html"), "a longer text than the new one");
        Path link = Files.createSymbolicLink(home.resolve("link.html"), file);

        ReportFile.of("--html", link.toString()).write(out -> out.print("new ±"));

        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(file)).isEqualTo("new ±");
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files).containsExactlyInAnyOrder(file, link);
        }
    }

    @Test
    void aPipeIsWrittenAndNotReplaced() throws Exception {
        Path pipe = home.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();

        try {
            ReportFile.of("--html", pipe.toString()).write(out -> out.print("text"));

            assertThat(Files.isRegularFile(pipe)).isFalse();
            assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("text");
        } finally {
            reader.destroyForcibly(); // cat waits for a writer if the pipe was replaced
        }
    }

    @Test
    void aPathThatCannotBeWrittenIsRefused() {
        assertThatThrownBy(() ->
                        ReportFile.of("--html", home.resolve("none/\u001b[2J").toString()))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("--html " + home + "/none/\\x1b[2J: the directory of this file does not exist");
        assertThatThrownBy(() -> ReportFile.of("--html", home.toString()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("is a directory");
        ReportFile full = ReportFile.of("--html", "/dev/full");
        assertThatThrownBy(() -> full.write(out -> out.print("text")))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("--html /dev/full: No space left on device");
    }
}
