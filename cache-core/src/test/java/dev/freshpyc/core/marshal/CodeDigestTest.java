package dev.freshpyc.core.marshal;

import static dev.freshpyc.core.marshal.CodeBodies.digest;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Checks that encodings of equal code have equal digests, and encodings of different code different digests. */
class CodeDigestTest {

    @Test
    void aReferenceHasTheDigestOfItsObject() throws IOException {
        assertSame(
                s -> s.tuple(2).flagged('z').u8(1).types("x").reference(0),
                s -> s.tuple(2).type('z').u8(1).types("x").type('z').u8(1).types("x"));
        assertSame(
                s -> s.tuple(2).flagged(')').u8(1).types("N").reference(0),
                s -> s.tuple(2).type('(').i32(1).types("N").type(')').u8(1).types("N"));
        assertDifferent(
                s -> s.tuple(3).flagged('i').i32(1).flagged('i').i32(2).reference(0),
                s -> s.tuple(3).flagged('i').i32(1).flagged('i').i32(2).reference(1));
    }

    @Test
    void referenceFlagsAndInterningDoNotChangeTheDigest() throws IOException {
        for (char type : new char[] {'u', 't', 'a', 'A'}) {
            assertSame(s -> s.type(type).i32(2).types("xy"), CodeBodies.text("xy"));
            assertSame(
                    s -> s.flagged(type).i32(2).types("xy"),
                    s -> s.type('Z').u8(2).types("xy"));
        }
    }

    /** CPython decodes a string of type 'a' as Latin-1 if the string has bytes outside of ASCII. */
    @Test
    void theStringTypeDecidesHowTheBytesAreDecoded() throws IOException {
        assertSame(
                s -> s.type('u').i32(2).u8(0xc3).u8(0xa9),
                s -> s.type('t').i32(2).u8(0xc3).u8(0xa9));
        assertDifferent(
                s -> s.type('u').i32(2).u8(0xc3).u8(0xa9),
                s -> s.type('a').i32(2).u8(0xc3).u8(0xa9));
        assertDifferent(CodeBodies.text("xy"), s -> s.type('s').i32(2).types("xy"));
    }

    @Test
    void integersAreDigestedByValue() throws IOException {
        assertSame(s -> s.type('i').i32(-2), s -> s.type('I').i32(-2).i32(-1));
        assertSame(s -> s.type('i').i32(-2), s -> s.type('l').i32(-1).i16(2));
        assertSame(s -> s.type('i').i32(0), s -> s.type('l').i32(0));
        assertSame(s -> s.type('i').i32(1 << 15), s -> s.type('l').i32(2).i16(0).i16(1));
        assertDifferent(s -> s.type('i').i32(2), s -> s.type('l').i32(-1).i16(2));
        assertDifferent(s -> s.type('i').i32(1), s -> s.types("T"));
        assertDifferent(longOf(5, 7), longOf(5, 8));
        assertDifferent(longOf(5, 7), longOf(-5, 7));
        assertDifferent(longOf(5, 7), longOf(6, 7));
    }

    @Test
    void floatsAreDigestedByTheirBits() throws IOException {
        assertDifferent(s -> s.type('g').zeros(8), s -> s.type('g').zeros(7).u8(0x80));
        assertDifferent(s -> s.type('y').zeros(16), s -> s.type('y').zeros(15).u8(0x80));
        assertDifferent(
                s -> s.type('x').u8(1).types("1").u8(2).types("23"),
                s -> s.type('x').u8(2).types("12").u8(1).types("3"));
    }

    @Test
    void differentStructuresHaveDifferentDigests() throws IOException {
        assertDifferent(s -> s.tuple(2).types("TF"), s -> s.tuple(2).types("FT"));
        assertDifferent(s -> s.tuple(1).tuple(1).types("T"), s -> s.tuple(1).types("T"));
        assertDifferent(s -> s.tuple(1).types("T"), s -> s.type('[').i32(1).types("T"));
        assertDifferent(s -> s.types("{TN0"), s -> s.types("{NT0"));
        assertDifferent(s -> s.tuple(0), s -> s.type('z').u8(0));
    }

    @Test
    void theOrderOfSetMembersDoesNotMatter() throws IOException {
        assertSame(
                s -> CodeBodies.text("b")
                        .apply(CodeBodies.text("a").apply(s.type('>').i32(2))),
                s -> CodeBodies.text("a")
                        .apply(CodeBodies.text("b").apply(s.type('>').i32(2))));
        assertDifferent(
                s -> s.type('>').i32(1).types("N"), s -> s.type('<').i32(1).types("N"));
        assertDifferent(
                s -> s.type('>').i32(1).types("N"), s -> s.type('>').i32(2).types("N."));
    }

    /** {@code {1, True}} is {@code {1}} and {@code {True, 1}} is {@code {True}}. */
    @Test
    void theOrderMattersInSetsWithPossiblyEqualMembers() throws IOException {
        assertDifferent(
                s -> s.type('>').i32(2).type('i').i32(1).types("T"),
                s -> s.type('>').i32(2).types("T").type('i').i32(1));
        assertDifferent(
                s -> s.type('>').i32(2).type('g').zeros(8).type('g').zeros(7).u8(0x80),
                s -> s.type('>').i32(2).type('g').zeros(7).u8(0x80).type('g').zeros(8));
        assertDifferent(
                s -> s.type('>').i32(2).tuple(1).type('i').i32(1).tuple(1).types("T"),
                s -> s.type('>').i32(2).tuple(1).types("T").tuple(1).type('i').i32(1));
        assertDifferent(
                s -> s.type('>')
                        .i32(2)
                        .type('l')
                        .i32(5)
                        .zeros(8)
                        .i16(1)
                        .type('g')
                        .zeros(6)
                        .u8(0xb0)
                        .u8(0x43),
                s -> s.type('>')
                        .i32(2)
                        .type('g')
                        .zeros(6)
                        .u8(0xb0)
                        .u8(0x43)
                        .type('l')
                        .i32(5)
                        .zeros(8)
                        .i16(1));
        assertDifferent(
                s -> s.type('>')
                        .i32(2)
                        .type('a')
                        .i32(1)
                        .u8(0xe9)
                        .type('u')
                        .i32(2)
                        .u8(0xc3)
                        .u8(0xa9),
                s -> s.type('>')
                        .i32(2)
                        .type('u')
                        .i32(2)
                        .u8(0xc3)
                        .u8(0xa9)
                        .type('a')
                        .i32(1)
                        .u8(0xe9));
        assertDifferent(
                s -> s.type('>').i32(2).type('f').u8(1).types("1").type('i').i32(1),
                s -> s.type('>').i32(2).type('i').i32(1).type('f').u8(1).types("1"));
    }

    /** {@code {{1, True}, {1}}} has one member, so the order counts in the outer set too. */
    @Test
    void aSetWithPossiblyEqualMembersMayEqualASmallerSet() throws IOException {
        UnaryOperator<MarshalBytes> two =
                s -> s.type('>').i32(2).type('i').i32(1).types("T");
        UnaryOperator<MarshalBytes> one = s -> s.type('>').i32(1).type('i').i32(1);
        assertDifferent(
                s -> one.apply(two.apply(s.type('>').i32(2))),
                s -> two.apply(one.apply(s.type('>').i32(2))));
    }

    @Test
    void theOrderOfUnequalMembersOfDifferentTypesDoesNotMatter() throws IOException {
        assertSame(
                s -> s.type('>').i32(2).type('i').i32(1).types("F"),
                s -> s.type('>').i32(2).types("F").type('i').i32(1));
        assertSame(
                s -> s.type('>')
                        .i32(3)
                        .type('i')
                        .i32(1)
                        .tuple(1)
                        .types("T")
                        .type('g')
                        .zeros(6)
                        .u8(0)
                        .u8(0x40),
                s -> s.type('>')
                        .i32(3)
                        .type('g')
                        .zeros(6)
                        .u8(0)
                        .u8(0x40)
                        .tuple(1)
                        .types("T")
                        .type('i')
                        .i32(1));
        assertSame(
                s -> s.type('>').i32(2).flagged('i').i32(1).tuple(1).reference(0),
                s -> s.type('>').i32(2).tuple(1).flagged('i').i32(1).reference(0));
    }

    @Test
    void python2TextMayEqualBytesAndIntDiffersFromLong() throws IOException {
        UnaryOperator<MarshalBytes> one = s ->
                s.type('>').i32(2).type('s').i32(1).types("a").type('u').i32(1).types("a");
        UnaryOperator<MarshalBytes> other = s ->
                s.type('>').i32(2).type('u').i32(1).types("a").type('s').i32(1).types("a");
        assertThat(digestOfPython27(one)).isNotEmpty().isNotEqualTo(digestOfPython27(other));
        assertThat(digestOfPython27(s -> s.type('i').i32(1)))
                .isNotEmpty()
                .isNotEqualTo(digestOfPython27(s -> s.type('l').i32(1).i16(1)));
        assertThat(digestOfPython27(
                        s -> s.tuple(2).type('t').i32(1).types("a").type('R').i32(0)))
                .isNotEmpty()
                .isEqualTo(digestOfPython27(s ->
                        s.tuple(2).type('s').i32(1).types("a").type('s').i32(1).types("a")));
    }

    @Test
    void theDigestDependsOnEveryNumberInACodeObject() throws IOException {
        byte[] body = CodeBodies.of(s -> s.types("N"));
        byte[] otherLine = CodeBodies.of(s -> s.types("N"));
        otherLine[otherLine.length - 14]++;
        for (int at = 1; at <= 20; at++) {
            byte[] changed = body.clone();
            changed[at]++;
            assertThat(digest(changed)).as("byte %d", at).isNotEmpty().isNotEqualTo(digest(body));
        }
        assertThat(digest(otherLine)).isNotEmpty().isNotEqualTo(digest(body));
    }

    private static Optional<CodeDigest> digestOfPython27(UnaryOperator<MarshalBytes> constants) throws IOException {
        MarshalBytes beforeConstants =
                new MarshalBytes().type('c').zeros(16).type('s').i32(0);
        MarshalBytes afterConstants =
                constants.apply(beforeConstants).types("NNNN").type('s').i32(1).types("f");
        return digest(afterConstants.types("N").zeros(4).types("N").toBytes(), MarshalDialect.CPYTHON_2_7);
    }

    private static UnaryOperator<MarshalBytes> longOf(int count, int last) {
        return s -> {
            s.type('l').i32(count);
            for (int left = Math.abs(count); left > 1; left--) {
                s.i16(3);
            }
            return s.i16(last);
        };
    }

    private static void assertSame(UnaryOperator<MarshalBytes> one, UnaryOperator<MarshalBytes> other)
            throws IOException {
        assertThat(digest(one)).isNotEmpty().isEqualTo(digest(other));
    }

    private static void assertDifferent(UnaryOperator<MarshalBytes> one, UnaryOperator<MarshalBytes> other)
            throws IOException {
        assertThat(digest(one)).isNotEmpty().isNotEqualTo(digest(other));
        assertThat(digest(other)).isNotEmpty();
    }
}
