package dev.freshpyc.cli.serve.equivalence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the service knows of equivalences: its store, and another server that is asked about tasks that the store does not know.
 *
 * @param isReadOnly whether reports are answered and not stored, and nothing is kept or collected
 * @param counts of the questions and reports
 * @param fetches questions to the other server that go on
 */
public record Equivalences(
        EquivalenceStore store, Optional<Upstream> upstream, boolean isReadOnly, UseCounts counts, Fetches fetches)
        implements AutoCloseable {

    public Equivalences(EquivalenceStore store, Optional<Upstream> upstream, boolean isReadOnly) {
        this(store, upstream, isReadOnly, new UseCounts(), new Fetches());
    }

    /** The unihash of a task. */
    public Optional<String> unihash(TaskKey task) throws IOException, InterruptedException {
        Optional<String> unihash = find(task);
        counts.count(task, unihash);
        return unihash;
    }

    private Optional<String> find(TaskKey task) throws IOException, InterruptedException {
        Optional<String> known = store.unihash(task);
        if (known.isPresent() || upstream.isEmpty()) {
            return known;
        }
        return fetches.follow(() -> {
            Optional<String> told = upstream.get().unihash(task);
            return told.isEmpty() || isReadOnly ? told : Optional.of(store.keep(task, told.get()));
        });
    }

    /** The unihashes of many tasks, in their order. */
    public List<Optional<String>> unihashes(List<TaskKey> tasks) throws IOException, InterruptedException {
        List<Optional<String>> unihashes = new ArrayList<>(store.unihashes(tasks));
        for (int at = 0; at < tasks.size(); at++) {
            if (unihashes.get(at).isEmpty() && upstream.isPresent()) {
                unihashes.set(at, find(tasks.get(at)));
            }
            counts.count(tasks.get(at), unihashes.get(at));
        }
        return unihashes;
    }

    /** Stores a report as {@link EquivalenceStore#assign} does; read-only, the answer is that of a preview. */
    public Optional<String> assign(Report report) throws IOException, InterruptedException {
        Optional<String> unihash = isReadOnly ? store.preview(List.of(report)).getFirst() : store.assign(report);
        counts.count(report, unihash);
        return unihash;
    }

    /** Answers in the order of the questions, as {@link EquivalenceStore#answer} does. The other server is not asked. */
    public List<Optional<String>> answer(List<Question> questions) throws IOException, InterruptedException {
        List<Optional<String>> answers = isReadOnly ? store.preview(questions) : store.answer(questions);
        counts.count(questions, answers);
        return answers;
    }

    /** Marks rows, as {@link EquivalenceStore#mark} does. */
    public long mark(String mark, Map<Column, String> where) throws IOException, InterruptedException {
        return store.mark(mark, where);
    }

    /** Removes rows, as {@link EquivalenceStore#sweep} does. */
    public OptionalLong sweep(String mark) throws IOException, InterruptedException {
        return store.sweep(mark);
    }

    /** How much is stored. */
    public StoreSize size() throws IOException, InterruptedException {
        return store.size();
    }

    @Override
    public void close() {
        store.close();
        upstream.ifPresent(Upstream::close);
    }
}
