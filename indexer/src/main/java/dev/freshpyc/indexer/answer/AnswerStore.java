package dev.freshpyc.indexer.answer;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.file.IndexDirectory;
import dev.freshpyc.indexer.environment.AnswerMemory;
import dev.freshpyc.indexer.environment.InterpreterFacts;
import dev.freshpyc.indexer.environment.ProbeRequest;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.site.ComputedPath;
import dev.freshpyc.indexer.site.ComputedPath.Start;
import dev.freshpyc.indexer.site.ConsultedFiles;
import dev.freshpyc.indexer.site.HostSiteFiles;
import dev.freshpyc.indexer.site.InterpreterLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The answers in one index directory. A directory that cannot be read or written is no error: then the interpreters are asked.
 *
 * <p>The race of an answer: (1) an interpreter starts and reads a file; (2) the file changes; (3) its stamp is recorded. A later run
 * would find the new stamp unchanged beside the old answer. So a stamp is recorded only if it is older than the start, by the
 * granularity of the coarsest clock of a file system; until then the interpreter is asked again.
 */
public final class AnswerStore implements AnswerMemory {

    /** Granularity of FAT's times, the coarsest in use. */
    public static final Duration SETTLING = Duration.ofSeconds(2);

    /** The most answers that are kept; the oldest answers are removed first. */
    static final int MOST = 100;

    private final IndexDirectory directory;
    private final Duration settling;

    /**
     * The answers in a directory, which the first answer creates.
     *
     * @param settling the age that a stamp must have at the start of an interpreter
     */
    public AnswerStore(Path directory, StoreEvents events, Duration settling) {
        this.directory = new IndexDirectory(directory, events);
        this.settling = settling;
    }

    @Override
    public Optional<String> recall(ProbeRequest request) {
        if (!PathTarget.isSupported()) {
            return Optional.empty();
        }
        Surroundings now = Surroundings.ofThisProcess();
        RawPath question = now.question(request);
        try {
            return directory
                    .read(directory.answer(question), KeptAnswer::read)
                    .filter(kept -> kept.holds(question, now, real(request)))
                    .map(KeptAnswer::line);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public void remember(ProbeRequest request, String line, PythonEnvironment environment, Instant begun) {
        Surroundings now = Surroundings.ofThisProcess();
        Optional<KeptAnswer> answer =
                PathTarget.isSupported() ? answer(request, line, environment, now) : Optional.empty();
        answer.filter(kept -> kept.states().stream().allMatch(state -> state.isSettled(begun.minus(settling))))
                .ifPresent(this::publish);
    }

    /** The answer with its dependencies; empty where the files do not explain it. */
    private static Optional<KeptAnswer> answer(
            ProbeRequest request, String line, PythonEnvironment environment, Surroundings now) {
        InterpreterFacts facts = environment.facts();
        RawPath real = real(request);
        Optional<Start> start = now.start(request);
        if (start.isEmpty() || !facts.running().equals(Optional.of(real))) {
            return Optional.empty();
        }
        ConsultedFiles files = new ConsultedFiles(new HostSiteFiles(Optional.empty()));
        Optional<ComputedPath> computed = InterpreterLayout.of(files, environment.executable())
                .filter(layout ->
                        layout.version().equals(environment.interpreter().version()))
                .map(layout -> ComputedPath.of(files, layout, start.get()))
                .filter(path -> path.path().equals(environment.path()));
        return computed.map(path -> {
            Set<RawPath> all = new LinkedHashSet<>(files.paths());
            all.add(environment.executable());
            all.addAll(facts.loaded());
            all.addAll(environment.path());
            String whole = path.runsCode() ? now.whole() : "";
            List<PathTarget> states = all.stream().map(PathTarget::of).toList();
            return new KeptAnswer(now.question(request), whole, real, line, states);
        });
    }

    private static RawPath real(ProbeRequest request) {
        return CanonicalPath.of(RawPath.of(request.executable()));
    }

    private void publish(KeptAnswer answer) {
        try {
            byte[] bytes = answer.toBytes();
            if (bytes.length <= KeptAnswer.MAX_SIZE) {
                directory.publishQuickly(directory.answer(answer.question()), bytes);
                evict();
            }
        } catch (IOException unwritable) {
            // The next run asks the interpreter again.
        }
    }

    private void evict() throws IOException {
        List<Path> answers = new ArrayList<>(directory.answers());
        if (answers.size() > MOST) {
            answers.sort(Comparator.comparing(AnswerStore::written));
            for (Path old : answers.subList(0, answers.size() - MOST)) {
                Files.deleteIfExists(old);
            }
        }
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }
}
