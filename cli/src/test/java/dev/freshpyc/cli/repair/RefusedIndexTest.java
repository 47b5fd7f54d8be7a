package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A command that cannot make its index says why, not only where. */
@EnabledOnOs(OS.LINUX)
class RefusedIndexTest {

    /** The system lets nobody make a file there. */
    private static final String INDEX = "/proc/x";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void theCauseOfTheRefusalIsNamed() throws Exception {
        new Pairs(directory).stale("a");

        for (String command : new String[] {"repair", "clean"}) {
            assertThat(CommandLineRun.of(command, "--index", INDEX, directory).complaint(3))
                    .as(command)
                    .startsWith("freshpyc: nothing was re")
                    .endsWith(": " + INDEX + ": no such file or directory\n");
        }
    }
}
