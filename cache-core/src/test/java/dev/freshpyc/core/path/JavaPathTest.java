package dev.freshpyc.core.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "NOT RUN: elsewhere the system decides which names there are")
class JavaPathTest {

    @Test
    void emptyNamesAreLeftOutInEveryPath() {
        Path path = JavaPath.of("//a//n\udcff/");

        assertThat(JavaPath.toRaw(path)).isEqualTo(RawPath.of("/a/n\udcff"));
        assertThat(path.getParent()).isEqualTo(Path.of("/a"));
    }

    @Test
    void aFileBesideAnotherKeepsTheBytesOfItsName() {
        assertThat(JavaPath.toRaw(JavaPath.beside(JavaPath.of("/a/n\udcff"), ".sig")))
                .isEqualTo(RawPath.of("/a/n\udcff.sig"));
        assertThat(JavaPath.beside(Path.of("n"), ".sig")).isEqualTo(Path.of("n.sig"));
    }

    @Test
    void aPathWithANulIsRefused() {
        assertThatThrownBy(() -> JavaPath.of("/n\udcff\0")).isInstanceOf(InvalidPathException.class);
        assertThatThrownBy(() -> JavaPath.of("/n\0")).isInstanceOf(InvalidPathException.class);
    }
}
