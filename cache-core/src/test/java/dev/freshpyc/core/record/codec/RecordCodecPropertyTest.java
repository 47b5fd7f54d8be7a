package dev.freshpyc.core.record.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.record.ContentFacts;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.core.verdict.Verdict.Kind;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RecordCodecPropertyTest {

    @Property
    void anEncodedRecordIsDecodedToAnEqualRecord(@ForAll("records") SourceRecord record) throws BadRecordException {
        assertThat(RecordCodec.decode(RecordCodec.encode(record))).isEqualTo(record);
    }

    @Provide
    Arbitrary<SourceRecord> records() {
        return Combinators.combine(
                        stamps().injectNull(0.2),
                        digests().injectNull(0.2),
                        pycs().list().ofMaxSize(4))
                .as(SourceRecord::new);
    }

    private static Arbitrary<PycRecord> pycs() {
        return Combinators.combine(
                        tags().injectNull(0.2),
                        levels(),
                        stamps(),
                        headers(),
                        digests().injectNull(0.2),
                        digests().injectNull(0.5),
                        verdicts(),
                        contentFacts())
                .as((tag, level, stamp, header, body, provenFor, verdict, facts) -> new PycRecord(
                        tag,
                        level,
                        stamp,
                        header,
                        body,
                        provenFor,
                        provenFor == null ? null : verdict.evidence(),
                        verdict,
                        tag == null ? ContentFacts.NOTHING : facts));
    }

    private static Arbitrary<ContentFacts> contentFacts() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.longs().between(0, 1).map(SourceHash::new).injectNull(0.5))
                .as(ContentFacts::new);
    }

    private static Arbitrary<FileStamp> stamps() {
        Arbitrary<Integer> nanos = Arbitraries.integers().between(0, 999_999_999);
        Arbitrary<FileStamp> anyStamp = Combinators.combine(
                        Arbitraries.longs(),
                        nanos,
                        Arbitraries.longs(),
                        nanos,
                        Arbitraries.longs().greaterOrEqual(0),
                        Arbitraries.longs(),
                        Arbitraries.longs().between(-1, 1))
                .as(FileStamp::new);
        return Arbitraries.oneOf(anyStamp, Arbitraries.just(FileStamp.UNSETTLED));
    }

    /** Only two digests, so that a body's proof often matches the digest of the source. */
    private static Arbitrary<Sha256> digests() {
        return Arbitraries.longs().between(0, 1).map(first -> new Sha256(first, Long.MIN_VALUE, -1, 0));
    }

    private static Arbitrary<String> tags() {
        Arbitrary<String> rawTag = Arbitraries.bytes()
                .array(byte[].class)
                .ofMaxSize(20)
                .map(bytes -> RawPath.of(bytes, 0, bytes.length).toPython());
        Arbitrary<String> usualTag = Arbitraries.of(
                "cpython-36", "cpython-311", "cpython-27", "cpython-300", "cpython-3011", "pypy39", "jython");
        return Arbitraries.oneOf(rawTag, usualTag);
    }

    private static Arbitrary<OptimizationLevel> levels() {
        return Arbitraries.strings().numeric().alpha().ofMaxLength(3).map(OptimizationLevel::new);
    }

    private static Arbitrary<HeaderBytes> headers() {
        Arbitrary<HeaderBytes> anyHeader =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(16).map(bytes -> HeaderBytes.of(bytes, bytes.length));
        Arbitrary<HeaderBytes> hashed = Arbitraries.longs()
                .between(0, 1)
                .map(hash -> new HeaderBytes(0x0000_0003_0a0d_0da7L, hash, HeaderLayout.MAX_LENGTH));
        return Arbitraries.oneOf(anyHeader, hashed);
    }

    private static Arbitrary<Verdict> verdicts() {
        Arbitrary<Reason> reasons = Arbitraries.oneOf(
                Arbitraries.of(VerdictCodec.REASONS),
                Arbitraries.of("EIO", "x-é").map(Reason::new));
        return Combinators.combine(
                        Arbitraries.of(Kind.values()),
                        Arbitraries.of(InterpreterAnswer.values()).injectNull(0.2),
                        reasons,
                        Arbitraries.of(Evidence.values()).injectNull(0.2))
                .as(Verdict::recorded);
    }
}
