package dev.freshpyc.cli.serve.equivalence;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The equivalences of the service: its store, and another server that is asked about tasks which the store does not know.
 *
 * @param isReadOnly whether reports are answered and not stored, and rows are neither kept nor collected
 * @param counts of the questions and reports
 * @param fetches the running questions to the other server
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
        return known.isPresent()
                ? known
                : Optional.ofNullable(tell(Set.of(task)).get(task));
    }

    /** The unihashes of many tasks, in their order. */
    public List<Optional<String>> unihashes(List<TaskKey> tasks) throws IOException, InterruptedException {
        return tasks.size() == 1 ? List.of(unihash(tasks.getFirst())) : answer(List.copyOf(tasks));
    }

    /** Stores a report as {@link EquivalenceStore#assign} does; read-only, the answer is that of a preview. */
    public Optional<String> assign(Report report) throws IOException, InterruptedException {
        Optional<String> unihash = isReadOnly ? store.preview(List.of(report)).getFirst() : store.assign(report);
        counts.count(report, unihash);
        return unihash;
    }

    /**
     * Answers in the order of the questions, as {@link EquivalenceStore#answer} does. The other server is asked about the tasks that remain
     * unknown.
     */
    public List<Optional<String>> answer(List<Question> questions) throws IOException, InterruptedException {
        List<Optional<String>> answers = isReadOnly ? store.preview(questions) : store.answer(questions);
        Set<TaskKey> unknown = new LinkedHashSet<>();
        for (int at = 0; at < questions.size(); at++) {
            if (answers.get(at).isEmpty() && questions.get(at) instanceof TaskKey task) {
                unknown.add(task);
            }
        }
        List<Optional<String>> all = answers;
        if (!unknown.isEmpty() && upstream.isPresent()) {
            Map<TaskKey, String> told = tell(unknown);
            all = IntStream.range(0, questions.size())
                    .mapToObj(at -> questions.get(at) instanceof TaskKey task
                            ? answers.get(at).or(() -> Optional.ofNullable(told.get(task)))
                            : answers.get(at))
                    .toList();
        }
        counts.count(questions, all);
        return all;
    }

    /** Asks the other server about tasks, and stores its answers. Where a task has got a row meanwhile, the row's unihash counts. */
    private Map<TaskKey, String> tell(Set<TaskKey> unknown) throws IOException, InterruptedException {
        if (upstream.isEmpty()) {
            return Map.of();
        }
        return fetches.follow(() -> {
            Map<TaskKey, String> told = upstream.get().unihashes(unknown);
            return told.isEmpty() || isReadOnly ? told : store.keep(told);
        });
    }

    /** Marks rows, as {@link EquivalenceStore#mark} does. */
    public long mark(String mark, Map<Column, String> where) throws IOException, InterruptedException {
        return store.mark(mark, where);
    }

    /** Removes rows, as {@link EquivalenceStore#sweep} does. */
    public OptionalLong sweep(String mark) throws IOException, InterruptedException {
        return store.sweep(mark);
    }

    /** The use of the answers in memory. */
    public CacheUse cacheUse() {
        return store.cacheUse();
    }

    /** The size of the store. */
    public StoreSize size() throws IOException, InterruptedException {
        return store.size();
    }

    @Override
    public void close() {
        store.close();
        upstream.ifPresent(Upstream::close);
    }
}
