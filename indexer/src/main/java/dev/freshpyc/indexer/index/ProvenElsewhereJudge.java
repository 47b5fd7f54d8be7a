package dev.freshpyc.indexer.index;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.judge.OutsideEvidence;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges a tree that has no index: as another judge does, but a pyc that the interpreter would distrust is read with its source,
 * and is right if the two contents were proven elsewhere. For one worker.
 */
public final class ProvenElsewhereJudge implements Judge {

    private final Judge judge;
    private final OutsideEvidence outside;
    private final FileDigester digester = new FileDigester();

    /** @param judge asked first */
    public ProvenElsewhereJudge(Judge judge, OutsideEvidence outside) {
        this.judge = judge;
        this.outside = outside;
    }

    @Override
    public Verdict judge(Sighting sighting) {
        Verdict verdict = judge.judge(sighting);
        boolean distrusted =
                verdict.interpreter() != InterpreterAnswer.LOADS || verdict.kind() == Verdict.Kind.IMPOSTOR;
        return distrusted && verdict.mayBeProvenElsewhere() && isProven(sighting) ? verdict.provenElsewhere() : verdict;
    }

    /** Whether the contents of both files were proven, and neither file changed while it was read. */
    private boolean isProven(Sighting sighting) {
        if (!(sighting.sourceState() instanceof SourceState.Present source)
                || !(sighting.observation().pyc() instanceof PycState.Read pyc)
                || !(pyc.header() instanceof PycHeader.Intact header)) {
            return false;
        }
        Optional<FileStamp> stamp = sighting.pycStampNow();
        @Nullable Sha256 content = digester.digest(sighting.openSource(), 0);
        @Nullable
        Sha256 body = digester.digest(sighting.openPyc(), header.layout().length());
        return content != null
                && body != null
                && outside.proof(sighting, content, body).isPresent()
                && sighting.sourceStampNow().equals(Optional.of(source.stamp()))
                && sighting.pycStampNow().equals(stamp);
    }
}
