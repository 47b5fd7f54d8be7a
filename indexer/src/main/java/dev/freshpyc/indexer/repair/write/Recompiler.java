package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.compile.CompileMemory;
import dev.freshpyc.indexer.compile.CompileMemory.Share;
import dev.freshpyc.indexer.compile.CompileOutcome;
import dev.freshpyc.indexer.compile.CompileRequest;
import dev.freshpyc.indexer.compile.WorkerPool;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.host.Descriptors;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.interpreter.InterpreterLocator.LocatedInterpreter;
import dev.freshpyc.indexer.interpreter.WantedInterpreter;
import dev.freshpyc.indexer.repair.change.FilePlace.SourceKey;
import dev.freshpyc.indexer.repair.change.Recompilation;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.SkippedException;
import dev.freshpyc.indexer.repair.change.UncompiledSource;
import dev.freshpyc.indexer.repair.outcome.CompileFault;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.plan.EntryTargets;
import dev.freshpyc.indexer.repair.write.LinkGroup.NewContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compiles pycs from their sources. A pyc keeps its body where its code turns out equal, and at most its header is written. */
public final class Recompiler {

    private static final String ANY_OPTIMIZATION =
            "the name of a .pyo file does not tell -O from -OO, whose code differs: compile it with its own interpreter,"
                    + " 'python -O -m compileall' or 'python -OO -m compileall'";

    private final RecompiledContent content;
    private final InterpreterLocator compilers;
    private final WorkerPool workers;
    private final OutcomeTally tally;
    private final CompileMemory memory = CompileMemory.ofThisProcess();
    private final boolean fewDescriptors = Descriptors.areFew();
    private final Set<UncompiledSource> refused = ConcurrentHashMap.newKeySet();

    /** A recompiler that compiles in the processes of {@code workers}. */
    public Recompiler(
            RepairOptions options,
            EntryTargets targets,
            InterpreterLocator compilers,
            WorkerPool workers,
            OutcomeTally tally) {
        this.content = new RecompiledContent(options, targets, tally);
        this.compilers = compilers;
        this.workers = workers;
        this.tally = tally;
    }

    /** The pycs of a batch that have the wanted bytes already: they are not written, and the index records the proof. */
    public List<WrittenChange> takeConfirmed() {
        return content.takeConfirmed();
    }

    /** Groups pycs by their source, so that a source is read once for all of them. */
    static List<List<Recompilation>> bySource(List<Recompilation> all) {
        Map<SourceKey, List<Recompilation>> groups = new LinkedHashMap<>();
        for (Recompilation one : all) {
            groups.computeIfAbsent(one.place().sourceKey(), _ -> new ArrayList<>())
                    .add(one);
        }
        return List.copyOf(groups.values());
    }

    /** Takes the new contents of pycs while their memory is reserved. */
    @FunctionalInterface
    interface RecompiledUse {
        /** Takes the new contents of the pycs of one source. */
        void of(List<NewContent> contents) throws IOException;
    }

    /** Compiles the pycs of one source; a pyc that cannot be compiled is reported and left out. */
    void compile(FileRewriter writer, List<Recompilation> files, RecompiledUse use) throws IOException {
        try {
            List<Recompilation> large;
            try (Share share = memory.share(files.getFirst().sourceStamp().size())) {
                large = compile(writer, files, share, use);
            }
            for (List<Recompilation> level : byLevel(large)) {
                try (Share all = memory.all()) {
                    compile(writer, level, all, use);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a source was compiled", ended);
        }
    }

    private static Collection<List<Recompilation>> byLevel(List<Recompilation> files) {
        return files.stream()
                .collect(Collectors.groupingBy(file -> file.place().level()))
                .values();
    }

    /** Compiles pycs with a share of the memory; returns those whose bodies need more. */
    private List<Recompilation> compile(FileRewriter writer, List<Recompilation> files, Share share, RecompiledUse use)
            throws IOException, InterruptedException {
        Recompilation first = files.getFirst();
        int limit = share.limits().source();
        if (first.sourceStamp().size() > limit) {
            report(files, SkipReason.NOT_COMPILED, CompileFault.largeSource(limit));
            return List.of();
        }
        byte[] source;
        try {
            source = writer.tree().readSource(first.place(), first.sourceStamp(), limit);
        } catch (SkippedException left) {
            report(files, left.reason(), left.detail());
            return List.of();
        } catch (SystemCallException refused) {
            report(files, SkipReason.UNREADABLE, refused.errno().symbol());
            return List.of();
        }
        Results results = new Results();
        for (Request request : requests(files, writer.oldCode()::codeName)) {
            compile(writer, source, request, share, results);
        }
        List<Recompilation> misnamed = List.copyOf(results.misnamed);
        results.misnamed.clear();
        for (Request request : requests(misnamed, writer.oldCode()::digestedName)) {
            compile(writer, source, request, share, results);
        }
        report(results.misnamed, SkipReason.CHANGING, "its code changed during the comparison");
        use.of(results.changes);
        return results.large;
    }

    /** What came of the pycs of one source. */
    private static final class Results {

        final List<NewContent> changes = new ArrayList<>();

        /** Pycs whose bodies need more memory than the share. */
        final List<Recompilation> large = new ArrayList<>();

        /** Pycs whose old code has another {@code co_filename} than the request. */
        final List<Recompilation> misnamed = new ArrayList<>();
    }

    /**
     * A request that makes some pycs of one source.
     *
     * @param name the {@code co_filename}
     */
    private record Request(WantedInterpreter interpreter, RawPath name, List<Recompilation> files) {}

    private static List<Request> requests(List<Recompilation> files, Function<Recompilation, RawPath> names) {
        Map<Object, Request> requests = new LinkedHashMap<>();
        for (Recompilation file : files) {
            RawPath name = names.apply(file);
            requests.computeIfAbsent(
                            List.of(file.compiler(), name), _ -> new Request(file.compiler(), name, new ArrayList<>()))
                    .files()
                    .add(file);
        }
        return List.copyOf(requests.values());
    }

    private void compile(FileRewriter writer, byte[] source, Request request, Share share, Results results)
            throws IOException, InterruptedException {
        List<Recompilation> files = request.files();
        WantedInterpreter interpreter = request.interpreter();
        Optional<LocatedInterpreter> compiler = compilers.find(interpreter);
        if (compiler.isEmpty()) {
            report(files, SkipReason.NO_INTERPRETER, compilers.explainAbsence(interpreter));
            return;
        }
        List<OptimizationLevel> levels = files.stream()
                .flatMap(file -> file.place().possibleLevels().stream())
                .distinct()
                .toList();
        if (!levels.stream().allMatch(CompileRequest::canMake)) {
            report(files, SkipReason.NOT_COMPILED, "no interpreter has this optimization level");
            return;
        }
        if (fewDescriptors) {
            writer.tree().release();
        }
        CompileRequest wanted = CompileRequest.of(request.name(), source, levels);
        switch (workers.compile(compiler.get(), wanted, share.limits())) {
            case CompileOutcome.Compiled compiled -> {
                var compiledSource = new CompiledSource(interpreter, wanted, compiler.get(), share.limits(), compiled);
                for (Recompilation file : files) {
                    decide(writer, file, compiledSource, results);
                }
            }
            case CompileOutcome.BodyTooLarge tooLarge -> {
                boolean alone = files.stream()
                                .map(file -> file.place().level())
                                .distinct()
                                .count()
                        == 1;
                if (share.isAll() && alone) {
                    fault(files, tooLarge);
                } else {
                    results.large.addAll(files);
                }
            }
            case CompileOutcome failed -> fault(files, failed);
        }
    }

    /** Decides by the old code of a pyc whether its body stays. */
    private void decide(FileRewriter writer, Recompilation file, CompiledSource source, Results results)
            throws IOException, InterruptedException {
        switch (source.compare(writer.oldCode(), file, compilers, workers)) {
            case EQUAL -> content.newHeader(writer, file, source).ifPresent(results.changes::add);
            case DIFFERENT -> {
                if (source.isAmbiguous(file)) {
                    report(List.of(file), SkipReason.NOT_COMPILED, ANY_OPTIMIZATION);
                } else {
                    results.changes.add(content.newFile(writer, file, source));
                }
            }
            case OTHER_NAME -> results.misnamed.add(file);
        }
    }

    private void fault(List<Recompilation> files, CompileOutcome outcome) {
        for (Recompilation file : files) {
            Effect effect = CompileFault.effect(outcome, file.believed());
            tally.add(file.place().outcome(effect));
            if (effect instanceof Effect.DoesNotCompile refusal && refused.size() < UncompiledSource.MOST) {
                refused.add(UncompiledSource.of(file, refusal));
            }
        }
    }

    /** The first sources that interpreters have refused. */
    public Collection<UncompiledSource> refused() {
        return refused;
    }

    private void report(List<Recompilation> files, SkipReason reason, String detail) {
        files.forEach(file -> tally.add(file.place().outcome(new Effect.Failed(reason, detail))));
    }
}
