package dev.freshpyc.cli.oracle;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The cases to test. Each table is a product of the properties that influence one another. Usual settings and common
 * layouts get the {@code thorough} tables, all others the {@code brief} tables.
 */
record CaseTable(Interpreter python, Setting setting, Set<SourceTime> times) {
    private static final List<Integer> ALL_FLAGS = List.of(
            0, 1, 2, 3, 4, 5, 6, 7, 8, 0x10, 0x100, 0x10000, 0x01000000, 1 << 31, 1 << 31 | 1, 1 << 31 | 3, -1, -4);

    private static final Set<SourceTime> SELECTED_TIMES = EnumSet.of(
            SourceTime.PAST, SourceTime.PAST_ROUNDED, SourceTime.ZERO, SourceTime.MINUS_ONE, SourceTime.WRAPPED_FIVE);

    private static final Set<Body> SELECTED_BODIES =
            EnumSet.of(Body.CODE, Body.TRAILING_BYTE, Body.EMPTY, Body.NONE, Body.UNKNOWN_TYPE);

    List<Case> cases() {
        return Stream.of(Layout.values())
                .filter(layout -> layout.suits(python, setting))
                .flatMap(this::of)
                .filter(candidate -> times.contains(candidate.time()) && candidate.suits(python))
                .distinct()
                .toList();
    }

    private Stream<Case> of(Layout layout) {
        var valid = Case.in(layout);
        boolean usual = setting.equals(Setting.USUAL);
        return switch (layout) {
            case CACHED -> usual ? exhaustive(valid) : brief(valid);
            case SOURCELESS -> usual ? thorough(valid) : brief(valid);
            case CACHED_GIANT_SOURCE -> Stream.of(valid); // compiling it would take too long
            default -> brief(valid);
        };
    }

    private Stream<Case> brief(Case valid) {
        return Stream.of(
                        product(valid, each(List.of(0, 1, 2, 3, 4, 1 << 31), Case::flags)),
                        product(valid, each(List.of(1, 3), Case::flags), each(Header.Hash.values(), Case::hash)),
                        product(valid, each(List.of(0, 3), Case::flags), each(Header.Magic.values(), Case::magic)),
                        product(valid, each(SELECTED_BODIES, Case::body)),
                        product(valid, each(SELECTED_TIMES, Case::at), each(Header.Mtime.values(), Case::mtime)),
                        product(valid, each(Header.Size.values(), Case::size)),
                        product(valid, each(lengths(List.of(0, 3, 4, 8, 11, 12, 15, 16, 17), 1 << 30), Case::keep)))
                .flatMap(CaseTable::alsoOutdated);
    }

    private Stream<Case> thorough(Case valid) {
        var kinds = each(List.of(0, 1, 2, 3, 4), Case::flags);
        var someTimes = each(SELECTED_TIMES, Case::at);
        var someBodies = each(List.of(Body.CODE, Body.EMPTY), Case::body);
        return Stream.of(
                        product(valid, each(ALL_FLAGS, Case::flags), someBodies),
                        product(valid, kinds, each(Header.Hash.values(), Case::hash), someTimes),
                        product(valid, kinds, each(Header.Magic.values(), Case::magic), someBodies),
                        product(valid, kinds, each(Body.values(), Case::body)),
                        product(valid, kinds, each(lengths(upTo(20), 200), Case::keep)))
                .flatMap(CaseTable::alsoOutdated);
    }

    private Stream<Case> exhaustive(Case valid) {
        return Stream.of(thorough(valid), everyStamp(valid), everyLength(valid)).flatMap(cases -> cases);
    }

    /** All combinations of source times and timestamp headers. */
    private Stream<Case> everyStamp(Case valid) {
        return product(
                valid,
                each(List.of(0, 2), Case::flags),
                each(times, Case::at),
                each(Header.Mtime.values(), Case::mtime),
                each(Header.Size.values(), Case::size));
    }

    private Stream<Case> everyLength(Case valid) {
        return product(valid, each(lengths(List.of(), 1), Case::keep));
    }

    private List<Integer> lengths(List<Integer> inHeader, int bodyStep) {
        int whole = python.headerLength() + python.code().length;
        IntStream inBody =
                IntStream.iterate(whole - 1, length -> length >= python.headerLength(), length -> length - bodyStep);
        return Stream.concat(inHeader.stream(), inBody.boxed()).toList();
    }

    private static List<Integer> upTo(int last) {
        return IntStream.rangeClosed(0, last).boxed().toList();
    }

    /** Adds to each case a copy whose header also mismatches the source. */
    private static Stream<Case> alsoOutdated(Stream<Case> cases) {
        return cases.flatMap(each -> Stream.of(each, each.outdated()));
    }

    @SafeVarargs
    private static Stream<Case> product(Case first, Function<Case, Stream<Case>>... dimensions) {
        Stream<Case> cases = Stream.of(first);
        for (Function<Case, Stream<Case>> dimension : dimensions) {
            cases = cases.flatMap(dimension);
        }
        return cases;
    }

    private static <V> Function<Case, Stream<Case>> each(V[] values, BiFunction<Case, V, Case> with) {
        return each(List.of(values), with);
    }

    private static <V> Function<Case, Stream<Case>> each(Iterable<V> values, BiFunction<Case, V, Case> with) {
        return base -> StreamSupport.stream(values.spliterator(), false).map(value -> with.apply(base, value));
    }
}
