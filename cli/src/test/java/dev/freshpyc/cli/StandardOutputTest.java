package dev.freshpyc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A report that could not be written is an error with its cause. */
@EnabledOnOs(OS.LINUX)
class StandardOutputTest {

    @Test
    void aFullDeviceIsNamedAsTheCause() throws Exception {
        ProcessBuilder program = ProgramProcess.ofProgram(List.of(), "--help").redirectOutput(new File("/dev/full"));

        CommandLineRun run = ProgramProcess.run(program, "");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err())
                .isEqualTo("freshpyc: standard output could not be written: No space left on device; the output is"
                        + " incomplete\n");
    }
}
