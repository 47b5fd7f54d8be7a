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

/** Run in a process of its own: what becomes of an index in a place that cannot be written to any more. */
final class UnwritableStory {

    /** An index of so many is larger than any of the places. */
    private static final int TOO_MANY = 2_000;

    private UnwritableStory() {}

    /** Takes the name of a place and an empty directory. Ends with 0 when all is as it should be. */
    public static void main(String[] args) throws Exception {
        Place place = Place.valueOf(args[0]);
        Path index = Files.createDirectories(Path.of(args[1], "index"));
        Path lib = Files.createDirectories(Path.of(args[1], "lib"));
        Pairs tree = new Pairs(lib).fresh("a").fresh("b");
        place.prepare(index);
        assertThat(CommandLineRun.of("refresh", "-q", "--index", index, lib).code())
                .isZero();
        Map<String, String> before = files(index);

        place.close(index);
        for (int i = 0; i < TOO_MANY; i++) {
            tree.fresh("many/m" + i);
        }
        Files.setLastModifiedTime(tree.at("a.py"), FileTime.fromMillis(0));
        CommandLineRun refresh = CommandLineRun.of("refresh", "-q", "--index", index, lib);
        CommandLineRun audit = CommandLineRun.of("audit", "--index", index, lib);

        assertThat(refresh.complaint(3))
                .startsWith("freshpyc: cannot write " + index)
                .contains(place.reason())
                .endsWith("Nothing was changed.\n");
        assertThat(files(index)).isEqualTo(before).hasSize(1);
        assertThat(audit.code()).as(audit.err()).isZero();
        assertThat(audit.err()).isEmpty();
        assertThat(audit.out()).contains("1 needless");
        System.exit(0); // by hand, so that nothing but a whole story ends well
    }

    private static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                contents.put(file.toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
