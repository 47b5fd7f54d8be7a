package dev.freshpyc.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.Errno;
import org.junit.jupiter.api.Test;

/** The labels in reports and in {@code --fail-on}. Other programs parse them, so they must not change. */
class LabelsTest {
    @Test
    void everyVerdictHasItsLabel() {
        assertThat(Verdict.Kind.values())
                .extracting(Verdict.Kind::label)
                .containsExactly(
                        "fresh",
                        "needless",
                        "stale",
                        "impostor",
                        "fatal",
                        "foreign",
                        "malformed",
                        "orphaned",
                        "sourceless",
                        "shadowed",
                        "other-tool",
                        "missing",
                        "undecided",
                        "unreadable");
    }

    @Test
    void everyAnswerHasItsLabel() {
        assertThat(InterpreterAnswer.values())
                .extracting(InterpreterAnswer::label)
                .containsExactly("loads", "recompiles", "ignores", "fails");
    }

    @Test
    void aReasonPrintsItsLabel() {
        assertThat(Reason.of(Errno.EACCES)).isEqualTo(new Reason("EACCES"));
        assertThat(Reason.SHORT_HEADER).hasToString("short-header");
        assertThat(Reason.TRUNCATED_BODY).hasToString("truncated-body");
    }

    @Test
    void everyEvidenceHasItsLabel() {
        assertThat(Evidence.values())
                .extracting(Evidence::label)
                .containsExactly(
                        "recompiled", "hash-header", "index", "proof", "equivalence", "manifest", "header", "assumed");
    }
}
