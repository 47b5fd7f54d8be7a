package dev.freshpyc.core.verdict;

import static dev.freshpyc.core.verdict.ObservationSamples.HASH;
import static dev.freshpyc.core.verdict.ObservationSamples.OTHER_HASH;
import static dev.freshpyc.core.verdict.ObservationSamples.hashed;
import static dev.freshpyc.core.verdict.ObservationSamples.inCache;
import static dev.freshpyc.core.verdict.ObservationSamples.source;
import static dev.freshpyc.core.verdict.ObservationSamples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.SourceContent;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycHeader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verdicts on hash-based pycs (PEP 552) for each value of {@code --check-hash-based-pycs}. */
class ClassifierHashTest {
    private static final SourceContent SAME = new SourceContent.Hash(HASH);
    private static final SourceContent CHANGED = new SourceContent.Hash(OTHER_HASH);
    private static final SourceContent REFUSED = new SourceContent.Unreadable(Errno.EACCES);
    private static final Map<SourceContent, String> COMPARED = Map.of(
            SAME,
            "fresh loads match hash-header",
            CHANGED,
            "stale recompiles hash hash-header",
            REFUSED,
            "unreadable fails EACCES -",
            SourceContent.UNREAD,
            "undecided - uncompared-hash -",
            new SourceContent.UnknownHash(),
            "undecided - unknown-hash -",
            new SourceContent.Changing(),
            "undecided - changing -");
    private static final Map<SourceContent, String> UNCOMPARED = Map.of(
            SAME,
            "fresh loads match hash-header",
            CHANGED,
            "impostor loads hash hash-header",
            REFUSED,
            "unreadable loads EACCES -",
            SourceContent.UNREAD,
            "fresh loads uncompared-hash -",
            new SourceContent.UnknownHash(),
            "fresh loads unknown-hash -",
            new SourceContent.Changing(),
            "undecided - changing -");

    @ParameterizedTest
    @CsvSource({
        "DEFAULT, true, true",
        "DEFAULT, false, false",
        "ALWAYS, true, true",
        "ALWAYS, false, true",
        "NEVER, true, false",
        "NEVER, false, false"
    })
    void theVerdictDependsOnWhetherTheHashIsCompared(HashChecks checks, boolean checkSource, boolean compared) {
        assertThat(checks.compares(checkSource)).isEqualTo(compared);
        (compared ? COMPARED : UNCOMPARED)
                .forEach((content, verdict) -> assertThat(verdictOf(checks, checkSource, content))
                        .as("%s", content)
                        .isEqualTo(verdict));
    }

    /** A racy window of one day does not change the verdict. */
    @ParameterizedTest
    @EnumSource
    void theTimesOfTheSourceAreNotCompared(HashChecks checks) {
        ClassifierCase example =
                new ClassifierCase("", inCache(source(SAME), hashed(true)), "fresh loads match hash-header");
        Classifier wideWindow =
                new Classifier(checks, new RacyWindow(Duration.ofDays(1)), new LegacyReader(Optional.empty()));

        assertThat(example.verdictOf(wideWindow)).isEqualTo(example.verdict());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBrokenBodyIsFatalOnlyWhenItIsLoaded(boolean checkSource) {
        var broken = with(hashed(checkSource), BodyState.TRUNCATED);
        Classifier classifier = ClassifierCase.defaultClassifier();

        assertThat(ObservationSamples.describe(classifier.classify(inCache(source(SAME), broken))))
                .isEqualTo("fatal fails truncated-body -");
        assertThat(ObservationSamples.describe(classifier.classify(inCache(source(CHANGED), broken))))
                .isEqualTo(checkSource ? "stale recompiles hash hash-header" : "fatal fails truncated-body -");
        assertThat(ObservationSamples.describe(classifier.classify(inCache(source(REFUSED), broken))))
                .isEqualTo(checkSource ? "unreadable fails EACCES -" : "fatal fails truncated-body -");
    }

    @ParameterizedTest
    @ValueSource(strings = {"graalpy242-311", "graalpy250-312"})
    void aGraalPyHashCannotBeCompared(String tag) {
        Magic magic = Magic.of(tag.endsWith("311") ? 21290 : 21330);
        var unknown = source(new SourceContent.UnknownHash());
        var verdicts = List.of(true, false).stream()
                .map(check -> ObservationSamples.pyc(new PycHeader.Hashed(magic, check, HASH)))
                .map(pyc -> ObservationSamples.describe(
                        ClassifierCase.defaultClassifier().classify(inCache(tag, unknown, pyc))));

        assertThat(verdicts).containsExactly("undecided - unknown-hash -", "fresh loads unknown-hash -");
    }

    private static String verdictOf(HashChecks checks, boolean checkSource, SourceContent content) {
        return ObservationSamples.describe(
                ClassifierCase.withHashChecks(checks).classify(inCache(source(content), hashed(checkSource))));
    }
}
