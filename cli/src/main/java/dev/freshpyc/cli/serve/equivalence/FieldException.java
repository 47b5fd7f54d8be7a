package dev.freshpyc.cli.serve.equivalence;

/** A JSON text breaks the rules of the protocol. The message is one sentence for the client. */
public final class FieldException extends Exception {

    private static final long serialVersionUID = 1;

    FieldException(String sentence) {
        super(sentence);
    }
}
