package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.indexer.judge.VerdictCounts;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import dev.freshpyc.indexer.scan.GivenPath;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose refreshes start and end when the test says so. */
@Timeout(60)
class RefreshJobsTest {

    private final RawPath lib;
    private final SynchronousQueue<Optional<List<RawPath>>> begun = new SynchronousQueue<>();
    private final SynchronousQueue<RefreshSummary> ended = new SynchronousQueue<>();
    private final RefreshJobs jobs;

    RefreshJobsTest(@TempDir Path directory) throws Exception {
        lib = RawPath.of(directory.toRealPath().toString());
        ServedEntries entries = new ServedEntries(
                new ChronicleStore(directory.resolve("index"), StoreEvents.NONE),
                GivenPath.entries(List.of(lib)),
                ScanOptions.defaults(),
                System::nanoTime);
        jobs = new RefreshJobs(entries, paths -> {
            begun.put(paths);
            return Optional.of(ended.take());
        });
    }

    @AfterEach
    void stop() {
        jobs.close();
    }

    @Test
    void aJobWaitsRunsAndEnds() throws Exception {
        RawPath file = lib.resolve(RawPath.of("a.py"));
        assertThat(jobs.ask(Optional.of(List.of(lib.resolve(RawPath.of("x/../a.py")))))
                        .location())
                .contains("/v1/jobs/1");
        assertThat(begun.take()).contains(List.of(file));
        assertThat(jobs.state("1").body()).contains("\"state\":\"running\",\"paths\":1,\"refresh\":null");
        jobs.ask(Optional.empty());
        assertThat(jobs.state("2").body()).contains("\"state\":\"waiting\",\"paths\":null");

        ended.put(summary(List.of()));
        assertThat(begun.take()).isEmpty();
        assertThat(jobs.state("1").body()).contains("\"state\":\"done\"", "\"seen\":7");

        ended.put(summary(List.of("/lib/a.py: could not be read")));
        jobs.ask(Optional.empty());
        begun.take();
        assertThat(jobs.state("2").body()).contains("\"state\":\"incomplete\"", "/lib/a.py: could not be read");
    }

    @Test
    void aWaitingWholeRefreshServesEveryFurtherRequest() throws Exception {
        jobs.ask(Optional.empty());
        begun.take();

        assertThat(jobs.ask(Optional.empty()).location()).contains("/v1/jobs/2");
        assertThat(jobs.ask(Optional.empty()).location()).contains("/v1/jobs/2");
        assertThat(jobs.ask(Optional.of(List.of(lib))).location()).contains("/v1/jobs/3");
    }

    @Test
    void theNumberOfWaitingJobsIsLimited() throws Exception {
        jobs.ask(Optional.empty());
        begun.take();
        for (int i = 0; i < RefreshJobs.MAX_WAITING; i++) {
            jobs.ask(Optional.of(List.of(lib)));
        }

        assertThatThrownBy(() -> jobs.ask(Optional.of(List.of(lib))))
                .isInstanceOf(BadRequestException.class)
                .hasMessageStartingWith("Too many refreshes");
    }

    @Test
    void theLastJobsAreRemembered() throws Exception {
        for (int i = 0; i < RefreshJobs.MAX_KEPT + 5; i++) {
            jobs.ask(Optional.empty());
            begun.take();
            ended.put(summary(List.of()));
        }

        assertThat(jobs.state("5").status()).isEqualTo(404);
        assertThat(jobs.state("6").status()).isEqualTo(200);
    }

    private static RefreshSummary summary(List<String> problems) {
        return new RefreshSummary(7, 0, 0, 0, 0, 0, new VerdictCounts(), List.of(), problems);
    }
}
