package dev.freshpyc.cli.property;

import dev.freshpyc.cli.property.ModuleScenario.Damage;
import dev.freshpyc.cli.property.ModuleScenario.Edit;
import dev.freshpyc.cli.property.ModuleScenario.Kind;
import dev.freshpyc.cli.property.ModuleScenario.Layout;
import dev.freshpyc.cli.property.ModuleScenario.Links;
import dev.freshpyc.cli.property.ModuleScenario.Mutation;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * A random tree and the repairs to run on the tree.
 *
 * @param python the position of the interpreter in the list of interpreters
 * @param indexed whether an index is made after the first mutation of each module
 * @param policies the policies of one or two repairs
 */
record TreeScenario(int python, List<ModuleScenario> modules, boolean indexed, List<Policy> policies) {

    private static final int MODULES = 8;
    private static final int LINES = 5;
    private static final List<Integer> LEVELS = List.of(0, 1, 2);

    static Arbitrary<TreeScenario> any(int pythons) {
        return Combinators.combine(
                        Arbitraries.integers().between(0, pythons - 1),
                        module().list().ofMinSize(1).ofMaxSize(MODULES),
                        Arbitraries.of(true, true, false),
                        policy().list().ofMinSize(1).ofMaxSize(2))
                .as(TreeScenario::new);
    }

    private static Arbitrary<ModuleScenario> module() {
        return Combinators.combine(
                        Arbitraries.of("", "", "p/", "p/q/", "p/q/r/", "s/"),
                        Arbitraries.frequency(
                                Tuple.of(8, Layout.PLAIN),
                                Tuple.of(2, Layout.PACKAGE),
                                Tuple.of(1, Layout.WITH_LEGACY),
                                Tuple.of(1, Layout.SOURCELESS)),
                        Arbitraries.of(false, true),
                        Arbitraries.of(SourceLine.class).list().ofMaxSize(LINES),
                        bytecode(),
                        Arbitraries.frequency(
                                Tuple.of(6, Links.NONE),
                                Tuple.of(2, Links.LEVELS),
                                Tuple.of(2, Links.TWIN),
                                Tuple.of(1, Links.OUTSIDE)),
                        mutation(),
                        mutation().tuple2())
                .as((directory, layout, docstring, lines, bytecode, links, beforeIndex, later) -> new ModuleScenario(
                        directory, layout, docstring, lines, bytecode, links, beforeIndex, later.get1(), later.get2()));
    }

    private static Arbitrary<Map<Integer, Kind>> bytecode() {
        Arbitrary<Kind> kind = Arbitraries.frequency(
                Tuple.of(4, Kind.TIMESTAMP), Tuple.of(1, Kind.CHECKED_HASH), Tuple.of(2, Kind.UNCHECKED_HASH));
        Arbitrary<Map<Integer, Kind>> any = Arbitraries.maps(Arbitraries.of(LEVELS), kind);
        Arbitrary<Map<Integer, Kind>> alike = Combinators.combine(
                        Arbitraries.of(LEVELS).set().ofMinSize(1), kind)
                .as((levels, kindOfAll) ->
                        levels.stream().collect(java.util.stream.Collectors.toMap(level -> level, _ -> kindOfAll)));
        return Arbitraries.oneOf(List.of(any, alike));
    }

    private static Arbitrary<Mutation> mutation() {
        Arbitrary<Edit> edit = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.just(Edit.NONE)), Tuple.of(6, Arbitraries.of(Edit.class)));
        Arbitrary<Damage> damage = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just(Damage.NONE)), Tuple.of(5, Arbitraries.of(Damage.class)));
        return Combinators.combine(edit, Arbitraries.of(false, true), damage).as(Mutation::new);
    }

    private static Arbitrary<Policy> policy() {
        return Combinators.combine(
                        Arbitraries.of(Policy.Target.class),
                        Arbitraries.of("replace", "replace", "in-place"),
                        Arbitraries.of("none", "none", "batch"),
                        Arbitraries.of(false, true),
                        Arbitraries.of(1, 2),
                        Arbitraries.of(LEVELS).set(),
                        Arbitraries.of(false, true))
                .as(Policy::new);
    }
}
