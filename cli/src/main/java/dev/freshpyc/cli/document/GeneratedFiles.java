package dev.freshpyc.cli.document;

import dev.freshpyc.cli.command.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes the manual pages, the reference and the completion scripts into a distribution. Only the build calls this program. Arguments: the
 * directory of the distribution, and the date of the build as {@code YYYY-MM-DD}.
 */
final class GeneratedFiles {

    private GeneratedFiles() {}

    public static void main(String[] args) throws IOException {
        Path home = Path.of(args[0]);
        for (Map.Entry<String, String> file : all(args[1]).entrySet()) {
            Path path = home.resolve(file.getKey());
            Files.createDirectories(path.resolve(".."));
            Files.writeString(path, file.getValue());
        }
    }

    /** The text of each file by its path in the distribution. */
    static Map<String, String> all(String date) {
        PrintStream none = new PrintStream(OutputStream.nullOutputStream());
        CommandLine program = new Program(none, none).commandLine();
        CommandSpec root = program.getCommandSpec();
        Map<String, String> files = new TreeMap<>();
        files.put("completion/freshpyc.bash", AutoComplete.bash(root.name(), program));
        files.put("completion/_freshpyc", ZshCompletion.of(root));
        files.put("completion/freshpyc.fish", FishCompletion.of(root));
        files.put("share/doc/freshpyc/reference.md", ReferencePage.of(root));
        files.put("share/man/man1/" + root.name() + ".1", ManualPage.of(root, date));
        for (CommandLine command : root.subcommands().values()) {
            CommandSpec spec = command.getCommandSpec();
            files.put("share/man/man1/" + root.name() + "-" + spec.name() + ".1", ManualPage.of(spec, date));
        }
        return files;
    }
}
