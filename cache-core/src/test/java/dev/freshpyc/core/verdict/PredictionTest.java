package dev.freshpyc.core.verdict;

import static dev.freshpyc.core.verdict.ObservationSamples.describe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.packaging.Packaging;
import dev.freshpyc.core.packaging.Transport;
import dev.freshpyc.core.verdict.Verdict.Kind;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

/** Checks verdicts that are predicted from today's verdict and the verdict by the header after a transport. */
@Domain(ObservationDomain.class)
@Domain(DomainContext.Global.class)
class PredictionTest {

    private static final Classifier SETTLED =
            new Classifier(HashChecks.DEFAULT, new RacyWindow(Duration.ZERO), new LegacyReader(Optional.empty()));

    private static final Verdict MATCHES = Verdict.fresh(Reason.MATCH, Evidence.HEADER);
    private static final Verdict DIFFERS = Verdict.recompiles(Kind.STALE, Reason.MTIME, Evidence.HEADER);

    @Test
    void aProvenPairIsNeedlesslyRejected() {
        assertThat(after(MATCHES, DIFFERS)).isEqualTo("needless recompiles mtime header");
        assertThat(after(Verdict.fresh(Reason.MATCH, Evidence.INDEX), DIFFERS))
                .isEqualTo("needless recompiles mtime index");
        assertThat(after(Verdict.fresh(Reason.MATCH, Evidence.MANIFEST), DIFFERS))
                .isEqualTo("needless recompiles mtime manifest");
    }

    @Test
    void anUnprovenPairIsStale() {
        assertThat(after(MATCHES.withoutProof(), DIFFERS)).isEqualTo("stale recompiles mtime header");
        assertThat(after(Verdict.fresh(Reason.RACY, null), DIFFERS)).isEqualTo("stale recompiles mtime header");
        assertThat(after(Verdict.fresh(Reason.MATCH, Evidence.ASSUMED), DIFFERS))
                .isEqualTo("stale recompiles mtime header");
    }

    @Test
    void aMemberThatGivesWayToTheNextStillGivesWay() {
        Verdict givesWay = new Verdict(Kind.STALE, InterpreterAnswer.IGNORES, Reason.MTIME, Evidence.HEADER);
        assertThat(after(MATCHES, givesWay)).isEqualTo("needless ignores mtime header");
        assertThat(after(MATCHES.withoutProof(), givesWay)).isEqualTo("stale ignores mtime header");
    }

    @Test
    void anImpostorThatIsRejectedIsStaleAndStaysRefuted() {
        assertThat(after(MATCHES.weighedByIndex(false), DIFFERS)).isEqualTo("stale recompiles mtime index");
        assertThat(after(MATCHES.refutedByCompiling(), DIFFERS)).isEqualTo("stale recompiles mtime recompiled");
    }

    @Test
    void aNeedlesslyRejectedPairIsFreshOnceItsTimesMatch() {
        assertThat(after(DIFFERS.weighedByIndex(true), MATCHES)).isEqualTo("fresh loads match index");
        assertThat(after(DIFFERS.vouchedByManifest(), MATCHES.withoutProof())).isEqualTo("fresh loads match manifest");
    }

    @Test
    void aStaleBodyThatStartsToMatchIsAnImpostor() {
        assertThat(after(DIFFERS.weighedByIndex(false), MATCHES)).isEqualTo("impostor loads content index");
        assertThat(after(DIFFERS.refutedByCompiling(), MATCHES)).isEqualTo("impostor loads code recompiled");
        assertThat(after(DIFFERS, MATCHES)).isEqualTo("impostor loads mtime header");
    }

    @Test
    void aBadBodyFailsOnlyIfItsHeaderMatches() {
        Verdict fatal = new Verdict(Kind.FATAL, InterpreterAnswer.FAILS, Reason.TRUNCATED_BODY, null);
        assertThat(after(fatal, DIFFERS)).isEqualTo("stale recompiles mtime header");
        assertThat(after(DIFFERS, fatal)).isEqualTo("fatal fails truncated-body -");
        assertThat(after(fatal, MATCHES)).as("the body is known to be bad").isEqualTo("fatal fails truncated-body -");
    }

    /** The predicted answer is the interpreter's answer after the transport, and a transport adds no evidence. */
    @Property(tries = 20_000)
    void thePredictionIsTheInterpretersAnswerWithTodaysEvidence(
            @ForAll Observation seen,
            @ForAll("transports") Transport transport,
            @ForAll("knowledge") UnaryOperator<Verdict> knowledge) {
        Verdict today = knowledge.apply(SETTLED.classify(seen));
        Verdict byHeader = SETTLED.classify(transport.carry(seen));

        Verdict then = Prediction.of(today, byHeader);

        if (today.kind() == Kind.UNDECIDED) {
            assertThat(then).isEqualTo(today);
        } else {
            assertThat(then.interpreter()).as("%s", then).isEqualTo(byHeader.interpreter());
        }
        if (isProven(then)) {
            assertThat(isProven(today)).as("%s from %s", then, today).isTrue();
            assertThat(then.evidence()).isEqualTo(today.evidence());
        }
        if (today.kind() == Kind.IMPOSTOR) {
            assertThat(then.kind()).isIn(Kind.IMPOSTOR, Kind.STALE);
        }
        assertThat(Prediction.of(today, today)).isEqualTo(today);
    }

    @Provide
    Arbitrary<Transport> transports() {
        Arbitrary<Long> epochs = Arbitraries.oneOf(Arbitraries.of(0L, ObservationSamples.MTIME), Arbitraries.longs());
        return Combinators.combine(Arbitraries.of(Packaging.class), epochs)
                .as((packaging, epoch) -> new Transport(packaging, epoch, ZoneOffset.UTC.getRules()));
    }

    /** Changes of a verdict by the knowledge of an index, a manifest or a compilation. */
    @Provide
    Arbitrary<UnaryOperator<Verdict>> knowledge() {
        return Arbitraries.of(
                UnaryOperator.identity(),
                Verdict::withoutProof,
                Verdict::vouchedByManifest,
                Verdict::provenByCompiling,
                Verdict::refutedByCompiling,
                today -> today.weighedByIndex(true),
                today -> today.weighedByIndex(false));
    }

    private static boolean isProven(Verdict verdict) {
        return verdict.kind() == Kind.NEEDLESS || (verdict.kind() == Kind.FRESH && verdict.evidence() != null);
    }

    private static String after(Verdict today, Verdict byHeader) {
        return describe(Prediction.of(today, byHeader));
    }
}
