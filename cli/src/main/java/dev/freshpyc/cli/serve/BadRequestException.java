package dev.freshpyc.cli.serve;

/** Ends a request with a status and one sentence for the client. */
final class BadRequestException extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String sentence;

    BadRequestException(int status, String sentence) {
        super(sentence);
        this.status = status;
        this.sentence = sentence;
    }

    HttpAnswer answer() {
        return HttpAnswer.error(status, sentence);
    }
}
