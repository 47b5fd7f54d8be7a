package dev.freshpyc.indexer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.image.BadArchiveException;
import dev.freshpyc.core.image.TarMember;
import dev.freshpyc.core.image.TarMember.MemberType;
import dev.freshpyc.core.path.RawPath;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Layers are merged as the OCI image specification prescribes. */
class ImageMergeTest {

    private final ImageMerge merge = new ImageMerge(ByteSource.of(new byte[0]));

    @BeforeEach
    void makeALowerLayer() throws Exception {
        beginLayer();
        add("lib/a.py", "lib/b.py", "lib/pkg/c.py");
    }

    @Test
    void aWhiteoutRemovesAFileOfALowerLayer() throws Exception {
        beginLayer();
        add("lib/.wh.a.py");

        assertThat(has("/lib/a.py")).isFalse();
        assertThat(has("/lib/b.py")).isTrue();
    }

    @Test
    void aWhiteoutKeepsTheFilesOfItsOwnLayerInAnyOrder() throws Exception {
        beginLayer();
        add("lib/pkg/d.py", "lib/.wh.pkg", "lib/pkg/e.py");

        assertThat(has("/lib/pkg/c.py")).isFalse();
        assertThat(has("/lib/pkg/d.py")).isTrue();
        assertThat(has("/lib/pkg/e.py")).isTrue();
    }

    @Test
    void anOpaqueDirectoryHidesTheFilesOfLowerLayers() throws Exception {
        beginLayer();
        add("lib/a.py", "lib/.wh..wh..opq");

        assertThat(has("/lib/a.py")).isTrue();
        assertThat(has("/lib/b.py")).isFalse();
        assertThat(has("/lib/pkg/c.py")).isFalse();
    }

    @Test
    void aFileKnowsItsLayerAndWhetherItReplacedAnotherFile() throws Exception {
        beginLayer();
        add("lib/a.py", "lib/new.py");

        assertThat(file("/lib/a.py").layer()).isEqualTo(2);
        assertThat(file("/lib/a.py").isReplacement()).isTrue();
        assertThat(file("/lib/new.py").isReplacement()).isFalse();
        assertThat(file("/lib/b.py").layer()).isEqualTo(1);
    }

    @Test
    void aFileThatIsNotKeptStillReplacesADirectory() throws Exception {
        beginLayer();
        merge.apply(member("lib/pkg", MemberType.OTHER, ""), ImageFile.NO_CONTENT, false);

        assertThat(has("/lib/pkg/c.py")).isFalse();
    }

    @Test
    void linksStayInsideTheImage() throws Exception {
        beginLayer();
        merge.apply(member("out", MemberType.SYMBOLIC_LINK, "../../../lib"), ImageFile.NO_CONTENT, true);
        merge.apply(member("loop", MemberType.SYMBOLIC_LINK, "/loop"), ImageFile.NO_CONTENT, true);
        add("out/z.py");

        assertThat(has("/lib/z.py")).isTrue();
        assertThat(has("/out/a.py")).isTrue();
        assertThat(has("/loop/a.py")).isFalse();
    }

    @Test
    void aHardLinkAndItsTargetAreTheSameFile() throws Exception {
        merge.apply(member("lib/h.py", MemberType.HARD_LINK, "lib/a.py"), ImageFile.NO_CONTENT, true);

        assertThat(file("/lib/h.py")).isSameAs(file("/lib/a.py"));
        assertThat(file("/lib/h.py").links()).isEqualTo(2);
    }

    @Test
    void aNameThatLeadsOutOfTheImageIsRefused() {
        beginLayer();

        for (String name : List.of("../a.py", "lib/../../a.py", "lib/.wh...", "/..")) {
            assertThatThrownBy(() -> add(name)).as(name).isInstanceOf(BadArchiveException.class);
        }
    }

    @Test
    void directoriesOfTheGreatestDepthAreRemoved() throws Exception {
        add("d/".repeat(2000) + "a.py");
        beginLayer();
        add(".wh.d");

        assertThat(has("/d")).isFalse();
    }

    private void beginLayer() {
        merge.beginLayer();
    }

    private void add(String... names) throws BadArchiveException {
        for (String name : names) {
            merge.apply(member(name, MemberType.REGULAR, ""), ImageFile.NO_CONTENT, true);
        }
    }

    private static TarMember member(String name, MemberType type, String link) {
        return new TarMember(RawPath.of(name), type, 0644, 0, 0, 0, 0, 0, RawPath.of(link), List.of());
    }

    private boolean has(String path) {
        return merge.tree().find(RawPath.of(path)).isPresent();
    }

    private ImageFile file(String path) {
        return merge.tree().find(RawPath.of(path)).orElseThrow();
    }
}
