package dev.freshpyc.indexer.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The processor time of an ended child is at least the time that the child itself reports. */
@EnabledOnOs(OS.LINUX)
class ChildCpuTimeTest {

    @Test
    void theTimeOfAChildIsCountedWhenItEnds() throws Exception {
        ChildCpuTime before = ChildCpuTime.now().orElseThrow();
        Process shell =
                new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; times").start();
        String times = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(shell.waitFor()).isZero();

        Optional<ChildCpuTime> used = before.since();

        String[] reported = times.lines().findFirst().orElseThrow().split("[ms ]+", -1); // 0m0.080000s 0m0.010000s
        long user = Math.round(Double.parseDouble(reported[1]) * 1e6);
        assertThat(used.orElseThrow().userMicros()).isGreaterThan(0).isGreaterThanOrEqualTo(user - 20_000);
        assertThat(used.orElseThrow().systemMicros()).isGreaterThanOrEqualTo(0);
    }
}
