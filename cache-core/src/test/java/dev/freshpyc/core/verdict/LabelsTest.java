package dev.freshpyc.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.Errno;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
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
    void everyReasonPrintsItsLabel() throws IllegalAccessException {
        List<String> printed = new ArrayList<>();
        for (Field constant : Reason.class.getFields()) {
            printed.add(String.valueOf(constant.get(null)));
        }

        assertThat(printed)
                .containsExactlyInAnyOrder(
                        "match",
                        "racy",
                        "mtime",
                        "size",
                        "hash",
                        "content",
                        "code",
                        "no-interpreter",
                        "does-not-compile",
                        "incomparable",
                        "uncompared-hash",
                        "unknown-hash",
                        "magic",
                        "flags",
                        "short-header",
                        "empty-body",
                        "not-code",
                        "truncated-body",
                        "corrupt-body",
                        "unwalked-body",
                        "dangling-link",
                        "looping-link",
                        "directory-link",
                        "no-source",
                        "no-tag",
                        "other-tool",
                        "unrequested-name",
                        "source-beside",
                        "package-beside",
                        "extension-beside",
                        "module-beside",
                        "other-entry",
                        "built-in",
                        "frozen",
                        "damaged-member",
                        "compression",
                        "duplicate-name",
                        "unsafe-name",
                        "no-package",
                        "no-archive",
                        "cache-prefix",
                        "absent",
                        "not-a-file",
                        "changing");
    }

    @Test
    void theReasonOfAnErrorIsItsSymbol() {
        assertThat(Reason.of(Errno.EACCES)).hasToString("EACCES");
    }

    @Test
    void everyEvidenceHasItsLabel() {
        assertThat(Evidence.values())
                .extracting(Evidence::label)
                .containsExactly(
                        "recompiled", "hash-header", "index", "proof", "equivalence", "manifest", "header", "assumed");
    }
}
