package dev.freshpyc.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.FileStamp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BirthOrderTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "compiled after the last change of the source, 100, 5, 100, 6, 100, 6, true",
        "written some time after its birth,            100, 5, 100, 6, 200, 0, true",
        "born in the second after the change,          100, 5, 101, 0, 101, 0, true",
        "born at the change of the source,             100, 5, 100, 5, 100, 6, false",
        "born before the source changed,               100, 5, 100, 4, 100, 6, false",
        "born long before the source changed,          100, 5,  99, 9, 100, 6, false",
        "unpacked with an older mtime,                 100, 5, 100, 6, 100, 5, false",
        "copied with the mtime of another machine,     100, 5, 100, 6,  50, 0, false",
    })
    void onlyAPycBornAfterTheChangeAndWrittenAfterItsBirthIsProven(
            String story,
            long changed,
            int changedNanos,
            long born,
            int bornNanos,
            long written,
            int writtenNanos,
            boolean proof) {
        FileStamp source = new FileStamp(0, 0, changed, changedNanos, 1, 1, 1);

        assertThat(BirthOrder.proves(source, born, bornNanos, written, writtenNanos))
                .as(story)
                .isEqualTo(proof);
    }
}
