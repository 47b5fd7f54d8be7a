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
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Plans every combination of verdict, reason, evidence, header and target, and checks the rules that every plan must keep: above
 * all, a header is rewritten only over a body that some evidence supports.
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
    private static final RepairAction LEAVE_AS_WANTED = new RepairAction.Leave(SkipReason.AS_WANTED);

    /** The input of the policy and the action that the policy chose. */
    private record PlannedCase(
            Verdict verdict, PycHeader header, PycFormat format, TargetHeader wanted, RepairAction action) {}

    @ParameterizedTest
    @EnumSource(TargetMode.class)
    void aHeaderIsRewrittenOnlyWithEvidence(TargetMode mode) {
        assertThat(plannedCases(mode, false))
                .filteredOn(planned -> planned.action() instanceof RepairAction.Restamp)
                .isNotEmpty()
                .allSatisfy(planned -> {
                    assertThat(planned.verdict().kind()).isIn(FRESH, NEEDLESS);
                    assertThat(planned.verdict().kind() == NEEDLESS
                                    || planned.verdict().evidence() != null)
                            .isTrue();
                    assertThat(((RepairAction.Restamp) planned.action()).evidence())
                            .isEqualTo(
                                    planned.verdict().evidence() == null
                                            ? Evidence.INDEX
                                            : planned.verdict().evidence());
                });
    }

    /** The user's assumption counts only if an mtime is the sole contrary evidence, or if nothing was compared. */
    @ParameterizedTest
    @EnumSource(TargetMode.class)
    void anAssumptionNeverOverridesContraryEvidence(TargetMode mode) {
        assertThat(plannedCases(mode, true))
                .filteredOn(planned -> planned.action().equals(new RepairAction.Restamp(Evidence.ASSUMED))
                        && planned.verdict().evidence() != Evidence.ASSUMED)
                .isNotEmpty()
                .allSatisfy(planned -> {
                    Verdict verdict = planned.verdict();
                    if (verdict.kind() == STALE) {
                        assertThat(verdict.reason()).isEqualTo(Reason.MTIME);
                        assertThat(verdict.evidence()).isEqualTo(Evidence.HEADER);
                    } else {
                        assertThat(verdict.kind()).isEqualTo(FRESH);
                        assertThat(verdict.evidence()).isNull();
                    }
                });
    }

    /** With {@code assume}, a recompilation may become a restamp; every other action stays the same. */
    @ParameterizedTest
    @EnumSource(TargetMode.class)
    void anAssumptionReplacesNothingButARecompilation(TargetMode mode) {
        List<PlannedCase> withoutAssumption = plannedCases(mode, false).toList();
        List<PlannedCase> withAssumption = plannedCases(mode, true).toList();
        for (int i = 0; i < withoutAssumption.size(); i++) {
            RepairAction before = withoutAssumption.get(i).action();
            RepairAction after = withAssumption.get(i).action();
            assertThat(before.equals(after)
                            || (before instanceof RepairAction.Recompile
                                    && (after.equals(new RepairAction.Restamp(Evidence.ASSUMED))
                                            || after.equals(LEAVE_AS_WANTED))))
                    .as("%s", withoutAssumption.get(i))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TargetMode.class)
    void aWrittenHeaderHasTheLayoutThatTheInterpreterReads(TargetMode mode) {
        assertThat(plannedCases(mode, true))
                .filteredOn(planned -> planned.action() instanceof RepairAction.Restamp
                        || planned.action() instanceof RepairAction.Recompile)
                .isNotEmpty()
                .allSatisfy(planned -> {
                    boolean hashed = planned.wanted().isHash(planned.format());
                    assertThat(hashed && planned.format().hash() == null).isFalse();
                    PycHeader.Intact header = hashed
                            ? planned.wanted().withHash(MAGIC, new SourceHash(7))
                            : planned.wanted().withTimes(MAGIC, planned.format(), SOURCE);
                    assertThat(header.layout()).isEqualTo(planned.format().layout());
                    assertThat(header.encode())
                            .hasSize(planned.format().layout().length());
                    assertThat(planned.wanted().isMet(header, planned.format(), SOURCE, true))
                            .isTrue();
                });
    }

    /** A pyc that the interpreter loads stays as it is. A fatal pyc is recompiled, with times in the new header. */
    @Test
    void aFormatWithoutAComputableHashNeverGetsAHash() {
        for (TargetMode mode : List.of(TargetMode.CHECKED_HASH, TargetMode.UNCHECKED_HASH)) {
            assertThat(new TargetHeader(mode, OptionalLong.empty()).isHash(WITHOUT_HASH))
                    .isFalse();
            assertThat(plannedCases(mode, true))
                    .filteredOn(planned -> planned.format().hash() == null)
                    .filteredOn(planned -> planned.verdict().kind() == FRESH)
                    .isNotEmpty()
                    .allMatch(planned -> planned.action().equals(new RepairAction.Report(SkipReason.NO_HASH)));
            assertThat(plannedCases(mode, true))
                    .filteredOn(planned -> planned.format().hash() == null)
                    .filteredOn(planned -> planned.verdict().kind() == Verdict.Kind.FATAL)
                    .isNotEmpty()
                    .allMatch(planned -> planned.action() instanceof RepairAction.Recompile);
        }
        assertThat(new TargetHeader(TargetMode.AUTO, OptionalLong.empty()).isHash(WITHOUT_HASH))
                .isFalse();
    }

    /** A matching header is no reason to leave a pyc whose body is wrong. */
    @ParameterizedTest
    @EnumSource(TargetMode.class)
    void aPycThatIsProvenWrongIsNeverLeftAsWanted(TargetMode mode) {
        assertThat(plannedCases(mode, true))
                .filteredOn(planned -> planned.action().equals(LEAVE_AS_WANTED))
                .isNotEmpty()
                .allMatch(planned -> planned.verdict().kind() == FRESH
                        || planned.verdict().kind() == NEEDLESS
                        || (planned.verdict().reason().equals(Reason.MTIME)
                                && planned.verdict().evidence() == Evidence.HEADER));
    }

    /** A pyc with weaker evidence than the user requires is recompiled, not restamped. */
    @ParameterizedTest
    @EnumSource(Evidence.class)
    void noHeaderIsWrittenOnWeakerEvidenceThanIsRequired(Evidence weakest) {
        assertThat(plannedCases(TargetMode.UNCHECKED_HASH, weakest))
                .filteredOn(planned -> planned.action() instanceof RepairAction.Restamp)
                .isNotEmpty()
                .allMatch(planned ->
                        ((RepairAction.Restamp) planned.action()).evidence().isAtLeast(weakest));
    }

    /** A wrong body can have a matching header, so the required evidence applies also to a pyc that stays as it is. */
    @ParameterizedTest
    @EnumSource(TargetMode.class)
    void noBodyStaysOnWeakerEvidenceThanIsRequired(TargetMode mode) {
        for (Evidence weakest : EnumSet.range(Evidence.RECOMPILED, Evidence.MANIFEST)) {
            assertThat(plannedCases(mode, weakest))
                    .filteredOn(planned -> planned.action().equals(LEAVE_AS_WANTED))
                    .isNotEmpty()
                    .allMatch(planned -> planned.verdict().evidence() != null
                            ? planned.verdict().evidence().isAtLeast(weakest)
                            : planned.verdict().kind() == NEEDLESS);
        }
    }

    /** A file changes only where its verdict says so; otherwise the report has the reason why the file could not be judged. */
    @Test
    void anUndecidedFileIsReportedAsChangingOnlyIfItChanged() {
        RepairPolicy policy =
                new RepairPolicy(new TargetHeader(TargetMode.AUTO, OptionalLong.empty()), Evidence.HEADER);
        PycHeader header = headers(PycFormat.CURRENT).getFirst();
        Verdict unknown = Verdict.recorded(Verdict.Kind.UNDECIDED, null, Reason.UNKNOWN_HASH, null);

        assertThat(policy.plan(Verdict.changing(), header, PycFormat.CURRENT, SOURCE))
                .isEqualTo(new RepairAction.Report(SkipReason.CHANGING));
        assertThat(policy.plan(unknown, header, PycFormat.CURRENT, SOURCE))
                .isEqualTo(new RepairAction.Report(SkipReason.UNDECIDED));
        assertThat(SkipReason.CHANGING.detail(Reason.CHANGING)).isEmpty();
        assertThat(SkipReason.UNDECIDED.detail(Reason.UNKNOWN_HASH)).isEqualTo("unknown-hash");
    }

    private static Stream<PlannedCase> plannedCases(TargetMode mode, boolean assume) {
        return plannedCases(mode, assume ? Evidence.ASSUMED : Evidence.HEADER);
    }

    private static Stream<PlannedCase> plannedCases(TargetMode mode, Evidence weakest) {
        TargetHeader wanted = new TargetHeader(mode, OptionalLong.empty());
        RepairPolicy policy = new RepairPolicy(wanted, weakest);
        Stream.Builder<PlannedCase> plannedCases = Stream.builder();
        for (PycFormat format : FORMATS) {
            for (PycHeader header : headers(format)) {
                for (Verdict verdict : verdicts()) {
                    plannedCases.add(new PlannedCase(
                            verdict, header, format, wanted, policy.plan(verdict, header, format, SOURCE)));
                }
            }
        }
        return plannedCases.build();
    }

    private static List<PycHeader> headers(PycFormat format) {
        HeaderLayout layout = format.layout();
        int size = layout == HeaderLayout.MTIME ? 0 : 1234;
        PycHeader matching = new PycHeader.Timestamped(MAGIC, layout, 0, 1_700_000_000, size);
        PycHeader withZeroMtime = new PycHeader.Timestamped(MAGIC, layout, 0, 0, size);
        PycHeader withWrongMtime = new PycHeader.Timestamped(MAGIC, layout, 0, 1, size);
        return layout == HeaderLayout.FLAGS
                ? List.of(
                        matching,
                        withZeroMtime,
                        withWrongMtime,
                        new PycHeader.Hashed(MAGIC, true, new SourceHash(7)),
                        new PycHeader.Hashed(MAGIC, false, new SourceHash(7)))
                : List.of(matching, withZeroMtime, withWrongMtime);
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
