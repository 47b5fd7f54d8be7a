package dev.freshpyc.cli.serve.equivalence;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * The fields of a JSON object of the protocol. A value is a text, or a number as its digits; null is no value. Of a repeated field, the
 * last value counts. Fields with other names are ignored.
 */
public final class Fields {

    /** The most characters of a value that is compared. */
    public static final int MAX_KEY_LENGTH = 1024;

    private static final int MAX_VALUE_LENGTH = 1024 * 1024;
    private static final int MAX_DEPTH = 16;
    private static final String MARK = "mark";
    private static final String WHERE = "where";
    private static final String COLUMNS =
            Arrays.stream(Column.values()).map(Column::label).collect(Collectors.joining(", "));

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_VALUE_LENGTH)
                    .build())
            .build();

    private final Map<String, String> values = new HashMap<>();
    private boolean hasConditions;
    private final Map<Column, String> conditions = new EnumMap<>(Column.class);

    private Fields() {}

    /** Reads one object, with nothing but white space after it. */
    public static Fields of(byte[] json) throws FieldException {
        Fields fields = new Fields();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            fields.readObject(parser);
            if (parser.nextToken() != null) {
                throw notAnObject();
            }
        } catch (JacksonException broken) {
            throw notAnObject();
        }
        return fields;
    }

    private void readObject(JsonParser parser) throws FieldException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw notAnObject();
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (name.equals(WHERE)) {
                readConditions(parser, token, this::addCondition);
                hasConditions = true;
            } else if (name.equals(MARK) || Column.of(name).isPresent()) {
                values.remove(name);
                readValue(parser, token, name).ifPresent(value -> values.put(name, value));
            } else {
                parser.skipChildren();
            }
        }
    }

    /** Takes a condition. */
    @FunctionalInterface
    public interface ConditionTaker {

        /** Takes the value that a column must have; empty for null. */
        void take(Column column, Optional<String> value) throws FieldException;
    }

    /**
     * Reads the object of conditions at which a parser stands.
     *
     * @throws FieldException when the value is no object, names no column, or has a value that {@link #readValue} refuses
     */
    public static void readConditions(JsonParser parser, JsonToken token, ConditionTaker taker) throws FieldException {
        if (token != JsonToken.START_OBJECT) {
            throw new FieldException("The field 'where' is not an object.");
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            Column column = Column.of(name)
                    .orElseThrow(() -> new FieldException(
                            "The field 'where' names '" + name + "', which is none of the columns " + COLUMNS + "."));
            taker.take(column, readValue(parser, parser.nextToken(), name));
        }
    }

    private void addCondition(Column column, Optional<String> value) throws FieldException {
        conditions.put(column, value.orElseThrow(() -> new FieldException("A condition in 'where' has no value.")));
    }

    /**
     * The value of a field at which a parser stands; empty for null.
     *
     * @throws FieldException when the value is neither text nor a number, or too long, or cannot be stored
     */
    public static Optional<String> readValue(JsonParser parser, JsonToken token, String name) throws FieldException {
        return switch (token) {
            case VALUE_NULL -> Optional.empty();
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                String value = parser.getString();
                int most = name.equals(Column.SIGINFO.label()) ? MAX_VALUE_LENGTH : MAX_KEY_LENGTH;
                if (value.length() > most || !isPlain(value)) {
                    throw new FieldException(
                            "The field '" + name + "' is too long or has characters that cannot be stored.");
                }
                yield Optional.of(value);
            }
            default -> throw new FieldException("The field '" + name + "' is neither text nor a number.");
        };
    }

    /** Whether the database can store the text unchanged: half of a surrogate pair has no UTF-8, and NUL ends a text for some programs. */
    private static boolean isPlain(String value) {
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                boolean pair = at + 1 < value.length() && Character.isSurrogatePair(c, value.charAt(at + 1));
                if (!pair) {
                    return false;
                }
                at++;
            }
        }
        return true;
    }

    /** A report. */
    public Report report() throws FieldException {
        Map<Column, String> details = new EnumMap<>(Column.class);
        for (Column column : Column.DETAILS) {
            get(column).ifPresent(value -> details.put(column, value));
        }
        TaskKey task = task();
        String outhash = required(Column.OUTHASH.label());
        Optional<String> unihash = get(Column.UNIHASH).filter(Predicate.not(String::isEmpty));
        return new Report(task, outhash, unihash, details);
    }

    /** A line of a batch: a question without outhash and unihash, otherwise a report. */
    public Question question() throws FieldException {
        return get(Column.OUTHASH).isEmpty() && get(Column.UNIHASH).isEmpty() ? task() : report();
    }

    /** The name of a mark. */
    public String mark() throws FieldException {
        return required(MARK);
    }

    /** The conditions of a mark. */
    public Map<Column, String> conditions() throws FieldException {
        if (!hasConditions) {
            throw new FieldException("The field 'where' is missing.");
        }
        return Map.copyOf(conditions);
    }

    /** The unihash, where the object is the answer to a question about this task. */
    Optional<String> aboutTask(TaskKey task) throws FieldException {
        return task().equals(task) ? get(Column.UNIHASH).filter(Predicate.not(String::isEmpty)) : Optional.empty();
    }

    private TaskKey task() throws FieldException {
        return new TaskKey(required(Column.METHOD.label()), required(Column.TASKHASH.label()));
    }

    private Optional<String> get(Column column) {
        return Optional.ofNullable(values.get(column.label()));
    }

    private String required(String name) throws FieldException {
        return Optional.ofNullable(values.get(name))
                .orElseThrow(() -> new FieldException("The field '" + name + "' is missing."));
    }

    private static FieldException notAnObject() {
        return new FieldException("The text is not one JSON object.");
    }
}
