package dev.freshpyc.core.verdict;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.LinkEnd;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceContent;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceHash;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Generates observations of every kind. Source and header often agree, so that every step of the classifier runs. */
final class ObservationDomain extends DomainContextBase {
    private static final Arbitrary<Integer> WORDS = Arbitraries.oneOf(
            Arbitraries.of(0, (int) ObservationSamples.MTIME, (int) ObservationSamples.SIZE), Arbitraries.integers());
    private static final Arbitrary<Integer> MAGICS = Arbitraries.oneOf(
            Arbitraries.of(62211, 3379, 3394, 3495, 3490, 3531, 3750, 336, 21290, 1)
                    .map(number -> Magic.of(number).raw()),
            Arbitraries.integers());
    private static final Arbitrary<SourceHash> HASHES = Arbitraries.oneOf(
                    Arbitraries.of(0L, (ObservationSamples.SIZE << 32) | ObservationSamples.MTIME), Arbitraries.longs())
            .map(SourceHash::new);
    private static final Arbitrary<Errno> ERRNOS = Arbitraries.of(Errno.EACCES, Errno.EIO, new Errno(4095));

    @Provide
    Arbitrary<Observation> observations() {
        Arbitrary<Long> taken = Arbitraries.oneOf(
                Arbitraries.of(0L, ObservationSamples.MTIME * ObservationSamples.NANOS), Arbitraries.longs());
        Arbitrary<Placement> placements =
                Arbitraries.oneOf(Arbitraries.of(Placement.CACHE), Arbitraries.of(Placement.class));
        Arbitrary<CacheTag> tags = Arbitraries.of(
                        "cpython-36", "cpython-37", "cpython-311", "cpython-316", "pypy39", "graalpy242-311", "x")
                .map(CacheTag::of);
        return Combinators.combine(taken, placements, tags, sources(), pycs())
                .as((at, placement, tag, source, pyc) ->
                        new Observation(at, placement, placement == Placement.CACHE ? tag : null, source, pyc));
    }

    private static Arbitrary<SourceState> sources() {
        Arbitrary<SourceState> present =
                Combinators.combine(stamps(), contents()).as(SourceState.Present::new);
        return Arbitraries.frequencyOf(
                Tuple.of(4, present),
                Tuple.of(1, Arbitraries.just(SourceState.ABSENT)),
                Tuple.of(1, stamps().map(SourceState.Directory::new)),
                Tuple.of(1, ERRNOS.map(SourceState.Unreachable::new)));
    }

    private static Arbitrary<FileStamp> stamps() {
        Arbitrary<Long> seconds = Arbitraries.oneOf(Arbitraries.of(0L, ObservationSamples.MTIME), Arbitraries.longs());
        Arbitrary<Integer> nanos =
                Arbitraries.oneOf(Arbitraries.just(0), Arbitraries.integers().between(0, 999_999_999));
        Arbitrary<Long> sizes = Arbitraries.oneOf(
                Arbitraries.of(0L, ObservationSamples.SIZE), Arbitraries.longs().greaterOrEqual(0));
        return Combinators.combine(seconds, nanos, sizes).as((s, n, size) -> new FileStamp(s, n, s, n, size, 1, 1));
    }

    private static Arbitrary<SourceContent> contents() {
        return Arbitraries.oneOf(
                HASHES.map(SourceContent.Hash::new),
                ERRNOS.map(SourceContent.Unreadable::new),
                Arbitraries.of(SourceContent.UNREAD, new SourceContent.UnknownHash(), new SourceContent.Changing()));
    }

    private static Arbitrary<PycState> pycs() {
        Arbitrary<PycState> read = Combinators.combine(
                        headers(), Arbitraries.of(BodyState.class), Arbitraries.of(HeaderLayout.class))
                .as((bytes, body, layout) -> read(bytes, PycHeader.parse(bytes, bytes.length, layout), body));
        return Arbitraries.frequencyOf(
                Tuple.of(6, read),
                Tuple.of(1, Arbitraries.of(PycState.ABSENT, PycState.NOT_A_FILE, PycState.DIRECTORY)),
                Tuple.of(1, Arbitraries.of(LinkEnd.class).map(PycState.LinkToNoFile::new)),
                Tuple.of(1, ERRNOS.map(PycState.Unreadable::new)));
    }

    private static PycState read(byte[] file, PycHeader header, BodyState body) {
        int magic = file.length < Magic.LENGTH ? 0 : littleEndian(file).getInt();
        return new PycState.Read(magic, header, body);
    }

    /** Most headers are whole. The second word is the flags or the mtime, depending on the layout. */
    private static Arbitrary<byte[]> headers() {
        Arbitrary<Integer> seconds = Arbitraries.oneOf(Arbitraries.integers().between(0, 4), WORDS);
        Arbitrary<Integer> lengths =
                Arbitraries.oneOf(Arbitraries.just(16), Arbitraries.integers().between(0, 16));
        return Combinators.combine(MAGICS, seconds, WORDS, WORDS, lengths)
                .as((magic, second, third, fourth, length) -> {
                    byte[] file = new byte[HeaderLayout.MAX_LENGTH];
                    littleEndian(file)
                            .putInt(magic)
                            .putInt(second)
                            .putInt(third)
                            .putInt(fourth);
                    return Arrays.copyOf(file, length);
                });
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
