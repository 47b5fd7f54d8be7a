package dev.freshpyc.core.marshal;

import dev.freshpyc.core.marshal.ReferenceDecoder.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds sets as Python does: a set keeps the first of several members that compare as equal. */
final class PythonSet {

    private PythonSet() {}

    static Set<Value> of(List<Value> members, boolean python2) {
        Map<Object, Value> kept = new LinkedHashMap<>();
        members.forEach(member -> kept.putIfAbsent(key(member, python2), member));
        return new HashSet<>(kept.values());
    }

    /** Returns equal keys for values that Python compares as equal. */
    private static Object key(Value value, boolean python2) {
        return switch (value.type()) {
            case "constant" ->
                switch ((Character) value.content()) {
                    case 'T' -> number(BigDecimal.ONE);
                    case 'F' -> number(BigDecimal.ZERO);
                    default -> value;
                };
            case "int", "long" -> number(new BigDecimal((BigInteger) value.content()));
            case "float" -> real(Double.longBitsToDouble((Long) value.content()), value);
            case "bytes", "text" -> python2 ? value.content() : value;
            case "tuple" -> keys((List<?>) value.content(), python2);
            case "set >" -> keys((Set<?>) value.content(), python2);
            default -> value;
        };
    }

    private static Object real(double real, Value value) {
        return Double.isFinite(real) ? number(new BigDecimal(real)) : value;
    }

    private static Object keys(List<?> values, boolean python2) {
        return values.stream().map(value -> key((Value) value, python2)).toList();
    }

    private static Object keys(Set<?> values, boolean python2) {
        return new HashSet<>(keys(List.copyOf(values), python2) instanceof List<?> keys ? keys : List.of());
    }

    private static Object number(BigDecimal value) {
        return value.stripTrailingZeros();
    }
}
