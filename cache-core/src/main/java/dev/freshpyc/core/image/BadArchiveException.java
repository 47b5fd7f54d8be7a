package dev.freshpyc.core.image;

import java.io.IOException;
import java.io.Serial;

/** An archive or image breaks a rule of its format or a bound of this program. The message is one line that is safe to print. */
public final class BadArchiveException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    /** @param message a predicate whose subject is the archive, such as {@code ends in the middle of a member} */
    public BadArchiveException(String message) {
        super(message);
    }
}
