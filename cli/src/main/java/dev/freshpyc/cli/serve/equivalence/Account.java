package dev.freshpyc.cli.serve.equivalence;

/**
 * A user of the service.
 *
 * @param token a hash of the secret by which the user is known
 * @param permissions in the service's notation
 */
public record Account(String username, String token, String permissions) {}
