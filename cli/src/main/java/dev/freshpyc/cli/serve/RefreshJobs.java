package dev.freshpyc.cli.serve;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * The refreshes that clients asked for. One thread runs them, one after the other. A client who asks for a refresh of
 * everything while another such refresh waits shares the waiting refresh.
 */
public final class RefreshJobs implements AutoCloseable {

    /** The most jobs that wait. */
    static final int MAX_WAITING = 64;

    /** The most jobs that are remembered, with those that have ended. */
    static final int MAX_KEPT = 1_000;

    private final ServedEntries entries;
    private final RefreshRun refresh;
    private final Queue<Long> waiting = new ArrayDeque<>();
    private final Map<Long, RefreshJob> jobs = new LinkedHashMap<>();
    private final Thread thread;
    private long lastId;

    /** Starts the thread that runs the jobs. */
    public RefreshJobs(ServedEntries entries, RefreshRun refresh) {
        this.entries = entries;
        this.refresh = refresh;
        this.thread = Thread.ofPlatform().daemon().name("jobs").start(this::run);
    }

    /**
     * Takes a job.
     *
     * @param paths the files that may have changed; empty for everything
     */
    HttpAnswer ask(Optional<List<RawPath>> paths) throws BadRequestException, IOException {
        if (paths.isPresent()) {
            entries.require(paths.get());
        }
        RefreshJob job =
                add(paths.map(given -> given.stream().map(RawPath::normalized).toList()));
        return job.answer(HttpStatus.ACCEPTED_202).at(job.location());
    }

    /** The state of a job. */
    HttpAnswer state(String id) throws IOException {
        Optional<RefreshJob> job = id.matches("[0-9]{1,18}") ? job(Long.parseLong(id)) : Optional.empty();
        return job.isPresent()
                ? job.get().answer(HttpStatus.OK_200)
                : HttpAnswer.error(HttpStatus.NOT_FOUND_404, "There is no job of this number, or it ended long ago.");
    }

    private synchronized RefreshJob add(Optional<List<RawPath>> paths) throws BadRequestException {
        Optional<RefreshJob> same = paths.isPresent()
                ? Optional.empty()
                : jobs.values().stream()
                        .filter(job -> job.state() == RefreshJob.JobState.WAITING
                                && job.paths().isEmpty())
                        .findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        if (waiting.size() == MAX_WAITING) {
            throw new BadRequestException(
                    HttpStatus.SERVICE_UNAVAILABLE_503, "Too many refreshes are waiting: ask again later.");
        }
        RefreshJob job = RefreshJob.waiting(++lastId, paths);
        jobs.put(job.id(), job);
        waiting.add(job.id());
        forgetOldest();
        notifyAll();
        return job;
    }

    private void forgetOldest() {
        while (jobs.size() > MAX_KEPT) {
            jobs.remove(jobs.keySet().iterator().next());
        }
    }

    private synchronized Optional<RefreshJob> job(long id) {
        return Optional.ofNullable(jobs.get(id));
    }

    private void run() {
        try {
            while (true) {
                RefreshJob job = take();
                Optional<RefreshSummary> summary = refresh.run(job.paths());
                put(job.ended(summary));
            }
        } catch (InterruptedException _) {
            // The service ends.
        }
    }

    private synchronized RefreshJob take() throws InterruptedException {
        @Nullable Long id = waiting.poll();
        while (id == null) {
            wait();
            id = waiting.poll();
        }
        RefreshJob job = Objects.requireNonNull(jobs.get(id)).running();
        put(job);
        return job;
    }

    private synchronized void put(RefreshJob job) {
        jobs.replace(job.id(), job);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
