package dev.freshpyc.indexer.judge;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.MagicTable;
import dev.freshpyc.core.verdict.Classifier;
import dev.freshpyc.core.verdict.HashChecks;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.LegacyReader;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;

/**
 * Judges legacy files for the interpreter that the user named, whose answer their names do not tell. The index keeps the verdict for the
 * version that wrote a file, since runs for several interpreters share its records: this verdict goes into a plan and into no record.
 */
public final class AskedReader {

    private final Optional<KnownInterpreter> asked;
    private final Classifier classifier;

    /** @param asked empty where each file is for the version that wrote it */
    public AskedReader(Optional<KnownInterpreter> asked) {
        this.asked = asked;
        this.classifier = new Classifier(HashChecks.DEFAULT, RacyWindow.DEFAULT, new LegacyReader(asked));
    }

    /**
     * The verdict for the interpreter.
     *
     * @param known the verdict for the version that wrote the file; kept where that is the interpreter's
     */
    public Verdict verdict(Sighting sighting, Verdict known) {
        if (asked.isEmpty()
                || !sighting.hasPyc()
                || sighting.tag() != null
                || sighting.members().isPresent()) {
            return known;
        }
        Observation seen = sighting.observationFor(asked.get());
        boolean own = seen.pyc() instanceof PycState.Read pyc
                && isOwn(new Magic(pyc.magic()), asked.get())
                && seen.placement() == sighting.placement();
        if (own) {
            return known;
        }
        Verdict answer = classifier.classify(seen);
        if (answer.interpreter() == InterpreterAnswer.RECOMPILES) {
            Optional<Errno> trouble = sighting.sourceTrouble();
            return trouble.isPresent() ? HeaderJudge.uncompiled(trouble.get()) : answer;
        }
        return answer.isFreshByTimes() ? answer.withoutProof() : answer;
    }

    /** The interpreter that has to make a file which is not there; empty where the file's tag tells. */
    public Optional<KnownInterpreter> maker(Sighting sighting) {
        return asked.filter(_ -> sighting.tag() == null);
    }

    /** The interpreter that has to make a file anew; empty where the file's tag or its own magic tells. */
    public Optional<KnownInterpreter> maker(Sighting sighting, Magic magic) {
        return maker(sighting).filter(interpreter -> !isOwn(magic, interpreter));
    }

    private static boolean isOwn(Magic magic, KnownInterpreter interpreter) {
        return magic.equals(interpreter.magic()) && MagicTable.owner(magic).equals(Optional.of(interpreter.version()));
    }
}
