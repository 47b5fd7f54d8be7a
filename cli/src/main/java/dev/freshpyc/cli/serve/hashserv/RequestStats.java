package dev.freshpyc.cli.serve.hashserv;

import java.util.Map;

/** The number of requests and the time they took, since the start of the service or since a client reset these. */
final class RequestStats {

    private static final double NANOS = 1e9;

    private long count;
    private double total;
    private double longest;
    private double mean;
    private double squares;

    /** Counts requests that were answered together. */
    synchronized void add(int requests, long nanos) {
        double each = nanos / NANOS / requests;
        double difference = each - mean;
        double weight = (double) count * requests / (count + requests);
        count += requests;
        mean += difference * requests / count;
        squares += difference * difference * weight;
        total += nanos / NANOS;
        longest = Math.max(longest, each);
    }

    Map<String, HashservCommand> commands() {
        return Map.of("get-stats", this::get, "reset-stats", this::reset);
    }

    private String get(Arguments arguments, Caller caller) throws RefusedException {
        caller.require(Permission.READ);
        return text();
    }

    private synchronized String reset(Arguments arguments, Caller caller) throws RefusedException {
        caller.require(Permission.DB_ADMIN);
        String before = text();
        count = 0;
        total = 0;
        longest = 0;
        mean = 0;
        squares = 0;
        return before;
    }

    /** The answer, with times in seconds. */
    private synchronized String text() {
        return Reply.object(json -> {
            json.writeObjectPropertyStart("requests");
            json.writeNumberProperty("num", count);
            json.writeNumberProperty("total_time", total);
            json.writeNumberProperty("max_time", longest);
            json.writeNumberProperty("average", mean);
            json.writeNumberProperty("stdev", count < 2 ? 0 : Math.sqrt(squares / (count - 1)));
            json.writeEndObject();
        });
    }
}
