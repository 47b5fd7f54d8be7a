package dev.freshpyc.core.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.metadata.DistributionTexts.Text;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PythonVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Python 3.15 refuses an entry point whose value is no object reference; earlier versions list the entry point. */
class CheckedValuesTest {

    private static EntryPointAnswer answer(String value, int minor) {
        DistributionTexts texts = new DistributionTexts(
                "a-1.dist-info", true, new Text.Present("Name: a\n"), new Text.Present("[g]\nx = " + value + "\n"));
        PathEntryMetadata metadata = PathEntryMetadata.of(List.of(texts));
        return EntryPointAnswer.of(
                List.of(new EntryPointAnswer.EntryMetadata(RawPath.of("/site"), metadata)),
                MetadataRules.of(PythonVersion.cpython(3, minor)));
    }

    @Test
    void aValueThatIsNoReferenceIsAFaultSincePython315() {
        assertThat(answer("???", 14).faults()).isEmpty();
        assertThat(answer("???", 15).faults()).hasSize(1);
        assertThat(answer("???", 15).found()).isEmpty();
    }

    @Test
    void anObjectReferenceIsNoFault() {
        for (String value : List.of("m", "m.n", "m:o", "m.n:o.p [x, y]", "m : o", "\u00e9:\u00fc", "m [x]")) {
            assertThat(answer(value, 15).faults()).as(value).isEmpty();
        }
    }
}
