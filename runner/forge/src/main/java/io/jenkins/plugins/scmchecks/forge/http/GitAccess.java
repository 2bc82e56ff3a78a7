package io.jenkins.plugins.scmchecks.forge.http;

import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.Optional;

/** Says what a password lets its bearer do with a repository's git; each dialect knows its own tokens. */
@FunctionalInterface
public interface GitAccess {

    /** @param account who it is */
    record Grant(Account account, Account.Role role) {}

    /** {@return empty when the password is not one of this dialect} */
    Optional<Grant> grant(Repo repo, String password);
}
