package dev.freshpyc.indexer.judge;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.verdict.Classifier;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.LegacyReader;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Judges by the files alone: the header, the source, and on request the whole body. */
public final class HeaderJudge implements Judge {

    private final Classifier classifier;
    private final boolean deep;
    private final UnaryOperator<Observation> view;

    public HeaderJudge(Rules rules, Optional<KnownInterpreter> interpreter) {
        this(rules, interpreter, UnaryOperator.identity());
    }

    /** @param view changes what is judged of each observation, such as the mtime of the source */
    HeaderJudge(Rules rules, Optional<KnownInterpreter> interpreter, UnaryOperator<Observation> view) {
        this.classifier = new Classifier(rules.checks(), rules.window(), new LegacyReader(interpreter));
        this.deep = rules.deep();
        this.view = view;
    }

    @Override
    public Verdict judge(Sighting sighting) {
        return judge(sighting, deep);
    }

    @Override
    public Verdict judgeWithBody(Sighting sighting) {
        return judge(sighting, true);
    }

    /**
     * The verdict. A body is walked only where the interpreter would load it, and also unasked where the end of the file looks as if it
     * had never been written.
     */
    private Verdict judge(Sighting sighting, boolean walk) {
        Observation seen = view.apply(sighting.observation());
        Verdict verdict = classifier.classify(seen);
        if (verdict.interpreter() == InterpreterAnswer.RECOMPILES) {
            return compiled(verdict, sighting);
        }
        if (verdict.interpreter() == InterpreterAnswer.LOADS
                && seen.pyc() instanceof PycState.Read pyc
                && (walk || pyc.body() == BodyState.ENDS_IN_ZEROS)
                && pyc.header() instanceof PycHeader.Intact header) {
            PycState.Read walked = new PycState.Read(pyc.magic(), header, sighting.walkBody(header));
            Observation deeper =
                    new Observation(seen.takenAtNanos(), seen.placement(), seen.tag(), seen.source(), walked);
            return ordered(classifier.classify(deeper), sighting);
        }
        return ordered(verdict, sighting);
    }

    /** The verdict, without the evidence of matching times where the file system does not prove the order of the two files. */
    private static Verdict ordered(Verdict verdict, Sighting sighting) {
        return verdict.isFreshByTimes() && !sighting.isBornAfterSource() ? verdict.withoutProof() : verdict;
    }

    /**
     * The verdict where the interpreter recompiles: the import fails when the source cannot be read. A source that is too large for
     * freshpyc may not be too large for the interpreter.
     */
    private static Verdict compiled(Verdict verdict, Sighting sighting) {
        return sighting.sourceTrouble().map(HeaderJudge::uncompiled).orElse(verdict);
    }

    /** The verdict on a pyc whose source would be compiled, and cannot be read. */
    static Verdict uncompiled(Errno errno) {
        return Verdict.unreadable(errno.equals(Errno.EFBIG) ? null : InterpreterAnswer.FAILS, errno);
    }
}
