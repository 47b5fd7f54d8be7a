package dev.freshpyc.cli.meter;

import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.judge.VerdictCounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * Writes the meters of one run in the text format that node_exporter's textfile collector reads. The file is written beside its
 * final name and then renamed, so that no scrape sees a part of it.
 */
final class MeterFile {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    void count(String name, String description, long amount) {
        Counter.builder(name).description(description).register(registry).increment((double) amount);
    }

    void verdicts(String name, String description, VerdictCounts counts) {
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            Gauge.builder(name, counts, all -> all.of(kind))
                    .description(description)
                    .tag("verdict", kind.label())
                    .strongReference(true)
                    .register(registry);
        }
    }

    void duration(String name, String description, long nanos) {
        double seconds = Duration.ofNanos(nanos).toNanos() / 1e9;
        Gauge.builder(name, () -> seconds)
                .description(description)
                .baseUnit("seconds")
                .register(registry);
    }

    /** Writes all meters to {@code file}. */
    void write(Path file) throws IOException {
        Path pending = Files.createTempFile(file.toAbsolutePath().getParent(), "." + file.getFileName(), ".tmp");
        try {
            Files.writeString(pending, registry.scrape());
            Files.move(pending, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            Files.deleteIfExists(pending);
            throw failed;
        }
    }
}
