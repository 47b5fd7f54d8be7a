package dev.freshpyc.indexer.repair.compile;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.marshal.CodeDigest;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.record.ContentFacts;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.indexer.compile.CompileOutcome;
import dev.freshpyc.indexer.compile.CompileRequest;
import dev.freshpyc.indexer.compile.WorkerPool;
import dev.freshpyc.indexer.fs.SystemCallException;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.interpreter.LocatedInterpreter;
import dev.freshpyc.indexer.interpreter.WantedInterpreter;
import dev.freshpyc.indexer.repair.OutcomeCollector;
import dev.freshpyc.indexer.repair.RepairOptions;
import dev.freshpyc.indexer.repair.plan.FileChange;
import dev.freshpyc.indexer.repair.plan.Recompilation;
import dev.freshpyc.indexer.repair.plan.SourceTimeChange;
import dev.freshpyc.indexer.repair.tree.SkippedException;
import dev.freshpyc.indexer.repair.tree.StepRunner;
import dev.freshpyc.indexer.repair.write.PycWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Compiles what nothing vouches for. A body whose code turns out to be the same keeps its place: then only the header is new. */
public final class Recompiler {

    private static final int MAX_SOURCE = 64 << 20;

    private final TargetHeader wanted;
    private final Optional<RawPath> root;
    private final InterpreterLocator compilers;
    private final WorkerPool workers;
    private final OutcomeCollector total;
    private final StepRunner attempts;
    private final Collection<FileChange> confirmed = new ConcurrentLinkedQueue<>();

    public Recompiler(RepairOptions options, InterpreterLocator compilers, WorkerPool workers, OutcomeCollector total) {
        this.wanted = options.wanted();
        this.root = options.root();
        this.compilers = compilers;
        this.workers = workers;
        this.total = total;
        this.attempts = new StepRunner(total);
    }

    /** Files that turned out to be right as they are: there is nothing to write, only to remember. */
    public List<FileChange> confirmed() {
        return List.copyOf(confirmed);
    }

    /** The files of one source, grouped so that one reading and one request make all of them. */
    public static List<List<Recompilation>> bySource(List<Recompilation> all) {
        Map<SourceTimeChange.Key, List<Recompilation>> groups = new LinkedHashMap<>();
        for (Recompilation one : all) {
            groups.computeIfAbsent(SourceTimeChange.keyOf(one.location()), _ -> new ArrayList<>())
                    .add(one);
        }
        return List.copyOf(groups.values());
    }

    /** Compiles the files of one source; those that cannot be are reported and left out. */
    public List<FileChange> compile(PycWriter writer, List<Recompilation> files) throws IOException {
        Recompilation first = files.getFirst();
        byte[] source;
        try {
            source = writer.tree().readSource(first.location(), first.sourceStamp(), MAX_SOURCE);
        } catch (SkippedException left) {
            report(files, left.why(), "");
            return List.of();
        } catch (SystemCallException refused) {
            report(files, SkipReason.UNREADABLE, refused.errno().symbol());
            return List.of();
        }
        List<FileChange> changes = new ArrayList<>();
        for (List<Old> alike : byRequest(writer, files)) {
            compile(writer, source, alike, changes);
        }
        return changes;
    }

    /** A file, and the code that it had. */
    private record Old(Recompilation file, Optional<CodeDigest> code) {}

    /** What one request can make: for one interpreter, of one name. */
    private List<List<Old>> byRequest(PycWriter writer, List<Recompilation> files) {
        Map<Object, List<Old>> groups = new LinkedHashMap<>();
        for (Recompilation file : files) {
            Optional<CodeDigest> code = writer.oldCode().of(file);
            List<Object> key = List.of(file.compiler(), CodeReader.codeName(file, code, root));
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Old(file, code));
        }
        return List.copyOf(groups.values());
    }

    private void compile(PycWriter writer, byte[] source, List<Old> olds, List<FileChange> changes) throws IOException {
        List<Recompilation> files = olds.stream().map(Old::file).toList();
        WantedInterpreter interpreter = files.getFirst().compiler();
        Optional<LocatedInterpreter> compiler = compilers.find(interpreter);
        if (compiler.isEmpty()) {
            report(files, SkipReason.NO_INTERPRETER, compilers.explainAbsence(interpreter));
            return;
        }
        List<OptimizationLevel> levels =
                files.stream().map(file -> file.location().level()).distinct().toList();
        if (!levels.stream().allMatch(CompileRequest::canMake)) {
            report(files, SkipReason.NOT_COMPILED, "no interpreter has this optimization level");
            return;
        }
        RawPath name = CodeReader.codeName(files.getFirst(), olds.getFirst().code(), root);
        switch (outcome(compiler.get(), CompileRequest.of(name, source, levels))) {
            case CompileOutcome.Compiled compiled -> {
                Magic magic = compiler.get().interpreter().magic();
                for (Old old : olds) {
                    byte[] body = Objects.requireNonNull(
                            compiled.bodies().get(old.file().location().level()));
                    change(writer, source, magic, old, body).ifPresent(changes::add);
                }
            }
            case CompileOutcome.SyntaxFault fault -> {
                String line = fault.line().isPresent() ? "line " + fault.line().getAsInt() + ": " : "";
                files.forEach(this::leaveFaulty);
                total.addSyntaxFault(files.getFirst().location(), line + fault.message());
            }
            case CompileOutcome.Refused refused ->
                report(files, SkipReason.NOT_COMPILED, refused.exception() + ": " + refused.message());
            case CompileOutcome.TooLarge large ->
                report(files, SkipReason.NOT_COMPILED, "larger than " + large.limit() + " bytes");
            case CompileOutcome.TimedOut late ->
                report(
                        files,
                        SkipReason.NOT_COMPILED,
                        "not compiled within " + late.limit().toSeconds() + " s");
            case CompileOutcome.Crashed crash ->
                report(files, SkipReason.NOT_COMPILED, "the interpreter crashed with status " + crash.status());
            case CompileOutcome.Garbled garbled -> report(files, SkipReason.NOT_COMPILED, garbled.reason());
            case CompileOutcome.Unstartable none -> report(files, SkipReason.NO_INTERPRETER, none.reason());
        }
    }

    /** Where the interpreter would find the fault itself, nothing is amiss; wrong code that it loads instead is. */
    private void leaveFaulty(Recompilation file) {
        if (file.believed()) {
            total.addUnrepaired(file.location().shown(), SkipReason.SYNTAX, "");
        } else {
            total.addLeft(SkipReason.SYNTAX);
        }
    }

    private CompileOutcome outcome(LocatedInterpreter compiler, CompileRequest request) throws IOException {
        try {
            return workers.compile(compiler, request);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a source was compiled", ended);
        }
    }

    /** What is to be written; empty where everything is right as it is. */
    private Optional<FileChange> change(PycWriter writer, byte[] source, Magic magic, Old old, byte[] body)
            throws IOException {
        Recompilation file = old.file();
        PycHeader.Intact head = wanted.isHash(file.format())
                ? wanted.withHash(
                        magic,
                        SourceHash.of(
                                source,
                                magic,
                                Objects.requireNonNull(file.format().hash())))
                : wanted.withTimes(magic, file.format(), file.sourceStamp());
        boolean same = old.code().isPresent()
                && magic.equals(new Magic((int) file.oldHead().low()))
                && old.code().equals(writer.oldCode().of(file, magic, body));
        if (!same) {
            Sha256 digest = writer.tree().editor().sha256(body);
            return Optional.of(FileChange.ofAll(
                    file.location(), file.stamp(), file.oldHead(), file.sourceStamp(), head, body, digest));
        }
        FileChange change = FileChange.ofHeader(
                file.location(),
                file.stamp().orElseThrow(),
                false,
                file.oldHead(),
                file.sourceStamp(),
                head,
                Evidence.RECOMPILED,
                ContentFacts.NOTHING.withWhole());
        if (change.isMade()) {
            confirm(writer, change);
            return Optional.empty();
        }
        return Optional.of(change);
    }

    private void confirm(PycWriter writer, FileChange change) throws IOException {
        boolean still = attempts.succeeds(change.location(), () -> {
            writer.tree().checkSource(change.location(), change.sourceStamp());
            writer.tree().checkName(change, false);
        });
        if (still) {
            total.addLeft(SkipReason.AS_WANTED);
            confirmed.add(change);
        }
    }

    private void report(List<Recompilation> files, SkipReason why, String detail) {
        String shown = RawPath.of(detail).shown();
        files.forEach(file -> total.addUnrepaired(file.location().shown(), why, shown));
    }
}
