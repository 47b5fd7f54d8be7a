package dev.freshpyc.core.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentVariablesTest {

    @Test
    void bytesThatAreNotUtf8AreKept() {
        byte[] bytes = "A=x\0B=n\u00ff\0C=\0=odd\0none\0A=again\0D=a=b\0".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(EnvironmentVariables.parse(bytes)).isEqualTo(Map.of("A", "x", "B", "n\udcff", "C", "", "D", "a=b"));
    }
}
