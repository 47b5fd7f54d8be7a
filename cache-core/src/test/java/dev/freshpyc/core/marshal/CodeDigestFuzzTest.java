package dev.freshpyc.core.marshal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.freshpyc.core.file.SparseFile;
import dev.freshpyc.core.marshal.ReferenceDecoder.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks on mutated bodies that equal digests mean equal objects. The seed is fixed, so a failure can be repeated. */
class CodeDigestFuzzTest {
    private static final int MUTANTS = 2_000;
    private static final int SETS = 20_000;

    private final Random random = new Random(20260131);
    private final CodeDigester digester = new CodeDigester();

    @ParameterizedTest
    @MethodSource("dev.freshpyc.core.marshal.Fixture#all")
    void aMutantWithTheOriginalDigestDecodesToTheOriginalValue(Fixture fixture) {
        byte[] body = fixture.body();
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            Optional<CodeDigest> original = digest(body, fixture.dialect());
            Value decoded = ReferenceDecoder.decode(body, fixture.dialect());
            assertThat(original).isNotEmpty();
            int equal = 0;
            int different = 0;
            for (int input = 0; input < MUTANTS; input++) {
                byte[] mutant = mutant(body);
                Optional<CodeDigest> digest = digest(mutant, fixture.dialect());
                if (digest.equals(original)) {
                    assertThat(ReferenceDecoder.decode(mutant, fixture.dialect()))
                            .as("mutant %d", input)
                            .isEqualTo(decoded);
                    equal++;
                } else if (digest.isPresent()) {
                    different++;
                }
            }
            assertThat(equal).as("mutants with the digest of the original").isPositive();
            assertThat(different).as("mutants with another digest").isGreaterThan(MUTANTS / 10);
        });
    }

    @ParameterizedTest
    @MethodSource("dev.freshpyc.core.marshal.Fixture#all")
    void mutantsWithEqualDigestsDecodeToEqualValues(Fixture fixture) throws IOException {
        byte[] body = fixture.body();
        Map<CodeDigest, Value> seen = new HashMap<>();
        for (int input = 0; input < MUTANTS; input++) {
            byte[] mutant = oneBit(body, random.nextInt(body.length));
            Optional<CodeDigest> digest = digest(mutant, fixture.dialect());
            if (digest.isPresent()) {
                Value value = ReferenceDecoder.decode(mutant, fixture.dialect());
                Value first = seen.putIfAbsent(digest.get(), value);
                assertThat(first == null || first.equals(value))
                        .as("mutant %d", input)
                        .isTrue();
            }
        }
        assertThat(seen).hasSizeGreaterThan(100);
    }

    /** Each set has at most three members, in random order, of types that can compare as equal. */
    @Test
    void setsWithEqualDigestsAreEqual() throws IOException {
        for (MarshalDialect dialect : List.of(MarshalDialect.CPYTHON_3_11, MarshalDialect.PYPY_3_9)) {
            Map<CodeDigest, Value> seen = new HashMap<>();
            int repeatedDigests = 0;
            for (int input = 0; input < SETS; input++) {
                byte[] body = bodyWithRandomSet(dialect);
                Optional<CodeDigest> digest = digest(body, dialect);
                if (digest.isPresent()) {
                    Value value = ReferenceDecoder.decode(body, dialect);
                    Value first = seen.putIfAbsent(digest.get(), value);
                    repeatedDigests += first == null ? 0 : 1;
                    assertThat(first == null || first.equals(value))
                            .as("set %d: %s, %s", input, first, value)
                            .isTrue();
                }
            }
            assertThat(repeatedDigests)
                    .as("sets with the digest of an earlier set")
                    .isGreaterThan(1_000);
        }
    }

    /** No two of these members are equal. */
    private static final List<UnaryOperator<MarshalBytes>> UNEQUAL = List.of(
            s -> s.types("N"),
            s -> s.types("."),
            s -> s.types("T"),
            s -> s.type('i').i32(0),
            s -> s.type('i').i32(7),
            s -> s.type('i').i32(-7),
            s -> s.type('l').i32(5).zeros(8).i16(1),
            s -> s.type('l').i32(-5).zeros(8).i16(1),
            s -> s.type('l').i32(5).zeros(8).i16(3),
            s -> s.type('g').zeros(6).u8(0xf8).u8(0x3f),
            s -> s.type('g').zeros(6).u8(0xf0).u8(0x7f),
            s -> s.type('y').zeros(15).u8(0x40),
            s -> s.type('z').u8(1).types("x"),
            s -> s.type('s').i32(1).types("x"),
            s -> s.tuple(1).type('i').i32(1),
            s -> s.tuple(2).type('i').i32(1).types("N"),
            s -> s.tuple(2).types("N").type('i').i32(1),
            s -> s.tuple(1).type('g').zeros(6).u8(0xf8).u8(0x3f),
            s -> s.tuple(1).tuple(1).type('i').i32(1),
            s -> s.type('>').i32(1).type('i').i32(1),
            s -> s.type('>').i32(2).type('i').i32(1).types("N"),
            s -> s.type('>').i32(0));

    @Test
    void theOrderOfUnequalMembersDoesNotMatterAndEachMemberDoes() throws IOException {
        for (int input = 0; input < SETS / 10; input++) {
            List<UnaryOperator<MarshalBytes>> members = new ArrayList<>(UNEQUAL);
            Collections.shuffle(members, random);
            int count = random.nextInt(2, members.size());
            List<UnaryOperator<MarshalBytes>> kept = members.subList(0, count);
            Optional<CodeDigest> digest = digestOfSet(kept);
            Optional<CodeDigest> other =
                    digestOfSet(random.nextBoolean() ? members.subList(1, count + 1) : members.subList(0, count - 1));
            Collections.shuffle(kept, random);

            assertThat(digestOfSet(kept)).as("set %d", input).isNotEmpty().isEqualTo(digest);
            assertThat(other)
                    .as("set %d with another member", input)
                    .isNotEmpty()
                    .isNotEqualTo(digest);
        }
    }

    private Optional<CodeDigest> digestOfSet(List<UnaryOperator<MarshalBytes>> members) throws IOException {
        MarshalBytes set = new MarshalBytes().type('>').i32(members.size());
        for (UnaryOperator<MarshalBytes> member : members) {
            set = member.apply(set);
        }
        return digest(body(MarshalDialect.CPYTHON_3_8, set.toBytes()), MarshalDialect.CPYTHON_3_8);
    }

    private byte[] bodyWithRandomSet(MarshalDialect dialect) {
        MarshalBytes set = new MarshalBytes();
        appendRandomSet(set, 0);
        return body(dialect, set.toBytes());
    }

    private static byte[] body(MarshalDialect dialect, byte[] constant) {
        MarshalBytes code = new MarshalBytes()
                .type('c')
                .zeros(dialect.codeIntegerBytes())
                .type('s')
                .i32(0)
                .bytes(constant);
        for (int part = 2; part < dialect.objectsInCode(); part++) {
            code = part == dialect.fileNamePart() ? CodeBodies.text("a.py").apply(code) : code.types("N");
            code = part == MarshalDialect.OBJECTS_BEFORE_LINE - 1 ? code.zeros(4) : code;
        }
        return code.toBytes();
    }

    private void appendRandomSet(MarshalBytes into, int depth) {
        List<Integer> members = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8));
        Collections.shuffle(members, random);
        int count = random.nextInt(1, 4);
        into.type('>').i32(count);
        members.subList(0, count).forEach(member -> appendMember(into, member, depth));
    }

    private void appendMember(MarshalBytes into, int member, int depth) {
        switch (member) {
            case 0 -> into.type('i').i32(random.nextInt(2));
            case 1 -> into.type(random.nextBoolean() ? 'T' : 'F');
            case 2 -> into.type('g').zeros(7).u8(random.nextBoolean() ? 0 : 0x80);
            case 3 -> into.type('z').u8(1).types("x");
            case 4 -> into.type('s').i32(1).types("x");
            case 5 -> into.type('l').i32(1).i16(1);
            case 6 -> into.type('g').zeros(6).u8(0xf0).u8(0x3f);
            case 7 -> {
                into.type(')').u8(1);
                appendMember(into, random.nextInt(7), depth);
            }
            default -> {
                if (depth < 2) {
                    appendRandomSet(into, depth + 1);
                } else {
                    into.types("N");
                }
            }
        }
    }

    private byte[] mutant(byte[] body) {
        byte[] mutant = body.clone();
        for (int edits = random.nextInt(1, 3); edits > 0; edits--) {
            int at = random.nextInt(body.length - 4);
            switch (random.nextInt(5)) {
                case 0 -> mutant = oneBit(mutant, at);
                case 1 -> mutant[at] ^= (byte) 0x80;
                case 2 -> mutant[at] = (byte) "NTFzZaAutsi()r>{c".charAt(random.nextInt(17));
                case 3 -> System.arraycopy(body, at, mutant, at + 1, body.length - at - 1);
                default -> mutant = swapSpelling(mutant, at);
            }
        }
        return random.nextInt(20) == 0 ? Arrays.copyOf(mutant, random.nextInt(body.length)) : mutant;
    }

    private byte[] oneBit(byte[] body, int at) {
        byte[] changed = body.clone();
        changed[at] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    /** Flips the next byte that may be a string's type between its interned and its uninterned form. */
    private static byte[] swapSpelling(byte[] body, int from) {
        byte[] changed = body.clone();
        for (int at = from; at < body.length; at++) {
            int found = "zZaA".indexOf(body[at] & 0x7f);
            if (found >= 0) {
                changed[at] ^= 0x20;
                return changed;
            }
        }
        return changed;
    }

    private Optional<CodeDigest> digest(byte[] body, MarshalDialect dialect) throws IOException {
        return digester.digest(SparseFile.of(body), 0, dialect);
    }
}
