package dev.freshpyc.cli.option;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A file with options of a command, one in each line: {@code name = value}, or {@code name} for an option without a value. The name is
 * that of the option without its dashes; {@code path} is a PATH. A line that is empty or begins with {@code #} is ignored. An option of the
 * command line replaces the same option in the file.
 */
public final class ConfigFile {

    private static final String NAME = "--config";
    private static final String PATH = "path";

    private final OptionFile file;
    private final CommandSpec spec;

    private ConfigFile(OptionFile file, CommandSpec spec) {
        this.file = file;
        this.spec = spec;
    }

    public static OptionSpec option() {
        return Options.value(
                NAME,
                "FILE",
                String.class,
                "Read options from FILE, one in each line: 'listen = 127.0.0.1:8686', 'path = DIR'. An option of the command line counts instead of the same option in FILE.");
    }

    /**
     * The words of the file that a command line names, followed by the words of the command line.
     *
     * @throws CommandFailure when the file cannot be read, or a line is no option of the command
     */
    public static List<String> expand(List<String> args, Supplier<CommandSpec> spec) {
        Optional<String> name = value(args);
        if (name.isEmpty()) {
            return args;
        }
        List<String> all = new ArrayList<>(new ConfigFile(new OptionFile(NAME, name.get()), spec.get()).words(args));
        all.addAll(args);
        return all;
    }

    private static Optional<String> value(List<String> args) {
        int at = args.indexOf(NAME);
        if (at >= 0 && at + 1 < args.size()) {
            return Optional.of(args.get(at + 1));
        }
        return args.stream()
                .filter(word -> word.startsWith(NAME + "="))
                .map(word -> word.substring(NAME.length() + 1))
                .findFirst();
    }

    private List<String> words(List<String> args) {
        List<String> words = new ArrayList<>();
        int number = 0;
        for (String line :
                new String(file.read(), StandardCharsets.UTF_8).lines().toList()) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                add(text, number, args, words);
            }
        }
        return words;
    }

    private void add(String text, int number, List<String> args, List<String> words) {
        int equals = text.indexOf('=');
        String name = (equals < 0 ? text : text.substring(0, equals)).strip();
        Optional<String> value = equals < 0
                ? Optional.empty()
                : Optional.of(text.substring(equals + 1).strip());
        if (name.equals(PATH)) {
            words.add(value.filter(path -> !path.startsWith("-"))
                    .orElseThrow(() -> file.unusable("line " + number + ": 'path' needs a path")));
            return;
        }
        String option = "--" + name;
        if (option.equals(NAME) || spec.findOption(option) == null) {
            throw file.unusable("line " + number + ": the command has no option '" + option + "'");
        }
        boolean takesValue = spec.findOption(option).arity().max() > 0;
        if (takesValue != value.isPresent()) {
            throw file.unusable(
                    "line " + number + ": '" + name + (takesValue ? "' needs a value" : "' takes no value"));
        }
        if (args.stream().noneMatch(word -> word.equals(option) || word.startsWith(option + "="))) {
            words.add(option + value.map(given -> "=" + given).orElse(""));
        }
    }
}
