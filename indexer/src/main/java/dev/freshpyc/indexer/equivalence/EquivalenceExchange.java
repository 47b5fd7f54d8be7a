package dev.freshpyc.indexer.equivalence;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.indexer.refresh.RecordEnricher;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one run asks a server and tells it, in this order:
 *
 * <ol>
 *   <li>a look at the trees, which changes nothing, with {@link #openPairs}
 *   <li>{@link #ask}
 *   <li>the run itself, whose judges ask {@link #vouches}, with {@link #provenPairs}
 *   <li>{@link #finish}
 * </ol>
 *
 * Any thread may call any method.
 */
public final class EquivalenceExchange implements AutoCloseable {

    /** How many pairs are asked about in a run: some 200 MB of memory. */
    private static final int MOST_OPEN = 500_000;

    private final EquivalenceServer server;
    private final EquivalenceCache cache;
    private final Map<ProvenPair, TaskCode> open = new ConcurrentHashMap<>();
    private final Set<ProvenPair> vouched = ConcurrentHashMap.newKeySet();
    private final Map<ProvenPair, TaskCode> untold = new HashMap<>();
    private long asked;
    private long told;
    private long young;
    private volatile Optional<String> fault = Optional.empty();

    /** An exchange that has not begun. */
    public EquivalenceExchange(EquivalenceServer server, EquivalenceCache cache) {
        this.server = server;
        this.cache = cache;
    }

    /**
     * What became of the exchange.
     *
     * @param asked how many tasks the server was asked about
     * @param vouched how many pairs have the code that the server knows, in its answers to this run and to earlier ones
     * @param told how many pairs the server was told about
     * @param young how many pairs the server was not told about, since their files are so young that their times prove nothing yet
     * @param fault why the server was left alone; empty where it was not
     */
    public record Summary(long asked, long vouched, long told, long young, Optional<String> fault) {}

    /** Whether the server answers, as far as this run has seen. */
    boolean isOn() {
        return fault.isEmpty();
    }

    /** An enricher for one worker, which notes the pairs to ask about. */
    public RecordEnricher openPairs() {
        return new OpenPairs(this);
    }

    /** An enricher for one worker, which tells the server about proven pairs. */
    public RecordEnricher provenPairs() {
        return new ProvenPairs(this);
    }

    /** Whether a pair was noted in this run. */
    boolean isKnown(ProvenPair pair) {
        return vouched.contains(pair) || open.containsKey(pair);
    }

    /** Notes a pair that nothing proves, and its code. */
    void note(ProvenPair pair, TaskCode code) {
        Optional<Sha256> known = cache.code(code.task());
        if (known.isEmpty()) {
            if (open.size() < MOST_OPEN) {
                open.put(pair, code);
            }
        } else if (known.get().equals(code.code())) {
            vouched.add(pair);
        }
    }

    /** Asks the server about all pairs that were noted. */
    public void ask() throws InterruptedException {
        List<Map.Entry<ProvenPair, TaskCode>> noted = List.copyOf(open.entrySet());
        open.clear();
        for (int from = 0; from < noted.size() && isOn(); from += EquivalenceServer.MOST) {
            ask(noted.subList(from, Math.min(noted.size(), from + EquivalenceServer.MOST)));
        }
    }

    private void ask(List<Map.Entry<ProvenPair, TaskCode>> noted) throws InterruptedException {
        List<Optional<Sha256>> answers;
        try {
            answers = server.ask(
                    noted.stream().map(entry -> entry.getValue().task()).toList());
        } catch (IOException silent) {
            fault = Optional.of(String.valueOf(silent.getMessage()));
            return;
        }
        asked += noted.size();
        for (int at = 0; at < noted.size(); at++) {
            TaskCode code = noted.get(at).getValue();
            Optional<Sha256> answer = answers.get(at);
            answer.ifPresent(known -> cache.putCode(code.task(), known));
            if (answer.filter(code.code()::equals).isPresent()) {
                vouched.add(noted.get(at).getKey());
            }
        }
    }

    /** Whether the server's code for a pair's source is the code of the pair. */
    public boolean vouches(ProvenPair pair) {
        return vouched.contains(pair);
    }

    /** Whether the server was told about a pair, in this run or an earlier one. */
    boolean isTold(ProvenPair pair) {
        return cache.isTold(pair);
    }

    /** Tells the server about a pair, at once or with others. */
    synchronized void tell(ProvenPair pair, TaskCode code) {
        untold.put(pair, code);
        if (untold.size() >= EquivalenceServer.MOST) {
            tellAll();
        }
    }

    /** Counts a pair that cannot be told about yet. */
    synchronized void addYoung() {
        young++;
    }

    private void tellAll() {
        if (isOn() && !untold.isEmpty()) {
            try {
                server.tell(List.copyOf(untold.values()));
                untold.keySet().forEach(cache::putTold);
                told += untold.size();
            } catch (IOException silent) {
                fault = Optional.of(String.valueOf(silent.getMessage()));
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                fault = Optional.of("interrupted");
            }
        }
        untold.clear();
    }

    /**
     * Tells the server about the remaining pairs, and writes the cache for later runs.
     *
     * @throws IOException when the cache cannot be written
     */
    public synchronized Summary finish() throws IOException {
        tellAll();
        cache.publish();
        return summary();
    }

    /** What became of the exchange so far. */
    public synchronized Summary summary() {
        return new Summary(asked, vouched.size(), told, young, fault);
    }

    @Override
    public void close() {
        server.close();
    }
}
