package dev.freshpyc.cli.option;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.judge.DefaultReaderJudge;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.judge.Rules;
import java.util.Optional;

/**
 * The interpreter that imports legacy files without a source: the interpreter that was asked, otherwise the default interpreter, which is
 * asked when the first such file is found. Thread-safe.
 */
public final class DefaultReader {

    private final Optional<InterpreterQuestion> question;
    private Optional<KnownInterpreter> known;
    private boolean answered;

    private DefaultReader(Optional<InterpreterQuestion> question, Optional<KnownInterpreter> known) {
        this.question = question;
        this.known = known;
        this.answered = question.isEmpty();
    }

    /**
     * The reader for one run.
     *
     * @param environment the interpreter that was asked
     * @param root the root directory of another system, whose default interpreter is not known; empty for this system
     */
    public static DefaultReader of(
            InterpreterQuestion question, Optional<PythonEnvironment> environment, Optional<RawPath> root) {
        boolean settled = environment.isPresent() || question.isAsked() || root.isPresent();
        return settled
                ? new DefaultReader(Optional.empty(), environment.map(PythonEnvironment::interpreter))
                : new DefaultReader(Optional.of(question), Optional.empty());
    }

    /** The interpreter; empty where there is none or it does not answer. */
    public synchronized Optional<KnownInterpreter> get() {
        if (!answered) {
            answered = true;
            known = question.orElseThrow().standard();
        }
        return known;
    }

    /** A judge that uses the default interpreter's answer for legacy files without a source, and otherwise judges as {@code judge}. */
    public Judge judge(Judge judge, Rules rules) {
        return question.isEmpty() ? judge : new DefaultReaderJudge(judge, rules, this::get);
    }
}
