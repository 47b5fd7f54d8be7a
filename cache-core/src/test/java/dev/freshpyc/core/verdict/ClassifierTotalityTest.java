package dev.freshpyc.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.verdict.Verdict.Kind;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.jspecify.annotations.Nullable;

/** Every observation gets a verdict whose kind, answer and evidence fit together. */
@Domain(ObservationDomain.class)
@Domain(DomainContext.Global.class)
class ClassifierTotalityTest {
    @Property(tries = 20_000)
    void everyObservationHasAConsistentVerdict(
            @ForAll Observation observation, @ForAll("classifiers") Classifier classifier) {
        Verdict verdict = classifier.classify(observation);

        assertThat(isConsistent(verdict.kind(), verdict.interpreter(), observation.placement()))
                .as("%s", verdict)
                .isTrue();
        assertThat(verdict.evidence() == null || mayHaveEvidence(verdict.kind()))
                .as("%s", verdict)
                .isTrue();
        assertThat(classifier.classify(observation)).isEqualTo(verdict);
    }

    @Provide
    Arbitrary<Classifier> classifiers() {
        Arbitrary<RacyWindow> windows = Arbitraries.of(Duration.ZERO, Duration.ofSeconds(2), Duration.ofDays(1))
                .map(RacyWindow::new);
        Arbitrary<LegacyReader> readers = Arbitraries.of(
                        ClassifierCase.PYTHON_27,
                        ClassifierCase.PYTHON_36,
                        ClassifierCase.PYTHON_311,
                        ClassifierCase.PREVIEW_311)
                .optional()
                .map(LegacyReader::new);
        return Combinators.combine(Arbitraries.of(HashChecks.class), windows, readers)
                .as(Classifier::new);
    }

    /** Returns whether an interpreter can give this answer with a verdict of this kind. */
    private static boolean isConsistent(Kind kind, @Nullable InterpreterAnswer answer, Placement placement) {
        boolean archived = placement == Placement.ARCHIVE || placement == Placement.ARCHIVE_FIRST;
        return switch (kind) {
            case FRESH, IMPOSTOR, SOURCELESS -> answer == InterpreterAnswer.LOADS;
            case NEEDLESS, STALE ->
                answer == InterpreterAnswer.RECOMPILES
                        || (placement == Placement.ARCHIVE_FIRST && answer == InterpreterAnswer.IGNORES);
            case MISSING -> answer == InterpreterAnswer.RECOMPILES;
            case FATAL -> answer == InterpreterAnswer.FAILS;
            case FOREIGN, MALFORMED ->
                answer == InterpreterAnswer.RECOMPILES
                        || answer == InterpreterAnswer.FAILS
                        || (archived && answer == InterpreterAnswer.IGNORES); // zipimport goes on to another member
            case ORPHANED, SHADOWED, OTHER_TOOL -> answer == InterpreterAnswer.IGNORES;
            case UNDECIDED -> answer == null;
            case UNREADABLE -> true;
        };
    }

    private static boolean mayHaveEvidence(Kind kind) {
        return switch (kind) {
            case FRESH, STALE, IMPOSTOR, FOREIGN, MALFORMED, SOURCELESS -> true;
            default -> false;
        };
    }
}
