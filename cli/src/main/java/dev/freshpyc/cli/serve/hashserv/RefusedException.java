package dev.freshpyc.cli.serve.hashserv;

/** A request is refused. The message is one sentence for the client, whose connection then ends. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    RefusedException(String sentence) {
        super(sentence);
    }

    /** The sentence for the client. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
