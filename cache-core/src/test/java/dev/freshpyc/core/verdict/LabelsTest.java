package dev.freshpyc.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.Errno;
import org.junit.jupiter.api.Test;

/** The words of reports and of {@code --fail-on}: others parse them, so they stay. */
class LabelsTest {
    @Test
    void verdicts() {
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
                        "missing",
                        "undecided",
                        "unreadable");
    }

    @Test
    void answers() {
        assertThat(InterpreterAnswer.values())
                .extracting(InterpreterAnswer::label)
                .containsExactly("loads", "recompiles", "ignores", "fails");
    }

    @Test
    void reasons() {
        assertThat(Reason.of(Errno.EACCES)).isEqualTo(new Reason("EACCES"));
        assertThat(Reason.SHORT_HEADER).hasToString("short-header");
        assertThat(Reason.TRUNCATED_BODY).hasToString("truncated-body");
    }

    @Test
    void evidence() {
        assertThat(Evidence.values()).extracting(Evidence::label).contains("hash-header", "header");
    }
}
