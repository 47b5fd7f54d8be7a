package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.serve.equivalence.UseCounts;
import dev.freshpyc.core.lookup.IndexLookup;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.judge.VerdictCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The meters of the service, in Prometheus' text format. The indexes are read once for each scrape. The configured entries are labels;
 * other file names and clients are not.
 */
public final class ServiceMeters {

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String ENTRY = "entry";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ServedEntries entries;
    private final Clock clock;
    private final Map<RawPath, EntryState> states = new ConcurrentHashMap<>();
    private final Set<RawPath> registered = new HashSet<>();

    /** Facts about the latest generation. */
    private record EntryState(IndexInfo info, VerdictCounts verdicts) {}

    /** Meters of entries. */
    public ServiceMeters(ServedEntries entries, Clock clock) {
        this.entries = entries;
        this.clock = clock;
        List.of(
                        new ClassLoaderMetrics(),
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(meters -> meters.bindTo(registry));
    }

    private void remove(RawPath key) {
        states.remove(key);
        registry.getMeters().stream()
                .filter(meter -> key.shown().equals(meter.getId().getTag(ENTRY)))
                .forEach(registry::remove);
    }

    private void register(RawPath key) {
        Tags entry = Tags.of(ENTRY, key.shown());
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            gauge(
                    "freshpyc.entry.pycs",
                    "Bytecode files by verdict",
                    entry.and("verdict", kind.label()),
                    key,
                    state -> state.verdicts().of(kind));
        }
        gauge(
                "freshpyc.entry.generation",
                "The number of the latest generation",
                entry,
                key,
                state -> state.info().generation());
        gauge(
                "freshpyc.entry.records",
                "Sources in the index",
                entry,
                key,
                state -> state.info().records());
        gauge(
                "freshpyc.entry.age.seconds",
                "Since the index was last found true",
                entry,
                key,
                state -> age(state.info()));
        near("freshpyc.lookup.near.hits", "Lookups answered by the near cache", entry, key, IndexLookup::nearHits);
        near("freshpyc.lookup.near.misses", "Lookups read from the index", entry, key, IndexLookup::nearMisses);
    }

    /** Adds a gauge of an entry; its value is NaN where there is no index. */
    private void gauge(String name, String description, Tags tags, RawPath key, ToDoubleFunction<EntryState> value) {
        Gauge.builder(name, states, all -> value(all.get(key), value))
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private static double value(@Nullable EntryState state, ToDoubleFunction<EntryState> value) {
        return state == null ? Double.NaN : value.applyAsDouble(state);
    }

    private void near(String name, String description, Tags tags, RawPath key, ToDoubleFunction<IndexLookup> value) {
        FunctionCounter.builder(
                        name, key, one -> index(one).map(value::applyAsDouble).orElse(0.0))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private Optional<IndexLookup> index(RawPath key) {
        try {
            return entries.index(key);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private double age(IndexInfo info) {
        return clock.millis() / 1e3 - info.checkedAtNanos() / NANOS_PER_SECOND;
    }

    /** Counts the uses of equivalences. */
    public void watch(UseCounts counts) {
        count("freshpyc.equivalence.asked", "Questions about a task", counts, UseCounts::asked);
        count("freshpyc.equivalence.known", "Questions about a task that was known", counts, UseCounts::known);
        count("freshpyc.equivalence.reported", "Reports of a task", counts, UseCounts::reported);
    }

    private void count(String name, String description, UseCounts counts, ToDoubleFunction<UseCounts> value) {
        FunctionCounter.builder(name, counts, value).description(description).register(registry);
    }

    /** Shows how many changed files wait for a refresh. */
    public void watch(IntSupplier queue) {
        Gauge.builder("freshpyc.watch.queue", queue, IntSupplier::getAsInt)
                .description("Changed files that wait to be looked at")
                .strongReference(true)
                .register(registry);
    }

    /**
     * Counts a refresh.
     *
     * @param scope everything, or the files that changed
     * @param outcome whether the refresh was complete, incomplete or broke off
     */
    public void refreshed(String scope, String outcome, long nanos) {
        Timer.builder("freshpyc.refresh")
                .description("Refreshes")
                .tags(List.of(Tag.of("scope", scope), Tag.of("outcome", outcome)))
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    /**
     * Counts a request.
     *
     * @param route the registered path of the request; the request's own path may be any text
     */
    void answered(String route, String method, int status, long nanos) {
        Timer.builder("http.server.requests")
                .description("HTTP requests")
                .tags("route", route, "method", method, "status", Integer.toString(status))
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    /** All meters. An entry whose path leads to another directory since the last call has other meters. */
    synchronized HttpAnswer scrape() throws IOException {
        Set<RawPath> keys = entries.keys();
        registered.stream().filter(key -> !keys.contains(key)).forEach(this::remove);
        registered.retainAll(keys);
        for (RawPath key : keys) {
            if (registered.add(key)) {
                register(key);
            }
            Optional<IndexInfo> info = entries.store().info(key);
            if (info.isPresent()) {
                states.put(key, new EntryState(info.get(), entries.verdicts(key)));
            } else {
                states.remove(key);
            }
        }
        return HttpAnswer.text(TYPE, registry.scrape());
    }
}
