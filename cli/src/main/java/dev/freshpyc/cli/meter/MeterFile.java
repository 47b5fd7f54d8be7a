package dev.freshpyc.cli.meter;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.file.OwnedFile;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.judge.VerdictCounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes the meters of one run in the text format that node_exporter's textfile collector reads. The file is written beside its
 * final name and then renamed, so that no scrape sees a part of it.
 */
final class MeterFile {

    private static final String PENDING = ".pending";

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
        Path target = file.toAbsolutePath();
        Path directory = target.resolveSibling("");
        String prefix = "." + JavaPath.toRaw(target).name().toPython() + "-";
        deleteLeftovers(directory, prefix);
        try (OwnedFile pending = OwnedFile.create(
                () -> JavaPath.resolve(directory, RawPath.of(prefix + random() + PENDING)), "rw-r--r--")) {
            try {
                pending.channel().write(ByteBuffer.wrap(registry.scrape().getBytes(StandardCharsets.UTF_8)));
                Files.move(pending.path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException failed) {
                Files.deleteIfExists(pending.path());
                throw failed;
            }
        }
    }

    /** Deletes the pending files of runs that were killed. */
    private static void deleteLeftovers(Path directory, String prefix) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path file : all) {
                String name = JavaPath.toRaw(file).name().toPython();
                if (name.startsWith(prefix) && name.endsWith(PENDING)) {
                    OwnedFile.takeOver(file, _ -> Files.delete(file));
                }
            }
        }
    }

    private static String random() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }
}
