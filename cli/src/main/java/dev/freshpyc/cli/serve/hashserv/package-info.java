/**
 * OEHASHEQUIV 1.1, the protocol by which builds of OpenEmbedded share equivalences. Over TCP and Unix domain sockets a
 * text is a line of UTF-8; over websockets it is a message of the websocket.
 *
 * <pre>
 * connection = greeting *header blank [*header blank] *exchange
 * greeting   = "OEHASHEQUIV 1.1"
 * header     = name ":" value         ; "needs-headers: true" asks the service for its own headers
 * exchange   = message message        ; a command, then its answer
 *            | message DQUOTE "ok" DQUOTE *(text / text) "END" "ok"      ; a stream
 * message    = json
 *            | '{"chunk-stream": null}' *piece blank        ; lines only: json of 32 KiB and more in pieces
 * </pre>
 *
 * <p>A command is an object whose name is the command and whose value has the arguments. A refusal is {@code
 * {"invoke-error": {"message": …}}}, and the connection ends after it. Where a stream cannot go on, or the database
 * cannot be used, the connection ends without a message, and clients connect again a few times.
 *
 * <p>{@link dev.freshpyc.cli.serve.hashserv.Listener} takes connections, {@link dev.freshpyc.cli.serve.hashserv.Wire}
 * has their bytes and deadlines, a {@link dev.freshpyc.cli.serve.hashserv.MessageChannel} makes texts of the bytes, and
 * a {@link dev.freshpyc.cli.serve.hashserv.Session} finds the command in the {@link
 * dev.freshpyc.cli.serve.hashserv.CommandTable}.
 */
@NullMarked
package dev.freshpyc.cli.serve.hashserv;

import org.jspecify.annotations.NullMarked;
