package dev.freshpyc.cli.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.oracle.Interpreters;
import dev.freshpyc.cli.oracle.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/**
 * For random trees and random policies, the modules that load after a repair and their code are what a fresh {@code
 * compileall -f} gives. How many trees: {@code jqwik.tries.default}, in {@code junit-platform.properties} or as a system
 * property.
 */
class RepairPropertyTest {

    /** Without hashes in headers, with the hash of old, with the hash of now. */
    private static final List<String> VERSIONS = List.of("cpython 3.6", "cpython 3.9", "cpython 3.14");

    private static final List<Interpreter> PYTHONS = Interpreters.all().stream()
            .filter(python -> VERSIONS.contains(python.minorVersion()))
            .collect(Collectors.toMap(Interpreter::minorVersion, python -> python, (first, _) -> first, TreeMap::new))
            .values()
            .stream()
            .toList();

    private static int trees;
    private static int repairs;
    private static int loaded;
    private static int compiled;
    private static int failed;

    @Property(edgeCases = EdgeCasesMode.NONE)
    void afterARepairEveryModuleIsWhatAFreshCompilationGives(@ForAll("plans") Plan plan) throws Exception {
        Interpreter python = PYTHONS.get(plan.python());
        Path home = Files.createTempDirectory("property").toRealPath();
        try {
            GrownTree tree = GrownTree.of(plan, python, home);
            trees++;
            for (int round = 0; round < plan.policies().size(); round++) {
                Policy policy = plan.policies().get(round).suiting(python.hasFlags());
                check(tree, policy);
                for (int i = 0; i < tree.modules().size(); i++) {
                    tree.modules().get(i).happen(plan.modules().get(i).again(), isHashed(policy, python));
                }
            }
        } finally {
            Trees.delete(home);
        }
    }

    @Provide
    Arbitrary<Plan> plans() {
        assumeFalse(PYTHONS.isEmpty(), "NOT RUN: none of " + VERSIONS + " is here");
        return Plan.any(PYTHONS.size());
    }

    @AfterContainer
    static void tell() {
        System.out.printf(
                "RepairPropertyTest: %s: %d trees, %d repairs; %d times a module was loaded, %d compiled, %d not Python%n",
                PYTHONS.stream().map(Interpreter::name).toList(), trees, repairs, loaded, compiled, failed);
    }

    private static void check(GrownTree tree, Policy policy) throws IOException {
        List<Set<String>> expected =
                List.of(tree.withBytecode(0, policy), tree.withBytecode(1, policy), tree.withBytecode(2, policy));
        Set<String> before = tree.touches().keySet();
        Map<String, List<Byte>> outside = tree.outsideContents();

        CommandLineRun run = tree.repair(policy);

        repairs++;
        String told = run.out() + run.err();
        Set<String> left = tree.believedThoughFaulty(run.lines());
        assertThat(run.code()).as(told).isEqualTo(left.isEmpty() ? 0 : 1);
        assertThat(tree.touches().keySet()).as(told).containsAll(before);
        assertThat(tree.outsideContents()).as(told).isEqualTo(outside);
        if (policy.target() == Policy.Target.ZERO_MTIME) {
            tree.zeroSourceTimes();
        }
        compare(tree, policy, expected, left, told);
        Map<String, Object> once = tree.touches();
        CommandLineRun again = tree.repair(policy);
        assertThat(again.code()).as(told + again.out() + again.err()).isEqualTo(run.code());
        assertThat(tree.touches()).as(told + again.out()).isEqualTo(once);
    }

    private static void compare(
            GrownTree tree, Policy policy, List<Set<String>> expected, Set<String> left, String told)
            throws IOException {
        Path fresh = tree.fresh();
        for (int level = 0; level < expected.size(); level++) {
            List<Map<String, Codes.Outcome>> both = tree.codes().load(level, policy.strict(), tree.root(), fresh);
            Map<String, Codes.Outcome> repaired = both.getFirst();
            assertThat(repaired.keySet()).isEqualTo(both.getLast().keySet());
            repaired.keySet().removeAll(left);
            for (Map.Entry<String, Codes.Outcome> found : repaired.entrySet()) {
                assertThat(found.getValue().code())
                        .as("%s, level %d: %s", found.getKey(), level, told)
                        .isEqualTo(Objects.requireNonNull(both.getLast().get(found.getKey()))
                                .code());
                count(found.getValue());
            }
            Set<String> distrusted = new TreeSet<>(expected.get(level));
            distrusted.removeIf(name -> {
                Codes.@Nullable Outcome found = repaired.get(name);
                return found == null || !found.how().equals("compiled");
            });
            assertThat(distrusted).as("level %d: %s", level, told).isEmpty();
        }
    }

    private static void count(Codes.Outcome outcome) {
        switch (outcome.how()) {
            case "loaded" -> loaded++;
            case "compiled" -> compiled++;
            default -> failed++;
        }
    }

    private static boolean isHashed(Policy policy, Interpreter python) {
        return python.hasFlags() && policy.target().isHash();
    }
}
