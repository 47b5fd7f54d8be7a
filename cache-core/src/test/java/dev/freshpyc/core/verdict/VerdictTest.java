package dev.freshpyc.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.verdict.Verdict.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How evidence from the index, a manifest or a repair changes a verdict. Weaker evidence never overrides stronger evidence. */
class VerdictTest {

    private static final Verdict STALE = Verdict.recompiles(Kind.STALE, Reason.MTIME, Evidence.HEADER);
    private static final Verdict RACY = Verdict.fresh(Reason.RACY, null);

    @Test
    void aManifestTurnsStaleByMtimeIntoNeedless() {
        assertThat(ObservationSamples.describe(STALE.vouchedByManifest()))
                .isEqualTo("needless recompiles mtime manifest");
        assertThat(ObservationSamples.describe(RACY.vouchedByManifest())).isEqualTo("fresh loads match manifest");
    }

    @Test
    void aManifestOverridesNeitherTheIndexNorAHashNorASize() {
        Verdict bySize = Verdict.recompiles(Kind.STALE, Reason.SIZE, Evidence.HEADER);
        Verdict byHash = Verdict.recompiles(Kind.STALE, Reason.HASH, Evidence.HASH_HEADER);
        for (Verdict verdict :
                new Verdict[] {bySize, byHash, STALE.weighedByIndex(false), RACY.weighedByIndex(false)}) {
            assertThat(verdict.vouchedByManifest()).isEqualTo(verdict);
        }
    }

    @Test
    void theIndexOverridesTimesAndManifestsButNotAHash() {
        assertThat(ObservationSamples.describe(STALE.weighedByIndex(true)))
                .isEqualTo("needless recompiles mtime index");
        assertThat(ObservationSamples.describe(STALE.vouchedByManifest().weighedByIndex(false)))
                .isEqualTo("stale recompiles mtime index");
        assertThat(ObservationSamples.describe(RACY.weighedByIndex(true))).isEqualTo("fresh loads match index");
        assertThat(ObservationSamples.describe(RACY.weighedByIndex(false))).isEqualTo("impostor loads content index");
        Verdict byHash = Verdict.fresh(Reason.MATCH, Evidence.HASH_HEADER);
        assertThat(byHash.weighedByIndex(false)).isEqualTo(byHash);
    }

    /** An import that rejects a member of an archive may take another member, or fail: evidence about the code changes neither. */
    @Test
    void evidenceDoesNotChangeWhatTheInterpreterDoesWithARejectedFile() {
        for (InterpreterAnswer answer : new InterpreterAnswer[] {InterpreterAnswer.IGNORES, InterpreterAnswer.FAILS}) {
            Verdict stale = new Verdict(Kind.STALE, answer, Reason.MTIME, Evidence.HEADER);
            for (Verdict weighed : new Verdict[] {
                stale.weighedByIndex(true),
                stale.weighedByIndex(false),
                stale.vouchedByManifest(),
                stale.provenElsewhere(),
                stale.refutedByCompiling(),
                stale.confirmedByCompiling(),
                stale.vouchedEarlierByServer(),
                stale.vouchedByServer().withoutServer()
            }) {
                assertThat(weighed.interpreter()).as("%s", weighed).isEqualTo(answer);
            }
        }
    }

    @Test
    void aMatchingHeaderWithoutProofKeepsTheReasonThatItsBodyWasNotWalked() {
        Verdict unwalked = Verdict.fresh(Reason.UNWALKED_BODY, Evidence.HEADER).withoutProof();
        assertThat(ObservationSamples.describe(unwalked)).isEqualTo("fresh loads unwalked-body -");
        assertThat(unwalked.isUnproven()).isTrue();
        assertThat(ObservationSamples.describe(RACY.withoutProof())).isEqualTo("fresh loads match -");
        Verdict uncompared = Verdict.fresh(Reason.UNCOMPARED_HASH, null);
        assertThat(uncompared.withoutProof()).isEqualTo(uncompared);
        assertThat(uncompared.isUnproven()).isFalse();
    }

    @Test
    void aRepairedFileIsFreshUnlessItsHeaderHasAnotherMtime() {
        assertThat(ObservationSamples.describe(Verdict.repaired(Evidence.INDEX, true, false)))
                .isEqualTo("fresh loads match hash-header");
        assertThat(ObservationSamples.describe(Verdict.repaired(Evidence.INDEX, false, true)))
                .isEqualTo("fresh loads match header");
        assertThat(ObservationSamples.describe(Verdict.repaired(Evidence.INDEX, false, false)))
                .isEqualTo("needless recompiles mtime index");
        assertThat(ObservationSamples.describe(Verdict.repaired(Evidence.RECOMPILED, false, true)))
                .isEqualTo("fresh loads match recompiled");
        assertThat(ObservationSamples.describe(Verdict.repaired(Evidence.RECOMPILED, false, false)))
                .isEqualTo("needless recompiles mtime recompiled");
    }

    @Test
    void anAssumedRepairIsNeverRecordedAsProven() {
        assertThat(ObservationSamples.describe(Verdict.repaired(Evidence.ASSUMED, true, true)))
                .isEqualTo("fresh loads match assumed");
        assertThat(ObservationSamples.describe(Verdict.repaired(Evidence.ASSUMED, false, false)))
                .isEqualTo("stale recompiles mtime header");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aRacyVerdictIsUndecidedAndANewSourceMtimeTurnsNeedlessIntoFresh(Kind kind) {
        Verdict verdict = new Verdict(kind, InterpreterAnswer.RECOMPILES, Reason.MTIME, Evidence.INDEX);
        boolean decided = kind == Kind.FRESH || kind == Kind.STALE;
        assertThat(ObservationSamples.describe(verdict.asRacy()))
                .isEqualTo(decided ? "undecided recompiles racy -" : ObservationSamples.describe(verdict));
        assertThat(ObservationSamples.describe(verdict.afterSourceTimesSet()))
                .isEqualTo(kind == Kind.NEEDLESS ? "fresh loads match index" : ObservationSamples.describe(verdict));
    }
}
