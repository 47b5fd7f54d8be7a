package dev.freshpyc.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.scan.PathEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The remedy depends on the reason where one verdict has several causes. */
class RemedyTest {

    private static final RawPath FILE = RawPath.of("/lib.zip");
    private static final PathEntry ARCHIVE = new PathEntry.Archive(FILE, 0, FILE, RawPath.EMPTY);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "changing | run the command again when nothing writes to the file",
                "racy | run the command again in two seconds",
                "no-interpreter | name its interpreter: --python EXE",
                "does-not-compile | correct the source, which does not compile",
                "incomparable | nothing: freshpyc cannot compare the code of this file",
                "no-source | nothing: without a source, the code cannot be compared",
                "unknown-hash | compile the source with the interpreter's own compileall",
                "uncompared-hash | run the command again"
            })
    void theRemedyForAnUndecidedFileDependsOnItsReason(String reason, String remedy) {
        Verdict verdict = Verdict.recorded(Verdict.Kind.UNDECIDED, InterpreterAnswer.LOADS, new Reason(reason), null);

        assertThat(Remedy.of(finding(RawPath.of("a.py"), RawPath.of("a.cpython-311.pyc"), verdict)))
                .isEqualTo(remedy);
        assertThat(Remedy.of(finding(null, RawPath.of("a.pyc"), verdict))).isEqualTo(remedy);
    }

    /** Nobody can restore the source of an archive, or of a name in it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no-archive | make the archive again, or remove it from the path",
                "unsafe-name | make the archive again without this member",
                "duplicate-name | nothing, unless you need this member: then make the archive again without the other"
            })
    void theRemedyForAFlawedArchiveDependsOnTheFlaw(String reason, String remedy) {
        for (boolean ends : new boolean[] {true, false}) {
            assertThat(Remedy.of(finding(null, null, Verdict.unusable(new Reason(reason), ends))))
                    .isEqualTo(remedy);
        }
    }

    private static Finding finding(@Nullable RawPath source, @Nullable RawPath pyc, Verdict verdict) {
        @Nullable CacheTag tag = source == null ? null : CacheTag.of("cpython-311");
        return new Finding(ARCHIVE, source, pyc, tag, OptimizationLevel.NONE, verdict, null, null, false, null);
    }
}
