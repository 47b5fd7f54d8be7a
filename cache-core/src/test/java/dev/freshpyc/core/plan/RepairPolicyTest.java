package dev.freshpyc.core.plan;

import static dev.freshpyc.core.verdict.Verdict.Kind.FRESH;
import static dev.freshpyc.core.verdict.Verdict.Kind.NEEDLESS;
import static dev.freshpyc.core.verdict.Verdict.Kind.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kind of verdict with every reason, evidence and header, for every target: a header is written only over a body that
 * something vouches for. The table is small enough to be walked whole, so nothing is left to chance.
 */
class RepairPolicyTest {

    private static final FileStamp SOURCE = new FileStamp(1_700_000_000, 5, 1_700_000_000, 5, 1234, 1, 1);
    private static final Magic MAGIC = Magic.of(3495);
    private static final PycFormat WITHOUT_HASH = CacheTag.of("graalpy242-311").format();
    private static final List<PycFormat> FORMATS = List.of(
            PycFormat.CURRENT,
            PycFormat.of(PythonVersion.cpython(2, 7)),
            PycFormat.of(PythonVersion.cpython(3, 6)),
            WITHOUT_HASH);
    private static final List<Reason> REASONS = List.of(
            Reason.MATCH,
            Reason.RACY,
            Reason.MTIME,
            Reason.SIZE,
            Reason.HASH,
            Reason.CONTENT,
            Reason.UNCOMPARED_HASH,
            Reason.UNKNOWN_HASH,
            Reason.MAGIC);
    private static final RepairAction AS_WANTED = new RepairAction.Leave(SkipReason.AS_WANTED);

    /** What the planner was asked and what it said. */
    private record Row(Verdict verdict, PycHeader header, PycFormat format, TargetHeader wanted, RepairAction action) {}

    @ParameterizedTest
    @EnumSource(TargetMode.class)
    void aHeaderIsWrittenOnlyWithEvidence(TargetMode mode) {
        assertThat(rows(mode, false))
                .filteredOn(row -> row.action() instanceof RepairAction.Restamp)
                .isNotEmpty()
                .allSatisfy(row -> {
                    assertThat(row.verdict().kind()).isIn(FRESH, NEEDLESS);
                    assertThat(row.verdict().kind() == NEEDLESS || row.verdict().evidence() != null)
                            .isTrue();
                    assertThat(((RepairAction.Restamp) row.action()).evidence())
                            .isEqualTo(
                                    row.verdict().evidence() == null
                                            ? Evidence.INDEX
                                            : row.verdict().evidence());
                });
    }

    /** What the operator vouches for is what nothing but an mtime speaks against, or what nobody has compared. */
    @ParameterizedTest
    @EnumSource(TargetMode.class)
    void assumingNeverLaundersWhatIsRefuted(TargetMode mode) {
        assertThat(rows(mode, true))
                .filteredOn(row -> row.action().equals(new RepairAction.Restamp(Evidence.ASSUMED))
                        && row.verdict().evidence() != Evidence.ASSUMED)
                .isNotEmpty()
                .allSatisfy(row -> {
                    Verdict verdict = row.verdict();
                    if (verdict.kind() == STALE) {
                        assertThat(verdict.reason()).isEqualTo(Reason.MTIME);
                        assertThat(verdict.evidence()).isEqualTo(Evidence.HEADER);
                    } else {
                        assertThat(verdict.kind()).isEqualTo(FRESH);
                        assertThat(verdict.evidence()).isNull();
                    }
                });
    }

    /** Assuming spares compiling, and changes nothing of what is written, left or reported without it. */
    @ParameterizedTest
    @EnumSource(TargetMode.class)
    void assumingReplacesNothingButCompiling(TargetMode mode) {
        List<Row> careful = rows(mode, false).toList();
        List<Row> assuming = rows(mode, true).toList();
        for (int i = 0; i < careful.size(); i++) {
            RepairAction before = careful.get(i).action();
            RepairAction after = assuming.get(i).action();
            assertThat(before.equals(after)
                            || (before instanceof RepairAction.Recompile
                                    && (after.equals(new RepairAction.Restamp(Evidence.ASSUMED))
                                            || after.equals(AS_WANTED))))
                    .as("%s", careful.get(i))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TargetMode.class)
    void whatIsWrittenHasTheShapeThatItsInterpreterReads(TargetMode mode) {
        assertThat(rows(mode, true))
                .filteredOn(row ->
                        row.action() instanceof RepairAction.Restamp || row.action() instanceof RepairAction.Recompile)
                .isNotEmpty()
                .allSatisfy(row -> {
                    boolean hashed = row.wanted().isHash(row.format());
                    assertThat(hashed && row.format().hash() == null).isFalse();
                    PycHeader.Intact header = hashed
                            ? row.wanted().withHash(MAGIC, new SourceHash(7))
                            : row.wanted().withTimes(MAGIC, row.format(), SOURCE);
                    assertThat(header.layout()).isEqualTo(row.format().layout());
                    assertThat(header.encode()).hasSize(row.format().layout().length());
                    assertThat(row.wanted().isMet(header, row.format(), SOURCE, true))
                            .isTrue();
                });
    }

    @Test
    void aFormatWithoutAHashThatCanBeComputedNeverGetsOne() {
        for (TargetMode mode : List.of(TargetMode.CHECKED_HASH, TargetMode.UNCHECKED_HASH)) {
            assertThat(rows(mode, true))
                    .filteredOn(row -> row.format().hash() == null)
                    .noneMatch(row -> row.action() instanceof RepairAction.Restamp);
        }
        assertThat(new TargetHeader(TargetMode.AUTO, OptionalLong.empty()).isHash(WITHOUT_HASH))
                .isFalse();
    }

    /** A wanted header over a wrong body stays wrong: that the header matches is no reason to leave an impostor. */
    @ParameterizedTest
    @EnumSource(TargetMode.class)
    void nothingProvenWrongIsLeftAsWanted(TargetMode mode) {
        assertThat(rows(mode, true))
                .filteredOn(row -> row.action().equals(AS_WANTED))
                .isNotEmpty()
                .allMatch(row -> row.verdict().kind() == FRESH
                        || row.verdict().kind() == NEEDLESS
                        || (row.verdict().reason().equals(Reason.MTIME)
                                && row.verdict().evidence() == Evidence.HEADER));
    }

    private static Stream<Row> rows(TargetMode mode, boolean assume) {
        TargetHeader wanted = new TargetHeader(mode, OptionalLong.empty());
        RepairPolicy planner = new RepairPolicy(wanted, assume);
        Stream.Builder<Row> rows = Stream.builder();
        for (PycFormat format : FORMATS) {
            for (PycHeader header : headers(format)) {
                for (Verdict verdict : verdicts()) {
                    rows.add(new Row(verdict, header, format, wanted, planner.plan(verdict, header, format, SOURCE)));
                }
            }
        }
        return rows.build();
    }

    private static List<PycHeader> headers(PycFormat format) {
        HeaderLayout layout = format.layout();
        int size = layout == HeaderLayout.MTIME ? 0 : 1234;
        PycHeader right = new PycHeader.Timestamped(MAGIC, layout, 0, 1_700_000_000, size);
        PycHeader zero = new PycHeader.Timestamped(MAGIC, layout, 0, 0, size);
        PycHeader wrong = new PycHeader.Timestamped(MAGIC, layout, 0, 1, size);
        return layout == HeaderLayout.FLAGS
                ? List.of(
                        right,
                        zero,
                        wrong,
                        new PycHeader.Hashed(MAGIC, true, new SourceHash(7)),
                        new PycHeader.Hashed(MAGIC, false, new SourceHash(7)))
                : List.of(right, zero, wrong);
    }

    private static List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            for (Reason reason : REASONS) {
                verdicts.add(Verdict.recorded(kind, InterpreterAnswer.LOADS, reason, null));
                for (Evidence evidence : Evidence.values()) {
                    verdicts.add(Verdict.recorded(kind, InterpreterAnswer.LOADS, reason, evidence));
                }
            }
        }
        return verdicts;
    }
}
