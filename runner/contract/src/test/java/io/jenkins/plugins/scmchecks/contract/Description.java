package io.jenkins.plugins.scmchecks.contract;

import java.util.List;

/** A provider's own description of one of its APIs. */
interface Description {

    /** {@return whether the description is about requests to this one's path} */
    boolean covers(Exchange exchange);

    /**
     * {@return the operation, as {@code POST /repos/{owner}/{repo}/check-runs}; the method and path themselves when there
     * is none}
     */
    String operation(Exchange exchange);

    /** {@return what in the request or the answer is not as described, one sentence each} */
    List<String> mismatches(Exchange exchange);
}
