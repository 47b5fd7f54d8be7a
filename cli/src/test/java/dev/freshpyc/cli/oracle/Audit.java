package dev.freshpyc.cli.oracle;

import dev.freshpyc.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The findings of {@code freshpyc audit} for a tree, read from its JSON lines. */
record Audit(boolean deep, Map<Path, Finding> findings) {
    private static final JsonFactory JSON = new JsonFactory();

    /** One line of the report, and the behavior of the interpreter that the line predicts. */
    record Finding(String line, String interpreter) {}

    /**
     * Audits a tree twice. The name of a legacy file without a source tells no version, so the findings on such files
     * come from the run that names the interpreter.
     */
    static Audit of(Tree tree, boolean deep) throws IOException {
        var findings = new HashMap<Path, Finding>();
        lines(tree, arguments(tree, deep)).filter(line -> !isSourceless(line)).forEach(line -> add(findings, line));
        List<String> asked = arguments(tree, deep);
        asked.addAll(
                1,
                List.of(
                        "--python",
                        tree.python()
                                .launcher()
                                .wrapper(tree.home(), "", List.of())
                                .toString()));
        lines(tree, asked).filter(Audit::isSourceless).forEach(line -> add(findings, line));
        return new Audit(deep, findings);
    }

    private static Stream<String> lines(Tree tree, List<String> arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exit = Main.run(arguments.toArray(String[]::new), stream(out), stream(err));
        if (exit != 0) {
            throw new AssertionError("audit of %s ended with %d:%n%s".formatted(tree.root(), exit, text(err)));
        }
        return text(out).lines();
    }

    private static boolean isSourceless(String line) {
        return line.startsWith("{\"source\":null,") && line.contains("\"tag\":null,");
    }

    Optional<Finding> of(Path pyc) {
        return Optional.ofNullable(findings.get(pyc));
    }

    private static List<String> arguments(Tree tree, boolean deep) {
        var arguments = new ArrayList<>(List.of("audit", "--format", "jsonl", "--all", "--no-index"));
        if (deep) {
            arguments.add("--deep");
        }
        if (tree.setting().check() != Setting.HashCheck.DEFAULT) {
            arguments.addAll(
                    List.of("--check-hash-based-pycs", tree.setting().check().option()));
        }
        if (tree.setting().prefixed()) {
            arguments.addAll(List.of("--pycache-prefix", tree.prefix().toString()));
        }
        arguments.add(tree.root().toString());
        return arguments;
    }

    private static void add(Map<Path, Finding> findings, String line) {
        Map<String, String> fields = strings(line);
        String pyc = fields.get("pyc");
        if (pyc != null) {
            Path path = Path.of(fields.getOrDefault("entry", "")).resolve(pyc).normalize();
            var finding = new Finding(line, fields.getOrDefault("interpreter", "nothing"));
            if (findings.put(path, finding) != null) {
                throw new AssertionError("a second finding about " + path + ": " + line);
            }
        }
    }

    /** The string members of an object, without those of nested objects. */
    private static Map<String, String> strings(String object) {
        var strings = new HashMap<String, String>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING) {
                    strings.put(name, parser.getString());
                }
                parser.skipChildren();
            }
        }
        return strings;
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
