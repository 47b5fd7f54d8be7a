package dev.freshpyc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.freshpyc.cli.page.Page;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Validates the JSON that the program prints in tests against the JSON Schemas that the program ships. */
public final class PrintedJson {

    private static final Pattern NAME = Pattern.compile("\"schema\":\"([a-z0-9-]+)\"");

    /** The largest number of lines of one run that are validated. */
    private static final int MAX_LINES = 100;

    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private PrintedJson() {}

    /** Validates the standard output of a run with these words if the output is JSON. */
    static void check(List<String> words, String out) {
        int format = words.indexOf("--format") + 1;
        if (format == 0 || format == words.size() || out.isEmpty()) {
            return;
        }
        switch (words.get(format)) {
            case "json" -> {
                Matcher name = NAME.matcher(out);
                assertThat(name.find()).as(out).isTrue();
                require(name.group(1), out);
            }
            case "jsonl" -> out.lines().limit(MAX_LINES).forEach(line -> require(lines(words), line));
            default -> {}
        }
    }

    private static String lines(List<String> words) {
        return words.contains("--diff")
                ? "freshpyc-change-1"
                : words.contains("audit") ? "freshpyc-finding-1" : "freshpyc-outcome-1";
    }

    /** Requires that the JSON is valid against a schema and has no property that the schema does not name. */
    public static void require(String name, String json) {
        Schema schema = SCHEMAS.computeIfAbsent(name, PrintedJson::strict);
        assertThat(schema.validate(json, InputFormat.JSON))
                .as("%s: %s", name, json)
                .isEmpty();
    }

    private static Schema strict(String name) {
        return strict(JsonMapper.shared().readTree(Page.of(name).orElseThrow().text()));
    }

    /** A schema that also refuses properties that it does not name. */
    public static Schema strict(JsonNode schema) {
        forbidUnknownProperties(schema);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString());
    }

    /** Forbids unknown properties, which the shipped schemas allow, since a later version may add some. */
    private static void forbidUnknownProperties(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(PrintedJson::forbidUnknownProperties);
    }
}
