package dev.freshpyc.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a directory of distributions, each with a METADATA of usual size, every second with entry points. */
final class EntryPointTree {

    private static final String DESCRIPTION = "A line of a description, as long as such lines are.\n".repeat(80);

    private EntryPointTree() {}

    static Path make(Path site, int distributions) throws IOException {
        Files.createDirectory(site);
        for (int i = 0; i < distributions; i++) {
            Path info = Files.createDirectory(site.resolve("package_" + i + "-1." + i % 10 + ".dist-info"));
            Files.writeString(
                    info.resolve("METADATA"),
                    "Metadata-Version: 2.1\nName: package-" + i + "\nVersion: 1." + i % 10 + "\n\n" + DESCRIPTION);
            if (i % 2 == 0) {
                Files.writeString(
                        info.resolve("entry_points.txt"),
                        "[console_scripts]\ncommand-" + i + " = package_" + i + ".cli:main\n\n[plugins." + i % 7
                                + "]\nplugin-" + i + " = package_" + i + ":Plugin\n");
            }
        }
        return site;
    }
}
