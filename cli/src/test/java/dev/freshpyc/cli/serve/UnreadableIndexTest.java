package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.StoredIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that asks for a damaged index gets the entry's name and the request that makes the index again. */
class UnreadableIndexTest {

    @TempDir
    private Path directory;

    @Test
    void theAnswerNamesTheEntryAndTheRefresh() throws IOException {
        Path lib = Files.createDirectory(directory.resolve("lib")).toRealPath();
        Path index = directory.resolve("index");
        new Pairs(lib).stale("a");
        CommandLineRun.of("refresh", "-q", "--index", index, lib);
        StoredIndex.in(index).damageRecords();

        try (RunningService service = RunningService.of(lib, index)) {
            RawHttp.Reply reply = service.http().get("/v1/report?entry=" + lib);

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.properties())
                    .isEqualTo("{\"error\":\"The index of " + lib
                            + " could not be read: refresh it (POST /v1/refresh).\"}\n");
        }
    }
}
