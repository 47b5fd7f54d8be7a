package dev.freshpyc.cli.serve.equivalence;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the service knows of equivalences: its store, and another server that is asked about tasks that the store does not know.
 *
 * @param isReadOnly whether reports are answered and not stored, and nothing is kept or collected
 * @param counts of the questions and reports
 */
public record Equivalences(EquivalenceStore store, Optional<Upstream> upstream, boolean isReadOnly, UseCounts counts)
        implements AutoCloseable {

    public Equivalences(EquivalenceStore store, Optional<Upstream> upstream, boolean isReadOnly) {
        this(store, upstream, isReadOnly, new UseCounts());
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
        Optional<String> told = upstream.get().unihash(task);
        return told.isEmpty() || isReadOnly
                ? told
                : Optional.ofNullable(store.keep(Map.of(task, told.get())).get(task));
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
