package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.render.ChangeLines;
import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.verdict.Verdict;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pycs to which a refresh gives another verdict: compares its outcomes with the generations that were the latest before. These
 * stay open until then, since the outcomes come after the publication.
 */
public final class VerdictChanges implements Consumer<Outcome>, AutoCloseable {

    private final ServedEntries entries;
    private final VerdictEvents events;
    private final ChangeLines lines = new ChangeLines();
    private final Map<RawPath, Generation> before = new HashMap<>();

    /**
     * Opens the latest generations; to be called before the refresh.
     *
     * @throws IOException when an index cannot be read
     */
    public VerdictChanges(ServedEntries entries, VerdictEvents events) throws IOException {
        this.entries = entries;
        this.events = events;
        for (RawPath key : entries.keys()) {
            entries.store().open(key).ifPresent(generation -> before.put(key, generation));
        }
    }

    @Override
    public void accept(Outcome outcome) {
        if (outcome.effect() instanceof Outcome.Effect.Recorded recorded && !recorded.reused()) {
            Optional<PycRecord> known = known(outcome);
            if (known.isEmpty() || !isSame(known.get().verdict(), recorded.verdict())) {
                events.publish("verdict", lines.verdict(outcome, known, recorded.verdict()));
            }
        }
    }

    private Optional<PycRecord> known(Outcome outcome) {
        @Nullable
        Generation generation = entries.key(outcome.entry()).map(before::get).orElse(null);
        Optional<RawPath> source = Optional.ofNullable(outcome.source())
                .or(() -> Optional.ofNullable(outcome.pyc()).flatMap(PycPath::sourceOf));
        if (generation == null || source.isEmpty()) {
            return Optional.empty();
        }
        return generation.get(source.get()).stream()
                .flatMap(record -> record.pycs().stream())
                .filter(pyc ->
                        Objects.equals(pyc.tag(), outcome.tag()) && pyc.level().equals(outcome.level()))
                .findFirst();
    }

    private static boolean isSame(Verdict one, Verdict other) {
        return one.kind() == other.kind() && one.reason().equals(other.reason());
    }

    @Override
    public void close() {
        before.values().forEach(Generation::close);
    }
}
