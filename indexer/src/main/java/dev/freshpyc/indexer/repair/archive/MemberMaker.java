package dev.freshpyc.indexer.repair.archive;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.marshal.CodeDigest;
import dev.freshpyc.core.marshal.CodeDigester;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.RepairAction;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.indexer.compile.CompileOutcome;
import dev.freshpyc.indexer.compile.CompileRequest;
import dev.freshpyc.indexer.interpreter.InterpreterLocator.LocatedInterpreter;
import dev.freshpyc.indexer.prove.Compilers;
import dev.freshpyc.indexer.repair.outcome.CompileFault;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** Makes the new contents of members. A body stays as it is where its code turns out equal to the compiled code. */
final class MemberMaker {

    private static final String ANY_OPTIMIZATION =
            "the name of a .pyo member does not tell -O from -OO, whose code differs: compile it with its own interpreter, and make the"
                    + " archive again";

    private final TargetHeader target;
    private final Compilers compilers;
    private final MemberProofs proofs;
    private final CodeDigester digester = new CodeDigester();

    MemberMaker(TargetHeader target, Compilers compilers, MemberProofs proofs) {
        this.target = target;
        this.compilers = compilers;
        this.proofs = proofs;
    }

    /** Whether a member gets new contents, and the outcome. */
    sealed interface MemberResult {

        /** The member gets new contents; {@code effect} is the outcome once they are written. */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Made(byte[] bytes, Effect effect) implements MemberResult {}

        /** The member stays. */
        record Left(Effect effect) implements MemberResult {}
    }

    /** Makes the new contents from the unpacked bytes of the source and of the bytecode. */
    MemberResult make(MemberPlan plan, byte[] source, byte[] pyc) throws InterruptedException {
        return switch (plan.action()) {
            case RepairAction.Restamp(Evidence evidence) -> restamped(plan, source, pyc, evidence);
            case RepairAction.Recompile _ -> compiled(plan, source, pyc);
            case RepairAction.Leave _, RepairAction.Report _ -> throw new IllegalArgumentException("nothing to make");
        };
    }

    private MemberResult restamped(MemberPlan plan, byte[] source, byte[] pyc, Evidence evidence) {
        PycHeader.Intact head = header(plan, source);
        byte[] bytes = pyc.clone();
        byte[] encoded = head.encode();
        System.arraycopy(encoded, 0, bytes, 0, encoded.length);
        return Arrays.equals(bytes, pyc)
                ? new MemberResult.Left(new Effect.Skipped(SkipReason.AS_WANTED))
                : new MemberResult.Made(bytes, new Effect.Restamped(evidence, false));
    }

    private MemberResult compiled(MemberPlan plan, byte[] source, byte[] pyc) throws InterruptedException {
        Optional<LocatedInterpreter> interpreter = compilers.interpreters().find(plan.compiler());
        if (interpreter.isEmpty()) {
            return left(SkipReason.NO_INTERPRETER, compilers.interpreters().explainAbsence(plan.compiler()));
        }
        int bodyAt = PycFormat.of(null, plan.magic()).layout().length();
        Optional<CodeDigest> old = plan.mayBeEqual() && pyc.length > bodyAt
                ? digester.digest(pyc, bodyAt, null, plan.magic())
                : Optional.empty();
        RawPath name = old.map(CodeDigest::fileName).orElseGet(plan::codeName);
        CompileOutcome outcome =
                compilers.workers().compile(interpreter.get(), CompileRequest.of(name, source, plan.levels()));
        if (!(outcome instanceof CompileOutcome.Compiled compiled)) {
            return new MemberResult.Left(CompileFault.effect(outcome, plan.believed()));
        }
        for (OptimizationLevel level : plan.levels()) {
            byte[] body = Objects.requireNonNull(compiled.bodies().get(level));
            if (old.isPresent() && digester.digest(body, 0, null, plan.magic()).equals(old)) {
                prove(plan, source, level, Arrays.copyOfRange(pyc, bodyAt, pyc.length));
                if (target.mode() == TargetMode.AUTO
                        && plan.believed()) { // any header that the interpreter accepts is right
                    return new MemberResult.Left(new Effect.Skipped(SkipReason.AS_WANTED));
                }
                return restamped(plan, source, pyc, Evidence.RECOMPILED);
            }
        }
        if (old.isPresent()) {
            refute(plan, source, Arrays.copyOfRange(pyc, bodyAt, pyc.length));
        }
        OptimizationLevel level = plan.levels().getFirst();
        byte[] body = Objects.requireNonNull(compiled.bodies().get(level));
        if (plan.isOfAnyOptimization() && !Arrays.equals(body, compiled.bodies().get(OptimizationLevel.O2))) {
            return left(SkipReason.NOT_COMPILED, ANY_OPTIMIZATION);
        }
        byte[] head = header(plan, source).encode();
        prove(plan, source, level, body);
        byte[] bytes = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, bytes, head.length, body.length);
        return new MemberResult.Made(bytes, new Effect.Recompiled(false));
    }

    private void prove(MemberPlan plan, byte[] source, OptimizationLevel level, byte[] body) {
        proofs.proven(plan.entry(), new ProvenPair(digest(source), plan.magic(), level, digest(body)));
    }

    /** Refutes an old body that is the source's at no level. Readers look a member up at the first of its levels. */
    private void refute(MemberPlan plan, byte[] source, byte[] body) {
        Sha256 ofSource = digest(source);
        Sha256 ofBody = digest(body);
        for (OptimizationLevel level : plan.levels()) {
            boolean believed = plan.trusted() && level.equals(plan.levels().getFirst());
            proofs.refuted(plan.entry(), new ProvenPair(ofSource, plan.magic(), level, ofBody), believed);
        }
    }

    private static Sha256 digest(byte[] bytes) {
        return Sha256.of(Sha256.newDigest().digest(bytes));
    }

    private PycHeader.Intact header(MemberPlan plan, byte[] source) {
        PycFormat format = target.ofMember(plan.magic());
        return target.isHash(format)
                ? target.withHash(
                        plan.magic(), SourceHash.of(source, plan.magic(), Objects.requireNonNull(format.hash())))
                : target.withTimes(plan.magic(), format, plan.sourceStamp());
    }

    private static MemberResult left(SkipReason reason, String detail) {
        return new MemberResult.Left(new Effect.Failed(reason, detail));
    }
}
