package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that asks for a damaged index gets the entry's name and the request that makes the index again. */
class UnreadableIndexTest {

    /** The bytes before the length of the header of an index. */
    private static final int LENGTH_AT = 12;

    @TempDir
    private Path directory;

    @Test
    void theAnswerNamesTheEntryAndTheRefresh() throws IOException {
        Path lib = Files.createDirectory(directory.resolve("lib")).toRealPath();
        Path index = directory.resolve("index");
        new Pairs(lib).stale("a");
        CommandLineRun.of("refresh", "-q", "--index", index, lib);
        damageRecords(index);

        try (RunningService service = RunningService.of(lib, index)) {
            RawHttp.Reply reply = service.http().get("/v1/report?entry=" + lib);

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.body())
                    .isEqualTo("{\"error\":\"The index of " + lib
                            + " could not be read: refresh it (POST /v1/refresh).\"}\n");
        }
    }

    private static void damageRecords(Path index) throws IOException {
        try (Stream<Path> files = Files.list(index)) {
            Path file = files.filter(each -> each.toString().endsWith(".index"))
                    .findFirst()
                    .orElseThrow();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                channel.read(length, LENGTH_AT);
                channel.write(ByteBuffer.wrap(new byte[] {0x55, 0x55, 0x55, 0x55}), length.getInt(0) + 10L);
            }
        }
    }
}
