/** Tests of OEHASHEQUIV over real sockets. */
@NullMarked
package dev.freshpyc.cli.serve.hashserv;

import org.jspecify.annotations.NullMarked;
