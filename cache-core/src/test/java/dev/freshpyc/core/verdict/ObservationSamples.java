package dev.freshpyc.core.verdict;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceContent;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceHash;

/** Parts of observations for tests: a source that CPython 3.11 compiled and that was observed one hour after its mtime. */
final class ObservationSamples {
    static final long MTIME = 1_700_000_000L;
    static final long SIZE = 1234;
    static final long NANOS = 1_000_000_000L;
    static final long LATER = (MTIME + 3600) * NANOS;
    static final SourceHash HASH = new SourceHash(0x0102030405060708L);
    static final SourceHash OTHER_HASH = new SourceHash(0x0102030405060709L);

    static final Magic MAGIC_27 = Magic.of(62211);
    static final Magic MAGIC_36 = Magic.of(3379);
    static final Magic MAGIC_311 = Magic.of(3495);
    static final Magic MAGIC_312 = Magic.of(3531);

    static final SourceState SOURCE = source(MTIME, 0, SIZE);
    static final SourceState UNREACHABLE = new SourceState.Unreachable(Errno.EACCES);
    static final PycState.Read GOOD = timestamp(0, (int) MTIME, (int) SIZE);

    private ObservationSamples() {}

    static final SourceState DIRECTORY = new SourceState.Directory(new FileStamp(MTIME, 0, MTIME, 0, SIZE, 1, 1));

    static SourceState source(long seconds, int nanos, long size) {
        return SourceState.present(new FileStamp(seconds, nanos, seconds, nanos, size, 1, 1));
    }

    static SourceState source(SourceContent content) {
        return new SourceState.Present(new FileStamp(MTIME, 0, MTIME, 0, SIZE, 1, 1), content);
    }

    /** A timestamp pyc of CPython 3.11. */
    static PycState.Read timestamp(int flags, int mtime, int size) {
        return pyc(new PycHeader.Timestamped(MAGIC_311, HeaderLayout.FLAGS, flags, mtime, size));
    }

    /** A timestamp pyc of CPython 3.6. */
    static PycState.Read timestamp36(long mtime, int size) {
        return pyc(new PycHeader.Timestamped(MAGIC_36, HeaderLayout.MTIME_SIZE, 0, (int) mtime, size));
    }

    /** A pyc of CPython 2.7. */
    static PycState.Read timestamp27(long mtime) {
        return pyc(new PycHeader.Timestamped(MAGIC_27, HeaderLayout.MTIME, 0, (int) mtime, 0));
    }

    /** A hash-based pyc of CPython 3.11 for a source with {@link #HASH}. */
    static PycState.Read hashed(boolean checkSource) {
        return pyc(new PycHeader.Hashed(MAGIC_311, checkSource, HASH));
    }

    static PycState.Read pyc(PycHeader.Intact header) {
        return new PycState.Read(header.magic().raw(), header, BodyState.BEGINS_AS_CODE);
    }

    /** A pyc of {@code length} bytes, fewer than a header has. */
    static PycState.Read cut(Magic magic, int length) {
        int raw = length < Magic.LENGTH ? 0 : magic.raw();
        return new PycState.Read(raw, new PycHeader.Cut(length), BodyState.EMPTY);
    }

    static PycState.Read badFlags(int flags) {
        return new PycState.Read(MAGIC_311.raw(), new PycHeader.BadFlags(MAGIC_311, flags), BodyState.BEGINS_AS_CODE);
    }

    static PycState.Read with(PycState.Read pyc, BodyState body) {
        return new PycState.Read(pyc.magic(), pyc.header(), body);
    }

    static PycState.Read with(PycState.Read pyc, Magic magic) {
        return new PycState.Read(magic.raw(), pyc.header(), pyc.body());
    }

    static Observation inCache(String tag, SourceState source, PycState pyc) {
        return new Observation(LATER, Placement.CACHE, CacheTag.of(tag), source, pyc);
    }

    static Observation inCache(SourceState source, PycState pyc) {
        return inCache("cpython-311", source, pyc);
    }

    static Observation at(Placement placement, SourceState source, PycState pyc) {
        return new Observation(LATER, placement, null, source, pyc);
    }

    static Observation legacy(SourceState source, PycState pyc) {
        return at(Placement.LEGACY, source, pyc);
    }

    /** A verdict as reports write it, for example {@code stale recompiles mtime header}; a dash stands for null. */
    static String describe(Verdict verdict) {
        InterpreterAnswer answer = verdict.interpreter();
        Evidence evidence = verdict.evidence();
        return String.join(
                " ",
                verdict.kind().label(),
                answer == null ? "-" : answer.label(),
                verdict.reason().label(),
                evidence == null ? "-" : evidence.label());
    }
}
