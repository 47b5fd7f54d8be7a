package dev.freshpyc.core.pyc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshpyc.core.path.RawPath;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code importlib.util.cache_from_source} of CPython 3.11.7 returned the expected paths. */
class PycPathTest {
    private static final CacheTag TAG = CacheTag.of("cpython-311");

    @ParameterizedTest
    @CsvSource({
        "a.py, '', __pycache__/a.cpython-311.pyc",
        "a.py, 1, __pycache__/a.cpython-311.opt-1.pyc",
        "a.py, 2, __pycache__/a.cpython-311.opt-2.pyc",
        "a.py, xyz, __pycache__/a.cpython-311.opt-xyz.pyc",
        "/lib/a.py, '', /lib/__pycache__/a.cpython-311.pyc",
        "pkg/a.b.py, '', pkg/__pycache__/a.b.cpython-311.pyc",
        "/l/a.b.c.py, 2, /l/__pycache__/a.b.c.cpython-311.opt-2.pyc",
        "/lib/pkg/__init__.py, 1, /lib/pkg/__pycache__/__init__.cpython-311.opt-1.pyc",
        "x/.hidden.py, '', x/__pycache__/.hidden.cpython-311.pyc",
        "a..py, 1, __pycache__/a..cpython-311.opt-1.pyc",
        "a.pyw, '', __pycache__/a.cpython-311.pyc"
    })
    void thePycPathMatchesCPython(String source, String level, String cached) {
        assertThat(cached(RawPath.of(source), TAG, new OptimizationLevel(level)))
                .isEqualTo(RawPath.of(cached));
    }

    @ParameterizedTest
    @CsvSource({
        "pkg/__pycache__/a.cpython-311.pyc, pkg/a.py",
        "__pycache__/a.cpython-311.opt-1.pyc, a.py",
        "/lib/__pycache__/a.b.cpython-311.pyc, /lib/a.b.py",
        "/__pycache__/a.cpython-311.pyc, /a.py"
    })
    void aPycPathLeadsToItsSource(String cached, String source) {
        RawPath path = RawPath.of(cached);

        assertThat(PycPath.source(path, PycName.parse(path.name()).orElseThrow()))
                .isEqualTo(RawPath.of(source));
    }

    @ParameterizedTest
    @CsvSource({
        "a.cpython-311.pyc, false, a.py",
        "a.b.cpython-311.opt-1.pyc, false, a.b.py",
        "a.pyc, false,",
        "a.pyc, true, a.py",
        "a.b.pyc, true, a.b.py",
        "a.cpython-311.pyc, true, a.cpython-311.py"
    })
    void aPycNameGivesTheNameOfItsSource(String name, boolean legacy, String source) {
        assertThat(PycPath.sourceName(RawPath.of(name), legacy))
                .isEqualTo(Optional.ofNullable(source).map(RawPath::of));
    }

    /** U+DCFF stands for the byte ff, as in Python's surrogateescape. */
    @Test
    void namesThatAreNotUtf8KeepTheirBytes() {
        RawPath source = RawPath.of("p\udcc3/a\udcff\udced.py");
        RawPath cached = RawPath.of("p\udcc3/__pycache__/a\udcff\udced.cpython-311.opt-1.pyc");

        assertThat(cached(source, TAG, OptimizationLevel.O1)).isEqualTo(cached);
        assertThat(PycPath.source(cached, PycName.parse(cached.name()).orElseThrow()))
                .isEqualTo(source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"opt-1", "1.2", "-", " ", "é", "٣", "/"})
    void aLevelMustConsistOfLettersAndDigits(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new OptimizationLevel(name));
    }

    @ParameterizedTest
    @CsvSource({
        "a.cpython-311.pyc, a, cpython-311, ''",
        "a.cpython-311.opt-1.pyc, a, cpython-311, 1",
        "a.cpython-311.opt-2.pyc, a, cpython-311, 2",
        "a.cpython-311.opt-3.pyc, a, cpython-311, 3",
        "a.cpython-311.opt-11.pyc, a, cpython-311, 11",
        "a.cpython-311.opt-xyz.pyc, a, cpython-311, xyz",
        "a.b.c.pypy39.opt-2.pyc, a.b.c, pypy39, 2",
        "a..cpython-311.pyc, a., cpython-311, ''",
        ".hidden.cpython-311.pyc, .hidden, cpython-311, ''",
        "a.opt-1.opt-2.pyc, a, opt-1, 2",
        "a.cpython-311.opt-.pyc, a, cpython-311.opt-, ''",
        "a.cpython-311.opt-1_.pyc, a, cpython-311.opt-1_, ''",
        "a.cpython-311.opt-é.pyc, a, cpython-311.opt-é, ''",
        "a.cpython-311.opt1.pyc, a, cpython-311.opt1, ''",
        "a.cpython-312-pytest-8.3.4.pyc, a, cpython-312-pytest-8.3.4, ''",
        "a.b.cpython-312-pytest-8.4.0.dev1+g12.pyc, a.b, cpython-312-pytest-8.4.0.dev1+g12, ''",
        "a.cpython-36-PYTEST.pyc, a, cpython-36-PYTEST, ''",
        "a.pypy39-pytest-7.0.1.pyc, a, pypy39-pytest-7.0.1, ''",
        "a.graalpy250-312-pytest-8.3.4.pyc, a, graalpy250-312-pytest-8.3.4, ''",
        "a.cpython-312-pytest-8.3.4.pyo, a, cpython-312-pytest-8.3.4, 1",
        "a.cpython-312.opt-typeguard443.pyc, a, cpython-312, typeguard443",
        "a.cpython-310.cpython-311.pyc, a.cpython-310, cpython-311, ''",
        "a.cpython-34.pyo, a, cpython-34, 1",
        "a.anything at all.pyc, a, anything at all, ''",
        "a.\udcff.pyc, a, \udcff, ''"
    })
    void aPycNameIsSplitIntoStemTagAndLevel(String name, String stem, String tag, String level) {
        assertThat(parsed(name))
                .isEqualTo(new PycName(RawPath.of(stem), CacheTag.of(tag), new OptimizationLevel(level)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".pyc",
                "a",
                "a.py",
                "a.pyc",
                "a.opt-1.pyc",
                ".opt-1.pyc",
                ".cpython-311.pyc",
                "a..pyc",
                "..pyc",
                "a.cpython-311..pyc",
                "a..opt-1.pyc",
                "a.1.pyc",
                "a.8.3.pyc",
                "a.-_.pyc",
                "a.cpython-311.pyx",
                "a.cpython-311.pyc.140234",
                "a.cpython-311.PYC",
                "cpython-311pyc"
            })
    void aNameWithoutATagIsNotAPycName(String name) {
        assertThat(parsed(name)).isNull();
    }

    /**
     * A name is {@code requested} if {@code cache_from_source} of CPython or PyPy makes the name for some value of
     * {@code sys.flags.optimize}, and {@code tool} if another tool makes the name.
     */
    @ParameterizedTest
    @CsvSource({
        "a.cpython-312.pyc, requested",
        "a.cpython-312.opt-1.pyc, requested",
        "a.cpython-312.opt-3.pyc, requested",
        "a.cpython-312.opt-77.pyc, requested",
        "a.cpython-35.opt-2.pyc, requested",
        "a.cpython-34.pyo, requested",
        "a.cpython-34.pyc, requested",
        "a.cpython-312.opt-0.pyc, unrequested",
        "a.cpython-312.opt-01.pyc, unrequested",
        "a.cpython-34.opt-1.pyc, unrequested",
        "a.cpython-34.opt-1.pyo, unrequested",
        "a.cpython-35.pyo, unrequested",
        "a.cpython-312.opt-x.pyc, tool",
        "a.cpython-312.opt-1x.pyc, tool",
        "a.cpython-312.opt-é.pyc, tool",
        "a.cpython-312-pytest-8.3.4.pyc, tool",
        "a.cpython-312-pytest-8.3.4.pyo, tool",
        "a.cpython-312.other.pyc, tool"
    })
    void everyPycNameHasItsKind(String name, String kind) {
        PycName.Reader reader = new PycName.Reader(CacheTag::of);
        byte[] bytes = RawPath.of(name).toBytes();

        assertThat(reader.parse(bytes, 0, bytes.length)).isTrue();
        assertThat(reader.isOfTool()).isEqualTo(kind.equals("tool"));
        assertThat(reader.isOfTool() || reader.isRequested()).isEqualTo(!kind.equals("unrequested"));
    }

    private static @Nullable PycName parsed(String name) {
        return PycName.parse(RawPath.of(name)).orElse(null);
    }

    private static RawPath cached(RawPath source, CacheTag tag, OptimizationLevel level) {
        return source.parent().resolve(PycPath.CACHE_DIRECTORY).resolve(PycPath.name(source, tag, level));
    }
}
