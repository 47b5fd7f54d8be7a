package dev.freshpyc.cli.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A program that checks, in its own process, what happens to an index whose directory becomes unwritable. */
final class UnwritablePlaceScenario {

    /**
     * The number of pairs whose index does not fit into any of the limited directories. A pair takes 100 bytes of an
     * index while its source is not settled, and 150 bytes later, with the hash.
     */
    private static final int TOO_MANY = 3_000;

    private static final byte[] FRESH = Pairs.header(3495, 0, Pairs.MTIME, "x = 1\n".length());

    private UnwritablePlaceScenario() {}

    /** Expects the name of an {@link UnwritablePlace} and an empty directory; ends with 0 when all assertions hold. */
    public static void main(String[] args) throws Exception {
        UnwritablePlace place = UnwritablePlace.valueOf(args[0]);
        Path index = Files.createDirectories(Path.of(args[1], "index"));
        Path lib = Files.createDirectories(Path.of(args[1], "lib"));
        Pairs tree = new Pairs(lib).fresh("a").fresh("b");
        place.prepare(index);
        assertThat(CommandLineRun.of("refresh", "-q", "--index", index, lib).code())
                .isZero();
        Map<String, String> before = files(index);

        place.close(index);
        for (int i = 0; i < TOO_MANY; i++) {
            tree.source("many/m" + i + ".py").file(Pairs.cached("many/m" + i), FRESH, (byte) 0xe3);
        }
        Files.setLastModifiedTime(tree.at("a.py"), FileTime.fromMillis(0));
        CommandLineRun refresh = CommandLineRun.of("refresh", "-q", "--index", index, lib);
        CommandLineRun audit = CommandLineRun.of("audit", "--index", index, lib);

        assertThat(refresh.complaint(3))
                .startsWith("freshpyc: cannot write " + index)
                .contains(place.reason())
                .endsWith("Nothing was changed.\n");
        assertThat(files(index)).isEqualTo(before);
        assertThat(before.keySet()).anyMatch(file -> file.endsWith(".index")).anyMatch(file -> file.endsWith(".table"));
        assertThat(audit.code()).as(audit.err()).isZero();
        assertThat(audit.err()).isEmpty();
        assertThat(audit.out()).contains("1 needless");
        System.exit(0); // 0 only after the last assertion
    }

    private static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
