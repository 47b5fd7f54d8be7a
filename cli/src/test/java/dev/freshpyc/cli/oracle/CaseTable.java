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
 * Which cases are tried. Each table is a product of the dimensions that bear upon one another, {@code thorough} where the
 * interpreter is started as usual and the bytecode lies where most of it does, {@code brief} in all other situations.
 */
record CaseTable(Interpreter python, Setting setting, Set<SourceTime> times) {
    private static final List<Integer> ALL_FLAGS = List.of(
            0, 1, 2, 3, 4, 5, 6, 7, 8, 0x10, 0x100, 0x10000, 0x01000000, 1 << 31, 1 << 31 | 1, 1 << 31 | 3, -1, -4);

    private static final Set<SourceTime> TELLING_TIMES = EnumSet.of(
            SourceTime.PAST, SourceTime.PAST_ROUNDED, SourceTime.ZERO, SourceTime.MINUS_ONE, SourceTime.WRAPPED_FIVE);

    private static final Set<Body> TELLING_BODIES =
            EnumSet.of(Body.CODE, Body.TRAILING_BYTE, Body.EMPTY, Body.NONE, Body.UNKNOWN_TYPE);

    List<Case> cases() {
        return Stream.of(Layout.values())
                .filter(layout -> layout.suits(python, setting))
                .flatMap(this::of)
                .filter(one -> times.contains(one.time()) && one.suits(python))
                .distinct()
                .toList();
    }

    private Stream<Case> of(Layout layout) {
        var honest = Case.in(layout);
        boolean usual = setting.equals(Setting.USUAL);
        return switch (layout) {
            case CACHED -> usual ? exhaustive(honest) : brief(honest);
            case SOURCELESS -> usual ? thorough(honest) : brief(honest);
            case CACHED_GIANT_SOURCE -> Stream.of(honest); // nobody wants to see it compiled
            default -> brief(honest);
        };
    }

    private Stream<Case> brief(Case honest) {
        return Stream.of(
                        product(honest, each(List.of(0, 1, 2, 3, 4, 1 << 31), Case::flags)),
                        product(honest, each(List.of(1, 3), Case::flags), each(Header.Hash.values(), Case::hash)),
                        product(honest, each(List.of(0, 3), Case::flags), each(Header.Magic.values(), Case::magic)),
                        product(honest, each(TELLING_BODIES, Case::body)),
                        product(honest, each(TELLING_TIMES, Case::at), each(Header.Mtime.values(), Case::mtime)),
                        product(honest, each(Header.Size.values(), Case::size)),
                        product(honest, each(lengths(List.of(0, 3, 4, 8, 11, 12, 15, 16, 17), 1 << 30), Case::keep)))
                .flatMap(CaseTable::alsoOutdated);
    }

    private Stream<Case> thorough(Case honest) {
        var kinds = each(List.of(0, 1, 2, 3, 4), Case::flags);
        var someTimes = each(TELLING_TIMES, Case::at);
        var someBodies = each(List.of(Body.CODE, Body.EMPTY), Case::body);
        return Stream.of(
                        product(honest, each(ALL_FLAGS, Case::flags), someBodies),
                        product(honest, kinds, each(Header.Hash.values(), Case::hash), someTimes),
                        product(honest, kinds, each(Header.Magic.values(), Case::magic), someBodies),
                        product(honest, kinds, each(Body.values(), Case::body)),
                        product(honest, kinds, each(lengths(upTo(20), 200), Case::keep)))
                .flatMap(CaseTable::alsoOutdated);
    }

    private Stream<Case> exhaustive(Case honest) {
        return Stream.of(thorough(honest), everyStamp(honest), everyLength(honest))
                .flatMap(cases -> cases);
    }

    /** When a timestamp counts as the source's. */
    private Stream<Case> everyStamp(Case honest) {
        return product(
                honest,
                each(List.of(0, 2), Case::flags),
                each(times, Case::at),
                each(Header.Mtime.values(), Case::mtime),
                each(Header.Size.values(), Case::size));
    }

    private Stream<Case> everyLength(Case honest) {
        return product(honest, each(lengths(List.of(), 1), Case::keep));
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

    /** Whatever is wrong with a file must be seen, or not looked at, whether or not it also disagrees with its source. */
    private static Stream<Case> alsoOutdated(Stream<Case> cases) {
        return cases.flatMap(one -> Stream.of(one, one.outdated()));
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
        return one -> StreamSupport.stream(values.spliterator(), false).map(value -> with.apply(one, value));
    }
}
