package dev.freshpyc.core.marshal;

import static dev.freshpyc.core.marshal.CodeBodies.digest;
import static dev.freshpyc.core.marshal.CodeBodies.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.file.SparseFile;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Checks which bodies have no digest, that digesting takes linear time, and which file name a digest has. */
class CodeDigestBoundsTest {
    /** Each of 200 pairs contains the previous pair twice. Resolving every reference would give 2^200 objects. */
    @Test
    void aBodyOfNestedReferencesIsDigestedInLinearTime() {
        UnaryOperator<MarshalBytes> nestedPairs = s -> {
            s.tuple(201).flagged(')').u8(1).types("N");
            for (int pair = 0; pair < 200; pair++) {
                s.flagged(')').u8(2).reference(pair).reference(pair);
            }
            return s;
        };
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(digest(nestedPairs)).isNotEmpty();
        });
    }

    @Test
    void anIncompleteBodyHasNoDigest() throws IOException {
        byte[] body = CodeBodies.of(CodeDigestBoundsTest::none);
        Optional<CodeDigest> whole = digest(body);
        assertThat(whole).isNotEmpty();
        assertThat(digest(Arrays.copyOf(body, body.length - 1))).isEmpty();
        assertThat(digest(new byte[0])).isEmpty();
        assertThat(digest(new MarshalBytes().types("N").toBytes())).isEmpty();
        assertThat(digest(s -> s.types("?"))).isEmpty();
        assertThat(digest(body)).isEqualTo(whole);
    }

    @Test
    void anObjectThatContainsItselfHasNoDigest() throws IOException {
        assertThat(digest(s -> s.flagged('(').i32(1).reference(0))).isEmpty();
        assertThat(digest(s -> s.flagged('[').i32(1).tuple(1).reference(0))).isEmpty();
    }

    /** A change of a shared list is visible in both places, a change of a copied list in one. So sharing matters. */
    @Test
    void aReferenceToAMutableObjectHasNoDigest() throws IOException {
        assertThat(digest(s -> s.tuple(1).flagged('[').i32(0))).isNotEmpty();
        assertThat(digest(s -> s.tuple(2).flagged('[').i32(0).reference(0))).isEmpty();
        assertThat(digest(s -> s.tuple(2).flagged('(').i32(1).type('<').i32(0).reference(0)))
                .isEmpty();
        assertThat(digest(s -> s.tuple(2).flagged('(').i32(1).types("{0").reference(0)))
                .isEmpty();
    }

    @Test
    void aRepeatedSetMemberOrAKeyWithoutAValueHasNoDigest() throws IOException {
        assertThat(digest(s -> s.type('>').i32(2).types("NN"))).isEmpty();
        assertThat(digest(s -> s.type('>').i32(2).types("NT"))).isNotEmpty();
        assertThat(digest(s -> s.types("{N0"))).isEmpty();
        assertThat(digest(s -> s.types("{NN0"))).isNotEmpty();
    }

    @Test
    void aBodyWithTooManySlotsOrSetMembersHasNoDigest() throws IOException {
        int limit = DigestTable.LIMIT;
        assertThat(digest(emptyTuples('(', limit))).isNotEmpty();
        assertThat(digest(emptyTuples('(', limit + 1))).isEmpty();
        assertThat(digest(setOf(OpenDigests.MEMBER_LIMIT))).isNotEmpty();
        assertThat(digest(setOf(OpenDigests.MEMBER_LIMIT + 1))).isEmpty();
    }

    @Test
    void aBodyTooDeepForTheWalkerHasNoDigest() throws IOException {
        assertThat(digest(nestedTuples(MarshalDialect.DEPTH_LIMIT - 2))).isNotEmpty();
        assertThat(digest(nestedTuples(MarshalDialect.DEPTH_LIMIT - 1))).isEmpty();
    }

    @Test
    void aDigestHasTheFileNameOfItsBody() throws IOException {
        assertThat(fileNameOf(text("a.py"))).contains(RawPath.of("a.py"));
        assertThat(fileNameOf(s -> s.type('u').i32(3).u8(0xed).u8(0xb2).u8(0x80)))
                .contains(RawPath.of(new byte[] {(byte) 0xed, (byte) 0xb2, (byte) 0x80}, 0, 3));
        assertThat(fileNameOf(s -> s.type('A').i32(SharedFileName.LIMIT).zeros(SharedFileName.LIMIT)))
                .isNotEmpty();
        assertThat(fileNameOf(s -> s.type('A').i32(SharedFileName.LIMIT + 1).zeros(SharedFileName.LIMIT + 1)))
                .isEmpty();
        assertThat(fileNameOf(s -> s.type('a').i32(1).u8(0xe9))).isEmpty();
        assertThat(fileNameOf(s -> s.type('s').i32(1).types("a"))).isEmpty();
        assertThat(fileNameOf(CodeDigestBoundsTest::none)).isEmpty();
    }

    @Test
    void theFileNameMayBeAReference() throws IOException {
        var referred =
                CodeBodies.write(new MarshalBytes(), s -> s.flagged('z').u8(4).types("a.py"), s -> s.reference(0));
        assertThat(digest(referred.toBytes())).isNotEmpty().isEqualTo(digest(text("a.py")));
    }

    @Test
    void aFileThatChangesBeforeItsNameIsReadHasNoDigest() throws IOException {
        SparseFile before = SparseFile.of(CodeBodies.write(new MarshalBytes(), CodeDigestBoundsTest::none, text("a.py"))
                .toBytes());
        SparseFile after = SparseFile.of(CodeBodies.write(new MarshalBytes(), CodeDigestBoundsTest::none, text("b.py"))
                .toBytes());
        ByteSource changing = (position, into, offset, length) ->
                (position == 0 ? before : after).read(position, into, offset, length);

        assertThat(new CodeDigester().digest(changing, 0, MarshalDialect.CPYTHON_3_11))
                .isEmpty();
    }

    @Test
    void innerCodeMustHaveTheFileNameOfTheOuterCode() throws IOException {
        CodeDigest here = digestWithFileNames("a.py", "a.py").orElseThrow();
        CodeDigest there = digestWithFileNames("b.py", "b.py").orElseThrow();

        assertThat(here).isNotEqualTo(there);
        assertThat(here.sameCode(there)).isTrue();
        assertThat(digestWithFileNames("a.py", "b.py")).isEmpty();
    }

    /** The file name of the outermost code object is the digest's file name, even if later code has another file name. */
    @Test
    void aDifferentFileNameInLaterCodeIsDigested() throws IOException {
        CodeDigest one = digestWithLateFileName("a.py", "x.py").orElseThrow();
        CodeDigest other = digestWithLateFileName("a.py", "y.py").orElseThrow();

        assertThat(one.fileName()).isEqualTo(other.fileName());
        assertThat(one.sameCode(other)).isFalse();
    }

    private static Optional<CodeDigest> digestWithFileNames(String inner, String outer) throws IOException {
        return digest(CodeBodies.write(
                        new MarshalBytes(),
                        s -> CodeBodies.write(s, CodeDigestBoundsTest::none, text(inner)),
                        text(outer))
                .toBytes());
    }

    /** Puts a code object in the place of the exception table. */
    private static Optional<CodeDigest> digestWithLateFileName(String outer, String late) throws IOException {
        byte[] body = CodeBodies.write(new MarshalBytes(), CodeDigestBoundsTest::none, text(outer))
                .toBytes();
        byte[] inner = CodeBodies.write(new MarshalBytes(), CodeDigestBoundsTest::none, text(late))
                .toBytes();
        byte[] joined = Arrays.copyOf(body, body.length - 5 + inner.length);
        System.arraycopy(inner, 0, joined, body.length - 5, inner.length);
        return digest(joined);
    }

    private static Optional<RawPath> fileNameOf(UnaryOperator<MarshalBytes> fileName) throws IOException {
        return digest(CodeBodies.write(new MarshalBytes(), CodeDigestBoundsTest::none, fileName)
                        .toBytes())
                .map(CodeDigest::fileName);
    }

    private static MarshalBytes none(MarshalBytes stream) {
        return stream.types("N");
    }

    private static UnaryOperator<MarshalBytes> emptyTuples(char type, int count) {
        return s -> {
            s.type(type).i32(count);
            for (int item = 0; item < count; item++) {
                s.flagged(')').u8(0);
            }
            return s;
        };
    }

    private static UnaryOperator<MarshalBytes> setOf(int count) {
        return s -> {
            s.type('>').i32(count);
            for (int item = 0; item < count; item++) {
                s.type('i').i32(item);
            }
            return s;
        };
    }

    private static UnaryOperator<MarshalBytes> nestedTuples(int depth) {
        return s -> {
            for (int level = 0; level < depth; level++) {
                s.type(')').u8(1);
            }
            return s.types("N");
        };
    }
}
