package dev.freshpyc.cli.distribution;

import dev.freshpyc.cli.OnlyFile;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The packages of the distribution, as {@code mvn -Ppackages package} makes them.
 *
 * @param deb for dpkg
 * @param rpm for rpm
 */
record BuiltPackages(Path deb, Path rpm) {

    private static final String TIME = "2024-01-02T03:04:06Z";
    private static final Path DISTRIBUTION = Path.of("target/freshpyc").toAbsolutePath();
    private static final Path SOURCES = Path.of("src").toAbsolutePath();
    private static final Path LICENSE = Path.of("../LICENSE").toAbsolutePath();
    private static final Path DPKG_HOOK = Path.of("../indexer/src/main/resources/dev/freshpyc/indexer/hook/dpkg.sh")
            .toAbsolutePath();

    /** Makes both packages in an empty directory. */
    static BuiltPackages in(Path directory) throws IOException, InterruptedException {
        Shell.run(
                Path.of(System.getProperty("java.home"), "bin/java"),
                "-cp",
                System.getProperty("java.class.path"),
                SOURCES.resolve("dist/Packages.java"),
                DISTRIBUTION,
                SOURCES.resolve("package"),
                SOURCES.resolve("dist/training"),
                LICENSE,
                "1.0",
                TIME,
                directory,
                DPKG_HOOK);
        return new BuiltPackages(OnlyFile.in(directory, ".deb"), OnlyFile.in(directory, ".rpm"));
    }
}
