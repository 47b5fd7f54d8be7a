package dev.freshpyc.indexer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The keeper refreshes changed paths and whole indexes at certain times of a clock that the test moves. */
class IndexKeeperTest {

    private static final Duration WINDOW = Duration.ofSeconds(2);

    private final TreeMap<Long, List<String>> events = new TreeMap<>();
    private final List<String> done = new ArrayList<>();
    private long now = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos(); // nanoTime may start anywhere and overflow
    private final long start = now;
    private boolean complete = true;
    private List<RawPath> unsettled = List.of();

    private final IndexKeeper keeper = new IndexKeeper(
            new ChangeSource() {
                @Override
                public void await(long nanos, Receiver receiver) {
                    Long next = events.isEmpty() ? null : events.firstKey();
                    long elapsed = now - start;
                    if (next != null && next - elapsed <= nanos) {
                        now = start + Math.max(next, elapsed);
                        Objects.requireNonNull(events.remove(next)).forEach(name -> {
                            if (name.equals("missed")) {
                                receiver.missed();
                            } else {
                                receiver.changed(RawPath.of(name));
                            }
                        });
                    } else {
                        now += nanos;
                    }
                }

                @Override
                public boolean isComplete() {
                    return complete;
                }

                @Override
                public void close() {}
            },
            new IndexKeeper.Refresher() {
                @Override
                public void changed(List<RawPath> paths) {
                    done.add(millis() + " " + paths);
                }

                @Override
                public List<RawPath> whole() {
                    done.add(millis() + " whole");
                    return unsettled;
                }
            },
            WINDOW,
            () -> now);

    @Test
    void aChangeIsRefreshedAfterAQuietMomentAndAgainAfterTheRacyWindow() throws Exception {
        at(10_000, "/a.py");

        assertThat(runUntil(60_000)).containsExactly("0 whole", "2200 whole", "10200 [/a.py]", "12400 [/a.py]");
    }

    @Test
    void aLongBurstIsRefreshedInBatches() throws Exception {
        for (int i = 0; i < 20; i++) {
            at(10_000 + 100 * i, "/" + i + ".py");
        }

        List<String> refreshes = runUntil(12_150);

        assertThat(refreshes.get(2)).startsWith("10800 [/0.py, ").contains("/8.py");
        assertThat(refreshes.get(3)).startsWith("11700 ").contains("/17.py");
        assertThat(refreshes.get(4)).startsWith("12100 ").contains("/19.py");
        assertThat(refreshes).hasSize(5);
    }

    @Test
    void missedChangesLeadToAWholeRefresh() throws Exception {
        at(10_000, "/a.py");
        at(10_050, "missed");
        at(10_060, "/b.py");

        assertThat(runUntil(60_000)).containsExactly("0 whole", "2200 whole", "10260 whole", "12460 whole");
    }

    @Test
    void theWholeIndexIsRefreshedEveryTenMinutes() throws Exception {
        assertThat(runUntil(1_300_000)).containsExactly("0 whole", "2200 whole", "602200 whole", "1202200 whole");
    }

    @Test
    void unsettledPathsOfAWholeRefreshAreRefreshedOnceMore() throws Exception {
        unsettled = List.of(RawPath.of("/young.py"));

        assertThat(runUntil(1_200_000))
                .containsExactly("0 whole", "2200 whole", "4400 [/young.py]", "602200 whole", "604400 [/young.py]");
    }

    @Test
    void theWholeIndexIsRefreshedEveryTenSecondsWhileTheWatchIsIncomplete() throws Exception {
        complete = false;

        assertThat(runUntil(25_000)).containsExactly("0 whole", "2200 whole", "12200 whole", "22200 whole");
    }

    @Test
    void tooManyPathsLeadToAWholeRefresh() {
        ChangeBatch batch = new ChangeBatch();
        for (int i = 0; i < ChangeBatch.MAX_PATHS; i++) {
            batch.add(RawPath.of("/" + i), 0);
        }
        assertThat(batch.isWhole()).isFalse();

        batch.add(RawPath.of("/one/more"), 0);

        assertThat(batch.isWhole()).isTrue();
        assertThat(batch.take()).isEmpty();
    }

    private void at(long millis, String event) {
        events.computeIfAbsent(Duration.ofMillis(millis).toNanos(), _ -> new ArrayList<>())
                .add(event);
    }

    private List<String> runUntil(long millis) throws InterruptedException {
        keeper.begin();
        while (true) {
            keeper.step();
            if (millis() > millis) {
                return done.stream()
                        .filter(line -> Long.parseLong(line.substring(0, line.indexOf(' '))) <= millis)
                        .toList();
            }
        }
    }

    private long millis() {
        return Duration.ofNanos(now - start).toMillis();
    }
}
