package dev.freshpyc.cli.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.image.SavedImage;
import dev.freshpyc.cli.image.SavedImage.LayerBuilder;
import dev.freshpyc.cli.repair.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deploys the layers of a container image with the real ostree, as bootc does. The archive of each layer becomes a
 * commit, the commits are merged into one, and the checkout consists of hard links into the repository.
 */
@EnabledOnOs(OS.LINUX)
class BootcTest {

    private static final String SITE = "usr/lib/python3.11/site-packages";
    private static final long BUILT = 1_700_000_000;

    @TempDir
    private Path directory = Path.of("");

    private BuilderHost host = new BuilderHost(Path.of(""));

    /** An image of one layer. Its bytecode is correct; a builder has set all mtimes of the image. */
    private Path image = Path.of("");

    @BeforeEach
    void makeImage() throws Exception {
        Shell.require("ostree", "python3", "tar");
        host = BuilderHost.in(directory);
        Path tree = host.directory().resolve("tree");
        host.writeCompiledModules(tree, SITE);
        image = new SavedImage()
                .add(new LayerBuilder().tree("usr/", BUILT, tree.resolve("usr")))
                .save(host.directory().resolve("image.tar"));
        host.run("ostree init --repo=repository --mode=bare-user-only");
    }

    @Test
    void withoutARepairEveryModuleIsCompiledAtEveryStart() throws Exception {
        host.run("mkdir unpacked && tar -C unpacked -xf image.tar 0/layer.tar");

        Path deployed = deploy(List.of(host.directory().resolve("unpacked/0/layer.tar")));

        assertThat(BuilderHost.countCompiledAtImport(deployed, SITE)).isEqualTo(BuilderHost.MODULES);
    }

    @Test
    void anImageRepairedBeforeTheCommitIsNotCompiledAfterTheCheckout() throws Exception {
        Path layout = host.directory().resolve("repaired");
        CommandLineRun repair = CommandLineRun.of(
                "repair",
                "--index",
                host.directory().resolve("index"),
                "--image",
                image,
                "--output",
                layout,
                "--profile",
                "ostree",
                "/" + SITE);
        assertThat(repair.out()).contains("new headers: " + BuilderHost.MODULES);

        Path deployed = deploy(layers(layout));

        assertThat(BuilderHost.countCompiledAtImport(deployed, SITE)).isZero();
        Path file = deployed.resolve(SITE + "/shop/m0.py");
        assertThat((int) Files.getAttribute(file, "unix:nlink"))
                .as("hard links")
                .isGreaterThan(1);
        assertThat(Files.getLastModifiedTime(file).toMillis()).isZero();
        CommandLineRun audit = CommandLineRun.of(
                "audit", "--no-index", "--root", deployed, "--fail-on", "slow,wrong", "--min-files", "10", "/" + SITE);
        assertThat(audit.code()).as(audit.out()).isZero();
        host.run("ostree fsck --repo=repository -q");
    }

    /** Commits each layer, merges the commits, and checks the result out. */
    private Path deploy(List<Path> layers) throws Exception {
        StringBuilder merge = new StringBuilder("ostree commit --repo=repository --branch=merged");
        for (int at = 0; at < layers.size(); at++) {
            host.run("ostree commit --repo=repository --branch=layer" + at + " --tar-autocreate-parents --tree=tar="
                    + layers.get(at));
            merge.append(" --tree=ref=layer").append(at);
        }
        host.run(merge.toString());
        host.run("ostree checkout --repo=repository -U -H merged deployed");
        return host.directory().resolve("deployed");
    }

    /** The archives of the layers of an OCI layout, the lowest layer first. */
    private static List<Path> layers(Path layout) throws Exception {
        String manifest =
                digests(Files.readString(layout.resolve("index.json"))).getFirst();
        String text = Files.readString(layout.resolve("blobs/sha256/" + manifest));
        return digests(text.substring(text.indexOf("\"layers\""))).stream()
                .map(digest -> layout.resolve("blobs/sha256/" + digest))
                .toList();
    }

    private static List<String> digests(String json) {
        return Pattern.compile("sha256:([0-9a-f]{64})")
                .matcher(json)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
