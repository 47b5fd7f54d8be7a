package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.marshal.CodeDigest;
import dev.freshpyc.core.marshal.CodeDigester;
import dev.freshpyc.core.marshal.MarshalDialect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PythonVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Digests code objects that real interpreters marshalled in different ways. Two digests are equal exactly if the code
 * is equal.
 */
class MarshalledCodeTest {
    private static final int HASH_SEEDS = 8;
    private static final int MODULES = Integer.getInteger("freshpyc.modules", 60);

    @TempDir
    Path scratch;

    /** Counts the compared bodies. */
    private static final class Tally {
        private int equal;
        private int otherBytes;
        private int different;
    }

    @TestFactory
    Stream<DynamicTest> digestsAreEqualExactlyIfTheCodeIsEqual() {
        return pythons()
                .map(python -> DynamicTest.dynamicTest(
                        python.toString(), () -> check(python, dialect(python).orElseThrow())));
    }

    /** An interpreter iterates over a set in the order of hashes, and before 3.11 also marshals a set in this order. */
    @TestFactory
    Stream<DynamicTest> theDigestOfAMixedSetDoesNotDependOnTheHashSeed() {
        return pythons()
                .map(python -> DynamicTest.dynamicTest(
                        python.toString(),
                        () -> checkSets(python, dialect(python).orElseThrow())));
    }

    private static Stream<Interpreter> pythons() {
        List<Interpreter> pythons = Interpreters.ofEachMinorVersion().stream()
                .filter(python -> dialect(python).isPresent())
                .toList();
        assumeFalse(pythons.isEmpty(), "NOT RUN: no interpreter whose marshal format is known");
        return pythons.stream();
    }

    private void checkSets(Interpreter python, MarshalDialect dialect) throws IOException {
        Set<CodeDigest> digests = new HashSet<>();
        Set<ByteBuffer> bodies = new HashSet<>();
        for (int seed = 0; seed < HASH_SEEDS; seed++) {
            Map<String, byte[]> ways =
                    marshalled(python, Integer.toString(seed), "sets").getOrDefault("sets", Map.of());
            CodeDigest whole =
                    digest(ways.getOrDefault("whole", new byte[0]), dialect).orElseThrow();
            CodeDigest changed =
                    digest(ways.getOrDefault("changed", new byte[0]), dialect).orElseThrow();
            assertThat(changed.sameCode(whole)).as("seed %d", seed).isFalse();
            digests.add(whole);
            bodies.add(ByteBuffer.wrap(ways.getOrDefault("whole", new byte[0])));
        }
        assertThat(digests).hasSize(1);
        if (dialect == MarshalDialect.CPYTHON_3_4 || dialect == MarshalDialect.CPYTHON_3_8) {
            assertThat(bodies).as("bodies with other orders").hasSizeGreaterThan(1);
        }
    }

    private void check(Interpreter python, MarshalDialect dialect) throws IOException {
        Map<String, Map<String, byte[]>> modules = marshalled(python, "1", "all");
        marshalled(python, "2", "elsewhere")
                .forEach((module, ways) -> modules.merge(module, ways, (all, more) -> {
                    all.putAll(more);
                    return all;
                }));
        Tally tally = new Tally();
        for (var module : modules.entrySet()) {
            check(module.getKey(), module.getValue(), dialect, tally);
        }
        System.out.printf(
                "marshalled code of %s: %d modules; %d bodies with equal code, %d of them with other bytes; %d with different code%n",
                python.name(), modules.size(), tally.equal, tally.otherBytes, tally.different);
        assertThat(tally.equal).isGreaterThan(2 * modules.size());
        assertThat(tally.different).isGreaterThan(3 * modules.size());
    }

    private static void check(String module, Map<String, byte[]> ways, MarshalDialect dialect, Tally tally)
            throws IOException {
        byte[] body = ways.getOrDefault("compiled", new byte[0]);
        CodeDigest compiled = digest(body, dialect).orElseThrow();
        for (var way : ways.entrySet()) {
            String description = module + " " + way.getKey();
            CodeDigest digest = digest(way.getValue(), dialect).orElseThrow(() -> new AssertionError(description));
            if (way.getKey().startsWith("changed")) {
                assertThat(digest.sameCode(compiled)).as(description).isFalse();
                tally.different++;
            } else if (way.getKey().equals("moved")) {
                assertThat(digest.sameCode(compiled)).as(description).isTrue();
                assertThat(digest.fileName()).as(description).isEqualTo(RawPath.of("/else/where.py"));
            } else {
                assertThat(digest).as(description).isEqualTo(compiled);
                tally.equal++;
                tally.otherBytes += Arrays.equals(body, way.getValue()) ? 0 : 1;
            }
        }
    }

    /** The marshalled bodies by module and way. Another hash seed changes the order of sets in memory. */
    private Map<String, Map<String, byte[]>> marshalled(Interpreter python, String seed, String which)
            throws IOException {
        Path out = scratch.resolve(seed);
        python.launcher()
                .withEnvironment("PYTHONHASHSEED", seed)
                .run("marshalled.py", List.of("-B"), List.of(out.toString(), Integer.toString(MODULES), which));
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(out)).order(ByteOrder.LITTLE_ENDIAN);
        Map<String, Map<String, byte[]>> modules = new LinkedHashMap<>();
        while (in.hasRemaining()) {
            String[] name = new String(next(in), StandardCharsets.UTF_8).split(" ", -1);
            modules.computeIfAbsent(name[0], _ -> new LinkedHashMap<>()).put(name[1], next(in));
        }
        return modules;
    }

    private static byte[] next(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }

    private static Optional<MarshalDialect> dialect(Interpreter python) {
        String[] words = python.name().split("[ .]", -1);
        int major = Integer.parseInt(words[1]);
        int minor = Integer.parseInt(words[2]);
        return switch (words[0]) {
            case "cpython" -> MarshalDialect.of(PythonVersion.cpython(major, minor));
            case "pypy" -> MarshalDialect.of(PythonVersion.pypy(major, minor));
            default -> Optional.empty();
        };
    }

    private static Optional<CodeDigest> digest(byte[] body, MarshalDialect dialect) throws IOException {
        ByteSource source = (position, into, offset, length) -> {
            int count = (int) Math.max(0, Math.min(length, body.length - position));
            System.arraycopy(body, (int) Math.min(position, body.length), into, offset, count);
            return count;
        };
        return new CodeDigester().digest(source, 0, dialect);
    }
}
