package dev.freshpyc.core.marshal;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Decodes a body as {@code marshal.loads} does, with a grammar independent of the digester's, so that tests can compare the two.
 * Bodies of equal code decode to equal values. References are resolved. A body that cannot be decoded is an exception.
 */
final class ReferenceDecoder {
    /** A decoded object: its Python type and its content. */
    record Value(String type, Object content) {}

    private final ByteBuffer in;
    private final MarshalDialect dialect;
    private final boolean python2;
    private final boolean pypy;
    private final Map<Integer, Value> slots = new HashMap<>();
    private final List<Value> interned = new ArrayList<>();
    private int slotCount;

    private ReferenceDecoder(byte[] body, MarshalDialect dialect) {
        in = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        this.dialect = dialect;
        python2 = dialect == MarshalDialect.CPYTHON_2_7;
        pypy = dialect == MarshalDialect.PYPY_3_9;
    }

    static Value decode(byte[] body, MarshalDialect dialect) {
        return new ReferenceDecoder(body, dialect).object();
    }

    private Value object() {
        int typeByte = in.get() & 0xff;
        boolean slot = typeByte >= 0x80 && (pypy || "NFTS.r".indexOf(typeByte & 0x7f) < 0);
        int reserved = slot ? slotCount++ : -1;
        Value value = value((char) (typeByte & 0x7f));
        if (slot) {
            slots.put(reserved, value);
        }
        return value;
    }

    private Value value(char type) {
        return switch (type) {
            case 'N', 'F', 'T', 'S', '.' -> new Value("constant", type);
            case 'i' -> new Value("int", BigInteger.valueOf(in.getInt()));
            case 'I' -> new Value("int", BigInteger.valueOf(in.getLong()));
            case 'l' -> new Value(python2 ? "long" : "int", digits(in.getInt()));
            case 'g' -> new Value("float", in.getLong());
            case 'y' -> new Value("complex", List.of(in.getLong(), in.getLong()));
            case 'f' -> new Value("float text", bytes(in.get() & 0xff));
            case 'x' -> new Value("complex text", List.of(bytes(in.get() & 0xff), bytes(in.get() & 0xff)));
            case 's' -> new Value("bytes", bytes(in.getInt()));
            case 'u' -> new Value("text", bytes(in.getInt()));
            case 't' ->
                python2 ? intern(new Value("bytes", bytes(in.getInt()))) : new Value("text", bytes(in.getInt()));
            case 'a', 'A' -> new Value("text", latin1(bytes(in.getInt())));
            case 'z', 'Z' -> new Value("text", latin1(bytes(in.get() & 0xff)));
            case '(' -> new Value("tuple", objects(in.getInt()));
            case ')' -> new Value("tuple", objects(in.get() & 0xff));
            case '[' -> new Value("list", objects(in.getInt()));
            case '<', '>' -> new Value("set " + type, PythonSet.of(objects(in.getInt()), python2));
            case '{', '}' -> new Value("dict " + type, items());
            case ':' -> new Value("slice", objects(3));
            case 'c' -> code();
            case 'r' -> get(() -> slots.get(in.getInt()));
            case 'R' -> interned.get(in.getInt());
            default -> throw new IllegalArgumentException("type " + type);
        };
    }

    private Value code() {
        List<Object> fields = new ArrayList<>();
        fields.add(bytes(dialect.codeIntegerBytes()));
        fields.addAll(objects(8));
        fields.add(in.getInt());
        fields.addAll(objects(dialect.objectsInCode() - 8));
        return new Value("code", fields);
    }

    private List<Value> objects(int count) {
        List<Value> objects = new ArrayList<>();
        for (int left = count; left > 0; left--) {
            objects.add(object());
        }
        return objects;
    }

    private List<Value> items() {
        List<Value> items = new ArrayList<>();
        while ((in.get(in.position()) & 0x7f) != '0') {
            items.add(object());
        }
        in.get();
        return items;
    }

    private Value intern(Value value) {
        interned.add(value);
        return value;
    }

    private static Value get(Supplier<Value> reference) {
        Value value = reference.get();
        if (value == null) {
            throw new IllegalArgumentException("no such object");
        }
        return value;
    }

    private BigInteger digits(int count) {
        BigInteger number = BigInteger.ZERO;
        for (int index = 0; index < Math.abs(count); index++) {
            number = number.add(BigInteger.valueOf(in.getShort() & 0xffff).shiftLeft(15 * index));
        }
        return count < 0 ? number.negate() : number;
    }

    private String bytes(int count) {
        byte[] bytes = new byte[count];
        in.get(bytes);
        return Arrays.toString(bytes);
    }

    private static String latin1(String bytes) {
        if (!bytes.contains("-")) {
            return bytes;
        }
        String[] numbers = bytes.substring(1, bytes.length() - 1).split(", ", -1);
        byte[] decoded = new byte[numbers.length];
        for (int index = 0; index < numbers.length; index++) {
            decoded[index] = Byte.parseByte(numbers[index]);
        }
        return Arrays.toString(new String(decoded, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8));
    }
}
