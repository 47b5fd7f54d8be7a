package dev.freshpyc.indexer.prove;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.marshal.CodeDigest;
import dev.freshpyc.core.marshal.CodeDigester;
import dev.freshpyc.core.marshal.MarshalDialect;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.record.ContentFacts;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.compile.CompileOutcome;
import dev.freshpyc.indexer.compile.CompileRequest;
import dev.freshpyc.indexer.compile.WorkerPool;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.index.IndexedJudge.Judgement;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.interpreter.InterpreterLocator.LocatedInterpreter;
import dev.freshpyc.indexer.interpreter.WantedInterpreter;
import dev.freshpyc.indexer.refresh.RecordEnricher;
import dev.freshpyc.indexer.scan.Sighting;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the sources of unproven pycs and compares the code: equal code is a proof, other code a refutation. Both are recorded,
 * so that nothing is compiled twice. One prover belongs to one worker of a scan, which waits for the compiler.
 */
public final class BodyProver implements RecordEnricher {

    private static final int MAX_FILE = 64 << 20;

    private final InterpreterLocator interpreters;
    private final WorkerPool workers;
    private final ProofTally tally;
    private final CodeDigester digester = new CodeDigester();
    private final MessageDigest sha256 = Sha256.newDigest();

    /** A prover that compiles in the processes of {@code workers}. */
    public BodyProver(InterpreterLocator interpreters, WorkerPool workers, ProofTally tally) {
        this.interpreters = interpreters;
        this.workers = workers;
        this.tally = tally;
    }

    /** Whether a directory may have pycs that nothing proves. */
    @Override
    public boolean wants(Seal seal) {
        return seal.unproven() > 0 || seal.verdicts().getOrDefault(Verdict.Kind.STALE, 0L) > 0;
    }

    @Override
    public Optional<PycRecord> enrich(Sighting sighting, Judgement judgement) {
        Verdict verdict = judgement.verdict();
        Optional<PycRecord> record = judgement.record();
        if (record.isEmpty() || record.get().body() == null || !verdict.isOpen()) {
            return record;
        }
        byte @Nullable [] source = read(sighting.openSource());
        byte @Nullable [] pyc = read(sighting.openPyc());
        int bodyAt = PycFormat.of(sighting.tag(), magic(record.get())).layout().length();
        if (source == null || pyc == null || !isRecorded(record.get(), pyc, bodyAt)) {
            tally.addFailure("changing or unreadable");
            return record;
        }
        Optional<CodeDigest> code = code(record.get(), sighting, pyc, bodyAt);
        if (code.isEmpty()) {
            tally.addFailure("no code that can be compared");
            return record;
        }
        return compile(sighting, record.get(), source, code.get())
                .map(body -> Arrays.equals(body, 0, body.length, pyc, bodyAt, pyc.length)
                        || code(record.get(), sighting, body, 0).equals(code))
                .filter(_ -> isUnchanged(sighting))
                .map(equal -> judged(verdict, record.get(), equal ? Sha256.of(sha256.digest(source)) : null))
                .or(() -> record);
    }

    /** The body that the pyc's interpreter makes of the source; empty where that fails. */
    private Optional<byte[]> compile(Sighting sighting, PycRecord record, byte[] source, CodeDigest code) {
        WantedInterpreter wanted = WantedInterpreter.ofPyc(sighting.tag(), record.head());
        Optional<LocatedInterpreter> interpreter = interpreters.find(wanted);
        if (interpreter.isEmpty()) {
            tally.addFailure("no interpreter for " + wanted);
            return Optional.empty();
        }
        OptimizationLevel level = sighting.level();
        if (!CompileRequest.canMake(level)) {
            tally.addFailure("a level that no interpreter has");
            return Optional.empty();
        }
        try {
            CompileRequest request = CompileRequest.of(code.fileName(), source, List.of(level));
            if (workers.compile(interpreter.get(), request) instanceof CompileOutcome.Compiled compiled) {
                return Optional.of(Objects.requireNonNull(compiled.bodies().get(level)));
            }
            tally.addFailure("the source does not compile");
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /**
     * The record after the comparison.
     *
     * @param provenFor the content that was compiled; null when the code differs
     */
    private PycRecord judged(Verdict verdict, PycRecord record, @Nullable Sha256 provenFor) {
        boolean settled = !record.stamp().equals(FileStamp.UNSETTLED);
        Verdict judged = provenFor == null ? verdict.refutedByCompiling() : verdict.provenByCompiling();
        if (provenFor == null) {
            tally.addRefuted();
        } else {
            tally.addProven();
        }
        ContentFacts facts =
                record.tag() == null ? ContentFacts.NOTHING : record.facts().withWhole();
        return new PycRecord(
                record.tag(),
                record.level(),
                record.stamp(),
                record.head(),
                record.body(),
                provenFor,
                settled ? judged : judged.asRacy(),
                facts);
    }

    private Optional<CodeDigest> code(PycRecord record, Sighting sighting, byte[] bytes, int start) {
        Optional<MarshalDialect> dialect = MarshalDialect.of(sighting.tag(), magic(record));
        try {
            return dialect.isEmpty() ? Optional.empty() : digester.digest(ByteSource.of(bytes), start, dialect.get());
        } catch (IOException impossible) {
            throw new AssertionError("bytes in memory can be read", impossible);
        }
    }

    private static Magic magic(PycRecord record) {
        return new Magic((int) record.head().low());
    }

    /** Whether the body is the one that the record describes. */
    private boolean isRecorded(PycRecord record, byte[] pyc, int bodyAt) {
        int begin = Math.min(bodyAt, pyc.length);
        sha256.update(pyc, begin, pyc.length - begin);
        return Sha256.of(sha256.digest()).equals(record.body());
    }

    private static boolean isUnchanged(Sighting sighting) {
        return sighting.sourceState() instanceof SourceState.Present present
                && sighting.sourceStampNow().equals(Optional.of(present.stamp()));
    }

    private static byte @Nullable [] read(FileContents.Opening opening) {
        if (!(opening instanceof FileContents.Opening.Open open)) {
            return null;
        }
        try (FileContents contents = open.contents()) {
            if (contents.size() > MAX_FILE) {
                return null;
            }
            byte[] bytes = new byte[(int) contents.size()];
            return contents.readFully(0, bytes, bytes.length) ? bytes : null;
        } catch (IOException unreadable) {
            return null;
        }
    }
}
