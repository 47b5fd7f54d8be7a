package dev.freshpyc.core.pyc;

import static dev.freshpyc.core.pyc.PythonVersion.cpython;
import static dev.freshpyc.core.pyc.PythonVersion.graalpy;
import static dev.freshpyc.core.pyc.PythonVersion.pypy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheTagTest {
    private static final Map<String, List<Integer>> MAGICS = Map.ofEntries(
            Map.entry("cpython-32", List.of(3180)),
            Map.entry("cpython-33", List.of(3230)),
            Map.entry("cpython-34", List.of(3310)),
            Map.entry("cpython-35", List.of(3350, 3351)),
            Map.entry("cpython-36", List.of(3379)),
            Map.entry("cpython-37", List.of(3394)),
            Map.entry("cpython-38", List.of(3413)),
            Map.entry("cpython-39", List.of(3425)),
            Map.entry("cpython-310", List.of(3439)),
            Map.entry("cpython-311", List.of(3495)),
            Map.entry("cpython-312", List.of(3531)),
            Map.entry("cpython-313", List.of(3571)),
            Map.entry("cpython-314", List.of(3627)),
            Map.entry("cpython-315", List.of(3666)),
            Map.entry("pypy36", List.of(192)),
            Map.entry("pypy37", List.of(240)),
            Map.entry("pypy38", List.of(256)),
            Map.entry("pypy39", List.of(336)),
            Map.entry("pypy310", List.of(384)),
            Map.entry("pypy311", List.of(400, 416, 432)));

    static Stream<String> knownTags() {
        return MAGICS.keySet().stream().sorted();
    }

    /** Checks every number that the first two bytes of a pyc can hold, including all pre-releases. */
    @ParameterizedTest
    @MethodSource("knownTags")
    void aKnownTagAcceptsItsOwnMagicsOnly(String name) {
        CacheTag tag = CacheTag.of(name);

        assertThat(IntStream.range(0, 1 << 16).filter(number -> tag.accepts(Magic.of(number))))
                .containsExactlyElementsOf(MAGICS.get(name));
        assertThat(IntStream.range(0, 1 << 16).filter(number -> tag.accepts(new Magic(number))))
                .isEmpty();
    }

    @Test
    void aFutureVersionAcceptsItsRangeAndUnassignedMagics() {
        CacheTag tag = CacheTag.of("cpython-316");

        assertThat(tag.version()).contains(cpython(3, 16));
        assertThat(tag.format()).isEqualTo(PycFormat.CURRENT);
        assertThat(Stream.of(3700, 3749, 4200).map(Magic::of)).allMatch(tag::accepts);
        assertThat(Stream.of(3495, 3666, 3699, 3750, 62211, 384, 21330).map(Magic::of))
                .noneMatch(tag::accepts);
        assertThat(tag.accepts(new Magic(3700))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"graalpy242-311", "graalpy250-312", "graalpy252-312"})
    void aGraalPyTagAcceptsEveryGraalPyMagic(String name) {
        CacheTag tag = CacheTag.of(name);

        assertThat(Stream.of(21290, 21330).map(Magic::of)).allMatch(tag::accepts);
        assertThat(tag.accepts(Magic.of(21350)))
                .as("magic of an unknown release")
                .isTrue();
        assertThat(Stream.of(3495, 384, 62211).map(Magic::of)).noneMatch(tag::accepts);
        assertThat(tag.accepts(new Magic(21290))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "jython27", "cpython-3111", "cpython-3", "cpython311", "CPYTHON-311", "graalpy25-312"})
    void anUnknownTagHasNoVersion(String name) {
        CacheTag tag = CacheTag.of(name);

        assertThat(tag.name()).isEqualTo(name);
        assertThat(tag.version()).isEmpty();
        assertThat(tag.format()).isEqualTo(PycFormat.CURRENT);
        assertThat(tag.accepts(Magic.of(1))).isTrue();
        assertThat(tag.accepts(Magic.of(3495))).isFalse();
    }

    @Test
    void aTagHasItsVersion() {
        assertThat(CacheTag.of("cpython-39").version()).contains(cpython(3, 9));
        assertThat(CacheTag.of("cpython-310").version()).contains(cpython(3, 10));
        assertThat(CacheTag.of("pypy310").version()).contains(pypy(3, 10));
        assertThat(CacheTag.of("graalpy250-312").version()).contains(graalpy(3, 12));
        assertThat(CacheTag.of("graalpy252dev01a2-312").version()).contains(graalpy(3, 12));
    }

    @Test
    void aKnownInterpreterReplacesTheMagicOfItsTag() {
        var preview = new KnownInterpreter(cpython(3, 14), Optional.of("cpython-314"), Magic.of(3620));

        assertThat(preview.tagOf("cpython-314").accepts(Magic.of(3620))).isTrue();
        assertThat(preview.tagOf("cpython-314").accepts(Magic.of(3627))).isFalse();
        assertThat(preview.tagOf("cpython-313")).isEqualTo(CacheTag.of("cpython-313"));
        assertThat(preview.tagOf("cpython-313").accepts(Magic.of(3620))).isFalse();
    }

    @Test
    void anInterpreterWithoutATagChangesNoTag() {
        var python27 = new KnownInterpreter(cpython(2, 7), Optional.empty(), Magic.of(62211));

        assertThat(python27.tagOf("cpython-311").accepts(Magic.of(62211))).isFalse();
        assertThat(python27.tagOf("cpython-311").accepts(Magic.of(3495))).isTrue();
    }

    @Test
    void equalTagsHaveEqualNamesAndMagics() {
        CacheTag tag = CacheTag.of("cpython-314");

        assertThat(tag).isEqualTo(CacheTag.of("cpython-314")).hasSameHashCodeAs(CacheTag.of("cpython-314"));
        assertThat(tag).hasToString("cpython-314").isNotEqualTo(CacheTag.of("cpython-313"));
        assertThat(tag.withMagic(Magic.of(3620))).isNotEqualTo(tag);
        assertThat(tag.withMagic(Magic.of(3627))).isEqualTo(tag);
    }
}
