package dev.freshpyc.cli.serve.hashserv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.serve.RunningService;
import dev.freshpyc.cli.serve.equivalence.TaskKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service asks an upstream server about unknown tasks. */
@Timeout(60)
class HashservUpstreamTest {

    private static final String EQUIVALENCE = "{\"taskhash\":\"t\",\"method\":\"m\",\"unihash\":\"u\"}";

    private final Path directory;

    HashservUpstreamTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static String get(HashservClient client, String task) throws IOException {
        return client.ask("{\"get\": {\"taskhash\": \"" + task + "\", \"method\": \"m\"}}");
    }

    @Test
    void anAnswerOfTheUpstreamServerIsStored() throws Exception {
        Path below = Files.createDirectory(directory.resolve("below"));
        try (RunningService above = RunningService.ofEquivalences(
                Files.createDirectory(directory.resolve("above")), Optional.empty(), false)) {
            above.equivalences()
                    .store()
                    .keep(Map.of(
                            new TaskKey("m", "t"), "u",
                            new TaskKey("m", "s"), "v"));
            try (RunningHashserv service = RunningHashserv.below(below, above.url());
                    HashservClient client = service.client()) {
                assertThat(get(client, "t")).isEqualTo(EQUIVALENCE);
                assertThat(get(client, "unknown")).isEqualTo("null");
                assertThat(client.ask("{\"get-stream\": null}")).isEqualTo("\"ok\"");
                assertThat(client.ask("m s")).isEqualTo("v");
                assertThat(client.ask("m unknown")).isEmpty();
                assertThat(client.ask("END")).isEqualTo("ok");
                assertThat(client.ask("{\"backfill-wait\": null}")).isEqualTo("{\"tasks\":0}");
            }
        }
        try (RunningHashserv alone = RunningHashserv.of(below);
                HashservClient client = alone.client()) {
            assertThat(get(client, "t")).as("stored").isEqualTo(EQUIVALENCE);
        }
    }
}
