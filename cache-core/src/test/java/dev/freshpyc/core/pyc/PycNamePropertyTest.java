package dev.freshpyc.core.pyc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PycNamePropertyTest {
    private static final RawPath DIRECTORY = RawPath.of("/lib/python3/dist-packages");

    @Property
    void aParsedNameHasItsStemTagAndLevel(
            @ForAll("stems") RawPath stem, @ForAll("tags") CacheTag tag, @ForAll("levels") OptimizationLevel level) {
        RawPath source = DIRECTORY.resolve(new PycName(stem, tag, level).source());

        assertThat(PycName.parse(PycPath.name(source, tag, level))).contains(new PycName(stem, tag, level));
    }

    @Property
    void aPathLeadsBackToItsSource(
            @ForAll("stems") RawPath stem, @ForAll("tags") CacheTag tag, @ForAll("levels") OptimizationLevel level) {
        PycName name = new PycName(stem, tag, level);
        RawPath source = DIRECTORY.resolve(name.source());

        RawPath cached = source.parent().resolve(PycPath.CACHE_DIRECTORY).resolve(PycPath.name(source, tag, level));

        assertThat(PycPath.source(cached, name)).isEqualTo(source);
    }

    /** A reader reuses the last tag. It must not reuse anything else of the previous name. */
    @Property
    void aReusedReaderReadsLikeANewReader(@ForAll("names") List<RawPath> names) {
        List<String> createdTags = new ArrayList<>();
        var reader = new PycName.Reader(name -> {
            createdTags.add(name);
            return CacheTag.of(name);
        });

        for (RawPath name : names) {
            byte[] padded = RawPath.of("<" + name.toPython() + ">").toBytes();
            assertThat(reader.read(padded, 1, padded.length - 1)).isEqualTo(PycName.parse(name));
        }
        assertThat(createdTags).hasSizeLessThanOrEqualTo(names.size());
    }

    @Property
    void arbitraryBytesAreParsedWithoutAnException(@ForAll byte[] bytes) {
        RawPath name = RawPath.of(bytes, 0, bytes.length).resolve("");

        assertThat(PycName.parse(name)).isNotNull();
    }

    @Test
    void consecutivePycsWithEqualTagsShareOneTagObject() {
        List<String> createdTags = new ArrayList<>();
        var reader = new PycName.Reader(name -> {
            createdTags.add(name);
            return CacheTag.of(name);
        });

        for (String name : List.of("a.x1.pyc", "b.x1.opt-1.pyc", "none.pyc", "c.x1.pyc", "a.x2.pyc", "a.x.pyc")) {
            byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            reader.parse(bytes, 0, bytes.length);
        }
        assertThat(createdTags).containsExactly("x1", "x2", "x");
    }

    @Provide
    Arbitrary<RawPath> stems() {
        Arbitrary<Byte> anyByte = Arbitraries.bytes().filter(b -> b != 0 && b != '/');
        Arbitrary<byte[]> raw = anyByte.array(byte[].class).ofMinSize(1).ofMaxSize(12);
        Arbitrary<byte[]> dotted = Arbitraries.strings()
                .withChars("a.b-opt1")
                .ofMinLength(1)
                .ofMaxLength(8)
                .map(text -> text.getBytes(StandardCharsets.US_ASCII));
        return Arbitraries.oneOf(raw, dotted).map(bytes -> RawPath.of(bytes, 0, bytes.length));
    }

    @Provide
    Arbitrary<CacheTag> tags() {
        Arbitrary<String> known =
                Arbitraries.of("cpython-36", "cpython-311", "cpython-316", "pypy39", "graalpy250-312");
        Arbitrary<String> others =
                Arbitraries.strings().withChars("xyz-09_é").ofMinLength(1).ofMaxLength(8);
        Arbitrary<String> named = others.filter(text -> text.chars().anyMatch(Character::isLetter));
        return Arbitraries.oneOf(known, named).map(CacheTag::of);
    }

    @Provide
    Arbitrary<OptimizationLevel> levels() {
        return Arbitraries.strings().alpha().numeric().ofMaxLength(3).map(OptimizationLevel::new);
    }

    @Provide
    Arbitrary<List<RawPath>> names() {
        Arbitrary<RawPath> pycNames = Combinators.combine(stems(), tags(), levels())
                .as((stem, tag, level) -> PycPath.name(new PycName(stem, tag, level).source(), tag, level));
        Arbitrary<RawPath> otherNames = Arbitraries.of(
                        "a.pyc", "a.opt-1.pyc", "", "a.cpython-311.pyc", "b.cpython-311.pyo")
                .map(RawPath::of);
        return Arbitraries.oneOf(pycNames, otherNames).list().ofMaxSize(6);
    }
}
