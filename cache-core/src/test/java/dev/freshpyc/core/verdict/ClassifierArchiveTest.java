package dev.freshpyc.core.verdict;

import static dev.freshpyc.core.observe.Observation.SourceState.ABSENT;
import static dev.freshpyc.core.verdict.ObservationSamples.GOOD;
import static dev.freshpyc.core.verdict.ObservationSamples.HASH;
import static dev.freshpyc.core.verdict.ObservationSamples.MTIME;
import static dev.freshpyc.core.verdict.ObservationSamples.SIZE;
import static dev.freshpyc.core.verdict.ObservationSamples.SOURCE;
import static dev.freshpyc.core.verdict.ObservationSamples.at;
import static dev.freshpyc.core.verdict.ObservationSamples.pyc;
import static dev.freshpyc.core.verdict.ObservationSamples.source;
import static dev.freshpyc.core.verdict.ObservationSamples.timestamp;
import static dev.freshpyc.core.verdict.ObservationSamples.timestamp27;
import static dev.freshpyc.core.verdict.ObservationSamples.timestamp36;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceContent;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycHeader;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verdicts on members of an archive. CPython 3.7 does not compare the hash of a hash-based member. */
class ClassifierArchiveTest {
    private static final PycState CHECKED = pyc(new PycHeader.Hashed(Magic.of(3394), true, HASH));
    private static final PycState UNCHECKED = pyc(new PycHeader.Hashed(Magic.of(3394), false, HASH));

    static List<ClassifierCase> hashedMembersOf37() {
        return List.of(
                new ClassifierCase(
                        "right hash",
                        at(Placement.ARCHIVE, source(new SourceContent.Hash(HASH)), CHECKED),
                        "needless recompiles flags hash-header"),
                new ClassifierCase(
                        "wrong hash",
                        at(Placement.ARCHIVE, source(new SourceContent.Hash(ObservationSamples.OTHER_HASH)), CHECKED),
                        "stale recompiles flags hash-header"),
                new ClassifierCase(
                        "source unread", at(Placement.ARCHIVE, SOURCE, CHECKED), "stale recompiles flags header"),
                new ClassifierCase("no source", at(Placement.ARCHIVE, ABSENT, CHECKED), "malformed fails flags header"),
                new ClassifierCase(
                        "no source, __init__",
                        at(Placement.ARCHIVE_FIRST, ABSENT, CHECKED),
                        "malformed ignores flags header"),
                new ClassifierCase(
                        "no source, unchecked",
                        at(Placement.ARCHIVE, ABSENT, UNCHECKED),
                        "sourceless loads no-source header"));
    }

    @ParameterizedTest
    @MethodSource("hashedMembersOf37")
    void aHashedMemberHasItsVerdict(ClassifierCase example) {
        assertThat(example.verdictOf(ClassifierCase.defaultClassifier())).isEqualTo(example.verdict());
    }

    /** 3.7 compares only the mtime. Another size still shows that the body belongs to another source. */
    static List<ClassifierCase> membersWithOtherTimes() {
        SourceState other = source(MTIME, 0, SIZE + 1);
        return List.of(
                new ClassifierCase(
                        "another mtime",
                        at(Placement.ARCHIVE, SOURCE, timestamp(0, (int) MTIME + 100, (int) SIZE)),
                        "stale recompiles mtime header"),
                new ClassifierCase("another size", at(Placement.ARCHIVE, other, GOOD), "stale recompiles size header"),
                new ClassifierCase(
                        "another mtime and size",
                        at(Placement.ARCHIVE, other, timestamp(0, (int) MTIME + 100, (int) SIZE)),
                        "stale recompiles size header"),
                new ClassifierCase(
                        "another mtime and size, 3.6",
                        at(Placement.ARCHIVE, other, timestamp36(MTIME + 100, (int) SIZE)),
                        "stale recompiles size header"),
                new ClassifierCase(
                        "another size, 3.6",
                        at(Placement.ARCHIVE, other, timestamp36(MTIME, (int) SIZE)),
                        "fresh loads match header"),
                new ClassifierCase(
                        "another mtime, 2.7",
                        at(Placement.ARCHIVE, other, timestamp27(MTIME + 100)),
                        "stale recompiles mtime header"),
                new ClassifierCase(
                        "another mtime, 2.7, before a .pyo",
                        at(Placement.ARCHIVE_FIRST, other, timestamp27(MTIME + 100)),
                        "stale ignores mtime header"),
                new ClassifierCase(
                        "2.7, before a .pyo",
                        at(Placement.ARCHIVE_FIRST, SOURCE, timestamp27(MTIME)),
                        "fresh loads match header"));
    }

    @ParameterizedTest
    @MethodSource("membersWithOtherTimes")
    void aMemberIsRejectedForItsTimes(ClassifierCase example) {
        assertThat(example.verdictOf(ClassifierCase.defaultClassifier())).isEqualTo(example.verdict());
    }

    static List<ClassifierCase> membersThatCannotBeUnpacked() {
        SourceState damagedSource = source(new SourceContent.Unreadable(Errno.EBADMSG));
        return List.of(
                new ClassifierCase(
                        "bytecode", at(Placement.ARCHIVE, SOURCE, PycState.OTHER_METHOD), "fatal fails compression -"),
                new ClassifierCase(
                        "source of bytecode with another mtime",
                        at(
                                Placement.ARCHIVE,
                                damagedSource,
                                pyc(new PycHeader.Timestamped(Magic.of(3495), HeaderLayout.FLAGS, 0, 1, 1))),
                        "stale fails size header"));
    }

    @ParameterizedTest
    @MethodSource("membersThatCannotBeUnpacked")
    void aMemberThatCannotBeUnpackedEndsTheImport(ClassifierCase example) {
        assertThat(example.verdictOf(ClassifierCase.defaultClassifier())).isEqualTo(example.verdict());
    }
}
