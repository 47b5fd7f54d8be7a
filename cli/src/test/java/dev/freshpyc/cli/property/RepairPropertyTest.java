package dev.freshpyc.cli.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.OwnedDirectories;
import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.oracle.Interpreters;
import dev.freshpyc.cli.oracle.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/**
 * After a repair of a random tree with a random policy, an interpreter loads the same modules with the same code as
 * after a fresh {@code compileall -f}. The property {@code jqwik.tries.default} sets the number of trees, in
 * {@code junit-platform.properties} or as a system property.
 */
class RepairPropertyTest {

    /** A version without hash headers, a version with the old hash algorithm and a version with the new algorithm. */
    private static final List<String> VERSIONS = List.of("cpython 3.6", "cpython 3.9", "cpython 3.14");

    private static final List<Interpreter> PYTHONS = Interpreters.ofEachMinorVersion().stream()
            .filter(python -> VERSIONS.contains(python.minorVersion()))
            .toList();

    private static int trees;
    private static int repairs;
    private static int loaded;
    private static int compiled;
    private static int failed;

    @Property(edgeCases = EdgeCasesMode.NONE)
    void afterARepairEveryModuleLoadsLikeAFreshCompilation(@ForAll("scenarios") TreeScenario scenario)
            throws Exception {
        Interpreter python = PYTHONS.get(scenario.python());
        Path home = OwnedDirectories.make("property").toRealPath();
        try {
            RandomTree tree = RandomTree.of(scenario, python, home);
            trees++;
            for (int round = 0; round < scenario.policies().size(); round++) {
                Policy policy = scenario.policies().get(round).adaptedTo(python.hasFlags());
                check(tree, policy);
                for (int i = 0; i < tree.modules().size(); i++) {
                    tree.modules().get(i).mutate(scenario.modules().get(i).betweenRepairs(), isHashed(policy, python));
                }
            }
        } finally {
            Trees.delete(home);
        }
    }

    @Provide
    Arbitrary<TreeScenario> scenarios() {
        assumeFalse(PYTHONS.isEmpty(), "NOT RUN: none of " + VERSIONS + " is installed");
        return TreeScenario.any(PYTHONS.size());
    }

    @AfterContainer
    static void printCounts() {
        System.out.printf(
                "RepairPropertyTest: %s: %d trees, %d repairs; modules: %d loaded, %d compiled, %d failed%n",
                PYTHONS.stream().map(Interpreter::name).toList(), trees, repairs, loaded, compiled, failed);
    }

    private static void check(RandomTree tree, Policy policy) throws IOException {
        List<Set<String>> expected =
                List.of(tree.withBytecode(0, policy), tree.withBytecode(1, policy), tree.withBytecode(2, policy));
        Set<String> before = tree.attributes().keySet();
        Map<String, List<Byte>> outside = tree.outsideContents();

        CommandLineRun run = tree.repair(policy);

        repairs++;
        String output = run.out() + run.err();
        Set<String> broken = tree.brokenModules(run.lines());
        assertThat(run.code()).as(output).isEqualTo(broken.isEmpty() ? 0 : 1);
        assertThat(tree.attributes().keySet()).as(output).containsAll(before);
        assertThat(tree.outsideContents()).as(output).isEqualTo(outside);
        if (policy.target() == Policy.Target.ZERO_MTIME) {
            tree.zeroSourceTimes();
        }
        compare(tree, policy, expected, broken, output);
        Map<String, Object> once = tree.attributes();
        CommandLineRun again = tree.repair(policy);
        assertThat(again.code()).as(output + again.out() + again.err()).isEqualTo(run.code());
        assertThat(tree.attributes()).as(output + again.out()).isEqualTo(once);
    }

    private static void compare(
            RandomTree tree, Policy policy, List<Set<String>> expected, Set<String> broken, String output)
            throws IOException {
        Path fresh = tree.freshCopy();
        for (int level = 0; level < expected.size(); level++) {
            List<Map<String, CodeOracle.LoadResult>> both =
                    tree.oracle().load(level, policy.strict(), tree.root(), fresh);
            Map<String, CodeOracle.LoadResult> repaired = both.getFirst();
            assertThat(repaired.keySet()).isEqualTo(both.getLast().keySet());
            repaired.keySet().removeAll(broken);
            for (Map.Entry<String, CodeOracle.LoadResult> found : repaired.entrySet()) {
                assertThat(found.getValue().code())
                        .as("%s, level %d: %s", found.getKey(), level, output)
                        .isEqualTo(Objects.requireNonNull(both.getLast().get(found.getKey()))
                                .code());
                count(found.getValue());
            }
            Set<String> recompiled = new TreeSet<>(expected.get(level));
            if (policy.target() == Policy.Target.AUTO && policy.strict()) {
                // Code that is proven right stays behind a wrong unchecked hash, which only an interpreter with
                // --check-hash-based-pycs always compares.
                recompiled.removeAll(tree.uncheckedAt(level));
            }
            recompiled.removeIf(name -> {
                CodeOracle.@Nullable LoadResult found = repaired.get(name);
                return found == null || !found.how().equals("compiled");
            });
            assertThat(recompiled).as("level %d: %s", level, output).isEmpty();
        }
    }

    private static void count(CodeOracle.LoadResult outcome) {
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
