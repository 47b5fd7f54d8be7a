package dev.freshpyc.cli.serve.equivalence;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A change of the database whose caller waits. */
sealed interface PendingChange {

    /** Tells the caller that the change is on disk. */
    void acknowledge();

    /** Tells the caller that the change may not be stored. */
    void fail(Exception cause);

    /** Questions and reports. The questions of several callers are answered together. */
    final class Asked extends Awaited<List<Optional<String>>> implements PendingChange {
        private final List<Question> questions;

        Asked(List<Question> questions) {
            this.questions = questions;
        }

        List<Question> questions() {
            return questions;
        }

        void answer(List<Optional<String>> answers) {
            result = Optional.of(answers);
        }
    }

    /** Any other change. */
    final class Other<T> extends Awaited<T> implements PendingChange {
        private final CommitQueue.Change<T> change;

        Other(CommitQueue.Change<T> change) {
            this.change = change;
        }

        /** Makes the change, within a transaction that may be tried again. */
        void apply(WritingStatements changes) throws SQLException {
            result = Optional.of(change.apply(changes));
        }
    }

    /** A result that a caller waits for. */
    abstract class Awaited<T> {
        private final CompletableFuture<T> done = new CompletableFuture<>();

        /** The result in the running transaction. */
        Optional<T> result = Optional.empty();

        /** Tells the caller that the change is on disk. */
        public void acknowledge() {
            done.complete(result.orElseThrow());
        }

        /** Tells the caller that the change may not be stored. */
        public void fail(Exception cause) {
            done.completeExceptionally(cause);
        }

        T await() throws IOException, InterruptedException {
            try {
                return done.get();
            } catch (ExecutionException failed) {
                throw new IOException(failed.getCause());
            }
        }
    }
}
