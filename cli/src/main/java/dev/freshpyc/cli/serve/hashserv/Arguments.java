package dev.freshpyc.cli.serve.hashserv;

import dev.freshpyc.cli.serve.equivalence.Column;
import dev.freshpyc.cli.serve.equivalence.FieldException;
import dev.freshpyc.cli.serve.equivalence.Fields;
import dev.freshpyc.cli.serve.equivalence.TaskKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The arguments of a command. A text is a text, or a number as its digits; null is no value. Of a repeated name, the last value counts.
 * Names that no command knows are ignored.
 */
final class Arguments {

    static final String MARK = "mark";
    static final String USERNAME = "username";
    static final String TOKEN = "token";
    static final String MAX_AGE = "max_age_seconds";

    private static final Set<String> TEXTS = Set.of(MARK, USERNAME, TOKEN, MAX_AGE);
    private static final Set<String> FLAGS = Set.of("all", "with_unihash");
    private static final String WHERE = "where";
    private static final String PERMISSIONS = "permissions";
    private static final int MAX_PERMISSIONS = 64;

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Boolean> flags = new HashMap<>();
    private @Nullable Map<Column, String> where;
    private @Nullable List<String> permissions;

    private Arguments() {}

    /** Reads the value at which a parser stands; a value that is no object has no arguments. */
    static Arguments read(JsonParser parser, JsonToken token) throws RefusedException {
        Arguments arguments = new Arguments();
        if (token != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return arguments;
        }
        try {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                arguments.read(parser, parser.currentName(), parser.nextToken());
            }
        } catch (FieldException wrong) {
            throw new RefusedException(String.valueOf(wrong.getMessage()));
        }
        return arguments;
    }

    private void read(JsonParser parser, String name, JsonToken token) throws FieldException, RefusedException {
        if (TEXTS.contains(name) || Column.of(name).isPresent()) {
            texts.remove(name);
            Fields.readValue(parser, token, name).ifPresent(value -> texts.put(name, value));
        } else if (FLAGS.contains(name)) {
            flags.put(name, flag(token, name));
        } else if (name.equals(WHERE)) {
            Map<Column, String> conditions = new EnumMap<>(Column.class);
            Fields.readConditions(
                    parser, token, (column, value) -> value.ifPresent(text -> conditions.put(column, text)));
            where = conditions;
        } else if (name.equals(PERMISSIONS)) {
            permissions = list(parser, token);
        } else {
            parser.skipChildren();
        }
    }

    private static boolean flag(JsonToken token, String name) throws RefusedException {
        return switch (token) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw new RefusedException("The field '" + name + "' is neither true nor false.");
        };
    }

    private static List<String> list(JsonParser parser, JsonToken token) throws FieldException, RefusedException {
        List<String> values = new ArrayList<>();
        if (token != JsonToken.START_ARRAY) {
            throw new RefusedException("Unexpected type for permissions");
        }
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            if (next != JsonToken.VALUE_STRING || values.size() == MAX_PERMISSIONS) {
                throw new RefusedException("Unexpected type for permissions");
            }
            values.add(Fields.readValue(parser, next, PERMISSIONS).orElse(""));
        }
        return values;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    String required(String name) throws RefusedException {
        return text(name).orElseThrow(() -> missing(name));
    }

    String required(Column column) throws RefusedException {
        return required(column.label());
    }

    /** The task that is asked about. */
    TaskKey task() throws RefusedException {
        return new TaskKey(required(Column.METHOD), required(Column.TASKHASH));
    }

    boolean flag(String name, boolean otherwise) {
        return flags.getOrDefault(name, otherwise);
    }

    /** The values that rows must have; a condition that is null is left out. */
    Map<Column, String> where() throws RefusedException {
        if (where == null) {
            throw missing(WHERE);
        }
        return where;
    }

    List<String> permissions() throws RefusedException {
        if (permissions == null) {
            throw missing(PERMISSIONS);
        }
        return permissions;
    }

    private static RefusedException missing(String name) {
        return new RefusedException("The field '" + name + "' is missing.");
    }
}
