package dev.freshpyc.indexer.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The processor time of an ended child is at least the time that the child itself reports, with its own children. */
@EnabledOnOs(OS.LINUX)
class ChildCpuTimeTest {

    /** {@code dd} copies single bytes, so that it spends its time in system calls. */
    private static final String SCRIPT = """
            i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done
            dd if=/dev/zero of=/dev/null bs=1 count=300000 2>/dev/null
            times
            """;

    /** How much less than the reported time may be counted: a shell reports whole ticks of the system's clock. */
    private static final long TOLERANCE_MICROS = 20_000;

    @Test
    void theTimeOfAChildIsCountedWhenItEnds() throws Exception {
        ChildCpuTime before = ChildCpuTime.now().orElseThrow();
        Process shell = new ProcessBuilder("sh", "-c", SCRIPT).start();
        String times = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(shell.waitFor()).isZero();

        Optional<ChildCpuTime> used = before.since();

        assertThat(used.orElseThrow().userMicros())
                .isPositive()
                .isGreaterThanOrEqualTo(reported(times, 1) - TOLERANCE_MICROS);
        assertThat(used.orElseThrow().systemMicros())
                .isPositive()
                .isGreaterThanOrEqualTo(reported(times, 3) - TOLERANCE_MICROS);
    }

    /** The sum of the seconds in one field of both lines, such as {@code 0m0.080000s 0m0.010000s}, in microseconds. */
    private static long reported(String times, int field) {
        return times.lines()
                .mapToLong(line -> Math.round(Double.parseDouble(line.split("[ms ]+", -1)[field]) * 1e6))
                .sum();
    }
}
