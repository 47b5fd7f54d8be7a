package dev.freshpyc.core.marshal;

import static dev.freshpyc.core.marshal.Code.digest;
import static dev.freshpyc.core.marshal.Code.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What has no digest, what costs no more than its bytes, and which file name is the code's. */
class CodeDigestBoundsTest {
    /** 200 pairs, each of the pair before: 2^200 objects to who unfolds them. */
    @Test
    void aBodyThatUnfoldsWithoutEndIsDigestedOnce() {
        UnaryOperator<Stream> laughs = s -> {
            s.tuple(201).marked(')').u8(1).types("N");
            for (int pair = 0; pair < 200; pair++) {
                s.marked(')').u8(2).reference(pair).reference(pair);
            }
            return s;
        };
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(digest(laughs)).isNotEmpty();
        });
    }

    @Test
    void whatIsNotWholeHasNone() throws IOException {
        byte[] body = Code.of(CodeDigestBoundsTest::none);
        Optional<CodeDigest> whole = digest(body);
        assertThat(whole).isNotEmpty();
        assertThat(digest(Arrays.copyOf(body, body.length - 1))).isEmpty();
        assertThat(digest(new byte[0])).isEmpty();
        assertThat(digest(new Stream().types("N").toBytes())).isEmpty();
        assertThat(digest(s -> s.types("?"))).isEmpty();
        assertThat(digest(body)).isEqualTo(whole);
    }

    @Test
    void whatContainsItselfHasNone() throws IOException {
        assertThat(digest(s -> s.marked('(').i32(1).reference(0))).isEmpty();
        assertThat(digest(s -> s.marked('[').i32(1).tuple(1).reference(0))).isEmpty();
    }

    /** A shared list is changed in both places, a repeated one in one. */
    @Test
    void whatCanBeChangedIsNotReferredTo() throws IOException {
        assertThat(digest(s -> s.tuple(1).marked('[').i32(0))).isNotEmpty();
        assertThat(digest(s -> s.tuple(2).marked('[').i32(0).reference(0))).isEmpty();
        assertThat(digest(s -> s.tuple(2).marked('(').i32(1).type('<').i32(0).reference(0)))
                .isEmpty();
        assertThat(digest(s -> s.tuple(2).marked('(').i32(1).types("{0").reference(0)))
                .isEmpty();
    }

    @Test
    void aMemberTwiceOrAKeyWithoutAValueHasNone() throws IOException {
        assertThat(digest(s -> s.type('>').i32(2).types("NN"))).isEmpty();
        assertThat(digest(s -> s.type('>').i32(2).types("NT"))).isNotEmpty();
        assertThat(digest(s -> s.types("{N0"))).isEmpty();
        assertThat(digest(s -> s.types("{NN0"))).isNotEmpty();
    }

    @Test
    void slotsAndMembersAreLimited() throws IOException {
        int limit = DigestTable.LIMIT;
        assertThat(digest(many('(', limit))).isNotEmpty();
        assertThat(digest(many('(', limit + 1))).isEmpty();
        assertThat(digest(members(OpenDigests.MEMBER_LIMIT))).isNotEmpty();
        assertThat(digest(members(OpenDigests.MEMBER_LIMIT + 1))).isEmpty();
    }

    @Test
    void depthIsTheWalkers() throws IOException {
        assertThat(digest(nested(MarshalDialect.DEPTH_LIMIT - 2))).isNotEmpty();
        assertThat(digest(nested(MarshalDialect.DEPTH_LIMIT - 1))).isEmpty();
    }

    @Test
    void theFileNameIsTold() throws IOException {
        assertThat(name(text("a.py"))).contains(RawPath.of("a.py"));
        assertThat(name(s -> s.type('u').i32(3).u8(0xed).u8(0xb2).u8(0x80)))
                .contains(RawPath.of(new byte[] {(byte) 0xed, (byte) 0xb2, (byte) 0x80}, 0, 3));
        assertThat(name(s -> s.type('A').i32(SharedFileName.LIMIT).zeros(SharedFileName.LIMIT)))
                .isNotEmpty();
        assertThat(name(s -> s.type('A').i32(SharedFileName.LIMIT + 1).zeros(SharedFileName.LIMIT + 1)))
                .isEmpty();
        assertThat(name(s -> s.type('a').i32(1).u8(0xe9))).isEmpty();
        assertThat(name(s -> s.type('s').i32(1).types("a"))).isEmpty();
        assertThat(name(CodeDigestBoundsTest::none)).isEmpty();
    }

    @Test
    void theFileNameMayStandElsewhere() throws IOException {
        var referred = Code.write(new Stream(), s -> s.marked('z').u8(4).types("a.py"), s -> s.reference(0));
        assertThat(digest(referred.toBytes())).isNotEmpty().isEqualTo(digest(text("a.py")));
    }

    @Test
    void aFileThatChangesBeforeItsNameIsReadHasNone() throws IOException {
        SparseFile before = SparseFile.of(Code.write(new Stream(), CodeDigestBoundsTest::none, text("a.py"))
                .toBytes());
        SparseFile after = SparseFile.of(Code.write(new Stream(), CodeDigestBoundsTest::none, text("b.py"))
                .toBytes());
        ByteSource changing = (position, into, offset, length) ->
                (position == 0 ? before : after).read(position, into, offset, length);

        assertThat(new CodeDigester().digest(changing, 0, MarshalDialect.CPYTHON_3_11))
                .isEmpty();
    }

    @Test
    void codeInsideSharesTheNameOrKeepsItsOwn() throws IOException {
        CodeDigest here = twoNames("a.py", "a.py").orElseThrow();
        CodeDigest there = twoNames("b.py", "b.py").orElseThrow();

        assertThat(here).isNotEqualTo(there);
        assertThat(here.sameCode(there)).isTrue();
        assertThat(twoNames("a.py", "b.py")).isEmpty();
    }

    /** The name that counts as shared is the outermost one's, wherever code is put. */
    @Test
    void anotherNameAfterTheOutermostOneIsAPart() throws IOException {
        CodeDigest one = lateName("a.py", "x.py").orElseThrow();
        CodeDigest other = lateName("a.py", "y.py").orElseThrow();

        assertThat(one.fileName()).isEqualTo(other.fileName());
        assertThat(one.sameCode(other)).isFalse();
    }

    private static Optional<CodeDigest> twoNames(String inner, String outer) throws IOException {
        return digest(Code.write(new Stream(), s -> Code.write(s, CodeDigestBoundsTest::none, text(inner)), text(outer))
                .toBytes());
    }

    /** Code where the exception table should be. */
    private static Optional<CodeDigest> lateName(String outer, String late) throws IOException {
        byte[] body = Code.write(new Stream(), CodeDigestBoundsTest::none, text(outer))
                .toBytes();
        byte[] inner =
                Code.write(new Stream(), CodeDigestBoundsTest::none, text(late)).toBytes();
        byte[] joined = Arrays.copyOf(body, body.length - 5 + inner.length);
        System.arraycopy(inner, 0, joined, body.length - 5, inner.length);
        return digest(joined);
    }

    private static Optional<RawPath> name(UnaryOperator<Stream> fileName) throws IOException {
        return digest(Code.write(new Stream(), CodeDigestBoundsTest::none, fileName)
                        .toBytes())
                .map(CodeDigest::fileName);
    }

    private static Stream none(Stream stream) {
        return stream.types("N");
    }

    private static UnaryOperator<Stream> many(char type, int count) {
        return s -> {
            s.type(type).i32(count);
            for (int item = 0; item < count; item++) {
                s.marked(')').u8(0);
            }
            return s;
        };
    }

    private static UnaryOperator<Stream> members(int count) {
        return s -> {
            s.type('>').i32(count);
            for (int item = 0; item < count; item++) {
                s.type('i').i32(item);
            }
            return s;
        };
    }

    private static UnaryOperator<Stream> nested(int depth) {
        return s -> {
            for (int level = 0; level < depth; level++) {
                s.type(')').u8(1);
            }
            return s.types("N");
        };
    }
}
