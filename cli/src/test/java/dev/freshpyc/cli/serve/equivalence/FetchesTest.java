package dev.freshpyc.cli.serve.equivalence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A build ends only after its open requests to the upstream server, so that the next build finds the answers. */
@Timeout(30)
class FetchesTest {

    private final Fetches fetches = new Fetches();

    @Test
    void onlyOpenRequestsAreAwaited() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Thread asking = Thread.ofPlatform().start(() -> ask(asked, answer));
        asked.await();
        CompletableFuture<Integer> waited = new CompletableFuture<>();
        Thread waiting = Thread.ofPlatform().start(() -> {
            try {
                waited.complete(fetches.await());
            } catch (InterruptedException ended) {
                waited.completeExceptionally(ended);
            }
        });
        while (waiting.getState() != Thread.State.WAITING && !waited.isDone()) {
            Thread.onSpinWait();
        }
        assertThat(waited).isNotDone();

        answer.countDown();

        assertThat(waited.get()).isEqualTo(1);
        asking.join();
        assertThat(fetches.await()).isZero();
    }

    private void ask(CountDownLatch asked, CountDownLatch answer) {
        try {
            fetches.follow(() -> {
                asked.countDown();
                answer.await();
                return "u";
            });
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void aFailedRequestIsNotAwaited() throws Exception {
        assertThatIOException()
                .isThrownBy(() -> fetches.follow(() -> {
                    throw new IOException("no answer");
                }));

        assertThat(fetches.await()).isZero();
    }
}
